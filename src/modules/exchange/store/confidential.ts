import { sql } from 'kysely'
import { grantsOf, makeSpace } from '../../../platform/access/spaces.ts'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { memberRef, type Listing, type MemberRef } from './listings.ts'

/** Writes the confidential part of a listing, the first time with a space of its own. @returns `false` when it is not as it was when it was read */
export async function writeConfidential(
  db: WriteScope,
  { id, organization, keeper }: { id: string; organization: string; keeper: string },
  { text, language, version }: { text: string; language: Language; version: number },
): Promise<boolean> {
  if (version > 0) {
    const { rows } = await sql`update exchange.confidential set text = ${text}, language = ${language}, version = version + 1
      where listing_id = ${id} and version = ${version} returning listing_id`.execute(db)
    return rows.length > 0
  }
  const space = newId()
  const writers = ['admin', 'editor'].flatMap((role) => grantsOf(`role:${organization}:${role}`, 'read', 'write', 'own'))
  await makeSpace(db, space, `confidential-${space}`, [...writers, ...grantsOf(`organization:${organization}`, 'read')])
  const { rows } =
    await sql`insert into exchange.confidential (listing_id, space_id, keeper_id, language, text) values (${id}, ${space}, ${keeper}, ${language}, ${text})
    on conflict do nothing returning listing_id`.execute(db)
  return rows.length > 0
}

export type Undertaking = {
  id: string
  organization: MemberRef
  signedOn: string | null
  interest: string | null
  note: string | null
  recordedAt: Date
  endedAt: Date | null
}

/** Who reads the confidential part, for the people of the owner: who gave an undertaking of confidentiality, and whose interest was accepted. */
export async function listUndertakings(db: Scope, listing: string): Promise<Undertaking[]> {
  const { rows } = await sql<Undertaking>`
    select u.id, u.signed_on::text as "signedOn", u.interest_id as interest, u.note, u.recorded_at as "recordedAt", u.ended_at as "endedAt", ${memberRef('o')} as organization
    from exchange.undertaking u join members.organization o on o.id = u.organization_id where u.listing_id = ${listing} order by u.ended_at desc nulls first, u.recorded_at desc, u.id limit 200`.execute(
    db,
  )
  return rows
}

/** Records an undertaking. @returns `false` when that organization has given one that holds */
export async function insertUndertaking(
  db: WriteScope,
  { id: listing, people, keeper }: Pick<Listing, 'id' | 'people' | 'keeper'>,
  given: { id: string; organization: string; signedOn: string; note: string | null },
): Promise<boolean> {
  const { rows } = await sql`insert into exchange.undertaking (id, listing_id, space_id, keeper_id, organization_id, signed_on, note)
    values (${given.id}, ${listing}, ${people}, ${keeper}, ${given.organization}, ${given.signedOn}, ${given.note}) on conflict do nothing returning id`.execute(
    db,
  )
  return rows.length > 0
}

/** Lets in whose interest in a listing was accepted, as far as it has a confidential part, each once: whom the owner took off stays off. @returns who was let in */
export async function admitAccepted(db: WriteScope, listing: string): Promise<{ organization: string; interest: string }[]> {
  const { rows } = await sql<{
    organization: string
    interest: string
  }>`select organization_id as organization, interest_id as interest from exchange.let_in_accepted(${listing})`.execute(db)
  return rows
}

/** Ends an undertaking. @returns the organization that gave it; `undefined` when it was ended before */
export async function endUndertaking(db: WriteScope, listing: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    organization: string
  }>`update exchange.undertaking set ended_at = now() where id = ${id} and listing_id = ${listing} and ended_at is null
    returning organization_id as organization`.execute(db)
  return rows[0]?.organization
}
