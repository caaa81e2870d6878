import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { hatsOf, type Hats } from '../rules/hats.ts'

/** Under which names the actor of the transaction holds grants. */
export async function readHats(db: Scope): Promise<Hats> {
  const { rows } = await sql<{ names: string[] }>`select app.principals() as names`.execute(db)
  return hatsOf(rows[0]?.names ?? [])
}
