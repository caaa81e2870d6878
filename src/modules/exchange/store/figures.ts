import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'

export type Seen = { listing: string; views: number }

/** Adds to how often listings were read today: one statement for all. */
export async function countViews(db: WriteScope, seen: readonly Seen[]): Promise<void> {
  await sql`select exchange.count_views(${JSON.stringify(seen)}::jsonb)`.execute(db)
}

/** How often a listing was read, in all and in the last thirty days, and how many interests it has had, of which so many are open. */
export type Figures = { views: number; lately: number; interests: number; open: number }
export const noFigures: Figures = { views: 0, lately: 0, interests: 0, open: 0 }

/** Figures of listings, as far as the actor reads them: its own people. */
export async function figuresOf(db: Scope, listings: readonly string[]): Promise<Map<string, Figures>> {
  const { rows } = await sql<Figures & { id: string }>`
    select l.id, v.views, v.lately, i.interests, i.open from unnest(${[...listings]}::uuid[]) l (id),
      lateral (select coalesce(sum(d.views), 0)::int as views, coalesce(sum(d.views) filter (where d.day > (now() at time zone 'UTC')::date - 30), 0)::int as lately
        from exchange.view_day d where d.listing_id = l.id) v,
      lateral (select count(*)::int as interests, (count(*) filter (where n.state in ('sent', 'seen')))::int as open from exchange.interest n where n.listing_id = l.id) i`.execute(
    db,
  )
  return new Map(rows.map(({ id, ...figures }) => [id, figures]))
}
