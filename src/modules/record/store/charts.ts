import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Stage, Timed } from '../rules/charts.ts'
import type { EntryTitle } from './catalogue.ts'
import type { CitationShown, SourceCited } from './entries.ts'

/** One amount that a source gives, with whoever reports it. */
export type Figure = Timed & {
  id: string
  key: string
  title: EntryTitle
  name: LanguageText | null
  stage: Stage | null
  reporter: string | LanguageText | null
  basis: string | LanguageText | null
  deprecated: boolean
  disputed: boolean
  /** Key of the dispute, where the sources have been compared. */
  dispute: string | null
  citations: CitationShown[]
}

/** All figures of one measure: the same kind of flow, the same way, the same unit. */
export type Measure = { name: string; kind: string; ends: { from: string[]; to: string[] }; unit: string | LanguageText; total: number; figures: Figure[] }

export type ChartFilter = { kind?: string | undefined; country?: string | undefined; chart?: string | undefined; cursor?: string | undefined }
/** A citation with its source beside it, so that one query brings both. */
type Voice = CitationShown & SourceCited

export type Charts = { page: Page<Measure>; sources: SourceCited[]; isCapped: boolean }

/** Figures that one request looks at, the newest first; the bound keeps a page as fast on a large record. */
export const mostFlows = 2000
/** Marks in a chart by itself; the file has the rest. */
export const mostMarks = 60

/** The measures of which there are at least two figures, those with most first. */
export async function listCharts(db: Scope, filter: ChartFilter, size: number, marks: number): Promise<Charts> {
  const key = sql`lpad((100000 - g.total)::text, 6, '0') || g.name`
  const place = keyset({ key, cast: 'text', id: idOf, descending: false }, filter.cursor, size)
  const result = await sql<Keyed<Measure> & { flows: number }>`
    with ${figuresOf(filter)},
      groups as (select name, count(*)::int as total from figures group by name having count(*) > 1),
      shown as materialized (select g.name, g.total, ${place.select} from groups g
        where ${place.where} ${filter.chart === undefined ? sql`` : sql`and g.name = ${filter.chart}`} order by ${place.orderBy} limit ${place.limit})
    select s.name, s.total, s.cursor_key, s.cursor_id, (select count(*)::int from flows) as flows, drawn.*
    from shown s cross join lateral (
      select min(f.kind) as kind, (jsonb_agg(jsonb_build_object('from', f."from", 'to', f."to"))) -> 0 as ends, (jsonb_agg(f.unit)) -> 0 as unit,
        jsonb_agg(${figure} order by f.starts nulls last, f.value::numeric) as figures
      from (select * from figures f where f.name = s.name order by f.starts desc nulls last, f.id limit ${marks}) f
      left join lateral (${note}) n on true
    ) drawn order by s.cursor_key ${place.backwards ? sql`desc` : sql``}`.execute(db)
  const page = pageOf<Measure>(place, result.rows)
  const voices = page.rows.flatMap(({ figures }) => figures.flatMap(({ citations }) => citations as Voice[]))
  return { page, sources: [...new Map(voices.map((voice) => [voice.key, voice])).values()], isCapped: (result.rows[0]?.flows ?? 0) === mostFlows }
}

/** Groups have no id: one is made of the name, in the form that cursors take (version 8 of RFC 9562). */
const idOf = sql`overlay(overlay(md5(g.name) placing '8' from 13) placing '8' from 17)::uuid`

const way = (role: 'from' | 'to') => sql`(select coalesce(array_agg(x.code order by x.code), '{}') from (
    select distinct coalesce(p ->> 'country', (select o.country from record.catalogue o where o.entry_id = (p ->> 'entry')::uuid), '?') as code
    from jsonb_array_elements(c.parties) p where p ->> 'role' = ${role}) x)`

/** `flows`: the newest that fit; `figures`: their amounts, each with the name of its measure; `notes`: what comparisons of sources say of them. */
const figuresOf = ({ kind, country }: ChartFilter): RawBuilder<unknown> => sql`
  flows as materialized (
    select c.entry_id, c.key, c.title, c.kind, c.date, c.date_from, c.date_to, ${way('from')} as "from", ${way('to')} as "to"
    from record.catalogue c where c.entry_kind = 'flow' and c.amount is not null
      ${kind === undefined ? sql`` : sql`and c.kind = ${kind}`} ${country === undefined ? sql`` : sql`and c.countries @> array[${country}]`}
    order by c.date_newest desc, c.entry_id desc limit ${mostFlows}),
  figures as materialized (
    select c.entry_id, c.key, c.title, c.kind, c."from", c."to", t.id, t.value #>> '{}' as value, t.qualifiers, t.qualifiers -> 'unit' as unit, t.rank, t.dispute_id,
      coalesce(t.valid, c.date) as period, coalesce(t.valid_from, c.date_from) as starts, coalesce(t.valid_to, c.date_to) as ends,
      concat_ws('.', c.kind, array_to_string(c."from", '-'), coalesce(nullif(array_to_string(c."to", '-'), ''), 'two-way'),
        trim(both '-' from regexp_replace(lower(coalesce(t.qualifiers #>> '{unit,en}', t.qualifiers ->> 'unit')), '[^a-z0-9%]+', '-', 'g'))) as name
    from flows c join record.statement t on t.entry_id = c.entry_id and t.field = 'amount' and t.ended_at is null
    where t.qualifiers ? 'unit' and t.value #>> '{}' ~ '^[0-9]+([.][0-9]+)?$'),
  notes as materialized (
    select t.qualifiers, t.qualifiers ->> 'flows' as flows, t.value #>> '{}' as value, d.key as dispute
    from record.catalogue c join record.statement t on t.entry_id = c.entry_id and t.ended_at is null and t.qualifiers ? 'flows'
    left join record.dispute d on d.id = t.dispute_id where c.entry_kind = 'indicator' and c.disputed)`

const note = sql`select * from notes where f.key = any (regexp_split_to_array(notes.flows, '[ ,;+]+')) and notes.value = f.value limit 1`

const figure = sql`jsonb_build_object('id', f.id, 'key', f.key, 'title', f.title, 'value', f.value, 'period', f.period, 'from', f.starts, 'to', f.ends,
  'name', (select b.value from record.statement b where b.entry_id = f.entry_id and b.field = 'name' and b.ended_at is null order by b.position limit 1),
  'stage', coalesce(f.qualifiers ->> 'stage', n.qualifiers ->> 'stage'), 'reporter', coalesce(f.qualifiers -> 'reporter', n.qualifiers -> 'reporter'),
  'basis', coalesce(f.qualifiers -> 'basis', n.qualifiers -> 'basis'), 'deprecated', f.rank = 'deprecated',
  'disputed', f.rank = 'deprecated' or f.dispute_id is not null or n.dispute is not null or exists (select from record.citation v where v.statement_id = f.id and v.stance = 'disputes'),
  'dispute', coalesce((select d.key from record.dispute d where d.id = f.dispute_id), n.dispute),
  'citations', (select coalesce(jsonb_agg(jsonb_build_object('source', s.key, 'stance', v.stance, 'locator', v.locator, 'key', s.key, 'kind', s.kind, 'title', s.title, 'language', s.language,
      'publisher', s.publisher, 'published', s.published, 'published_from', s.published_from, 'published_to', s.published_to, 'url', s.url) order by v.stance desc, v.position), '[]')
    from record.citation v join record.source s on s.id = v.source_id where v.statement_id = f.id))`
