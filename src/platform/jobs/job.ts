import type { z } from 'zod'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Secrets } from '../secrets/secrets.ts'

/** What a job works with. It opens its own transactions, as the actor `jobs`, and holds none open while it waits for something outside. */
export type JobContext = {
  database: Database
  config: Config
  secrets: Secrets
  /** Aborted when the process ends, or when the job is no longer its own; the job ends as soon as it can, and runs again later. */
  signal: AbortSignal
  /** How many times it has been tried, this one included. */
  attempt: number
  /** Whether it is not tried again after this. */
  isLast: boolean
}

/**
 * A kind of job: what is done, and how often it is tried. It runs at least once: a process may be killed after the work and before it is noted, so doing it
 * twice must do no harm.
 */
export type JobKind<Input = unknown> = {
  /** `noun.verb`, such as `mail.deliver`. */
  kind: string
  input: z.ZodType<Input>
  /** 14 with the usual pauses is a day. */
  mostAttempts: number
  /** Seconds that it waits at most between two attempts; as long as is usual if not given. */
  longestPause?: number
  run: (input: Input, context: JobContext) => Promise<void>
}

/** Declares a kind of job; `run` gets what `input` reads. */
export function jobKind<Input>(kind: JobKind<Input>): JobKind {
  return { ...kind, run: (input, context) => kind.run(input as Input, context) }
}

/** Thrown by a job when what it needs is not there now and may be later; its words are for the operator and stay in the database. */
export class TryLater extends Error {
  override readonly name = 'TryLater'
}

/** Seconds until a job is tried again: half a minute, then twice as long each time, six hours at most. */
export const usualPause = (attempt: number): number => Math.min(30 * 2 ** (attempt - 1), 6 * 3600)
