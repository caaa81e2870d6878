import { sql } from 'kysely'
import { accounts, principal, type Actor } from '../../../platform/access/actor.ts'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'

/** Makes a person and the space of their own, which they read and write. @param maker who makes them, and may add to it */
export async function makePerson(db: WriteScope, person: { id: string; name: string; language: Language }, maker: Actor): Promise<string> {
  const space = newId()
  const own = `person:${person.id}`
  const grants = [
    ...['read', 'write'].map((scope) => ({ grantee: own, scope })),
    // For what happens before they are signed in, such as asking for a new password.
    ...[...new Set([principal(maker), principal(accounts)])].flatMap((grantee) => ['read', 'add'].map((scope) => ({ grantee, scope }))),
  ]
  await sql`select app.make_space(${space}, ${`person-${person.id}`}, ${JSON.stringify(grants)}::jsonb)`.execute(db)
  await sql`insert into members.person (id, space_id, name, language) values (${person.id}, ${space}, ${person.name}, ${person.language})`.execute(db)
  return space
}

/** The space in which a person's own things lie. */
export async function ownSpaceOf(db: Scope, personId: string): Promise<string> {
  const { rows } = await sql<{ space: string }>`select space_id as space from members.person where id = ${personId}`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`person ${personId} has no space, or not one the actor sees`)
  return row.space
}

export async function renamePerson(db: WriteScope, personId: string, change: { name: string; language: Language }): Promise<void> {
  await sql`update members.person set name = ${change.name}, language = ${change.language}, version = version + 1 where id = ${personId}`.execute(db)
}
