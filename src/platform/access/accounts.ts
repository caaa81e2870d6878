import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import type { Language } from '../i18n/languages.ts'
import './auth-tables.ts'

export type Account = { id: string; email: string; name: string; language: Language; password: string | null; confirmed: boolean }

/** An address as accounts keep it. */
export const foldEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase()

const columns = sql`id, email, name, language, password, confirmed_at is not null as confirmed`

/** The account that an address belongs to, if it may sign in. */
export async function accountByEmail(database: Database, db: Scope, email: string): Promise<Account | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Account>`select ${columns} from auth.account where email = ${foldEmail(email)} and closed_at is null`.execute(db),
  )
  return rows[0]
}

/** @returns `undefined` for an account that was closed */
export async function accountById(database: Database, db: Scope, id: string): Promise<Account | undefined> {
  const { rows } = await database.asAuthority(db, () => sql<Account>`select ${columns} from auth.account where id = ${id} and closed_at is null`.execute(db))
  return rows[0]
}

/** Makes an account; `false` when the address has one already. */
export async function insertAccount(
  database: Database,
  db: WriteScope,
  account: { id: string; email: string; name: string; language: Language },
): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`insert into auth.account (id, email, name, language) values (${account.id}, ${foldEmail(account.email)}, ${account.name}, ${account.language})
      on conflict (email) do nothing`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Sets the password, and takes the address as confirmed: whoever sets one came by a link sent there, or was signed in. */
export async function setPassword(database: Database, db: WriteScope, id: string, hash: string): Promise<void> {
  await database.asAuthority(db, () =>
    sql`update auth.account set password = ${hash}, confirmed_at = coalesce(confirmed_at, now()) where id = ${id}`.execute(db),
  )
}

/** Changes how a person is called and in which language they are written to. */
export async function changeAccount(database: Database, db: WriteScope, id: string, change: { name: string; language: Language }): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.account set name = ${change.name}, language = ${change.language} where id = ${id}`.execute(db))
}

/** Closes an account: from then on it is found by no address and no id, so nothing lets anybody in to it. */
export async function closeAccount(database: Database, db: WriteScope, id: string): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.account set closed_at = now() where id = ${id} and closed_at is null`.execute(db))
}

/** Opens a closed account, without the password that it had. @returns its id; `undefined` when there is no closed account of that address */
export async function reopenAccount(database: Database, db: WriteScope, email: string): Promise<string | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<{
      id: string
    }>`update auth.account set closed_at = null, password = null where email = ${foldEmail(email)} and closed_at is not null returning id`.execute(db),
  )
  return rows[0]?.id
}

export type Addressee = Pick<Account, 'id' | 'email' | 'name' | 'language'>

/** Where some persons get their mail, and in which language; those whose accounts were closed are left out. */
export async function addresseesOf(database: Database, db: Scope, ids: readonly string[]): Promise<Addressee[]> {
  if (ids.length === 0) return []
  const { rows } = await database.asAuthority(db, () =>
    sql<Addressee>`select id, email, name, language from auth.account where id = any (${ids}::uuid[]) and closed_at is null order by id`.execute(db),
  )
  return rows
}
