import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { EntryTitle } from './catalogue.ts'

export type LadderRow = {
  id: string
  key: string
  title: EntryTitle
  kind: string | null
  /** Null when no source says how far it has come. */
  status: string | null
  date: string | null
  date_from: string | null
  countries: string[]
  disputed: boolean
}
export type LadderFilter = { kind?: string | undefined; country?: string | undefined }
export type Step = { status: string | null; total: number; rows: LadderRow[] }

const columns = sql`c.entry_id as id, c.key, c.title, c.kind, c.status, c.date, c.date_from::text, c.countries, c.disputed`

const fits = ({ kind, country }: LadderFilter): RawBuilder<unknown> =>
  sql`c.entry_kind = 'agreement' ${kind === undefined ? sql`` : sql`and c.kind = ${kind}`} ${country === undefined ? sql`` : sql`and c.countries @> array[${country}]`}`

/** The agreements on each step, how many there are and the newest of them. */
export async function listLadder(db: Scope, filter: LadderFilter, newest: number): Promise<Step[]> {
  const step = (same: RawBuilder<unknown>) =>
    sql`select ${columns}, c.date_newest, s.total from steps s cross join lateral (select * from record.catalogue c where ${fits(filter)} and ${same}
      order by c.date_newest desc, c.entry_id desc limit ${newest}) c`
  // An index finds what equals a state and what has none, but not both in one condition.
  const result = await sql<LadderRow & { total: number }>`
    with steps as materialized (select c.status, count(*)::int as total from record.catalogue c where ${fits(filter)} group by c.status)
    select * from (${step(sql`c.status = s.status`)} union all ${step(sql`s.status is null and c.status is null`)}) c
    order by status, date_newest desc, id desc`.execute(db)
  return [...Map.groupBy(result.rows, ({ status }) => status)].map(([status, rows]) => ({ status, total: rows[0]?.total ?? 0, rows }))
}

/** All agreements on one step, the newest first. @param status null for those whose state is not known */
export async function listStep(db: Scope, status: string | null, filter: LadderFilter, cursor: string | undefined, size: number): Promise<Page<LadderRow>> {
  const place = keyset({ key: sql`c.date_newest`, cast: 'date', id: sql`c.entry_id`, descending: true }, cursor, size)
  const result = await sql<Keyed<LadderRow>>`select ${columns}, ${place.select} from record.catalogue c
    where ${fits(filter)} and c.status is not distinct from ${status} and ${place.where} order by ${place.orderBy} limit ${place.limit}`.execute(db)
  return pageOf(place, result.rows)
}
