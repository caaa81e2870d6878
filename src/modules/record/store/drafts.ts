import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import type { IdentifierField } from '../../members/index.ts'
import type { EntryDraft, StatementDraft } from '../rules/statements.ts'
import type { EntryKind } from '../schema.ts'
import type { PlaceNames } from '../rules/search-documents.ts'
import { kept, orKept } from './merges.ts'

export type EntryOnRecord = { id: string; draft: EntryDraft }
type Row = { entry: string; kind: EntryKind; key: string; statements: Said[] }
type Said = { moved: boolean; field: string; value: string | LanguageText; target: string | null; language: string | null; rank: StatementDraft['rank'] } & {
  reason: LanguageText | null
  qualifiers: NonNullable<StatementDraft['qualifiers']>
  valid: string | null
  dispute: string | null
  citations: StatementDraft['citations']
}

/**
 * What is on record of some entries, as sheets would say it: each with what was merged into it, and with the kept ones in place of those it names that are gone.
 * One that is gone has what it says itself.
 */
export async function readDrafts(db: Scope, entries: readonly string[]): Promise<EntryOnRecord[]> {
  const result = await sql<Row>`
    with wanted as (select e.id, e.kind, e.key from record.entry e where e.id = any (${[...entries]}::uuid[])),
      claims as materialized (
        select w.id as home, t.*, false as merged from wanted w join record.statement t on t.entry_id = w.id and t.ended_at is null
        union all select w.id, t.*, true from wanted w join record.merge h on h.kept_id = w.id and h.ended_at is null
          join record.statement t on t.entry_id = h.gone_id and t.ended_at is null),
      voiced as materialized (select v.statement_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('source', s.key, 'stance', v.stance, 'locator', v.locator)) order by v.stance desc, v.position) as citations
        from record.citation v join record.source s on s.id = v.source_id where v.statement_id in (select id from claims) group by 1)
    select w.id as entry, w.kind, w.key, coalesce(jsonb_agg(jsonb_build_object('moved', t.merged or m.id is not null, 'field', t.field, 'value', t.value, 'target', g.kind || ':' || g.key, 'language', t.language,
        'rank', t.rank, 'reason', t.rank_reason, 'qualifiers', t.qualifiers, 'valid', t.valid, 'dispute', d.key, 'citations', coalesce(v.citations, '[]'))
      order by t.merged, t.position, t.id) filter (where t.id is not null), '[]') as statements
    from wanted w left join claims t on t.home = w.id ${kept('m', 't.target_id')} left join record.entry g on g.id = ${orKept('m', 't.target_id')}
      left join record.dispute d on d.id = t.dispute_id left join voiced v on v.statement_id = t.id
    group by w.id, w.kind, w.key order by w.id`.execute(db)
  return result.rows.map(({ entry, kind, key, statements }) => ({
    id: entry,
    draft: { kind, key, statements: once(`${kind}:${key}`, statements).map(drafted) },
  }))
}

/** Two that are one by a merge are named once, and nothing is above or beside itself. */
function once(own: string, statements: readonly Said[]): Said[] {
  const nameOf = ({ field, target, valid, qualifiers }: Said) => JSON.stringify([field, target, valid, qualifiers])
  const seen = new Set(statements.filter(({ moved }) => !moved).map(nameOf))
  return statements.filter((statement) => {
    if (!statement.moved || statement.target === null) return true
    const name = nameOf(statement)
    const isNew = statement.target !== own && !seen.has(name)
    seen.add(name)
    return isNew
  })
}

const drafted = ({ field, value, target, language, rank, reason, qualifiers, valid, dispute, citations }: Said): StatementDraft => ({
  field,
  value: target === null ? inOrder(value) : target.slice(target.indexOf(':') + 1),
  ...(target !== null && { target }),
  ...(language !== null && { language }),
  ...(rank !== undefined && rank !== 'normal' && { rank }),
  ...(reason !== null && { reason }),
  ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
  ...(valid !== null && { valid }),
  ...(dispute !== null && { dispute }),
  citations,
})

/** The database orders the languages of a text its own way. */
const inOrder = (value: string | LanguageText): string | LanguageText =>
  typeof value === 'string' ? value : Object.fromEntries(languages.flatMap((language) => (value[language] === undefined ? [] : [[language, value[language]]])))

/** The places on record by key. */
export async function knownPlaces(db: Scope): Promise<Map<string, { id: string; names: PlaceNames }>> {
  const result = await sql<{ id: string; key: string; names: LanguageText }>`select id, key, names from record.place`.execute(db)
  return new Map(
    result.rows.map(({ id, key, names }) => [key, { id, names: { name_en: names.en ?? key, name_es: names.es, name_zh: names.zh, name_vi: names.vi } }]),
  )
}

export type ClaimedIdentifier = { field: IdentifierField; value: string; entry: string; origin: 'sheet' | 'registry' }

/** Who claims which identifier, as far as it is not held to be wrong. */
export async function claimedIdentifiers(db: Scope): Promise<ClaimedIdentifier[]> {
  const result = await sql<ClaimedIdentifier>`
    select t.field, t.value #>> '{}' as value, e.kind || ':' || e.key as entry, t.origin from record.statement t join record.entry e on e.id = t.entry_id
    where t.field in ('ror', 'gln', 'lei') and t.ended_at is null and t.rank <> 'deprecated'`.execute(db)
  return result.rows
}
