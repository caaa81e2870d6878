import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'

/** The time of the transaction, by the clock that the rows are written with. */
export async function readNow(db: Scope): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db)
  if (!rows[0]) throw new Error('the database does not say what time it is')
  return rows[0].now
}

/** The day of a moment, as forms have it. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
