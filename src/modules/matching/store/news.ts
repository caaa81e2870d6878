import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { isUnseen, kept } from './matches.ts'

const counterparts = sql.raw(kept)

/** A listing of whose new counterparts somebody is to be told: those found after `since` and until `until`. */
export type Due = { listing: string; since: string; until: string; space: string }

/** Whoever is to be told of something. */
export async function peopleToTell(db: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from matching.to_tell() id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of which listings somebody is to be told. */
export async function readDue(db: WriteScope, person: string): Promise<Due[]> {
  const { rows } = await sql<Due>`select listing_id as listing, since, until, space_id as space from matching.due(${person}) order by listing_id`.execute(db)
  return rows
}

/** Notes until when somebody has been told. @returns `false` when somebody else has told them, or they want to know no more */
export async function noteTold(db: WriteScope, person: string, until: string, mailed: boolean): Promise<boolean> {
  const { rows } = await sql<{ told: boolean }>`select matching.tell(${person}, ${until}, ${mailed}) as told`.execute(db)
  return rows[0]?.told === true
}

type Title = { id: string; title: LanguageText; original: string }
export type Fresh = Title & { n: number; best: (Title & { country: string })[] }

/** New counterparts of some listings, as far as the reader sees both: how many, and the three best. */
export async function listFresh(db: Scope, due: readonly Due[]): Promise<Fresh[]> {
  const { rows } = await sql<Fresh>`
    with fresh as (select d.listing, k.other_id, row_number() over (partition by d.listing order by k.place desc, k.other_id) as rank
      from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as d (listing uuid, since timestamptz, until timestamptz) join ${counterparts} k on k.listing_id = d.listing
      where k.aside is null and k.found_at > d.since and k.found_at <= d.until and ${isUnseen})
    select l.id, l.title, l.original, count(*)::int as n,
      jsonb_agg(jsonb_build_object('id', c.id, 'title', c.title, 'original', c.original, 'country', c.country) order by f.rank) filter (where f.rank <= 3) as best
    from fresh f join (select id, title, original, state from exchange.listing) l on l.id = f.listing and l.state = 'published'
      join (select id, title, original, country from exchange.listing) c on c.id = f.other_id
    group by l.id, l.title, l.original order by n desc, l.id`.execute(db)
  return rows
}

export type Overview = { id: string; key: string; name: LanguageText; original: Language; n: number }

/** How many new counterparts the published listings of each of these organizations have, up to a cap. */
export async function countFresh(db: Scope, organizations: readonly string[]): Promise<Overview[]> {
  if (organizations.length === 0) return []
  const { rows } = await sql<Overview>`
    select o.id, o.key, o.name, o.original, (select count(*)::int from (select from (select id, organization_id, state from exchange.listing) l join ${counterparts} k on k.listing_id = l.id
      where l.organization_id = o.id and l.state = 'published' and k.aside is null and ${isUnseen} limit ${countCap}) capped) as n
    from members.organization o where o.id = any (${[...organizations]}::uuid[]) order by o.name_sort, o.id`.execute(db)
  return rows
}

export type FeedRow = { listing: Title; other: Title & { country: string }; foundAt: Date }

/** The counterparts found last for the published listings of some organizations. */
export async function listFound(db: Scope, organizations: readonly string[], most: number): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select jsonb_build_object('id', l.id, 'title', l.title, 'original', l.original) as listing, k.found_at as "foundAt",
      jsonb_build_object('id', c.id, 'title', c.title, 'original', c.original, 'country', c.country) as other
    from (select id, title, original, organization_id, state from exchange.listing) l join ${counterparts} k on k.listing_id = l.id join (select id, title, original, country from exchange.listing) c on c.id = k.other_id
    where l.organization_id = any (${[...organizations]}::uuid[]) and l.state = 'published' and k.aside is null
    order by k.found_at desc, l.id, c.id limit ${most}`.execute(db)
  return rows
}

/** Notes that people who answer for a listing have been shown counterparts of it. @returns those that were new */
export async function insertSeen(
  db: WriteScope,
  { listing, space, keeper }: { listing: string; space: string; keeper: string },
  others: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ other: string }>`insert into matching.seen (listing_id, other_id, space_id, keeper_id)
    select ${listing}, o, ${space}, ${keeper} from unnest(${[...others]}::uuid[]) o on conflict do nothing returning other_id as other`.execute(db)
  return rows.map(({ other }) => other)
}

/** How somebody is told. */
export const frequencies = ['daily', 'never'] as const
export type Notice = { often: (typeof frequencies)[number]; hasFeed: boolean; version: number }

export async function readNotice(db: Scope, person: string): Promise<Notice> {
  const { rows } = await sql<Notice>`select often, feed is not null as "hasFeed", version from matching.notice where person_id = ${person}`.execute(db)
  return rows[0] ?? { often: 'daily', hasFeed: false, version: 0 }
}

/** Says how often somebody is told. Whoever was told nothing so far is told of what is found from now on. @returns whether that changes anything */
export async function writeOften(db: WriteScope, who: { person: string; space: string }, often: Notice['often']): Promise<boolean> {
  const { rows } = await sql`insert into matching.notice as n (person_id, space_id, often) values (${who.person}, ${who.space}, ${often})
    on conflict (person_id) do update set often = excluded.often, told_until = clock_timestamp(), version = n.version + 1 where n.often <> excluded.often
    returning person_id`.execute(db)
  return rows.length > 0
}

/** Gives a feed another secret, or none. @returns whether that changes anything */
export async function writeFeed(db: WriteScope, who: { person: string; space: string }, digest: Buffer | null): Promise<boolean> {
  const { rows } = await sql`insert into matching.notice as n (person_id, space_id, feed) values (${who.person}, ${who.space}, ${digest})
    on conflict (person_id) do update set feed = excluded.feed, version = n.version + 1 where n.feed is distinct from excluded.feed returning person_id`.execute(
    db,
  )
  return rows.length > 0
}

/** Whose feed has an address with this secret. */
export async function personOfFeed(db: Scope, digest: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select matching.feed_of(${digest}) as id`.execute(db)
  return rows[0]?.id ?? undefined
}
