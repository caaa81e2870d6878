import { sql, type RawBuilder } from 'kysely'

/**
 * Published offers of members about some concepts or what stands below these, for whoever looks for those who can help: rows
 * `organization_id, thing_id, number, title, original, concept_key`, as far as the actor reads listings.
 */
export const offersAbout = (concepts: readonly string[]): RawBuilder<unknown> =>
  sql`select l.organization_id, l.id as thing_id, l.number, l.title, l.original, c.concept_key from exchange.listing_concept c join exchange.listing l on l.id = c.listing_id
    where c.concept_key = any (${[...concepts]}::text[]) and c.published_at is not null and c.ended_at is null and l.origin = 'member' and l.direction = 'offer' and l.state = 'published'`
