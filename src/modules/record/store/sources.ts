import { sql, type RawBuilder } from 'kysely'
import { refuse } from '../../../platform/errors.ts'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Rank } from '../rules/statements.ts'
import type { EntryKind, SourceFilter, SourceKind } from '../schema.ts'
import type { EntryRef, EntryTitle } from './catalogue.ts'
import { foundBy, isIn, readList, type List } from '../../../platform/db/lists.ts'
import { kept, orKept } from './merges.ts'

export type Source = {
  id: string
  key: string
  kind: SourceKind
  title: string
  language: string
  publisher: string
  published: string | null
  published_from: string | null
  url: string | null
}

const columns = sql`s.id, s.key, s.kind, s.title, s.language, s.publisher, s.published, s.published_from::text, s.url`

export async function listSources(db: Scope, filter: SourceFilter): Promise<List<Source>> {
  return readList<Source>(db, {
    columns,
    table: 'record.source',
    alias: 's',
    joins: sql``,
    sets: await foundBy(db, filter.q, 'source'),
    conditions: [
      ...(filter.kind ? [sql`s.kind = ${filter.kind}`] : []),
      ...(filter.language ? [sql`s.language = ${filter.language}`] : []),
      ...(filter.q !== undefined ? [isIn(sql`s.id`, 'found')] : []),
    ],
    order: orderOf(filter.sort),
    cursor: filter.cursor,
  })
}

/** @throws Refusal `not_found` */
export async function readSource(db: Scope, key: string): Promise<Source> {
  const result = await sql<Source>`select ${columns} from record.source s where s.key = ${key}`.execute(db)
  const source = result.rows[0]
  if (!source) throw refuse('not_found')
  return source
}

/** Some sources, in the order in which they are named; those that are not there are left out. */
export async function sourcesByKeys(db: Scope, keys: readonly string[]): Promise<Source[]> {
  if (keys.length === 0) return []
  const { rows } =
    await sql<Source>`select ${columns} from record.source s where s.key = any (${[...keys]}::text[]) order by array_position(${[...keys]}::text[], s.key)`.execute(
      db,
    )
  return rows
}

/** A statement as it stands on the page of a source that speaks of it. */
export type StatementOfSource = {
  field: string
  value: string | LanguageText
  target: EntryRef | null
  place: { names: LanguageText } | null
  language: string | null
  rank: Rank
  qualifiers: Record<string, string | LanguageText>
  valid: string | null
  stance: 'supports' | 'disputes'
  locator: string | null
}

/** An entry that a source speaks of, with what it says: `total` statements, the first of them in full. */
export type Supported = { id: string; kind: EntryKind; path: string; title: EntryTitle; total: number; statements: StatementOfSource[] }

const entriesOnPage = 25
const statementsShown = 20

/** What rests on a source and what it disputes, entry by entry, a page at a time. */
export async function listSupported(db: Scope, sourceId: string, cursor: string | undefined): Promise<Page<Supported>> {
  const place = keyset({ key: sql`r.path`, cast: 'text', id: sql`r.object_id`, descending: false }, cursor, entriesOnPage)
  const result = await sql<Keyed<Supported>>`
    with shown as materialized (
      select r.object_id as id, r.kind, r.path, r.title, count(*)::int as total, array_agg(distinct t.entry_id) as homes, ${place.select}
      from record.citation c join record.statement t on t.id = c.statement_id and t.ended_at is null ${kept('h', 't.entry_id')}
        join app.search_row r on r.object_id = ${orKept('h', 't.entry_id')}
      where c.source_id = ${sourceId} and ${place.where}
      group by r.object_id order by ${place.orderBy} limit ${place.limit})
    select s.*, said.statements from shown s cross join lateral (
      select jsonb_agg(jsonb_build_object('field', t.field, 'value', t.value, 'language', t.language, 'rank', t.rank, 'qualifiers', t.qualifiers, 'valid', t.valid,
        'stance', t.stance, 'locator', t.locator,
        'target', case when g.entry_id is not null then jsonb_build_object('entry', g.entry_kind, 'key', g.key, 'title', g.title, 'acronym', g.acronym, 'country', g.country) end,
        'place', case when p.id is not null then jsonb_build_object('names', p.names) end) order by t.stance desc, t.position) as statements
      from (select t.*, c.stance, c.locator from record.statement t join record.citation c on c.statement_id = t.id and c.source_id = ${sourceId}
        where t.entry_id = any (s.homes) and t.ended_at is null and (t.target_id is null or exists (select from record.entry e where e.id = t.target_id)) order by c.stance desc, t.position limit ${statementsShown}) t
      ${kept('m', 't.target_id')} left join record.catalogue g on g.entry_id = ${orKept('m', 't.target_id')} left join record.place p on t.field = 'place' and p.key = t.value #>> '{}'
    ) said order by s.cursor_key ${place.backwards ? sql`desc` : sql``}, s.cursor_id ${place.backwards ? sql`desc` : sql``}`.execute(db)
  return pageOf(place, result.rows)
}

/** The languages that sources on record are in. */
export async function sourceLanguages(db: Scope): Promise<string[]> {
  const result = await sql<{ language: string }>`
    with recursive seen as (
      (select language from record.source order by language limit 1)
      union all
      select (select s.language from record.source s where s.language > seen.language order by s.language limit 1) from seen where seen.language is not null
    ) select language from seen where language is not null`.execute(db)
  return result.rows.map(({ language }) => language)
}

function orderOf(sort: SourceFilter['sort']): { key: RawBuilder<unknown>; cast: 'text' | 'date'; id: RawBuilder<unknown>; descending: boolean } {
  const descending = sort.startsWith('-')
  const id = sql`s.id`
  switch (sort) {
    // A date not known comes last in both directions.
    case '-published':
      return { key: sql`s.published_newest`, cast: 'date', id, descending }
    case 'published':
      return { key: sql`s.published_oldest`, cast: 'date', id, descending }
    case 'title':
    case '-title':
      return { key: sql`s.title_sort`, cast: 'text', id, descending }
    case 'publisher':
    case '-publisher':
      return { key: sql`s.publisher_sort`, cast: 'text', id, descending }
  }
}
