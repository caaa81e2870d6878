import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'

/** What happened, for the log: `verb` as noun.past-participle, `payload` the change itself. */
export type Act = {
  /** `network`, or the dossier's or organization's chain: `dossier:<id>`. */
  chain: string
  /** The space that may read of it. */
  spaceId: string
  organizationId?: string
  verb: string
  object: { kind: string; id?: string }
  payload: unknown
}

/**
 * Adds an entry to the log in the transaction of the act. Call it last: it locks the head of the chain until the commit.
 *
 * @returns the id of the entry
 * @example await logAct(db, { chain: 'network', spaceId: recordSpace, verb: 'record.imported', object: { kind: 'record' }, payload })
 */
export async function logAct(db: WriteScope, act: Act): Promise<string> {
  const id = newId()
  await sql`select app.log_append(${id}, ${act.chain}, ${act.spaceId}, ${act.organizationId ?? null}, ${act.verb}, ${act.object.kind}, ${act.object.id ?? null}, ${randomBytes(32)}, ${JSON.stringify(act.payload)})`.execute(
    db,
  )
  return id
}
