import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import './auth-tables.ts'

/** What an account has beside its password. */
export type Factors = { totp: boolean; recoveryCodes: number; passkeys: number }

/** The secret shared with an authenticator app, sealed, and the time of the database in seconds. */
export type Totp = { sealed: Buffer; confirmed: boolean; seconds: number }

/** Where the secret of an account is sealed for. */
export const totpPlace = (accountId: string): string => `auth.totp.secret:${accountId}`

/** How many factors an account has, and of which kind. */
export async function factorsOf(database: Database, db: Scope, accountId: string): Promise<Factors> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Factors>`select exists (select from auth.totp where account_id = ${accountId} and confirmed_at is not null) as totp,
      (select count(*)::int from auth.recovery_code where account_id = ${accountId} and ended_at is null) as "recoveryCodes",
      (select count(*)::int from auth.passkey where account_id = ${accountId} and ended_at is null) as passkeys`.execute(db),
  )
  return rows[0] ?? { totp: false, recoveryCodes: 0, passkeys: 0 }
}

/** The authenticator app of an account, confirmed or just being set up. */
export async function readTotp(database: Database, db: Scope, accountId: string): Promise<Totp | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Totp>`select secret as sealed, confirmed_at is not null as confirmed, floor(extract(epoch from now()))::float8 as seconds
      from auth.totp where account_id = ${accountId} and secret is not null`.execute(db),
  )
  return rows[0]
}

/** Begins to set up an authenticator app, or begins anew. @returns `false` when one is confirmed already */
export async function startTotp(database: Database, db: WriteScope, accountId: string, sealed: Buffer): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`insert into auth.totp as t (account_id, secret) values (${accountId}, ${sealed})
      on conflict (account_id) do update set secret = excluded.secret, started_at = now(), last_step = 0 where t.confirmed_at is null`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Confirms an authenticator app by the step of its first right code, which is thereby used. @returns `false` when somebody else was quicker */
export async function confirmTotp(database: Database, db: WriteScope, accountId: string, sealed: Buffer, step: number): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.totp set confirmed_at = now(), last_step = ${step} where account_id = ${accountId} and secret = ${sealed} and confirmed_at is null`.execute(
      db,
    ),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Uses up the code of a step, and all before it. Of several at once exactly one wins. @returns whether this one did */
export async function takeTotpStep(database: Database, db: WriteScope, accountId: string, sealed: Buffer, step: number): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.totp set last_step = ${step}
      where account_id = ${accountId} and secret = ${sealed} and confirmed_at is not null and last_step < ${step}`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Forgets the secret of an authenticator app. @returns whether one counted */
export async function endTotp(database: Database, db: WriteScope, accountId: string): Promise<boolean> {
  return database.asAuthority(db, async () => {
    const counted = await sql`select from auth.totp where account_id = ${accountId} and confirmed_at is not null for update`.execute(db)
    await sql`update auth.totp set secret = null, confirmed_at = null, last_step = 0 where account_id = ${accountId}`.execute(db)
    return counted.rows.length > 0
  })
}
