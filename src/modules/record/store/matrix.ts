import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryTitle } from './catalogue.ts'

/** One authorization as a cell shows it. */
export type Cell = {
  key: string
  country: string | null
  status: string | null
  date: string | null
  indication: LanguageText | null
  number: string | null
  disputed: boolean
}
export type MatrixRow = { id: string; key: string; title: EntryTitle; kind: string | null; cells: Cell[] }
export type MatrixFilter = { kind?: string | undefined; status?: string | undefined; country?: string | undefined; cursor?: string | undefined }

/** Products by title, each with its authorizations; a product without one that fits has no row. */
export async function listMatrix(db: Scope, { kind, status, country, cursor }: MatrixFilter, size: number): Promise<Page<MatrixRow>> {
  const place = keyset({ key: sql`c.title_sort`, cast: 'text', id: sql`c.entry_id`, descending: false }, cursor, size)
  const fits = sql`a.entry_kind = 'authorization' ${status === undefined ? sql`` : sql`and a.status = ${status}`} ${country === undefined ? sql`` : sql`and a.country = ${country}`}`
  const pointing = sql`record.statement t join record.catalogue a on a.entry_id = t.entry_id
    where t.target_id = c.entry_id and t.field = 'product' and t.ended_at is null and ${fits}`
  const said = (field: string) =>
    sql`(select s.value from record.statement s where s.entry_id = a.entry_id and s.field = ${field} and s.ended_at is null and s.rank <> 'deprecated' order by s.position limit 1)`
  const result = await sql<Keyed<MatrixRow>>`
    with shown as materialized (select c.entry_id, c.key, c.title, c.kind, ${place.select} from record.catalogue c
      where c.entry_kind = 'product' ${kind === undefined ? sql`` : sql`and c.kind = ${kind}`} and ${place.where} and exists (select from ${pointing})
      order by ${place.orderBy} limit ${place.limit})
    select c.entry_id as id, c.key, c.title, c.kind, c.cursor_key, c.cursor_id,
      (select jsonb_agg(jsonb_build_object('key', a.key, 'country', a.country, 'status', a.status, 'date', a.date, 'disputed', a.disputed,
        'indication', ${said('indication')}, 'number', ${said('number')} #>> '{}') order by a.date_from nulls last, a.key) from ${pointing}) as cells
    from shown c order by c.cursor_key ${place.backwards ? sql`desc` : sql``}, c.entry_id ${place.backwards ? sql`desc` : sql``}`.execute(db)
  return pageOf(place, result.rows)
}
