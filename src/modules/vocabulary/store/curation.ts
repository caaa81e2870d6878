import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import type { Label } from '../rules/draft.ts'
import { readStored, type Stored } from './content.ts'

/** A concept with all that it consists of, by its key. */
export async function storedByKey(db: Scope, key: string): Promise<Stored | undefined> {
  const { rows } = await sql<{ id: string }>`select id from vocabulary.concept where key = ${key}`.execute(db)
  const [found] = rows
  return found && (await readStored(db, [found.id]))[0]
}

export type Owner = { id: string; key: string; note: string | null; language: Label['language']; text: string }

/** The concepts in use that have labels which may be the same as some: what is alike but for accents. */
export async function ownersOf(db: Scope, labels: readonly Label[]): Promise<Owner[]> {
  const { rows } =
    await sql<Owner>`select c.id, c.key, c.note, l.language, l.text from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id and c.state = 'current'
    where l.ended_at is null and l.folded = any (${[...new Set(labels.map(({ text }) => sortKey(text)))]}::text[]) order by c.key limit 1000`.execute(db)
  return rows
}

/** Writes a note that somebody wrote by hand, and that the concept has changed. */
export async function writeNote(db: WriteScope, id: string, note: string | null): Promise<void> {
  await sql`update vocabulary.concept set note_origin = case when note is distinct from ${note}::text then 'own' else note_origin end, note = ${note}, version = version + 1 where id = ${id}`.execute(
    db,
  )
}

/** Retires a concept, into another one or into none. */
export async function retireConcept(db: WriteScope, id: string, replacedBy: string | null): Promise<void> {
  await sql`update vocabulary.concept set state = 'retired', retired_by = 'curation', replaced_by_id = ${replacedBy}, version = version + 1 where id = ${id}`.execute(
    db,
  )
}

export async function restoreConcept(db: WriteScope, id: string): Promise<void> {
  await sql`update vocabulary.concept set state = 'current', retired_by = null, replaced_by_id = null, version = version + 1 where id = ${id}`.execute(db)
}

/** The concepts whose words in the search follow from some: themselves, what they replace or are replaced by, and what stands below them. */
export async function touchedBy(db: Scope, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from vocabulary.concept c where c.id = any (${[...ids]}::uuid[]) or c.replaced_by_id = any (${[...ids]}::uuid[])
    union select k.replaced_by_id from vocabulary.concept k where k.id = any (${[...ids]}::uuid[]) and k.replaced_by_id is not null
    union select t.concept_id from vocabulary.relation t where t.target_id = any (${[...ids]}::uuid[]) and t.kind = 'broader'`.execute(db)
  return rows.map(({ id }) => id)
}

/** The area of what a new concept stands below. */
export async function areaBelow(db: Scope, [first = '']: readonly string[]): Promise<string> {
  const { rows } = await sql<{ area: string }>`select area from vocabulary.concept where key = ${first}`.execute(db)
  return rows[0]?.area ?? first
}
