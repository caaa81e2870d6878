import { sql } from 'kysely'
import { refuse } from '../../../platform/errors.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryKind, SourceKind } from '../schema.ts'

export type CitationShown = { source: string; stance: 'supports' | 'disputes'; locator: string | null }
export type StatementShown = {
  id: string
  field: string
  value: string | LanguageText
  /** What the value means, when it is another entry or a place. */
  target: { path: string; title: LanguageText & { original?: string } } | null
  place: { names: LanguageText; country: string } | null
  language: string | null
  rank: 'preferred' | 'normal' | 'deprecated'
  citations: CitationShown[]
}
export type SourceCited = {
  key: string
  kind: SourceKind
  title: string
  language: string
  publisher: string
  published: string | null
  published_from: string | null
  url: string | null
}
export type Entry = {
  id: string
  kind: EntryKind
  key: string
  recorded_at: string
  version: number
  title: LanguageText & { original?: string }
  statements: StatementShown[]
  /** Every source cited, in the order of first mention. */
  sources: SourceCited[]
}

/**
 * An entry with all that is claimed about it and who says so, in one query.
 *
 * @throws Refusal `not_found`
 */
export async function readEntry(db: Scope, kind: EntryKind, key: string): Promise<Entry> {
  const result = await sql<Omit<Entry, 'sources'> & { cited: SourceCited[] }>`
    select e.id, e.kind, e.key, to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as recorded_at, e.version, own.title,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'field', t.field, 'value', t.value, 'language', t.language, 'rank', t.rank,
          'target', case when r.object_id is not null then jsonb_build_object('path', r.path, 'title', r.title) end,
          'place', case when p.id is not null then jsonb_build_object('names', p.names, 'country', p.country) end,
          'citations', (select coalesce(jsonb_agg(jsonb_build_object('source', s.key, 'stance', c.stance, 'locator', c.locator) order by c.position), '[]')
            from record.citation c join record.source s on s.id = c.source_id where c.statement_id = t.id)) order by t.position, t.id), '[]')
        from record.statement t
        left join app.search_row r on r.object_id = t.target_id
        left join record.place p on t.field = 'place' and p.key = t.value #>> '{}'
        where t.entry_id = e.id and t.ended_at is null) as statements,
      (select coalesce(jsonb_agg(jsonb_build_object('key', s.key, 'kind', s.kind, 'title', s.title, 'language', s.language, 'publisher', s.publisher,
          'published', s.published, 'published_from', s.published_from, 'url', s.url)), '[]')
        from record.source s where s.id in (select c.source_id from record.citation c join record.statement t on t.id = c.statement_id where t.entry_id = e.id and t.ended_at is null)) as cited
    from record.entry e join app.search_row own on own.object_id = e.id
    where e.kind = ${kind} and e.key = ${key}`.execute(db)
  const row = result.rows[0]
  if (!row) throw refuse('not_found')
  const { cited, ...entry } = row
  const order = [...new Set(entry.statements.flatMap(({ citations }) => citations.map(({ source }) => source)))]
  return { ...entry, sources: order.flatMap((source) => cited.filter((each) => each.key === source)) }
}

/** How much is on record. */
export async function countRecord(db: Scope): Promise<Record<'source' | EntryKind, number>> {
  const result = await sql<Record<'source' | EntryKind, number>>`
    select (select count(*)::int from record.source) as source, (select count(*)::int from record.organization) as organization, (select count(*)::int from record.agreement) as agreement`.execute(
    db,
  )
  const row = result.rows[0]
  if (!row) throw new Error('a count without a row')
  return row
}
