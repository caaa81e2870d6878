import { newId } from '../../src/platform/id.ts'
import { modules } from '../../src/modules.ts'
import type { Somebody } from './persons.ts'
import { sql, type World } from './world.ts'

/** All scopes that there are. */
export const allScopes: string[] = modules.flatMap(({ scopes }) => scopes ?? []).map(({ name }) => name)

/** `member`: the key of the member that it shall act for, instead of whoever makes it. */
export type KeyWanted = { scopes?: readonly string[]; member?: string; name?: string; until?: string }
/** A key, and what asks with it. */
export type ApiKey = {
  id: string
  token: string
  ask: (path: string, init?: RequestInit) => Promise<Response>
  send: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The form for a key, as somebody sends it who has just shown who they are. */
export async function sendKeyForm(
  world: World,
  by: Somebody,
  { scopes = allScopes, member, name = 'laboratory system', until = inDays(30) }: KeyWanted,
  id = newId(),
) {
  await world.rows(sql`update auth.session set proven_at = now() where account_id = ${by.id}::uuid`)
  const body = new URLSearchParams([['id', id], ['name', name], ['until', until], ...scopes.map((scope) => ['scopes', scope])])
  const home = member === undefined ? '/en/account/api-keys' : `/en/members/${member}/api-keys`
  return world.ask(home, { method: 'POST', body, headers: { cookie: `puente=${by.token}`, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': by.id } })
}

/** Makes a key by the form that people use. */
export async function makeApiKey(world: World, by: Somebody, wanted: KeyWanted = {}): Promise<ApiKey> {
  const id = newId()
  const page = await sendKeyForm(world, by, wanted, id)
  const token = /puente_[\w-]{43}/.exec(await page.text())?.[0]
  if (page.status !== 200 || token === undefined) throw new Error(`no key was made: ${page.status}`)
  return { id, token, ...askingWith(world, token) }
}

/** Asks as a program that has a key. */
export function askingWith(world: World, token: string): Pick<ApiKey, 'ask' | 'send'> {
  const authorization = `Bearer ${token}`
  return {
    ask: (path, init = {}) => world.ask(path, { ...init, headers: { ...(init.headers as Record<string, string> | undefined), authorization } }),
    send: (path, body, headers = {}) =>
      world.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers, authorization } }),
  }
}
