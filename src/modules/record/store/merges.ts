import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import type { EntryKind } from '../schema.ts'
import type { EntryTitle } from './catalogue.ts'
import { mergedSpace, recordSpace } from './tables.ts'

// In queries that read statements: whom they speak of or name may be merged into another. Not `coalesce`, which the planner takes for something that may leak.

/** Joins, as `alias`, the merge by which the entry in a column is gone. */
export const kept = (alias: string, column: string) => sql.raw(`left join record.merge ${alias} on ${alias}.gone_id = ${column} and ${alias}.ended_at is null`)

/** The entry in a column, or the one that it is merged into. */
export const orKept = (alias: string, column: string) => sql.raw(`case when ${alias}.kept_id is null then ${column} else ${alias}.kept_id end`)

export type Merge = { id: string; kept: string; gone: string; keptKey: string; goneKey: string }

/** The merges that stand. */
export async function standingMerges(db: Scope): Promise<Merge[]> {
  const result = await sql<Merge>`
    select m.id, m.kept_id as kept, m.gone_id as gone, k.key as "keptKey", g.key as "goneKey"
    from record.merge m join record.entry k on k.id = m.kept_id join record.entry g on g.id = m.gone_id where m.ended_at is null order by m.id`.execute(db)
  return result.rows
}

/** The key of the entry that another one is merged into. */
export async function keptKey(db: Scope, kind: EntryKind, key: string): Promise<string | undefined> {
  const result = await sql<{ key: string }>`
    select k.key from record.entry g join record.merge m on m.gone_id = g.id and m.ended_at is null join record.entry k on k.id = m.kept_id
    where g.kind = ${kind} and g.key = ${key}`.execute(db)
  return result.rows[0]?.key
}

/** Keeps others from merging, or loading the record, until the end of the transaction: what is read for it stays true. */
export async function lockRecord(db: WriteScope): Promise<void> {
  await sql`select pg_advisory_xact_lock(7822684)`.execute(db)
}

export async function insertMerge(db: WriteScope, merge: { kept: string; gone: string; title: EntryTitle; reason: string }): Promise<string> {
  const id = newId()
  await sql`insert into record.merge (id, space_id, kept_id, gone_id, gone_title, reason)
    values (${id}, ${recordSpace}, ${merge.kept}, ${merge.gone}, ${JSON.stringify(merge.title)}::jsonb, ${merge.reason})`.execute(db)
  return id
}

export async function endMerge(db: WriteScope, id: string, reason: string): Promise<void> {
  await sql`update record.merge set ended_at = now(), end_reason = ${reason} where id = ${id}`.execute(db)
}

/** Puts the rows that lists read of some entries where the public sees them, or, of those that are gone, where it does not. */
export async function placeRows(db: WriteScope, entries: readonly string[]): Promise<void> {
  await sql`update record.catalogue c set space_id = wanted.space_id
    from (select e.id, case when m.id is null then ${recordSpace}::uuid else ${mergedSpace}::uuid end as space_id
      from record.entry e left join record.merge m on m.gone_id = e.id and m.ended_at is null where e.id = any (${[...entries]}::uuid[])) wanted
    where c.entry_id = wanted.id and c.space_id <> wanted.space_id`.execute(db)
}

/** The entries whose rows in lists and search rest on more than the sheets: on a registry, or on what a merge makes of whom they name. */
export async function entangledEntries(db: Scope, ofMerge?: string): Promise<string[]> {
  const merges = sql`record.merge m where ${ofMerge === undefined ? sql`m.ended_at is null` : sql`m.id = ${ofMerge}`}`
  const result = await sql<{ id: string }>`
    with merged as (select m.kept_id, m.gone_id from ${merges}), both_ends as (select kept_id as id from merged union select gone_id from merged)
    select id from both_ends
    union select t.entry_id from record.statement t where t.target_id in (select id from both_ends) and t.ended_at is null
    ${ofMerge === undefined ? sql`union select t.entry_id from record.statement t where t.origin = 'registry' and t.ended_at is null` : sql``}
    order by 1`.execute(db)
  return result.rows.map(({ id }) => id)
}
