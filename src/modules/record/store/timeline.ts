import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { EntryKind } from '../schema.ts'
import type { EntryRef, EntryTitle } from './catalogue.ts'

/** What a timeline shows: entries of some kinds that begin within some days. */
export type TimelineFilter = {
  kinds: readonly EntryKind[]
  from?: string | undefined
  to?: string | undefined
  country?: string | undefined
  /** Key of an organization. */
  organization?: string | undefined
}
export type TimelineRow = {
  entry: EntryKind
  key: string
  kind: string | null
  title: EntryTitle
  date: string
  date_from: string
  countries: string[]
  disputed: boolean
}

/** How finely beginnings are counted. */
export type TimelineUnit = 'year' | 'month' | 'day'
/** `at` as `2025`, `2025-08` or `2025-08-28`. Where a date is not that exact, `vague`; `at` is then where its time begins. */
export type TimelineCount = { kind: EntryKind; at: string; vague: boolean; n: number }
/** `earlier` and `later`: the days of the nearest beginnings outside of those asked for. */
export type TimelineCounts = { counts: TimelineCount[]; earlier: string | null; later: string | null; today: string }

const lengths: Record<TimelineUnit, number> = { year: 4, month: 7, day: 10 }
const exact: Record<TimelineUnit, string> = { year: '^[0-9]{4}', month: '^[0-9]{4}-[0-9]{2}', day: '^[0-9]{4}-[0-9]{2}-[0-9]{2}' }

/** How many entries of each kind begin when, and where there are others before and after. */
export async function countTimeline(db: Scope, filter: TimelineFilter, unit: TimelineUnit): Promise<TimelineCounts> {
  const outside = sql.join([sql`c.date ~ ${exact[unit === 'day' ? 'month' : 'year']}`, ...matching(filter)], sql` and `)
  const result = await sql<TimelineCounts>`
    select (select coalesce(jsonb_agg(counted), '[]') from (
        select c.entry_kind as kind, left(c.date_from::text, ${lengths[unit]}) as at, c.date !~ ${exact[unit]} as vague, count(*)::int as n
        from record.catalogue c where c.entry_kind = any (${[...filter.kinds]}::text[]) and ${within(filter, oldest)} group by 1, 2, 3) counted) as counts,
      ${filter.from === undefined ? sql`null` : sql`(${nearest(filter, outside, '<', filter.from)})`} as earlier,
      ${filter.to === undefined ? sql`null` : sql`(${nearest(filter, outside, '>', filter.to)})`} as later, current_date::text as today`.execute(db)
  return result.rows[0] ?? { counts: [], earlier: null, later: null, today: '' }
}

/** One look into the index for each kind. */
function nearest(filter: TimelineFilter, conditions: RawBuilder<unknown>, side: '<' | '>', day: string): RawBuilder<unknown> {
  const key = side === '<' ? newest : oldest
  const direction = sql.raw(side === '<' ? 'desc' : 'asc')
  return sql`select beside.date_from::text
    from unnest(${[...filter.kinds]}::text[]) k (kind) cross join lateral (
      select c.date_from from record.catalogue c where c.entry_kind = k.kind and c.date_from is not null and ${key} ${sql.raw(side)} ${day}::date and ${conditions}
      order by ${key} ${direction}, c.entry_id ${direction} limit 1) beside
    order by beside.date_from ${direction} limit 1`
}

/** A page of the entries that begin within the days asked for, whatever their kind; one index scan for each kind. */
export async function listTimeline(
  db: Scope,
  filter: TimelineFilter,
  order: 'newest' | 'oldest',
  cursor: string | undefined,
  size: number,
): Promise<Page<TimelineRow>> {
  const key = order === 'newest' ? newest : oldest
  const place = keyset({ key, cast: 'date', id: sql`c.entry_id`, descending: order === 'newest' }, cursor, size)
  const direction = sql.raw((order === 'newest') === place.backwards ? 'asc' : 'desc')
  const result = await sql<Keyed<TimelineRow>>`
    select rows.* from unnest(${[...filter.kinds]}::text[]) k (kind) cross join lateral (
      select c.entry_kind as entry, c.key, c.kind, c.title, c.date, c.date_from::text, c.countries, c.disputed, ${place.select}
      from record.catalogue c where c.entry_kind = k.kind and ${within(filter, key)} and ${place.where} order by ${place.orderBy} limit ${place.limit}) rows
    order by rows.cursor_key ${direction}, rows.cursor_id ${direction} limit ${place.limit}`.execute(db)
  return pageOf<TimelineRow>(place, result.rows)
}

/** What a timeline may be narrowed to: the countries of its entries, and of the organizations those that most of them name, beside the one asked for. */
export type TimelineChoices = { countries: string[]; organizations: EntryRef[] }

const mostOrganizations = 60

export async function timelineChoices(db: Scope, kinds: readonly EntryKind[], organization: string | undefined): Promise<TimelineChoices> {
  const result = await sql<TimelineChoices>`
    with dated as (select c.countries, c.organizations from record.catalogue c where c.entry_kind = any (${[...kinds]}::text[]) and c.date_from is not null),
      often as (select o.id from dated, unnest(dated.organizations) o (id) group by 1 order by count(*) desc, 1 limit ${mostOrganizations})
    select array(select distinct unnest(dated.countries) from dated) as countries,
      (select coalesce(jsonb_agg(jsonb_build_object('entry', c.entry_kind, 'key', c.key, 'title', c.title, 'acronym', c.acronym, 'country', c.country)), '[]')
        from record.catalogue c where c.entry_id in (select id from often) or (c.entry_kind = 'organization' and c.key = ${organization ?? null})) as organizations`.execute(
    db,
  )
  return result.rows[0] ?? { countries: [], organizations: [] }
}

const newest = sql`c.date_newest`
const oldest = sql`c.date_oldest`

/** The last day on which an entry may have begun: of a period the end of its first date, as exact as that is. */
const begunBy = sql`case when c.date ~ '^[0-9].*/' then (c.date_from + case
    when c.date ~ ${exact.day} then interval '1 day' when c.date ~ ${exact.month} then interval '1 month' when c.date ~ ${exact.year} then interval '1 year'
    else interval '10 years' end)::date - 1 else coalesce(c.date_to, c.date_from) end`

/** That an entry surely begins within the days: what is known to the year only is in no month of it. */
function within(filter: TimelineFilter, key: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql.join(
    [
      sql`c.date_from is not null`,
      ...(filter.from === undefined ? [] : [sql`${key} >= ${filter.from}::date`]),
      ...(filter.to === undefined ? [] : [sql`${key} <= ${filter.to}::date`, sql`${begunBy} <= ${filter.to}::date`]),
      ...matching(filter),
    ],
    sql` and `,
  )
}

function matching({ country, organization }: TimelineFilter): RawBuilder<unknown>[] {
  return [
    ...(country === undefined ? [] : [sql`c.countries @> array[${country}]`]),
    ...(organization === undefined
      ? []
      : [sql`c.organizations @> array[(select entry_id from record.catalogue where entry_kind = 'organization' and key = ${organization})]`]),
  ]
}
