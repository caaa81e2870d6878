import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { SourceKind } from '../schema.ts'
import type { EntryRef } from './catalogue.ts'
import type { CitationShown } from './entries.ts'
import { kept, orKept } from './merges.ts'
import { refuse } from '../../../platform/errors.ts'

export type Side = {
  entry: EntryRef
  field: string
  value: string | LanguageText
  target: EntryRef | null
  place: { names: LanguageText } | null
  rank: 'preferred' | 'normal' | 'deprecated'
  reason: LanguageText | null
  qualifiers: Record<string, string | LanguageText>
  valid: string | null
  language: string | null
  citations: (CitationShown & { title: string; kind: SourceKind; language: string })[]
}
export type Dispute = { id: string; key: string; assessment: LanguageText; sides: Side[] }

/** Each has many sides; a page of more would be long on a slow line. */
const pageSize = 15

/** The points on which sources contradict each other, each with every side and who says so. */
export async function listDisputes(db: Scope, cursor: string | undefined, size = pageSize): Promise<Page<Dispute>> {
  const place = keyset({ key: sql`d.key`, cast: 'text', id: sql`d.id`, descending: false }, cursor, size)
  const shown = sql`select d.id, d.key, d.assessment, ${place.select} from record.dispute d where ${place.where} order by ${place.orderBy} limit ${place.limit}`
  const result = await sql<Keyed<Dispute>>`${withSides(shown)} order by ${place.backwards ? sql`d.key desc` : sql`d.key`}`.execute(db)
  return pageOf(place, result.rows)
}

/** @throws Refusal `not_found` */
export async function readDispute(db: Scope, key: string): Promise<Dispute> {
  const result = await sql<Dispute>`${withSides(sql`select d.id, d.key, d.assessment from record.dispute d where d.key = ${key}`)}`.execute(db)
  const dispute = result.rows[0]
  if (!dispute) throw refuse('not_found')
  return dispute
}

const withSides = (shown: RawBuilder<unknown>) => sql`
    with shown as materialized (${shown})
    select d.*, (select coalesce(jsonb_agg(jsonb_build_object('field', t.field, 'value', t.value, 'rank', t.rank, 'reason', t.rank_reason, 'qualifiers', t.qualifiers, 'valid', t.valid, 'language', t.language,
        'place', case when p.id is not null then jsonb_build_object('names', p.names) end,
        'entry', jsonb_build_object('entry', c.entry_kind, 'key', c.key, 'title', c.title, 'acronym', c.acronym, 'country', c.country),
        'target', case when r.entry_id is not null then jsonb_build_object('entry', r.entry_kind, 'key', r.key, 'title', r.title, 'acronym', r.acronym, 'country', r.country) end,
        'citations', (select coalesce(jsonb_agg(jsonb_build_object('source', s.key, 'stance', v.stance, 'locator', v.locator, 'title', s.title, 'kind', s.kind, 'language', s.language) order by v.stance desc, v.position), '[]')
          from record.citation v join record.source s on s.id = v.source_id where v.statement_id = t.id)) order by c.entry_kind, c.key, t.field, t.position), '[]')
      from record.statement t ${kept('h', 't.entry_id')} ${kept('m', 't.target_id')} join record.catalogue c on c.entry_id = ${orKept('h', 't.entry_id')}
        left join record.catalogue r on r.entry_id = ${orKept('m', 't.target_id')}
        left join record.place p on t.field = 'place' and p.key = t.value #>> '{}'
      where t.dispute_id = d.id and t.ended_at is null and (t.target_id is null or r.entry_id is not null)) as sides
    from shown d`
