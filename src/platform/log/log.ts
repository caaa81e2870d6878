import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'

/** What happened, for the log: `verb` as noun.past-participle, `payload` the change itself. */
export type Act = {
  /** `network`, `mail`, or the dossier's or organization's chain: `dossier:<id>`. */
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

/**
 * The newest position in the log that the actor may see, a mark of the spaces it may read, the day, and a mark of the writes under way, whose entries may yet come
 * in below the newest: whatever is worked out from what these hold stays true as long as this does, so it is what caches are keyed by. For an actor with more
 * spaces than are looked through at once it is another each time: nothing is kept for them.
 *
 * @example await logPosition(db) // '412.9c1f0a2e'
 */
export async function logPosition(db: Scope): Promise<string> {
  const result = await sql<{ position: string }>`
    with asked as materialized (select app.first_spaces('read') as spaces, app.has_more_spaces('read') as more)
    select case when more then gen_random_uuid()::text else
      coalesce((select max(newest.position) from unnest(spaces) space
        cross join lateral (select l.position from app.log_entry l where l.space_id = space order by -l.position limit 1) newest), 0)::text
        || '.' || left(md5((select array_agg(space order by space) from unnest(spaces) space)::text), 8) || '.' || to_char(now() at time zone 'UTC', 'YYYYMMDD')
        || case when pg_snapshot_xmin(snapshot) < pg_snapshot_xmax(snapshot) then '.' || snapshot::text else '' end
      end as position
    from asked, pg_current_snapshot() snapshot`.execute(db)
  return result.rows[0]?.position ?? ''
}
