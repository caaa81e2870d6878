import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import './auth-tables.ts'

export type PasskeyShown = { id: string; name: string; madeAt: Date; usedAt: Date | null }
export type Passkey = { id: string; accountId: string; credential: string; publicKey: Uint8Array; transports: string[] }
export type NewPasskey = { accountId: string; credential: string; publicKey: Uint8Array; counter: number; transports: readonly string[]; name: string }

/** The passkeys of an account, the oldest first. */
export async function listPasskeys(database: Database, db: Scope, accountId: string): Promise<PasskeyShown[]> {
  const { rows } = await database.asAuthority(db, () =>
    sql<PasskeyShown>`select id, name, made_at as "madeAt", used_at as "usedAt" from auth.passkey
      where account_id = ${accountId} and ended_at is null order by made_at, id limit 100`.execute(db),
  )
  return rows
}

/** The credentials of an account, by which a browser knows that it holds one already. */
export async function credentialsOf(database: Database, db: Scope, accountId: string): Promise<{ id: string; transports: string[] }[]> {
  const { rows } = await database.asAuthority(db, () =>
    sql<{ id: string; transports: string[] }>`select credential as id, transports from auth.passkey
      where account_id = ${accountId} and ended_at is null order by made_at, id limit 100`.execute(db),
  )
  return rows
}

/** The passkey with a credential. */
export async function readPasskey(database: Database, db: Scope, credential: string): Promise<Passkey | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Passkey>`select id, account_id as "accountId", credential, public_key as "publicKey", transports from auth.passkey
      where credential = ${credential} and ended_at is null`.execute(db),
  )
  return rows[0]
}

/** Adds a passkey to an account. @returns its id, `undefined` when the credential is known already */
export async function insertPasskey(database: Database, db: WriteScope, passkey: NewPasskey): Promise<string | undefined> {
  const id = newId()
  const { accountId, credential, publicKey, counter, transports, name } = passkey
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`insert into auth.passkey (id, account_id, credential, public_key, counter, transports, name)
      values (${id}, ${accountId}, ${credential}, ${Buffer.from(publicKey)}, ${counter}, ${[...transports]}::text[], ${name})
      on conflict (credential) do nothing`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1 ? id : undefined
}

/**
 * Notes that a passkey was used. One that counts its uses has to have counted on: if not, there is a copy of it.
 *
 * @returns `false` when the counter stood still or went back
 */
export async function countPasskey(database: Database, db: WriteScope, id: string, counter: number): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.passkey set counter = ${counter}, used_at = now()
      where id = ${id} and ended_at is null and (counter < ${counter} or (counter = 0 and ${counter} = 0))`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/**
 * Ends a passkey of an account. The account stays locked until the transaction ends, so that of two removals at once the second sees the first.
 *
 * @returns `undefined` when it is none of theirs; else its name, whether the account has a password, and how many passkeys are left
 */
export async function endPasskey(
  database: Database,
  db: WriteScope,
  accountId: string,
  id: string,
): Promise<{ name: string; hasPassword: boolean; left: number } | undefined> {
  return database.asAuthority(db, async () => {
    await sql`select from auth.account where id = ${accountId} for update`.execute(db)
    const ended = await sql<{ name: string }>`update auth.passkey set ended_at = now()
      where id = ${id} and account_id = ${accountId} and ended_at is null returning name`.execute(db)
    const { rows } = await sql<{ hasPassword: boolean; left: number }>`select password is not null as "hasPassword",
      (select count(*)::int from auth.passkey where account_id = a.id and ended_at is null) as left from auth.account a where id = ${accountId}`.execute(db)
    const [passkey, account] = [ended.rows[0], rows[0]]
    return passkey && account && { ...passkey, ...account }
  })
}

/** Ends all passkeys of an account. @returns how many */
export async function endPasskeys(database: Database, db: WriteScope, accountId: string): Promise<number> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.passkey set ended_at = now() where account_id = ${accountId} and ended_at is null`.execute(db),
  )
  return Number(numAffectedRows ?? 0)
}
