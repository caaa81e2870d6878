import { sql, type RawBuilder } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { refuse } from '../errors.ts'
import './auth-tables.ts'
import { digestOf } from './tokens.ts'

/** Where a guess comes from: a network address, or a browser in which this account was signed in before. */
export type Origin = { kind: 'address'; address: string } | { kind: 'device'; token: string }

/** Guesses that cost nothing, from one place and from all strangers together. */
const free = { here: 5, strangers: 50 }
const longestWait = 15 * 60
/** After so many hours without a guess everything is forgotten. */
const forgotten = 24

const placeOf = (origin: Origin) => (origin.kind === 'address' ? `address:${origin.address.slice(0, 80)}` : `device:${digestOf(origin.token).toString('hex')}`)
/** All who were never signed in to the account count together, so that many addresses guess no faster than one; a known browser is not held up by them. */
const strangers = 'strangers'
const placesOf = (origin: Origin) => (origin.kind === 'device' ? [placeOf(origin)] : [placeOf(origin), strangers])

/**
 * How many seconds somebody has to wait before they may guess again.
 *
 * @param subject what is guessed at: the address as typed, whether there is such an account or not; or the second factor of an account
 */
export async function secondsToWait(database: Database, db: Scope, subject: string, origin: Origin): Promise<number> {
  const { rows } = await database.asAuthority(db, () =>
    sql<{ seconds: number }>`select coalesce(ceil(extract(epoch from max(next_at) - now())), 0)::int as seconds from auth.attempt
      where subject = ${digestOf(subject)} and origin = any (${placesOf(origin)}) and next_at > now()`.execute(db),
  )
  return rows[0]?.seconds ?? 0
}

/**
 * Takes a guess before anything is compared, as a wrong one; `forgetFailures` gives it back to whoever was right. Looking first and counting afterwards would
 * let everybody through who asks at the same moment.
 *
 * @returns whether it was counted for the place it comes from: a place without a wrong guess has no row, and gets one only by `noteHere`
 * @throws Refusal `too_many_requests`; thrown on, it undoes what of the guess was counted
 */
export async function takeGuess(database: Database, db: WriteScope, subject: string, origin: Origin): Promise<boolean> {
  const key = sql`subject = ${digestOf(subject)}`
  const { rows: here } = await database.asAuthority(db, () =>
    sql`update auth.attempt a set ${counting(free.here)} where ${key} and origin = ${placeOf(origin)} and next_at <= now() returning 1 as counted`.execute(db),
  )
  const isLate = here.length === 0 && (await secondsToWait(database, db, subject, origin)) > 0
  if (isLate || (origin.kind === 'address' && !(await count(database, db, subject, strangers, sql`where a.next_at <= now()`))))
    throw refuse('too_many_requests', { n: Math.max(1, await secondsToWait(database, db, subject, origin)) })
  return here.length > 0
}

/** Notes a wrong guess that `takeGuess` did not count where it came from. */
export async function noteHere(database: Database, db: WriteScope, subject: string, origin: Origin): Promise<void> {
  await count(database, db, subject, placeOf(origin), sql``)
}

/** Notes a wrong guess. */
export async function noteFailure(database: Database, db: WriteScope, subject: string, origin: Origin): Promise<void> {
  for (const place of placesOf(origin)) await count(database, db, subject, place, sql``)
}

/** One more wrong guess in the row `a`. The first ones cost nothing, then each makes the next wait twice as long, a quarter of an hour at most. */
const counting = (without: number) => sql`failed_at = now(),
  failures = case when a.failed_at < now() - make_interval(hours => ${forgotten}) then 1 else a.failures + 1 end,
  next_at = now() + make_interval(secs => case when a.failed_at < now() - make_interval(hours => ${forgotten}) or a.failures + 1 < ${without} then 0
    else least(${longestWait}::float8, power(2, least(a.failures + 1 - ${without}, 20))) end)`

/** @param condition on the row `a` that is there already @returns whether it was counted */
async function count(database: Database, db: WriteScope, subject: string, place: string, condition: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await database.asAuthority(db, () =>
    sql`insert into auth.attempt as a (subject, origin, failures, failed_at, next_at) values (${digestOf(subject)}, ${place}, 1, now(), now())
      on conflict (subject, origin) do update set ${counting(place === strangers ? free.strangers : free.here)} ${condition} returning 1 as counted`.execute(
      db,
    ),
  )
  return rows.length > 0
}

/** Forgets the wrong guesses of somebody who then knew the password. @param taken whether the right one was counted too, by `takeGuess`: then those of all strangers are one less */
export async function forgetFailures(database: Database, db: WriteScope, subject: string, origin: Origin, taken = false): Promise<void> {
  await database.asAuthority(db, async () => {
    await sql`update auth.attempt set failures = 0, next_at = now() where subject = ${digestOf(subject)} and origin = ${placeOf(origin)}`.execute(db)
    if (taken && origin.kind === 'address')
      await sql`update auth.attempt set failures = greatest(failures - 1, 0), next_at = case when failures - 1 < ${free.strangers} then now() else next_at end
        where subject = ${digestOf(subject)} and origin = ${strangers}`.execute(db)
  })
}
