import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'

/** Makes a person and the space of their own, which they alone read and write. Only the system may. @returns the space */
export async function makePerson(db: WriteScope, { id, name, language }: { id: string; name: string; language: Language }): Promise<string> {
  const space = newId()
  await sql`select members.make_person(${id}, ${space}, ${name}, ${language})`.execute(db)
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
