import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { memberRef, type Content, type Listing, type MemberRef } from './listings.ts'

/** A listing to compare with another. */
export type Candidate = Pick<Content, 'direction' | 'original' | 'title' | 'body'> &
  Pick<Listing, 'id' | 'number' | 'state' | 'origin' | 'concepts'> & {
    organization: MemberRef | null
    entry: { key: string; name: LanguageText & { original?: string } } | null
  }

/** How many concepts are asked for, how far each is counted, how many of the rarest lead to others, and how many listings each of these gives. */
const [asked, counted, rarest, ofEach, most] = [20, 200, 4, 40, 60]

/**
 * Listings that may be the same as one, as far as the actor sees them: of the same direction, about its rarest concepts, or of the same organization. However many
 * there are, no more rows are looked at than these numbers say.
 */
export async function likelyTheSame(
  db: Scope,
  { id, direction, concepts, organization }: Pick<Listing, 'id' | 'direction' | 'concepts' | 'organization'>,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    with rare as materialized (
      select k.key from unnest(${concepts.slice(0, asked)}::text[]) k (key), lateral (
        select count(*) as n from (select from exchange.listing_concept c where c.concept_key = k.key and c.published_at is not null and c.ended_at is null limit ${counted}) capped) times
      where times.n > 0 order by times.n, k.key limit ${rarest}),
    near as materialized (
      select f.listing_id as id from rare, lateral (
        select c.listing_id from exchange.listing_concept c where c.concept_key = rare.key and c.published_at is not null and c.ended_at is null
        order by c.published_at desc, c.listing_id desc limit ${ofEach}) f
      union
      select o.id from (select l.id from exchange.listing l where l.organization_id = ${organization?.id ?? null} order by l.made_at desc, l.id desc limit ${ofEach}) o)
    select l.id, l.number, l.state, l.origin, l.direction, l.original, l.title, l.body, case when o.id is not null then ${memberRef('o')} end as organization,
      case when l.entry_key is not null then jsonb_build_object('key', l.entry_key, 'name', l.entry_name) end as entry, about.keys as concepts
    from near join exchange.listing l on l.id = near.id left join members.organization o on o.id = l.organization_id, lateral (
      select coalesce(array_agg(c.concept_key::text order by c.concept_key), '{}') as keys, count(*) filter (where c.concept_key = any (${[...concepts]}::text[])) as shared
      from exchange.listing_concept c where c.listing_id = l.id and c.reach = 'own' and c.ended_at is null) about
    where l.id <> ${id} and l.direction = ${direction} and l.state not in ('closed', 'expired', 'withdrawn')
    order by about.shared desc, l.id desc limit ${most}`.execute(db)
  return rows
}
