import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { foundBy, isIn, readList, type List } from '../../../platform/db/lists.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { memberInputs } from '../../members/index.ts'
import type { ListingFilter } from '../schema/listings.ts'
import { directions, type Direction } from '../schema/terms.ts'
import { memberRef, type Content, type Listing, type MemberRef } from './listings.ts'

export const listingKind = 'listing'

/** A listing as lists show it. */
export type Listed = Pick<Content, 'direction' | 'pillar' | 'original' | 'title' | 'validUntil'> &
  Pick<Listing, 'id' | 'number' | 'country' | 'state' | 'origin' | 'publishedAt' | 'changedAt' | 'concepts'> & {
    organization: MemberRef | null
    entry: { key: string; name: LanguageText & { original?: string } } | null
    sentAt: Date | null
  }

// Named one by one, since one of them may be read by nobody.
const columns =
  'l.id, l.organization_id, l.desk_id, l.number, l.direction, l.pillar, l.country, l.state, l.origin, l.original, l.title, l.valid_until, l.entry_key, l.entry_name, l.made_at, l.changed_at, l.sent_at, l.published_at'
const all = `(select ${columns} from exchange.listing l)`
/** Along the index of what is about a concept. */
const about = `(select ${columns.replace('l.published_at', 'c.published_at')}, c.concept_key, c.ended_at as about_ended from exchange.listing_concept c join exchange.listing l on l.id = c.listing_id)`

/** What lists show of the listing `l` and its organization `o`. */
export const shown = sql`l.id, l.number, l.direction, l.pillar, l.country, l.state, l.origin, l.original, l.title, l.valid_until::text as "validUntil", l.published_at as "publishedAt", l.changed_at as "changedAt",
  l.sent_at as "sentAt", case when o.id is not null then ${memberRef('o')} end as organization,
  case when l.entry_key is not null then jsonb_build_object('key', l.entry_key, 'name', l.entry_name) end as entry,
  array(select c.concept_key from exchange.listing_concept c where c.listing_id = l.id and c.reach = 'own' and c.ended_at is null order by c.concept_key limit 6) as concepts`
const joined = sql`left join members.organization o on o.id = l.organization_id`

/** A page of the listings that fit a filter, the newest first. */
export async function listListings(db: Scope, filter: ListingFilter, size?: number): Promise<List<Listed>> {
  const { q, direction, pillar, country, concept, state, language } = filter
  const conditions: RawBuilder<unknown>[] = [
    sql`l.state = ${state ?? 'published'}`,
    ...(direction ? [sql`l.direction = ${direction}`] : []),
    ...(pillar ? [sql`l.pillar = ${pillar}`] : []),
    ...(country ? [sql`l.country = ${country}`] : []),
    ...(language ? [sql`l.original = ${language}`] : []),
    ...(concept ? [sql`l.concept_key = ${concept} and l.about_ended is null`] : []),
    sql`l.published_at is not null`,
    ...(q === undefined ? [] : [isIn(sql`l.id`, 'found')]),
  ]
  return readList<Listed>(db, {
    columns: shown,
    table: concept === undefined ? all : about,
    alias: 'l',
    joins: joined,
    sets: await foundBy(db, q, listingKind),
    conditions,
    order: { key: sql`l.published_at`, cast: 'timestamptz', id: sql`l.id`, descending: true },
    cursor: filter.cursor,
    ...(size !== undefined && { size }),
  })
}

/** The listings of one organization, in whatever state, as far as the actor sees them; those begun last first. */
export function listOwn(db: Scope, organization: string, cursor: string | undefined): Promise<List<Listed>> {
  return readList<Listed>(db, {
    columns: shown,
    table: all,
    alias: 'l',
    joins: joined,
    sets: {},
    conditions: [sql`l.organization_id = ${organization}`],
    order: { key: sql`l.made_at`, cast: 'timestamptz', id: sql`l.id`, descending: true },
    cursor,
  })
}

/** The listings that wait at the actor's desks, those sent first first. */
export function listWaiting(db: Scope, cursor: string | undefined): Promise<List<Listed>> {
  return readList<Listed>(db, {
    columns: shown,
    table: all,
    alias: 'l',
    joins: joined,
    sets: {},
    conditions: [sql`l.state = 'desk-review' and l.desk_id = any ((select app.spaces('write'))::uuid[])`],
    order: { key: sql`l.sent_at`, cast: 'timestamptz', id: sql`l.id`, descending: false },
    cursor,
  })
}

/** The same as rows to count. */
export const waitingListings = sql`select from exchange.listing l where l.state = 'desk-review' and l.desk_id = any ((select app.spaces('write'))::uuid[])`

export type Facet = { pillar: Content['pillar']; direction: Direction; n: number }

/** How many published listings there are in each pillar, offers and needs, each up to the cap: one query along an index. */
export async function countFacets(db: Scope): Promise<Facet[]> {
  const cells = memberInputs.pillars.flatMap((pillar) => directions.map((direction) => ({ pillar, direction })))
  const counts = cells.map(
    ({ pillar, direction }) =>
      sql`(select count(*)::int from (select from exchange.listing l where l.state = 'published' and l.pillar = ${pillar} and l.direction = ${direction} limit ${countCap + 1}) capped)`,
  )
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db)
  return cells.map((cell, index) => ({ ...cell, n: rows[0]?.counts[index] ?? 0 }))
}

/** How many published listings come from a country; a number above `countryCap` means that there are more. */
export type FromCountry = { country: string; n: number }
/** Of each country so many are counted, lower than elsewhere since there are so many countries. */
export const countryCap = 100

/** The countries that published listings come from, each with how many there are, without reading every row. */
export async function listingCountries(db: Scope): Promise<FromCountry[]> {
  const next = (after: RawBuilder<unknown>) =>
    sql`(select l.country from exchange.listing l where l.state = 'published' and l.country > ${after} order by l.country limit 1)`
  const { rows } = await sql<FromCountry>`
    with recursive seen as (
      select ${next(sql`''`)} as country
      union all
      select ${next(sql`seen.country`)} from seen where seen.country is not null
    ) select country, (select count(*)::int from (select from exchange.listing l where l.state = 'published' and l.country = seen.country limit ${countryCap + 1}) capped) as n
    from seen where country is not null`.execute(db)
  return rows
}
