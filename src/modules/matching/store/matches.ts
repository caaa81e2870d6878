import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import { listedColumns, type Listed } from '../../exchange/index.ts'
import type { Facts } from '../rules/fit.ts'
import { lifts, type Said } from '../rules/place.ts'
import type { Profile } from '../rules/weigh.ts'
import type { UnfitReason } from '../schema.ts'
import type { KeptEmbedding } from './embeddings.ts'

/** A counterpart as it is shown. `aside`: why the reader's organization does not want it; `said`: the id of what it said of this very one. `isNew`: nobody of it has been shown it, as far as the reader may know. `done`: what became of its interest. */
export type Match = Listed & { score: number; aside: UnfitReason | null; said: string | null; isNew: boolean; done: Exclude<Said, 'unfit'> | null } & Held
/** What somebody wants counterparts for: what it says, and since when they stand there. */
export type Wanting = { kept: number; state: string; version: number } & Held
/** What is kept of a listing. `embedding`: what the model that holds makes of it; `called`: that model. */
type Held = { facts: Facts; profile: Profile | null; embedding: (KeptEmbedding & { called: string }) | null }

const facts =
  sql.raw(`jsonb_build_object('direction', l.direction, 'pillar', l.pillar, 'country', l.country, 'original', l.original, 'forms', l.forms, 'stage', l.stage, 'amount', l.amount::float8,
  'unit', l.unit, 'partnerKinds', l.partner_kinds, 'authorizations', l.authorizations, 'countriesWanted', l.countries_wanted, 'countriesExcluded', l.countries_excluded,
  'kind', o.kind) as facts, (select p.content from matching.profile p where p.listing_id = l.id) as profile,
  (select jsonb_build_object('model', m.id, 'called', m.name, 'floor', m.floor, 'ceiling', m.ceiling, 'vector', encode(e.vector, 'base64'))
    from matching.embedding e join matching.embedding_model m on m.id = e.model_id and m.ended_at is null where e.listing_id = l.id and e.vector is not null) as embedding`)

/**
 * Counterparts that are published now, with where they stand in the list of the organization whose listing it is (`rules/place.ts`): `aside`, why it does not want them;
 * `done`, what became of its interest in them, as far as the reader sees that.
 */
export const kept = `(select m.listing_id, m.other_id, m.score, m.found_at, f.reason as aside, f.said, i.done,
    m.score::float8 + case when f.reason is not null then ${lifts.unfit} when i.done = 'accepted' then ${lifts.accepted} when i.done = 'interested' then ${lifts.interested} when i.done = 'declined' then ${lifts.declined} else 0 end as place
  from matching.match m join (select id, organization_id, entry_key, country, state from exchange.listing) c on c.id = m.other_id and c.state = 'published'
  join (select id, organization_id from exchange.listing) own on own.id = m.listing_id
  left join lateral (select f.reason, case when f.other_id = m.other_id then f.id end as said from matching.feedback f join (select id, organization_id, entry_key, country from exchange.listing) t on t.id = f.other_id
    where f.listing_id = m.listing_id and f.ended_at is null and (f.other_id = m.other_id or (f.reason = 'organization' and (t.organization_id = c.organization_id or t.entry_key = c.entry_key)) or (f.reason = 'country' and t.country = c.country))
    order by (f.other_id = m.other_id) desc, f.id limit 1) f on true
  left join lateral (select case when i.state in ('accepted', 'declined') then i.state else 'interested' end as done from exchange.interest i
    where i.listing_id = m.other_id and i.organization_id = own.organization_id and i.state in ('sent', 'seen', 'accepted', 'handled', 'declined') order by i.state <> 'accepted', i.state = 'declined', i.sent_at desc, i.id limit 1) i on true)`

/** Nobody who answers for the listing has been shown the counterpart, as far as the reader may know. */
export const isUnseen = sql`not exists (select from matching.seen s where s.listing_id = k.listing_id and s.other_id = k.other_id)`

/** A page of the counterparts of a listing, best first, as far as the reader sees them. */
export const listMatches = (db: Scope, listing: string, cursor: string | undefined, size = 20): Promise<List<Match>> =>
  readList<Match>(db, {
    columns: sql`${listedColumns}, k.score::float8 as score, k.aside, k.said, k.done, ${isUnseen} as "isNew", ${facts}`,
    table: kept,
    alias: 'k',
    joins: sql`join exchange.listing l on l.id = k.other_id left join members.organization o on o.id = l.organization_id`,
    sets: {},
    conditions: [sql`k.listing_id = ${listing}`],
    order: { key: sql`k.place`, cast: 'float8', id: sql`k.other_id`, descending: true },
    cursor,
    size,
  })

/** What a listing says, to tell why others fit it. @returns nothing if the reader does not see it */
export async function readWanting(db: Scope, listing: string): Promise<Wanting | undefined> {
  const { rows } =
    await sql<Wanting>`select l.state, l.version, coalesce((select p.kept from matching.profile p where p.listing_id = l.id), 0) as kept, ${facts}
    from exchange.listing l left join members.organization o on o.id = l.organization_id where l.id = ${listing}`.execute(db)
  return rows[0]
}

export type Overlooked = Listed & {
  found: number
  fresh: number
  best: { id: string; title: Listed['title']; original: string; country: string; score: number }[]
}

/** The published listings of an organization, each with its three best counterparts, those published last first. */
export const listOverlooked = (db: Scope, organization: string, cursor: string | undefined): Promise<List<Overlooked>> =>
  readList<Overlooked>(db, {
    columns: sql`${listedColumns}, coalesce((select p.kept from matching.profile p where p.listing_id = l.id), 0) as found,
      (select count(*)::int from ${sql.raw(kept)} k where k.listing_id = l.id and k.aside is null and ${isUnseen}) as fresh,
      coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'title', b.title, 'original', b.original, 'country', b.country, 'score', b.score) order by b.place desc, b.id) from (
        select c.id, c.title, c.original, c.country, k.score, k.place from ${sql.raw(kept)} k join exchange.listing c on c.id = k.other_id where k.listing_id = l.id and k.aside is null order by k.place desc, c.id limit 3) b), '[]') as best`,
    table: `(select id, organization_id, number, direction, pillar, country, state, origin, original, title, valid_until, published_at, changed_at, sent_at, made_at, entry_key, entry_name from exchange.listing)`,
    alias: 'l',
    joins: sql`left join members.organization o on o.id = l.organization_id`,
    sets: {},
    conditions: [sql`l.organization_id = ${organization}`, sql`l.state = 'published'`],
    order: { key: sql`l.made_at`, cast: 'timestamptz', id: sql`l.id`, descending: true },
    cursor,
    size: 20,
  })

/** The listing that has a number, if the actor sees it. */
export async function listingByNumber(db: Scope, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from exchange.listing where number = ${number}`.execute(db)
  return rows[0]?.id
}
