import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import { deskSpace } from '../../../platform/spaces.ts'

/** A walk through all published listings. `after`: the last one that is done. */
export type Rebuild = { id: string; vocabulary: string; after: string | null; done: number; ended: boolean }

const columns = sql`id, vocabulary, after_id as after, done, ended_at is not null as ended`

/** The walk that goes on, or the one that ended last. */
export async function lastRebuild(db: Scope): Promise<Rebuild | undefined> {
  const { rows } = await sql<Rebuild>`select ${columns} from matching.rebuild order by (ended_at is null) desc, begun_at desc, id desc limit 1`.execute(db)
  return rows[0]
}

/** Begins a walk, unless one goes on. @returns the one that goes on now */
export async function beginRebuild(db: WriteScope, vocabulary: string): Promise<Rebuild> {
  await sql`insert into matching.rebuild (id, space_id, vocabulary) values (${newId()}, ${deskSpace}, ${vocabulary}) on conflict do nothing`.execute(db)
  const { rows } = await sql<Rebuild>`select ${columns} from matching.rebuild where ended_at is null`.execute(db)
  const [open] = rows
  if (!open) throw new Error('a walk that was begun is not there')
  return open
}

/** Notes how far a walk has come. @returns `false` when somebody else has brought it further meanwhile */
export async function noteRebuild(db: WriteScope, { id, after }: Rebuild, next: { after: string; done: number } | 'ended'): Promise<boolean> {
  const change = next === 'ended' ? sql`ended_at = now()` : sql`after_id = ${next.after}, done = ${next.done}`
  const { rows } =
    await sql`update matching.rebuild set changed_at = now(), ${change} where id = ${id} and ended_at is null and after_id is not distinct from ${after} returning id`.execute(
      db,
    )
  return rows.length > 0
}
