import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryRef } from './catalogue.ts'

/** What stands on the map. */
export type MappedKind = 'organization' | 'facility'
export type MapFilter = { entries: readonly MappedKind[]; kind?: string | undefined; country?: string | undefined }

export type PlaceRef = { key: string; names: LanguageText; country: string; latitude: number; longitude: number }
export type PlaceCounts = PlaceRef & { region: string | null; organizations: number; facilities: number }

export type OnMap = {
  /** The places with the most entries first. */
  places: PlaceCounts[]
  /** How many places there are, also past the limit. */
  total: number
  /** How many entries have no place on record. */
  nowhere: { organizations: number; facilities: number }
  /** The countries of all places, whatever was asked for. */
  countries: string[]
}

/** How many organizations and facilities are at each place. @param most how many places at most */
export async function placesOnMap(db: Scope, filter: MapFilter, most: number): Promise<OnMap> {
  const result = await sql<OnMap>`
    with counted as materialized (
      select p.id, count(*) filter (where c.entry_kind = 'organization')::int as organizations, count(*) filter (where c.entry_kind = 'facility')::int as facilities
      from record.catalogue c left join record.place p on p.id = c.place_id where ${fits(filter)} group by p.id)
    select coalesce((select jsonb_agg(to_jsonb(rows)) from (
        select p.key, p.names, p.country, p.region, p.latitude, p.longitude, n.organizations, n.facilities from counted n join record.place p on p.id = n.id
        order by n.organizations + n.facilities desc, p.key limit ${most}) rows), '[]') as places,
      (select count(id)::int from counted) as total,
      coalesce((select jsonb_build_object('organizations', organizations, 'facilities', facilities) from counted where id is null), '{"organizations": 0, "facilities": 0}') as nowhere,
      (select coalesce(array_agg(distinct country order by country), '{}') from record.place) as countries`.execute(db)
  return result.rows[0] ?? { places: [], total: 0, nowhere: { organizations: 0, facilities: 0 }, countries: [] }
}

export type EntryAtPlace = EntryRef & { entry: MappedKind; kind: string | null; place: LanguageText | null }

/** The entries at some places; without a key among them, those that have no place on record. Organizations first. */
export async function entriesAt(db: Scope, filter: MapFilter, keys: readonly string[], most: number): Promise<EntryAtPlace[]> {
  const here = keys.length === 0 ? sql`p.id is null` : sql`p.key = any (${[...keys]})`
  const result = await sql<EntryAtPlace>`
    select c.entry_kind as entry, c.key, c.kind, c.title, c.acronym, c.country, p.names as place
    from record.catalogue c left join record.place p on p.id = c.place_id where ${fits(filter)} and ${here}
    order by c.entry_kind desc, c.title_sort, c.entry_id limit ${most}`.execute(db)
  return result.rows
}

function fits({ entries, kind, country }: MapFilter): RawBuilder<unknown> {
  const conditions = [
    sql`c.entry_kind = any (${[...entries]})`,
    ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
    ...(country === undefined ? [] : [sql`coalesce(p.country, c.country) = ${country}`]),
  ]
  return sql.join(conditions, sql` and `)
}

export type PlaceLink = { from: PlaceRef; to: PlaceRef; n: number }
export type PlaceLinks = {
  /** The links with the most behind them first. */
  links: PlaceLink[]
  /** How many agreements and ventures make them up. */
  entries: number
}

/** Which places of different countries are linked by agreements and joint companies, through the seats of the organizations that these name. */
export async function linksBetweenPlaces(db: Scope, most: number): Promise<PlaceLinks> {
  const reference = (alias: string) =>
    sql.raw(
      `jsonb_build_object('key', ${alias}.key, 'names', ${alias}.names, 'country', ${alias}.country, 'latitude', ${alias}.latitude, 'longitude', ${alias}.longitude)`,
    )
  const result = await sql<PlaceLinks>`
    with ends as (
      select distinct c.entry_id, p.id as place_id, p.country from record.catalogue c
      join record.catalogue o on o.entry_id = any (c.organizations) join record.place p on p.id = o.place_id
      where c.entry_kind in ('agreement', 'venture')),
    joined as materialized (
      select entry_id, a.place_id as one, b.place_id as other from ends a join ends b using (entry_id) where a.country < b.country)
    select (select count(distinct entry_id)::int from joined) as entries,
      coalesce((select jsonb_agg(jsonb_build_object('from', ${reference('a')}, 'to', ${reference('b')}, 'n', pair.n) order by pair.n desc, a.key, b.key) from (
        select one, other, count(*)::int as n from joined group by one, other order by n desc, one, other limit ${most}) pair
        join record.place a on a.id = pair.one join record.place b on b.id = pair.other), '[]') as links`.execute(db)
  return result.rows[0] ?? { links: [], entries: 0 }
}
