import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Order, type Page } from '../../../platform/db/keyset.ts'
import { countCap } from '../../../platform/search/search.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import { tsQuery } from '../../../platform/text/terms.ts'

export const pageSize = 50

/** A page of a list with how many fit its filters, up to `countCap + 1`. */
export type List<Row> = Page<Row> & { total: number }

/** One query for a page of a list and its count: `columns` of `from` where all `conditions` hold, in `order`. */
export async function readList<Row>(
  db: Scope,
  parts: {
    columns: RawBuilder<unknown>
    from: RawBuilder<unknown>
    joins: RawBuilder<unknown>
    conditions: RawBuilder<unknown>[]
    order: Order
    cursor: string | undefined
    size?: number
  },
): Promise<List<Row>> {
  const place = keyset(parts.order, parts.cursor, parts.size ?? pageSize)
  const fits = sql.join([sql`true`, ...parts.conditions], sql` and `)
  const result = await sql<Keyed<Row> & { total: number }>`
    with total as (select count(*)::int as total from (select 1 from ${parts.from} where ${fits} limit ${countCap + 1}) capped)
    select rows.*, total.total from total left join lateral (
      select ${parts.columns}, ${place.select} from ${parts.from} ${parts.joins}
      where ${fits} and ${place.where} order by ${place.orderBy} limit ${place.limit}
    ) rows on true`.execute(db)
  const found = result.rows.filter((row) => row.cursor_id !== null)
  return { ...pageOf<Row>(place, found), total: result.rows[0]?.total ?? 0 }
}

/** The condition that a thing is found by what somebody typed. */
export function foundBy(typed: string | undefined, kind: string, id: RawBuilder<unknown>): RawBuilder<unknown>[] {
  if (typed === undefined) return []
  const words = tsQuery(typed)
  if (words === undefined) return [sql`false`]
  return [sql`${id} in (select object_id from app.search(${words}::tsquery, ${foldKey(typed)}, array[${kind}], ${countCap + 1}))`]
}
