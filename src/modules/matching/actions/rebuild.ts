import { z } from 'zod'
import { jobActor, type Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { vocabularyNow } from '../../vocabulary/index.ts'
import { mayRebuild } from '../policy.ts'
import { beginRebuild, lastRebuild, noteRebuild, type Rebuild } from '../store/rebuild.ts'
import { publishedAfter } from '../store/subjects.ts'
import { atOnce, matchIn } from './match-listing.ts'

/** Has everything looked for anew by a job, going on with a walk that was cut off. @throws Refusal `forbidden` */
export async function queueRebuild(database: Database, actor: Actor): Promise<void> {
  if (!mayRebuild(actor)) throw refuse('forbidden')
  await database.write(actor, (db) => queueJob(db, { kind: 'matching.rebuild', input: {} }))
}

/**
 * Reads all published listings anew and looks for their counterparts, some in each transaction. Cut off, it goes on where it was; two at once share the work and double
 * nothing.
 *
 * @param onStep told after each transaction how many are done
 * @returns how many were gone through, by this and by whoever began
 */
export async function rebuildMatches(
  database: Database,
  { signal, onStep = () => {} }: { signal?: AbortSignal; onStep?: (done: number) => void } = {},
): Promise<number> {
  let walk: Rebuild = await database.write(jobActor, async (db) => beginRebuild(db, (await vocabularyNow(db)).version))
  for (;;) {
    signal?.throwIfAborted()
    const from = walk
    const next = await database.read(jobActor, (db) => publishedAfter(db, from.after, atOnce))
    const last = next.at(-1)
    const isNoted = await database.write(jobActor, async (db) => {
      if (last === undefined) return noteRebuild(db, from, 'ended')
      // Noted first, so that of two at once one waits, and then finds it done.
      if (!(await noteRebuild(db, from, { after: last, done: from.done + next.length }))) return false
      await matchIn(db, next)
      return true
    })
    if (last === undefined && isNoted) return from.done
    const now = isNoted && last !== undefined ? { ...from, after: last, done: from.done + next.length } : await database.read(jobActor, lastRebuild)
    if (now === undefined || now.ended) return now?.done ?? 0
    walk = now
    onStep(walk.done)
  }
}

/** After the vocabulary has changed; told of several changes in a row, it works once. */
export const rebuildJob = jobKind({
  kind: 'matching.rebuild',
  input: z.object({ vocabulary: z.literal(true).optional() }),
  mostAttempts: 14,
  run: async ({ vocabulary }, { database, signal }) => {
    const isDone = () =>
      database.read(jobActor, async (db) => {
        const last = await lastRebuild(db)
        return last?.ended === true && last.vocabulary === (await vocabularyNow(db)).version
      })
    if (vocabulary && (await isDone())) return
    // A walk that others had begun with an older vocabulary is not enough.
    await rebuildMatches(database, { signal })
    if (vocabulary && !(await isDone())) await rebuildMatches(database, { signal })
  },
})
