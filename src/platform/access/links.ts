import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import './auth-tables.ts'
import { digestOf, newToken } from './tokens.ts'

export type LinkPurpose = 'first' | 'invitation' | 'password' | 'address'
/** What a link is for: an account, or an address that has none yet, and perhaps a thing, such as an invitation. */
export type Link = { id: string; accountId: string | null; email: string | null; aboutId: string | null }

/** For how many hours a link works. */
export const hoursOf: Record<LinkPurpose, number> = { first: 48, invitation: 14 * 24, password: 2, address: 7 * 24 }

type Wanted = { accountId?: string | undefined; email?: string | undefined; aboutId?: string | undefined }

/** Makes a link that works once; an earlier one of the same purpose, for the same account and thing, stops working. @returns the secret for the address */
export async function makeLink(database: Database, db: WriteScope, purpose: LinkPurpose, wanted: Wanted): Promise<string> {
  const token = newToken()
  const [account, email, about] = [wanted.accountId ?? null, wanted.email ?? null, wanted.aboutId ?? null]
  await database.asAuthority(db, async () => {
    await sql`update auth.link set used_at = now() where purpose = ${purpose} and used_at is null
      and account_id is not distinct from ${account}::uuid and email is not distinct from ${email} and about_id is not distinct from ${about}::uuid`.execute(db)
    await sql`insert into auth.link (id, digest, purpose, account_id, email, about_id, ends_at)
      values (${newId()}, ${digestOf(token)}, ${purpose}, ${account}, ${email}, ${about}, now() + make_interval(hours => ${hoursOf[purpose]}))`.execute(db)
  })
  return token
}

const columns = sql`id, account_id as "accountId", email, about_id as "aboutId"`

/** What a link is for, as long as it works; looking uses nothing up, since mail programs look at links before their readers do. */
export async function readLink(database: Database, db: Scope, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Link>`select ${columns} from auth.link where digest = ${digestOf(token)} and purpose = ${purpose} and used_at is null and ends_at > now()`.execute(db),
  )
  return rows[0]
}

/** Uses a link up. @returns what it was for; `undefined` when it does not work, or when somebody else was quicker */
export async function takeLink(database: Database, db: WriteScope, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Link>`update auth.link set used_at = now() where digest = ${digestOf(token)} and purpose = ${purpose} and used_at is null and ends_at > now()
      returning ${columns}`.execute(db),
  )
  return rows[0]
}

/** Ends the links of an account that still work. */
export async function endLinks(database: Database, db: WriteScope, accountId: string): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.link set used_at = now() where account_id = ${accountId} and used_at is null`.execute(db))
}
