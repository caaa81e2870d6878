import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { everybodySpace, recordSpace } from './listings.ts'

/** Listings in one file of the site map, each in four languages. */
export const listingsPerFile = 10_000

/** What everybody may read and is worth finding; whoever asks, it names nothing else. */
const listed = sql`exchange.listing l where l.state = 'published' and l.space_id in (${everybodySpace}, ${recordSpace}) and l.published_at is not null`

export async function countForSitemap(db: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${listed}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Ids of listings for everybody, those published first first. @param file from 0 */
export async function listingsForSitemap(db: Scope, file: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select l.id from ${listed} order by l.published_at, l.id offset ${file * listingsPerFile} limit ${listingsPerFile}`.execute(db)
  return rows.map(({ id }) => id)
}
