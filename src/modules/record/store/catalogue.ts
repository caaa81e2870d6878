import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { Order } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { span } from '../../../platform/text/edtf.ts'
import { kindRules } from '../rules/kinds.ts'
import type { EntryFilter, EntryKind } from '../schema.ts'
import { foundBy, isIn, readList, type List } from '../../../platform/db/lists.ts'
import { kept, orKept } from './merges.ts'

export type EntryTitle = LanguageText & { original?: string }
export type EntryRef = { entry: EntryKind; key: string; title: EntryTitle; acronym: string | null; country: string | null }
/** Whoever or whatever has a part in an entry, and which. */
export type Party = { role: string } & ({ entry: EntryRef } | { country: string } | { text: LanguageText })

/** An entry as lists show it. */
export type Listed = {
  id: string
  entry: EntryKind
  key: string
  kind: string | null
  status: string | null
  title: EntryTitle
  acronym: string | null
  country: string | null
  countries: string[]
  place: { key: string; names: LanguageText } | null
  parent: EntryRef | null
  parties: Party[]
  date: string | null
  date_from: string | null
  amount: string | null
  unit: string | null
  stage: string | null
  disputed: boolean
  umbrella: boolean
  recorded_at: string
}

const reference = (alias: string) =>
  sql.raw(
    `jsonb_build_object('entry', ${alias}.entry_kind, 'key', ${alias}.key, 'title', ${alias}.title, 'acronym', ${alias}.acronym, 'country', ${alias}.country)`,
  )

const columns = (
  status: RawBuilder<unknown>,
) => sql`c.entry_id as id, c.entry_kind as entry, c.key, c.kind, ${status} as status, c.title, c.acronym, c.country, c.countries,
  case when p.id is not null then jsonb_build_object('key', p.key, 'names', p.names) end as place, case when u.entry_id is not null then ${reference('u')} end as parent,
  named.parties, c.date, c.date_from::text, c.amount::text, c.unit, c.stage, c.disputed, c.umbrella,
  (select to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from record.entry e where e.id = c.entry_id) as recorded_at`

// The parties with their names, in the order of the record; each looked up on its own, or the planner reads the whole catalogue to join them.
const joins = sql`left join record.place p on p.id = c.place_id left join record.catalogue u on u.entry_id = c.parent_id
  cross join lateral (
    select coalesce(jsonb_agg(shown.party order by party.ordinality) filter (where shown.party is not null), '[]') as parties
    from jsonb_array_elements(c.parties) with ordinality party
    -- A party that the actor may not see is not there at all.
    cross join lateral (select case when not party.value ? 'entry' then party.value else (select jsonb_build_object('role', party.value -> 'role', 'entry', ${reference('o')})
      from record.catalogue o where o.entry_id = (party.value ->> 'entry')::uuid) end as party) shown
  ) named`

/** A page of the entries of a kind. */
export async function listEntries(db: Scope, kind: EntryKind, filter: EntryFilter, size?: number): Promise<List<Listed>> {
  return readList<Listed>(db, {
    columns: columns(statusAt(filter)),
    table: 'record.catalogue',
    alias: 'c',
    joins,
    sets: { ...(filter.organization && { naming: naming(filter.organization) }), ...(await foundBy(db, filter.q, kind)) },
    conditions: conditions(kind, filter),
    order: orders[filter.sort ?? kindRules[kind].sort],
    cursor: filter.cursor,
    ...(size !== undefined && { size }),
  })
}

function conditions(kind: EntryKind, filter: EntryFilter): RawBuilder<unknown>[] {
  const { country, organization, as_of: asOf, known_at: knownAt, period } = filter
  const [at, known, within] = [asOf, knownAt, period].map((date) => (date === undefined ? undefined : span(date)))
  // Only what cannot leak (comparisons of columns that are texts, ids and dates) can use an index beside row-level security; `coalesce` and what looks into an array cannot.
  return [
    // Written out, as is `disputed`: how many rows fit depends much on it, and partial indexes are for one of its values.
    sql`c.entry_kind = ${sql.lit(kind)}`,
    ...(filter.kind ? [sql`c.kind = ${filter.kind}`] : []),
    ...(filter.status ? [sql`${statusAt(filter)} = ${filter.status}`] : []),
    // An organization is in one country, so an ordered index answers.
    ...(country ? [kind === 'organization' ? sql`c.country = ${country}` : sql`c.countries @> array[${country}]`] : []),
    ...(organization ? [isIn(sql`c.entry_id`, 'naming')] : []),
    ...(filter.field ? [sql`c.entry_id in (select t.entry_id from record.statement t where t.field = ${filter.field} and t.ended_at is null)`] : []),
    ...(filter.disputed ? [filter.disputed === 'yes' ? sql`c.disputed` : sql`not c.disputed`] : []),
    // Said twice, once for the index of each order.
    ...(within
      ? [
          sql`c.date_oldest <= ${within.to ?? '9999-12-31'}::date and c.date_newest <= ${within.to ?? '9999-12-31'}::date`,
          sql`coalesce(c.date_to, case when c.date like '%/..' or c.date like '%/' then 'infinity' else c.date_from end) >= ${within.from ?? '0001-01-01'}::date`,
        ]
      : []),
    ...(at ? [sql`c.date_newest <= ${at.to ?? '9999-12-31'}::date and (c.ended_from is null or c.ended_from >= ${at.from ?? '0001-01-01'}::date)`] : []),
    ...(known ? [sql`c.known_from <= ${known.to ?? '9999-12-31'}::date`] : []),
    ...(filter.q !== undefined ? [isIn(sql`c.entry_id`, 'found')] : []),
  ]
}

