import type { MiddlewareHandler } from 'hono'
import { thePublic, type Key } from '../access/actor.ts'
import { readKey, seeKey } from '../access/api-keys.ts'
import { holdsScope, type ScopeName } from '../access/scopes.ts'
import { refuse } from '../errors.ts'
import { isApi, type Ctx, type Env } from './context.ts'

/**
 * The key that a program sent along; empty when it named the scheme and nothing else. On pages a key is nothing, and other schemes, such as that of a proxy in
 * front, are not ours.
 */
export const bearerOf = (c: Ctx): string | undefined =>
  isApi(c) ? /^bearer(?:\s+(\S.*))?$/i.exec(c.req.header('authorization')?.trim() ?? '')?.map((part) => part ?? '')[1] : undefined

const refusalOf = { rests: 'key_rests', expired: 'key_expired', revoked: 'key_revoked' } as const

/**
 * Who a key stands for.
 *
 * @throws Refusal `key_unknown`, `key_expired`, `key_revoked`; `key_rests` while its account is closed or its organization admitted nowhere
 */
export async function keyActor(c: Ctx, token: string): Promise<Key> {
  const { database } = c.var.deps
  const found = await database.read(thePublic, (db) => readKey(database, db, token))
  if (!found) throw refuse('key_unknown')
  if (found.state !== 'works') throw refuse(refusalOf[found.state])
  if (found.stale) await database.write(thePublic, (db) => seeKey(database, db, found.key.id))
  return found.key
}

/** Lets a key go on only with a scope; whoever has no key is bound by what the database lets them. */
export function requireScope(scope: ScopeName): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { actor } = c.var
    if (actor.kind === 'key' && !holdsScope(actor.scopes, scope)) throw refuse('key_scope', { scope })
    await next()
  }
}
