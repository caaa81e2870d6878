import type { Logger } from 'pino'
import { jobActor } from '../access/actor.ts'
import { TryLater, usualPause, type JobContext, type JobKind } from './job.ts'
import { takeJob, jobsTopic, noteOutcome, releaseAll, secondsToNextJob, type Taken, type Outcome } from './store.ts'

/** What may be set otherwise; the usual values are for a server at work. */
export type Pace = {
  /** Seconds until a job is tried again. */
  pause: (attempt: number) => number
  /** Seconds for which a job is ours unless we say that it still is: after a kill, others wait that long. */
  lease: number
  /** Seconds after which it looks at the latest whether there is something to do, in case another process queued it. */
  look: number
  /** Jobs at once. */
  lanes: number
  /** Milliseconds that jobs may take to end when the process does. */
  grace: number
}

export type JobRunner = {
  /** Resolves when nothing is running and nothing waits that may be taken now. */
  idle: () => Promise<void>
  /** Takes nothing more; what runs ends by itself, or is given back. */
  stop: () => Promise<void>
}

type Shared = Omit<JobContext, 'signal' | 'attempt' | 'isLast'> & { logger: Logger }

/**
 * Does the jobs that are queued, of the kinds it is given, as soon as they may run: at once when this process queued them, else within `look` seconds.
 * Any number of processes may do so on one PostgreSQL; a job runs in one of them at a time.
 *
 * @param kinds a job of another kind waits until a process comes that knows it
 */
export async function startJobs(shared: Shared, kinds: readonly JobKind[], given: Partial<Pace> = {}): Promise<JobRunner> {
  const pace: Pace = { pause: usualPause, lease: 60, look: shared.database.kind === 'embedded' ? 60 : 5, lanes: 4, grace: 10_000, ...given }
  // Whoever has opened the embedded database is alone with it.
  if (shared.database.kind === 'embedded') await shared.database.write(jobActor, releaseAll)
  return new Runner(shared, new Map(kinds.map((each) => [each.kind, each])), pace)
}

class Runner implements JobRunner {
  private readonly shared: Shared
  private readonly kinds: Map<string, JobKind>
  private readonly names: string[]
  private readonly pace: Pace
  private readonly running = new Set<Promise<void>>()
  private readonly ending = new AbortController()
  private readonly deaf: () => void
  private timer: NodeJS.Timeout | undefined
  private looking: Promise<void> | undefined
  private again = false
  private stopped = false

  constructor(shared: Shared, kinds: Map<string, JobKind>, pace: Pace) {
    this.shared = shared
    this.kinds = kinds
    this.names = [...kinds.keys()]
    this.pace = pace
    this.deaf = shared.database.notices.listen(jobsTopic, () => this.wake())
    this.wake()
  }

  async idle(): Promise<void> {
    while (this.looking || this.running.size > 0) await Promise.all([this.looking, ...this.running])
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.deaf()
    clearTimeout(this.timer)
    await this.looking
    const cut = setTimeout(() => this.ending.abort(), this.pace.grace)
    // A job that does not heed the signal keeps its ticket, so nobody takes it while it may still be at work.
    const never = new Promise<void>((resolve) => setTimeout(resolve, this.pace.grace * 1.5).unref())
    await Promise.race([Promise.all(this.running), never])
    clearTimeout(cut)
  }

  private wake(): void {
    if (this.stopped || this.names.length === 0) return
    if (this.looking) {
      this.again = true
      return
    }
    clearTimeout(this.timer)
    this.looking = this.look().finally(() => {
      this.looking = undefined
      if (this.again) this.wake()
    })
  }

  /** Takes as many jobs as there are free lanes, and sets the clock for the next look. */
  private async look(): Promise<void> {
    this.again = false
    try {
      while (!this.stopped && this.running.size < this.pace.lanes) {
        const job = await this.shared.database.write(jobActor, (db) => takeJob(db, this.names, this.pace.lease))
        if (!job) break
        const run = this.run(job).finally(() => {
          this.running.delete(run)
          this.wake()
        })
        this.running.add(run)
      }
      // With all lanes taken, the end of a job is the next moment to look.
      if (this.running.size < this.pace.lanes) this.sleep(await this.shared.database.read(jobActor, (db) => secondsToNextJob(db, this.names)))
    } catch (error) {
      this.shared.logger.error({ error: stackOf(error) }, 'jobs: the database does not answer')
      this.sleep(undefined)
    }
  }

  private sleep(seconds: number | undefined): void {
    if (this.stopped) return
    const wait = Math.min(Math.max(seconds ?? this.pace.look, 0.01), this.pace.look)
    this.timer = setTimeout(() => this.wake(), wait * 1000).unref()
  }

  private async run(job: Taken): Promise<void> {
    const { database, logger } = this.shared
    const lost = new AbortController()
    const signal = AbortSignal.any([this.ending.signal, lost.signal])
    const renewal = this.keepRenewing(job, lost)
    try {
      const outcome = await this.attempt(job, signal)
      await database.write(jobActor, (db) => noteOutcome(db, job, outcome))
    } catch (error) {
      // What was done stays not noted: when the ticket has run out, it is done again.
      logger.error({ job: job.id, kind: job.kind, error: stackOf(error) }, 'job: its end could not be noted')
    } finally {
      clearInterval(renewal)
    }
  }

  private keepRenewing(job: Taken, lost: AbortController): NodeJS.Timeout {
    let failures = 0
    const renew = async () => {
      const isOurs = await this.shared.database
        .write(jobActor, (db) => noteOutcome(db, job, { what: 'renewed', leaseSeconds: this.pace.lease }))
        .catch(() => undefined)
      failures = isOurs === undefined ? failures + 1 : 0
      // Not heard of for two thirds of the lease, the job is left to others.
      if (isOurs === false || failures === 2) lost.abort()
    }
    return setInterval(() => void renew(), (this.pace.lease * 1000) / 3)
  }

  private async attempt(job: Taken, signal: AbortSignal): Promise<Outcome> {
    const { logger, ...context } = this.shared
    const kind = this.kinds.get(job.kind)
    if (!kind) return { what: 'released' }
    // Each attempt that ended with the process was counted when it began.
    if (job.attempts > kind.mostAttempts) return { what: 'failed', error: 'the process ended at each attempt' }
    const isLast = job.attempts >= kind.mostAttempts
    try {
      await kind.run(kind.input.parse(job.input), { ...context, signal, attempt: job.attempts, isLast })
      return { what: 'done' }
    } catch (error) {
      if (signal.aborted) return { what: 'released' }
      const words = error instanceof Error ? error.message : String(error)
      const told = { job: job.id, kind: job.kind, attempt: job.attempts }
      if (error instanceof TryLater) logger.warn(told, isLast ? 'job: given up' : 'job: later')
      else logger.error({ ...told, error: stackOf(error) }, isLast ? 'job: given up' : 'job: failed, later again')
      return isLast
        ? { what: 'failed', error: words || 'no words' }
        : { what: 'again', error: words || 'no words', inSeconds: Math.min(this.pace.pause(job.attempts), kind.longestPause ?? Infinity) }
    }
  }
}

const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
