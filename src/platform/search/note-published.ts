import { sql } from 'kysely'
import type { WriteScope } from '../db/database.ts'
import { notify } from '../db/notices.ts'
import { newId } from '../id.ts'
import { jobsTopic } from '../jobs/store.ts'

/** Has those who want to know at once told of what the transaction at hand publishes among some things. */
export async function notePublished(db: WriteScope, objects: readonly string[]): Promise<void> {
  const { rows } = await sql<{ queued: boolean }>`select app.note_published(${newId()}, ${[...objects]}::uuid[]) as queued`.execute(db)
  if (rows[0]?.queued === true) notify(db, jobsTopic)
}
