import { sql } from 'kysely'
import type { Scope } from './database.ts'

/** The day that it is by the clock of the database, in UTC: `2026-11-22`. */
export async function today(db: Scope): Promise<string> {
  const { rows } = await sql<{ day: string }>`select (now() at time zone 'UTC')::date::text as day`.execute(db)
  return rows[0]?.day ?? ''
}

/** In how many seconds a day is over, in UTC; less than nothing for one that is. @param day `2026-11-22` */
export async function secondsUntil(db: Scope, day: string): Promise<number> {
  const { rows } = await sql<{
    seconds: number
  }>`select extract(epoch from ((${day}::date + 1)::timestamp at time zone 'UTC') - now())::float8 as seconds`.execute(db)
  return Math.ceil(rows[0]?.seconds ?? 0)
}
