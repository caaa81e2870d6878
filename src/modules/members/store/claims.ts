import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { directorySpace } from './networks.ts'

export const claimStates = ['sent', 'verified', 'refused', 'withdrawn', 'ended'] as const
export type ClaimState = (typeof claimStates)[number]

export type Claim = {
  id: string
  space: string
  desk: string
  network: string
  organization: { id: string; key: string; name: LanguageText; original: Language; website: string | null }
  personId: string
  person: string
  email: string
  entryId: string
  entryKey: string
  entryName: LanguageText & { original?: string }
  entryWebsites: string[]
  evidence: string
  document: { id: string; name: string; bytes: number } | null
  state: ClaimState
  reason: string | null
  sentAt: Date
  decidedAt: Date | null
  version: number
}

const columns = sql`c.id, c.space_id as space, c.desk_id as desk, (select n.id from members.network n where n.desk_id = c.desk_id) as network, c.email, c.person_id as "personId",
  c.entry_id as "entryId", c.entry_key as "entryKey", c.entry_name as "entryName", c.entry_websites as "entryWebsites", c.evidence, c.state, c.reason, c.sent_at as "sentAt",
  c.decided_at as "decidedAt", c.version, coalesce((select p.name from members.person p where p.id = c.person_id), '') as person,
  (select jsonb_build_object('id', o.id, 'key', o.key, 'name', o.name, 'original', o.original, 'website', o.website) from members.organization o where o.id = c.organization_id) as organization,
  (select jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) from app.file f where f.id = c.document_id) as document`

export type NewClaim = {
  id: string
  organization: { id: string; people: string; desk: string }
  personId: string
  email: string
  entry: { id: string; key: string; name: LanguageText; websites: string[] }
  evidence: string
  documentId: string | null
}

/** Lays a claim on the desk. @returns `false` when the organization has one open or verified already */
export async function insertClaim(db: WriteScope, { id, organization, personId, email, entry, evidence, documentId }: NewClaim): Promise<boolean> {
  const { rows } = await sql`
    insert into members.claim (id, space_id, desk_id, organization_id, person_id, entry_id, entry_key, entry_name, entry_websites, email, evidence, document_id)
    values (${id}, ${organization.people}, ${organization.desk}, ${organization.id}, ${personId}, ${entry.id}, ${entry.key}, ${JSON.stringify(entry.name)}::jsonb, ${entry.websites}, ${email},
      ${evidence}, ${documentId}) on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}

export async function readClaim(db: Scope, id: string): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`select ${columns} from members.claim c where c.id = ${id}`.execute(db)
  return rows[0]
}

/** Writes what became of a claim. @returns `false` when it is not as it was when it was read */
export async function writeClaim(db: WriteScope, { id, version }: Pick<Claim, 'id' | 'version'>, state: ClaimState, reason: string | null): Promise<boolean> {
  const { rows } =
    await sql`update members.claim set state = ${state}, reason = ${reason}, decided_at = now(), version = version + 1 where id = ${id} and version = ${version} returning id`.execute(
      db,
    )
  return rows.length > 0
}

/** Tells everybody that an entry is about a member. @returns `false` when it is about another one already */
export async function linkEntry(db: WriteScope, claim: Claim): Promise<boolean> {
  const { rows } = await sql`
    insert into members.entry_link (claim_id, space_id, desk_id, organization_id, entry_id, entry_key)
    values (${claim.id}, ${directorySpace}, ${claim.desk}, ${claim.organization.id}, ${claim.entryId}, ${claim.entryKey}) on conflict do nothing returning claim_id`.execute(
    db,
  )
  return rows.length > 0
}

export async function unlinkEntry(db: WriteScope, claimId: string): Promise<void> {
  await sql`update members.entry_link set until = now() where claim_id = ${claimId} and until is null`.execute(db)
}

/** The member that an entry of the record is about. */
export async function memberOfEntry(db: Scope, entryId: string): Promise<MemberOfEntry | undefined> {
  const { rows } = await sql<MemberOfEntry>`
    select o.key, o.name, o.original, o.profile from members.entry_link l join members.organization o on o.id = l.organization_id
    where l.entry_id = ${entryId} and l.until is null and exists (select from members.standing s where s.organization_id = o.id and s.until is null and s.state = 'admitted')`.execute(
    db,
  )
  return rows[0]
}
export type MemberOfEntry = { key: string; name: LanguageText; original: Language; profile: LanguageText }

/** The open or verified claim of an organization. */
export async function claimOf(db: Scope, organizationId: string): Promise<Claim | undefined> {
  const { rows } =
    await sql<Claim>`select ${columns} from members.claim c where c.organization_id = ${organizationId} order by c.state in ('sent', 'verified') desc, c.sent_at desc limit 1`.execute(
      db,
    )
  return rows[0]
}

/** A page of the claims on the actor's desks, the newest first. */
export function listClaims(db: Scope, { state, cursor }: { state?: ClaimState | undefined; cursor?: string | undefined }): Promise<List<Claim>> {
  return readList<Claim>(db, {
    columns,
    table: 'members.claim',
    alias: 'c',
    joins: sql``,
    sets: {},
    conditions: [sql`c.desk_id = any ((select app.spaces('write'))::uuid[])`, ...(state === undefined ? [] : [sql`c.state = ${state}`])],
    order: { key: sql`c.sent_at`, cast: 'timestamptz', id: sql`c.id`, descending: true },
    cursor,
  })
}

/** The claims that wait for a decision, as rows to count. */
export const openClaims = sql`select from members.claim c where c.state = 'sent' and c.desk_id = any ((select app.spaces('write'))::uuid[])`
