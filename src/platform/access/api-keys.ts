import { sql, type RawBuilder } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../db/keyset.ts'
import { newId } from '../id.ts'
import type { Key, KeyOwner } from './actor.ts'
import './auth-tables.ts'
import { digestOf, newToken } from './tokens.ts'

/** How every key begins, so that people and programs that look for lost secrets know one when they see it. */
const prefix = 'puente_'
/** Uses are written at most once in so many minutes. */
const usedEvery = 60
/** Keys on one page of a list. */
const keysPerPage = 20

export type KeyState = 'works' | 'rests' | 'expired' | 'revoked'
export type ApiKeyShown = {
  id: string
  name: string
  hint: string
  scopes: string[]
  madeAt: Date
  madeBy: string
  endsAt: Date
  usedAt: Date | null
  state: KeyState
}
/** A key with whose it is, for whoever runs the instance. `email`: of the person's account. */
export type ApiKeyOwned = ApiKeyShown & { owner: KeyOwner; email: string | null }

/** `k` is a key that its owner has not lost. */
const works = sql`k.ended_at is null and k.ends_at > now()`
const columns = sql`k.id, k.name, k.hint, k.scopes, k.made_at as "madeAt", m.name as "madeBy", k.ends_at as "endsAt", k.used_at as "usedAt",
  case when k.ended_at is not null then 'revoked' when k.ends_at <= now() then 'expired' when cardinality(app.principals_of_key(k.id)) = 0 then 'rests' else 'works' end as state`
const owner = sql`jsonb_build_object('kind', case when k.account_id is null then 'organization' else 'person' end, 'id', coalesce(k.account_id, k.organization_id)) as owner`
const ofOwner = ({ kind, id }: KeyOwner): RawBuilder<unknown> => (kind === 'person' ? sql`k.account_id = ${id}` : sql`k.organization_id = ${id}`)

/** Who a secret stands for, or why it stands for nobody (any more). `stale`: it is time to note that it is in use. */
export type KeyFound = { key: Key; state: KeyState; stale: boolean }

/** The key with a secret. */
export async function readKey(database: Database, db: Scope, token: string): Promise<KeyFound | undefined> {
  if (!token.startsWith(prefix)) return undefined
  const { rows } = await database.asAuthority(db, () =>
    sql<Omit<Key, 'kind'> & Pick<KeyFound, 'state' | 'stale'>>`
      select ${columns}, ${owner}, coalesce(k.used_at < now() - make_interval(mins => ${usedEvery}), true) as stale
      from auth.api_key k join auth.account m on m.id = k.made_by where k.digest = ${digestOf(token)}`.execute(db),
  )
  const [row] = rows
  return (
    row && { key: { kind: 'key', id: row.id, name: row.name, owner: row.owner, scopes: row.scopes, endsAt: row.endsAt }, state: row.state, stale: row.stale }
  )
}

/** Notes that a key is in use. */
export async function seeKey(database: Database, db: WriteScope, id: string): Promise<void> {
  await database.asAuthority(db, () =>
    sql`update auth.api_key set used_at = now() where id = ${id} and coalesce(used_at < now() - make_interval(mins => ${usedEvery}), true)`.execute(db),
  )
}

export type NewKey = { id?: string; owner: KeyOwner; madeBy: string; name: string; scopes: readonly string[]; endsAt: Date }

/** Makes a key. @returns the secret, which is kept nowhere; `undefined` when there is a key of this id already */
export async function insertKey(
  database: Database,
  db: WriteScope,
  { id = newId(), owner: of, madeBy, name, scopes, endsAt }: NewKey,
): Promise<string | undefined> {
  const token = `${prefix}${newToken()}`
  const [account, organization] = of.kind === 'person' ? [of.id, null] : [null, of.id]
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`insert into auth.api_key (id, account_id, organization_id, made_by, digest, hint, name, scopes, ends_at)
      values (${id}, ${account}, ${organization}, ${madeBy}, ${digestOf(token)}, ${token.slice(0, prefix.length + 6)}, ${name}, ${[...scopes]}::text[], ${endsAt})
      on conflict (id) do nothing`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1 ? token : undefined
}

/** How many keys of an owner work. The maker's account stays locked until the transaction ends, so that two keys made at once are counted one after the other. */
export async function countKeys(database: Database, db: WriteScope, of: KeyOwner, maker: string): Promise<number> {
  const { rows } = await database.asAuthority(db, async () => {
    await sql`select from auth.account where id = ${maker} for update`.execute(db)
    return sql<{ n: number }>`select count(*)::int as n from auth.api_key k where ${ofOwner(of)} and ${works}`.execute(db)
  })
  return rows[0]?.n ?? 0
}

/** A page of the keys of an owner, the newest first; those that have ended are among them. */
export async function listKeys(database: Database, db: Scope, of: KeyOwner, cursor: string | undefined): Promise<Page<ApiKeyShown>> {
  const place = keyset({ key: sql`k.made_at`, cast: 'timestamptz', id: sql`k.id`, descending: true }, cursor, keysPerPage)
  const { rows } = await database.asAuthority(db, () =>
    sql<Keyed<ApiKeyShown>>`select ${columns}, ${place.select} from auth.api_key k join auth.account m on m.id = k.made_by
      where ${ofOwner(of)} and ${place.where} order by ${place.orderBy} limit ${place.limit}`.execute(db),
  )
  return pageOf<ApiKeyShown>(place, rows)
}

/** All keys that have not ended, for whoever runs the instance, the newest first. */
export async function listAllKeys(database: Database, db: Scope, most: number): Promise<ApiKeyOwned[]> {
  const { rows } = await database.asAuthority(db, () =>
    sql<ApiKeyOwned>`select ${columns}, ${owner}, a.email from auth.api_key k join auth.account m on m.id = k.made_by left join auth.account a on a.id = k.account_id
      where ${works} order by k.made_at desc, k.id desc limit ${most}`.execute(db),
  )
  return rows
}

/** Revokes a key of an owner that has not ended. @returns `undefined` when there is none such */
export async function endKey(database: Database, db: WriteScope, of: KeyOwner, id: string): Promise<{ id: string; name: string; hint: string } | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<{ id: string; name: string; hint: string }>`update auth.api_key k set ended_at = now() where k.id = ${id} and ${ofOwner(of)} and ${works}
      returning k.id, k.name, k.hint`.execute(db),
  )
  return rows[0]
}

/** Revokes all keys of a person. @returns how many worked */
export async function endKeysOf(database: Database, db: WriteScope, accountId: string): Promise<number> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.api_key k set ended_at = now() where k.account_id = ${accountId} and ${works}`.execute(db),
  )
  return Number(numAffectedRows ?? 0)
}

/** The key that somebody means by its id or by the secret itself, with its owner. */
export async function findKey(database: Database, db: Scope, given: string): Promise<{ id: string; owner: KeyOwner } | undefined> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)
  const { rows } = await database.asAuthority(db, () =>
    sql<{
      id: string
      owner: KeyOwner
    }>`select k.id, ${owner} from auth.api_key k where ${isId ? sql`k.id = ${given}` : sql`k.digest = ${digestOf(given)}`}`.execute(db),
  )
  return rows[0]
}
