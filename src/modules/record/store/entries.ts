import { sql } from 'kysely'
import { refuse } from '../../../platform/errors.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Rank } from '../rules/statements.ts'
import type { EntryKind, SourceKind } from '../schema.ts'
import type { EntryRef, EntryTitle } from './catalogue.ts'
import { kept, orKept } from './merges.ts'

export type CitationShown = { source: string; stance: 'supports' | 'disputes'; locator: string | null }
export type StatementShown = {
  id: string
  field: string
  value: string | LanguageText
  /** What the value means, when it is another entry or a place. */
  target: EntryRef | null
  place: { names: LanguageText; country: string } | null
  language: string | null
  rank: Rank
  rank_reason: LanguageText | null
  qualifiers: Record<string, string | LanguageText>
  valid: string | null
  valid_from: string | null
  valid_to: string | null
  /** Key of the dispute that it is a side of. */
  dispute: string | null
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
  published_to: string | null
  url: string | null
}
export type Entry = {
  id: string
  kind: EntryKind
  key: string
  recorded_at: string
  version: number
  title: EntryTitle
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
    with entry as (select id, kind, key, recorded_at, version from record.entry where kind = ${kind} and key = ${key}),
      -- What means an entry that the actor may not see is not shown either: its value is that entry's key.
      -- What was merged into it says what it said.
      claims as materialized (select t.*, ${orKept('m', 't.target_id')} as means, t.entry_id <> (select id from entry) as merged from record.statement t ${kept('m', 't.target_id')}
        where t.entry_id = any (array(select id from entry union all select gone_id from record.merge where kept_id = (select id from entry) and ended_at is null)) and t.ended_at is null
        and (t.target_id is null or exists (select from record.entry g where g.id = t.target_id))),
      voices as materialized (select c.* from record.citation c where c.statement_id in (select id from claims)),
      cited as materialized (select s.* from record.source s where s.id in (select source_id from voices)),
      -- Once for all, not once a statement: some entries have hundreds.
      voiced as materialized (select v.statement_id, jsonb_agg(jsonb_build_object('source', s.key, 'stance', v.stance, 'locator', v.locator) order by v.stance desc, v.position) as citations
        from voices v join cited s on s.id = v.source_id group by v.statement_id)
    select e.id, e.kind, e.key, to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as recorded_at, e.version, own.title,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'field', t.field, 'value', t.value, 'language', t.language, 'rank', t.rank, 'rank_reason', t.rank_reason,
          'qualifiers', t.qualifiers, 'valid', t.valid, 'valid_from', t.valid_from, 'valid_to', t.valid_to, 'dispute', d.key,
          'target', case when r.entry_id is not null then jsonb_build_object('entry', r.entry_kind, 'key', r.key, 'title', r.title, 'acronym', r.acronym, 'country', r.country) end,
          'place', case when p.id is not null then jsonb_build_object('names', p.names, 'country', p.country) end,
          'citations', coalesce(v.citations, '[]')) order by t.merged, t.position, t.id), '[]')
        from claims t
        left join voiced v on v.statement_id = t.id
        left join record.catalogue r on r.entry_id = t.means
        left join record.dispute d on d.id = t.dispute_id
        left join record.place p on t.field = 'place' and p.key = t.value #>> '{}') as statements,
      (select coalesce(jsonb_agg(jsonb_build_object('key', s.key, 'kind', s.kind, 'title', s.title, 'language', s.language, 'publisher', s.publisher,
          'published', s.published, 'published_from', s.published_from, 'published_to', s.published_to, 'url', s.url)), '[]') from cited s) as cited
    from entry e join record.catalogue own on own.entry_id = e.id`.execute(db)
  const row = result.rows[0]
  if (!row) throw refuse('not_found')
  const { cited, ...entry } = row
  const order = new Set(entry.statements.flatMap(({ citations }) => citations.map(({ source }) => source)))
  const sources = new Map(cited.map((source) => [source.key, source]))
  return { ...entry, sources: [...order].flatMap((source) => sources.get(source) ?? []) }
}

/** What every entry on record is called and where it is, for an importer that names them by `kind:key`. */
export async function knownTitles(db: Scope): Promise<{ name: string; title: EntryTitle; country: string | null }[]> {
  const result = await sql<{
    name: string
    title: EntryTitle
    country: string | null
  }>`select entry_kind || ':' || key as name, title, country from record.catalogue`.execute(db)
  return result.rows
}
