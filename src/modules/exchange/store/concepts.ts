import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'

/** Writes what a listing is about: the concepts confirmed, and all that stand above them. */
export async function writeConcepts(db: WriteScope, listing: string, own: readonly string[], above: readonly string[]): Promise<void> {
  const all = [...own.map((key) => ({ key, reach: 'own' })), ...[...new Set(above)].filter((key) => !own.includes(key)).map((key) => ({ key, reach: 'above' }))]
  await sql`update exchange.listing_concept set ended_at = now() where listing_id = ${listing} and ended_at is null and concept_key <> all (${all.map(({ key }) => key)}::text[])`.execute(
    db,
  )
  await sql`insert into exchange.listing_concept (listing_id, concept_key, reach) select ${listing}, key, reach from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as c (key text, reach text)
    on conflict (listing_id, concept_key) do update set reach = excluded.reach, ended_at = null`.execute(db)
}
