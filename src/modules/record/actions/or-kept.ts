import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, Scope } from '../../../platform/db/database.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { EntryKind } from '../schema.ts'
import { keptKey } from '../store/merges.ts'

/** Reads an entry; when it is not there because it was merged into another one, gives that one's key. */
export async function orKept<T>(
  database: Database,
  actor: Actor,
  kind: EntryKind,
  key: string,
  read: (db: Scope) => Promise<T>,
): Promise<T | { keptKey: string }> {
  try {
    return await database.read(actor, read)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_found' || kind !== 'organization') throw error
    const kept = await database.read(actor, (db) => keptKey(db, kind, key))
    if (kept === undefined) throw error
    return { keptKey: kept }
  }
}
