import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import type { FeedbackInput } from '../schema.ts'

/** Notes that a counterpart is not relevant; said again with another reason, that one holds. @returns `false` when nothing has changed */
export async function insertFeedback(
  db: WriteScope,
  { listing, other, space, keeper }: { listing: string; other: string; space: string; keeper: string },
  { id, reason }: FeedbackInput,
): Promise<boolean> {
  await sql`update matching.feedback set ended_at = now() where listing_id = ${listing} and other_id = ${other} and ended_at is null and reason <> ${reason} and id <> ${id}`.execute(
    db,
  )
  const { rows } =
    await sql`insert into matching.feedback (id, listing_id, other_id, space_id, keeper_id, reason) values (${id}, ${listing}, ${other}, ${space}, ${keeper}, ${reason})
    on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}

/** Takes back what was said of a counterpart. @returns `false` when nothing was */
export async function endFeedback(db: WriteScope, listing: string, other: string): Promise<boolean> {
  const { rows } =
    await sql`update matching.feedback set ended_at = now() where listing_id = ${listing} and other_id = ${other} and ended_at is null returning id`.execute(db)
  return rows.length > 0
}
