import { sql, type ColumnType, type Generated } from 'kysely'
import { notify } from '../db/notices.ts'
import type { Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import { deskSpace } from '../spaces.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'app.job': {
      id: string
      space_id: string
      kind: string
      input: ColumnType<unknown, string, never>
      made_at: Generated<Date>
      run_at: Generated<Date>
      attempts: Generated<number>
      ticket: string | null
      error: string | null
      done_at: Date | null
      failed_at: Date | null
    }
  }
}

/** Told when something was queued. */
export const jobsTopic = 'jobs'
const mostOfError = 2000

/** A job that this process has taken; `ticket` proves that it still has. */
export type Taken = { id: string; kind: string; input: unknown; attempts: number; ticket: string }

const waiting = sql<boolean>`done_at is null and failed_at is null`
const inSeconds = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds})`

/**
 * Queues a job in the transaction at hand; it runs soon after the commit, or never if there is none. It is bookkeeping of something else that the log tells of,
 * so it has no entry of its own.
 *
 * @param job.inSeconds how long it shall wait at least
 * @returns its id
 */
export async function queueJob(db: WriteScope, job: { id?: string; kind: string; input: unknown; inSeconds?: number }): Promise<string> {
  const id = job.id ?? newId()
  await db
    .insertInto('app.job')
    .values({ id, space_id: deskSpace, kind: job.kind, input: JSON.stringify(job.input), run_at: inSeconds(job.inSeconds ?? 0) })
    .execute()
  notify(db, jobsTopic)
  return id
}

/**
 * Queues a job of a kind that finds out by itself what there is to do, unless one waits that nobody has taken: what is written in the transaction at hand is found by it.
 * Two transactions at once may queue two; the second finds nothing to do.
 */
export async function queueOnce(db: WriteScope, kind: string): Promise<void> {
  const waits = await db.selectFrom('app.job').select('id').where(waiting).where('kind', '=', kind).where('ticket', 'is', null).limit(1).executeTakeFirst()
  if (!waits) await queueJob(db, { kind, input: {} })
}

/** How the newest job of a kind stands, and what went wrong at its last attempt; `undefined` when there never was one. */
export async function newestJob(db: Scope, kind: string): Promise<{ state: 'waiting' | 'done' | 'failed'; error: string | null } | undefined> {
  return db
    .selectFrom('app.job')
    .select([
      'error',
      sql<'waiting' | 'done' | 'failed'>`case when done_at is not null then 'done' when failed_at is not null then 'failed' else 'waiting' end`.as('state'),
    ])
    .where('kind', '=', kind)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Ends a job that has nothing to do any more. */
export async function dropJob(db: WriteScope, id: string): Promise<void> {
  await db
    .updateTable('app.job')
    .set({ done_at: sql`now()`, ticket: null })
    .where('id', '=', id)
    .where(waiting)
    .execute()
}

/** Whether somebody is at a job right now; until the transaction ends, nobody takes it. */
export async function holdJob(db: WriteScope, id: string): Promise<'free' | 'taken'> {
  const row = await db
    .selectFrom('app.job')
    .select(sql<boolean>`ticket is not null and run_at > now()`.as('taken'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.taken ? 'taken' : 'free'
}

/**
 * Has a job done anew, as if it had just been queued.
 *
 * @returns whether that changes anything: not, if it may be taken already. Told by the clock, since a transaction that began earlier may have waited for one like it.
 */
export async function requeueJob(db: WriteScope, id: string): Promise<boolean> {
  const queued = await db
    .updateTable('app.job')
    .set({ run_at: sql`now()`, attempts: 0, ticket: null, error: null, done_at: null, failed_at: null })
    .where('id', '=', id)
    .where(sql<boolean>`(done_at is not null or failed_at is not null or run_at > clock_timestamp())`)
    .executeTakeFirst()
  notify(db, jobsTopic)
  return queued.numUpdatedRows > 0n
}

/**
 * Takes the job that has waited longest. Nobody else gets it for as long as `leaseSeconds`; two who ask at once get two.
 *
 * @param kinds those that the process knows how to do; others wait
 */
export async function takeJob(db: WriteScope, kinds: readonly string[], leaseSeconds: number): Promise<Taken | undefined> {
  const next = db
    .selectFrom('app.job')
    .select('id')
    .where(waiting)
    .where('run_at', '<=', sql<Date>`now()`)
    .where('kind', 'in', kinds)
    .orderBy('run_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const ticket = newId()
  const taken = await db
    .updateTable('app.job')
    .set({ ticket, attempts: sql`attempts + 1`, run_at: inSeconds(leaseSeconds) })
    .where('id', '=', next)
    .returning(['id', 'kind', 'input', 'attempts'])
    .executeTakeFirst()
  return taken && { ...taken, ticket }
}

/** Seconds until the next job of these kinds may be taken, 0 or less when one waits; `undefined` when there is none. */
export async function secondsToNextJob(db: Scope, kinds: readonly string[]): Promise<number | undefined> {
  const row = await db
    .selectFrom('app.job')
    .select(sql<number>`extract(epoch from run_at - clock_timestamp())::float8`.as('seconds'))
    .where(waiting)
    .where('kind', 'in', kinds)
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row?.seconds
}

/** How a taken job ended, or that it goes on. */
export type Outcome =
  | { what: 'done' }
  | { what: 'again'; error: string; inSeconds: number }
  | { what: 'failed'; error: string }
  | { what: 'released' }
  | { what: 'renewed'; leaseSeconds: number }

/** Notes how a job went. @returns whether it was still ours; if not, somebody else has it by now */
export async function noteOutcome(db: WriteScope, { id, ticket }: Taken, outcome: Outcome): Promise<boolean> {
  const result = await db.updateTable('app.job').set(changes(outcome)).where('id', '=', id).where('ticket', '=', ticket).where(waiting).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function changes(outcome: Outcome) {
  switch (outcome.what) {
    case 'done':
      return { ticket: null, error: null, done_at: sql<Date>`now()` }
    case 'again':
      return { ticket: null, error: outcome.error.slice(0, mostOfError), run_at: inSeconds(outcome.inSeconds) }
    case 'failed':
      return { ticket: null, error: outcome.error.slice(0, mostOfError), failed_at: sql<Date>`now()` }
    case 'released':
      return { ticket: null, run_at: sql<Date>`now()`, attempts: sql<number>`attempts - 1` }
    case 'renewed':
      return { run_at: inSeconds(outcome.leaseSeconds) }
  }
}

/** Gives back what a process had taken that was killed. Only for who knows that no other process is at work. */
export async function releaseAll(db: WriteScope): Promise<void> {
  await db
    .updateTable('app.job')
    .set({ ticket: null, run_at: sql`now()` })
    .where(waiting)
    .where('ticket', 'is not', null)
    .execute()
}
