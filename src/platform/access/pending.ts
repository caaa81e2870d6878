import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import './auth-tables.ts'
import { digestOf, newToken } from './tokens.ts'

/** For how many minutes somebody whose password was right may give the second factor. */
export const pendingMinutes = 10
/** After so many wrong codes they begin again with the password. */
const mostFailures = 10

export type Pending = { id: string; accountId: string }

/** Notes that the password was right and the second factor is awaited. Always a new token, so that one planted before means nothing. @returns the token for the cookie */
export async function makePending(database: Database, db: WriteScope, accountId: string): Promise<string> {
  const token = newToken()
  await database.asAuthority(db, () =>
    sql`insert into auth.pending (id, account_id, token, ends_at)
      values (${newId()}, ${accountId}, ${digestOf(token)}, now() + make_interval(mins => ${pendingMinutes}))`.execute(db),
  )
  return token
}

/** Whose second factor a browser is to give, if anybody's. */
export async function readPending(database: Database, db: Scope, token: string): Promise<Pending | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Pending>`select id, account_id as "accountId" from auth.pending where token = ${digestOf(token)} and ended_at is null and ends_at > now()`.execute(db),
  )
  return rows[0]
}

/** Uses it up, for a session to take its place. @returns `false` when it has ended, or somebody else was quicker */
export async function takePending(database: Database, db: WriteScope, id: string): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.pending set ended_at = now() where id = ${id} and ended_at is null and ends_at > now()`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Notes a wrong code; the last one that is borne ends it. */
export async function failPending(database: Database, db: WriteScope, id: string): Promise<void> {
  await database.asAuthority(db, () =>
    sql`update auth.pending set failures = failures + 1, ended_at = case when failures + 1 >= ${mostFailures} then now() end
      where id = ${id} and ended_at is null`.execute(db),
  )
}

/** Ends all of an account: its password or its factors are others now. */
export async function endPendings(database: Database, db: WriteScope, accountId: string): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.pending set ended_at = now() where account_id = ${accountId} and ended_at is null`.execute(db))
}
