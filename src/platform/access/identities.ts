import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import './auth-tables.ts'

/** Who somebody is at a provider. */
export type Identity = { issuer: string; subject: string }
export type IdentityShown = { id: string; madeAt: Date; usedAt: Date | null }

/** The account that an identity is connected with. */
export async function accountOfIdentity(database: Database, db: Scope, { issuer, subject }: Identity): Promise<string | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<{ id: string }>`select account_id as id from auth.identity where issuer = ${issuer} and subject = ${subject} and ended_at is null`.execute(db),
  )
  return rows[0]?.id
}

/** Notes that an identity signs somebody in. @returns whether it is still connected with that account */
export async function useIdentity(database: Database, db: WriteScope, accountId: string, { issuer, subject }: Identity): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.identity set used_at = now() where issuer = ${issuer} and subject = ${subject} and account_id = ${accountId} and ended_at is null`.execute(
      db,
    ),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Connects an identity with an account; `false` when it is connected already, or the account has another one of the same provider. */
export async function connectIdentity(database: Database, db: WriteScope, accountId: string, { issuer, subject }: Identity): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`insert into auth.identity (id, issuer, subject, account_id) values (${newId()}, ${issuer}, ${subject}, ${accountId}) on conflict do nothing`.execute(
      db,
    ),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** The identity that an account has at a provider. */
export async function identityOf(database: Database, db: Scope, accountId: string, issuer: string): Promise<IdentityShown | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<IdentityShown>`select id, made_at as "madeAt", used_at as "usedAt" from auth.identity
      where account_id = ${accountId} and issuer = ${issuer} and ended_at is null`.execute(db),
  )
  return rows[0]
}

/** Disconnects an account from a provider. @returns whether there was anything to disconnect */
export async function endIdentity(database: Database, db: WriteScope, accountId: string, issuer: string): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.identity set ended_at = now() where account_id = ${accountId} and issuer = ${issuer} and ended_at is null`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Disconnects an account from every provider. */
export async function endIdentities(database: Database, db: WriteScope, accountId: string): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.identity set ended_at = now() where account_id = ${accountId} and ended_at is null`.execute(db))
}
