import { sql, type RawBuilder } from 'kysely'
import type { Scope } from './database.ts'
import { keyset, pageOf, type Keyed, type Order, type Page } from './keyset.ts'
import { countCap, searchCall } from '../search/search.ts'

export const pageSize = 50

/** A page of a list with how many fit its filters, up to `countCap + 1`. */
export type List<Row> = Page<Row> & { total: number }

/**
 * One query for a page of a list and its count. Finds the rows of the page first and looks up what belongs to them afterwards: a filter that no
 * index answers in order would have it all looked up for every row that fits, to throw it away when sorted. The count goes the same way as the page,
 * so that what it reads is bound by the same index; left to choose, the planner reads the table from its beginning and hopes to meet enough.
 *
 * @param parts.columns what to show of a row of `table`, named `alias`, and of `joins`
 * @param parts.sets ids that conditions look for with `isIn`, each a query for one column
 */
export async function readList<Row>(
  db: Scope,
  parts: {
    columns: RawBuilder<unknown>
    table: string
    alias: string
    joins: RawBuilder<unknown>
    sets: Sets
    conditions: RawBuilder<unknown>[]
    order: Order
    cursor: string | undefined
    size?: number
  },
): Promise<List<Row>> {
  const place = keyset(parts.order, parts.cursor, parts.size ?? pageSize)
  const [from, alias] = [sql.raw(`${parts.table} ${parts.alias}`), sql.raw(parts.alias)]
  const sets = Object.entries(parts.sets).map(([name, query]) => sql`${sql.raw(name)} as materialized (select array(${query}) as ids), `)
  const fits = sql.join([sql`true`, ...parts.conditions], sql` and `)
  const result = await sql<Keyed<Row> & { total: number }>`
    with ${sql.join(sets, sql``)}
      total as (select count(*)::int as total from (select 1 from ${from} where ${fits} order by ${place.orderBy} limit ${countCap + 1}) capped),
      ${alias} as materialized (select ${alias}.*, ${place.select} from ${from} where ${fits} and ${place.where} order by ${place.orderBy} limit ${place.limit})
    select rows.*, total.total from total left join (
      select ${parts.columns}, ${alias}.cursor_key, ${alias}.cursor_id, row_number() over (order by ${place.orderBy}) as cursor_row from ${alias} ${parts.joins}
    ) rows on true order by rows.cursor_row`.execute(db)
  const found = result.rows.filter((row) => row.cursor_id !== null)
  return { ...pageOf<Row>(place, found), total: result.rows[0]?.total ?? 0 }
}

type Sets = Record<string, RawBuilder<unknown>>

/** The condition that an id is in one of the sets. As an array, so that those few rows are looked up, instead of all in order till they turn up. */
export const isIn = (id: RawBuilder<unknown>, set: string) => sql`${id} = any ((select ids from ${sql.raw(set)})::uuid[])`

/** The set `found`: the things of a kind that are found by what somebody typed. */
export async function foundBy(db: Scope, typed: string | undefined, kind: string): Promise<Sets> {
  if (typed === undefined) return {}
  const call = await searchCall(db, typed, [kind])
  return { found: call === undefined ? sql`select null::uuid where false` : sql`select object_id from ${call}` }
}