/** The entries of which a statement names an organization. */
const naming = (
  organization: string,
) => sql`select ${orKept('h', 't.entry_id')} from record.statement t ${kept('h', 't.entry_id')} where t.ended_at is null and t.target_id = any (array(
  select o.entry_id from record.catalogue o where o.entry_kind = 'organization' and o.key = ${organization}
  union all select m.gone_id from record.merge m join record.catalogue o on o.entry_id = m.kept_id where o.entry_kind = 'organization' and o.key = ${organization} and m.ended_at is null))`

/** The state to show: today's, or, when another time is asked for, the one that held then by what was published then. */
function statusAt({ as_of: asOf, known_at: knownAt }: EntryFilter): RawBuilder<unknown> {
  if (asOf === undefined && knownAt === undefined) return sql`c.status`
  const at = asOf === undefined ? undefined : span(asOf)
  const known = knownAt === undefined ? undefined : span(knownAt)
  return sql`(select t.value #>> '{}' from record.statement t
    where t.entry_id = c.entry_id and t.field = 'status' and t.ended_at is null and t.rank <> 'deprecated'
      ${at ? sql`and (t.valid_from is null or t.valid_from <= ${at.to ?? '9999-12-31'}::date)` : sql``}
      ${known ? sql`and exists (select from record.citation i join record.source s on s.id = i.source_id where i.statement_id = t.id and i.stance = 'supports' and s.published_to <= ${known.to ?? '9999-12-31'}::date)` : sql``}
    order by t.valid_from desc nulls last, t.rank = 'preferred' desc, t.position limit 1)`
}

const id = sql`c.entry_id`
const orders: Record<NonNullable<EntryFilter['sort']>, Order> = {
  title: { key: sql`c.title_sort`, cast: 'text', id, descending: false },
  '-title': { key: sql`c.title_sort`, cast: 'text', id, descending: true },
  // A date not known comes last in both directions.
  date: { key: sql`c.date_oldest`, cast: 'date', id, descending: false },
  '-date': { key: sql`c.date_newest`, cast: 'date', id, descending: true },
}

/** The countries that entries of a kind are in, without reading every row. */
export async function entryCountries(db: Scope, kind: EntryKind): Promise<string[]> {
  const result = await sql<{ country: string }>`
    with recursive seen as (
      (select country from record.catalogue where entry_kind = ${kind} and country is not null order by country limit 1)
      union all
      select (select c.country from record.catalogue c where c.entry_kind = ${kind} and c.country > seen.country order by c.country limit 1) from seen where seen.country is not null
    ) select country from seen where country is not null`.execute(db)
  return result.rows.map(({ country }) => country)
}

export type Related = { entry: EntryKind; total: number; rows: Listed[] }

/** What points to an entry, kind by kind, the newest of each and how many there are. */
export async function relatedTo(db: Scope, entryId: string): Promise<Related[]> {
  const result = await sql<Listed & { total: number }>`
    with pointing as (select distinct ${orKept('h', 't.entry_id')} as entry_id from record.statement t ${kept('h', 't.entry_id')}
        where t.target_id = any (array(select ${entryId}::uuid union all select m.gone_id from record.merge m where m.kept_id = ${entryId} and m.ended_at is null)) and t.ended_at is null),
      newest as (select c.entry_id, count(*) over (partition by c.entry_kind)::int as total,
        row_number() over (partition by c.entry_kind order by c.date_from desc nulls last, c.title_sort, c.entry_id) as n
        from record.catalogue c join pointing using (entry_id) where c.entry_id <> ${entryId}::uuid)
    select ${columns(sql`c.status`)}, newest.total from newest join record.catalogue c using (entry_id) ${joins}
    where newest.n <= 6 order by c.entry_kind, newest.n`.execute(db)
  const kinds = [...new Set(result.rows.map(({ entry }) => entry))]
  return kinds.map((entry) => {
    const rows = result.rows.filter((row) => row.entry === entry)
    return { entry, total: rows[0]?.total ?? 0, rows }
  })
}

/** How much is on record: entries by kind, and sources. */
export async function countRecord(db: Scope): Promise<Record<'source' | EntryKind, number>> {
  const result = await sql<{ kind: EntryKind | 'source'; n: number }>`select kind, sum(n)::int as n from record.tally group by kind`.execute(db)
  const counts: Partial<Record<string, number>> = Object.fromEntries(result.rows.map(({ kind, n }) => [kind, n]))
  return Object.fromEntries(['source', ...Object.keys(kindRules)].map((kind) => [kind, counts[kind] ?? 0])) as Record<'source' | EntryKind, number>
}
