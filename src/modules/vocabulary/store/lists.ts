import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed } from '../../../platform/db/keyset.ts'
import { pageSize, type List } from '../../../platform/db/lists.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap, searchCall } from '../../../platform/search/search.ts'
import type { ConceptFilter } from '../schema.ts'
import { namesOf } from './names.ts'
import { builtInScheme, searchKind } from './tables.ts'

export type Area = { key: string; names: LanguageText; scheme: string | null; licence: string | null; source: string | null; n: number }

/** The areas and the imported schemes, each with how many concepts are in use. */
export async function listAreas(db: Scope): Promise<Area[]> {
  const { rows } = await sql<Area>`
    select a.area as key, a.n, case when c.id is null then '{}'::jsonb else ${namesOf('c')} end as names, s.name as scheme, s.licence, s.source
    from (select area, count(*)::int as n from vocabulary.concept where state = 'current' group by area) a
      left join vocabulary.concept c on c.key = a.area left join vocabulary.scheme s on s.key = a.area and s.id <> ${builtInScheme}
    order by s.key nulls first, a.area limit 500`.execute(db)
  return rows
}

/** How many concepts are in use, and how many labels they have in each language. */
export async function countVocabulary(db: Scope): Promise<{ concepts: number; labels: Partial<Record<string, number>> }> {
  const { rows } = await sql<{ concepts: number; labels: Partial<Record<string, number>> }>`
    select (select count(*)::int from vocabulary.concept where state = 'current') as concepts,
      (select coalesce(jsonb_object_agg(language, n), '{}') from (select l.language, count(*)::int as n from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id
        where l.ended_at is null and c.state = 'current' group by l.language) by_language) as labels`.execute(db)
  return rows[0] ?? { concepts: 0, labels: {} }
}

export type ListedConcept = {
  id: string
  key: string
  area: string
  state: 'current' | 'retired'
  names: LanguageText
  areaNames: LanguageText
  /** All labels that are shown, where something was looked for. */
  labels: string[]
}

/** A page of concepts: the best first where something is looked for, else by key. */
export async function listConcepts(db: Scope, { q, area, state, cursor }: ConceptFilter, size = pageSize): Promise<List<ListedConcept>> {
  const call = q === undefined ? undefined : await searchCall(db, q, [searchKind])
  if (q !== undefined && call === undefined) return { rows: [], next: undefined, previous: undefined, total: 0 }
  // Of what is found, the better the earlier; the key makes the order the same each time.
  const key = call === undefined ? sql`c.key` : sql`(to_char(1000000 - f.score * 10000, 'FM0000000') || c.key) collate "C"`
  const place = keyset({ key, cast: 'text', id: sql`c.id`, descending: false }, cursor, size)
  const from = sql`vocabulary.concept c ${call === undefined ? sql`` : sql`join found f on f.object_id = c.id`}`
  const fits = sql.join([sql`c.state = ${state ?? 'current'}`, ...(area === undefined ? [] : [sql`c.area = ${area}`])], sql` and `)
  const result = await sql<Keyed<ListedConcept> & { total: number }>`
    with ${call === undefined ? sql`` : sql`found as materialized (select object_id, score from ${call}),`}
      total as (select count(*)::int as total from (select 1 from ${from} where ${fits} limit ${countCap + 1}) capped),
      c as materialized (select c.*, ${place.select} from ${from} where ${fits} and ${place.where} order by ${place.orderBy} limit ${place.limit})
    select rows.*, total.total from total left join (
      select c.id, c.key, c.area, c.state, ${namesOf('c')} as names, coalesce(r.names, '{}') as labels, c.cursor_key, c.cursor_id,
        (select ${namesOf('a')} from vocabulary.concept a where a.key = c.area) as "areaNames"
      from c left join app.search_row r on r.object_id = c.id) rows on true
    order by rows.cursor_key ${place.backwards ? sql`desc` : sql``}, rows.cursor_id ${place.backwards ? sql`desc` : sql``}`.execute(db)
  const found = result.rows.filter((row) => row.cursor_id !== null)
  return { ...pageOf<ListedConcept>(place, found), total: result.rows[0]?.total ?? 0 }
}
