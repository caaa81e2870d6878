import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
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

/** Notes a wrong guess: the first ones cost nothing, then each makes the next wait twice as long, a quarter of an hour at most. */
export async function noteFailure(database: Database, db: WriteScope, subject: string, origin: Origin): Promise<void> {
  for (const place of placesOf(origin)) {
    const without = place === strangers ? free.strangers : free.here
    await database.asAuthority(db, () =>
      sql`insert into auth.attempt as a (subject, origin, failures, failed_at, next_at) values (${digestOf(subject)}, ${place}, 1, now(), now())
        on conflict (subject, origin) do update set failed_at = now(),
          failures = case when a.failed_at < now() - make_interval(hours => ${forgotten}) then 1 else a.failures + 1 end,
          next_at = now() + make_interval(secs => case when a.failed_at < now() - make_interval(hours => ${forgotten}) or a.failures + 1 < ${without} then 0
            else least(${longestWait}::float8, power(2, least(a.failures + 1 - ${without}, 20))) end)`.execute(db),
    )
  }
}

/** Forgets the wrong guesses of somebody who then knew the password. */
export async function forgetFailures(database: Database, db: WriteScope, subject: string, origin: Origin): Promise<void> {
  await database.asAuthority(db, () =>
    sql`update auth.attempt set failures = 0, next_at = now() where subject = ${digestOf(subject)} and origin = ${placeOf(origin)}`.execute(db),
  )
}
