import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'

/** What is decided on by one at a time. */
const kinds = { organization: 1, application: 2, names: 3 } as const

/** Waits until nobody else decides on the same thing, and keeps the others waiting until the end of the transaction: what is read afterwards stays as it is. */
export async function lock(db: WriteScope, kind: keyof typeof kinds, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, ${kinds[kind]}))`.execute(db)
}

/** The same for what must be one of its kind among all organizations: keys, identifiers, who stands under whom. */
export const lockNames = (db: WriteScope): Promise<void> => lock(db, 'names', 'members.organization')
