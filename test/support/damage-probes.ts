import { queueRebuild } from '../../src/modules/matching/actions/rebuild.ts'
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { importer, operator, thePublic, type Actor } from '../../src/platform/access/actor.ts'
import { makeLink } from '../../src/platform/access/links.ts'
import { Refusal } from '../../src/platform/errors.ts'
import { newId } from '../../src/platform/id.ts'
import { root } from '../../src/platform/root.ts'
import { loadDerived } from '../../src/modules/exchange/index.ts'
import { loadBuiltIn } from '../../src/modules/vocabulary/index.ts'
import { applyRegistry } from '../../src/modules/record/actions/apply-registry.ts'
import { importRecord } from '../../src/modules/record/actions/import-record.ts'
import { matchRegistry } from '../../src/modules/record/actions/match-registry.ts'
import { mergeOrganizations, unmergeOrganization } from '../../src/modules/record/actions/merge-organizations.ts'
import { nextVisitor } from './actors.ts'
import { makeApiKey } from './api-keys.ts'
import type { Stage } from './stage.ts'
import { sql, type World } from './world.ts'

/** What a damaged guard lets through: asked in the whole program and in the damaged one, it has to be answered otherwise. */
export type Probe = { name: string; ask: () => Promise<string> }

/** Conditions of statements that decide who comes in: what is cut out, and what stands there instead. */
export const statements: readonly { name: string; cut: string; instead: string }[] = [
  { name: 'sessions: one that was ended', cut: 's.ended_at is null and', instead: '' },
  { name: 'sessions: one past its last day', cut: 's.ends_at > now() and', instead: '' },
  {
    name: 'sessions: one not seen for long',
    cut: 's.seen_at > now() - make_interval(days => ',
    instead: "s.seen_at > '-infinity'::timestamptz + make_interval(days => ",
  },
  { name: 'sessions: one of a closed account', cut: 'and a.closed_at is null', instead: '' },
  { name: 'proof: any session', cut: 'and proven_at > now() - make_interval(mins => ', instead: "and interval '0' < make_interval(mins => " },
  { name: 'links: one that was used', cut: 'and used_at is null and ends_at', instead: 'and ends_at' },
  { name: 'links: one that has ended', cut: 'and ends_at > now()', instead: '' },
  { name: 'keys: one that was revoked', cut: "when k.ended_at is not null then 'revoked'", instead: '' },
  { name: 'keys: one past its last day', cut: "when k.ends_at <= now() then 'expired'", instead: '' },
  { name: 'keys: one whose owner has no rights left', cut: "when cardinality(app.principals_of_key(k.id)) = 0 then 'rests'", instead: '' },
  { name: 'guesses: no waiting', cut: 'and next_at > now()', instead: 'and false' },
]

type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** A key whose last day is over. @returns its secret */
export async function makePastKey(world: World, { by }: Stage): Promise<string> {
  const { somebody } = by('administrator')
  if (!somebody) throw new Error('the administrator is signed in')
  const { id, token } = await makeApiKey(world, somebody)
  await world.rows(sql`update auth.api_key set made_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = ${id}::uuid`)
  return token
}

/** @param slow an app of the same world where somebody has so many requests a minute */
export function guardProbes(world: World, { by, targets }: Stage, slow: (perMinute: number) => Ask, pastKey: string): Probe[] {
  const admin = by('admin')
  const key = by('key-desk').headers
  const json = { 'content-type': 'application/json' }
  const statusOf = async (answer: Promise<Response>) => {
    const { status, body } = await answer
    await body?.cancel()
    return status
  }
  const inTrial = (name: string, run: () => Promise<unknown>): Probe => ({ name, ask: async () => JSON.stringify((await world.trial(run)).result) })
  /** Changes an account's rows inside the trial; the owner of the tables would not be part of it. */
  const set = (statement: ReturnType<typeof sql>) =>
    world.database.write(operator, (db) => world.database.asAuthority(db, async () => void (await statement.execute(db))))
  const account = (change: ReturnType<typeof sql>) => async () => {
    await set(change)
    return statusOf(world.ask('/en/account', { headers: admin.headers }))
  }
  const ofAdmin = sql`account_id = ${admin.id}::uuid`
  const correction = (id: string = newId()) => JSON.stringify({ id, claim: 'x' })
  const many = async (n: number, ask: (n: number) => Promise<Response>) => {
    const statuses: number[] = []
    for (let i = 0; i < n; i++) statuses.push(await statusOf(ask(i)))
    return statuses
  }
  /** What a key is told: which of the reasons it is, too. */
  const keyAnswer = async (headers: Record<string, string>) => {
    const answer = await world.ask('/api/v1/key', { headers: { ...nextVisitor(), ...headers } })
    const { code } = (await answer.json()) as { code?: string }
    return code ?? answer.status
  }
  const keyCell = (change: ReturnType<typeof sql>) => async () => {
    await set(change)
    return keyAnswer(key)
  }
  const link = (change: ReturnType<typeof sql>) => async () => {
    const token = await world.database.write(operator, (db) => makeLink(world.database, db, 'password', { accountId: admin.id }))
    await set(change)
    return statusOf(world.ask(`/en/password/${token}`))
  }
  return [
    inTrial('a form that another site sends', () =>
      statusOf(
        world.post('/en/account', { name: 'x', language: 'en' }, { ...admin.headers, 'sec-fetch-site': 'cross-site', origin: 'https://other.example.org' }),
      ),
    ),
    inTrial('the heads of a page', async () => {
      const { headers } = await world.ask('/en', { headers: nextVisitor() })
      return ['content-security-policy', 'x-frame-options', 'x-content-type-options', 'referrer-policy'].map((name) => headers.has(name))
    }),
    inTrial('a body of another type', () =>
      statusOf(world.ask('/api/v1/corrections', { method: 'POST', body: correction(), headers: { ...nextVisitor(), 'content-type': 'text/plain' } })),
    ),
    inTrial('a body too large', () => statusOf(world.post('/en/corrections', { id: newId(), claim: 'x'.repeat(300_000) }, nextVisitor()))),
    inTrial('an address too long', () => statusOf(world.ask(`/en/search?q=${'x'.repeat(5000)}`, { headers: nextVisitor() }))),
    inTrial('a write where nothing takes one', () =>
      statusOf(world.ask('/en/nothing', { method: 'POST', body: 'x', headers: { ...nextVisitor(), 'content-type': 'text/plain' } })),
    ),
    inTrial('an address with a slash at its end', () => statusOf(world.ask('/en/organizations/', { headers: nextVisitor() }))),
    inTrial('six requests of one address where five are free', () => {
      const ask = slow(5)
      return many(6, () => ask('/api/v1/key', { headers: { 'x-forwarded-for': '10.8.0.1' } }))
    }),
    inTrial('six requests of one key from six addresses', () => {
      const ask = slow(5)
      return many(6, (n) => ask('/api/v1/key', { headers: { ...key, 'x-forwarded-for': `10.8.1.${n}` } }))
    }),
    inTrial('six writes of one person from six addresses', () => {
      const ask = slow(5)
      const form = {
        method: 'POST',
        body: 'x=y',
        headers: { ...admin.headers, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      }
      return many(6, (n) => ask('/en/account/password', { ...form, headers: { ...form.headers, 'x-forwarded-for': `10.8.2.${n}` } }))
    }),
    inTrial('six requests that say another address before that of the proxy', () => {
      const ask = slow(5)
      return many(6, (n) => ask('/api/v1/key', { headers: { 'x-forwarded-for': `10.8.3.${n}, 10.8.4.1` } }))
    }),
    inTrial('the same act sent twice', async () => {
      const [visitor, id] = [{ ...nextVisitor(), ...json, 'idempotency-key': newId() }, newId()]
      const send = () => world.ask('/api/v1/corrections', { method: 'POST', body: correction(id), headers: visitor })
      return [await statusOf(send()), (await send()).headers.has('idempotent-replayed')]
    }),
    inTrial('a session that was ended', account(sql`update auth.session set ended_at = now() where ${ofAdmin}`)),
    inTrial('a session past its last day', account(sql`update auth.session set ends_at = now() where ${ofAdmin}`)),
    inTrial('a session not seen for long', account(sql`update auth.session set seen_at = now() - interval '15 days' where ${ofAdmin}`)),
    inTrial('a session of a closed account', account(sql`update auth.account set closed_at = now() where id = ${admin.id}::uuid`)),
    inTrial('a key made without proof', async () => {
      await set(sql`update auth.session set proven_at = null where ${ofAdmin}`)
      return statusOf(world.post('/en/account/api-keys', { id: newId(), name: 'x', scopes: 'record:read', until: '2099-01-01' }, admin.headers))
    }),
    inTrial('a link that was used', link(sql`update auth.link set used_at = now() where ${ofAdmin}`)),
    inTrial('a link that has ended', link(sql`update auth.link set ends_at = now() where ${ofAdmin}`)),
    inTrial('a key that was revoked', keyCell(sql`update auth.api_key set ended_at = now() where account_id is not null`)),
    inTrial('a key past its last day', () => keyAnswer({ authorization: `Bearer ${pastKey}` })),
    inTrial('a key whose owner has no rights left', () => keyAnswer(by('key-suspended').headers)),
    inTrial('wrong passwords from one place', () => {
      // Another place each time that it is asked: how much an address writes is counted in memory, which no trial takes back.
      const place = nextVisitor()
      return many(7, () => world.post('/en/sign-in', { email: targets.own, password: 'a wrong one again' }, place))
    }),
  ]
}

/** What is for one part of the system alone, asked as that and as another. */
export function actionProbes(world: World, folder: string): { route: string; actor: string; ask: () => Promise<string> }[] {
  const file = join(mkdtempSync(join(tmpdir(), 'puente-damages-')), 'ror.jsonl')
  writeFileSync(file, '')
  const merged = { kept: 'cim', gone: 'cimab', reason: 'The same, for a test.' }
  const acts: [string, (actor: Actor) => Promise<unknown>][] = [
    ['importRecord', (actor) => importRecord(world, actor, folder)],
    ['loadBuiltIn', (actor) => loadBuiltIn(world.database, actor, dirname(file))],
    ['loadDerived', (actor) => loadDerived(world.database, actor, join(root, 'seeds', 'exchange', 'listings.csv'))],
    ['queueRebuild', (actor) => queueRebuild(world.database, actor)],
    ['matchRegistry', (actor) => matchRegistry(world.database, actor, file)],
    ['applyRegistry', (actor) => applyRegistry(world.database, actor, file, file)],
    ['mergeOrganizations', (actor) => mergeOrganizations(world.database, actor, merged)],
    ['unmergeOrganization', (actor) => unmergeOrganization(world.database, actor, { gone: 'cimab', reason: merged.reason })],
  ]
  return acts.flatMap(([route, act]) =>
    ([importer, operator, thePublic] as const).map((actor) => ({
      route,
      actor: actor.kind === 'system' ? actor.name : actor.kind,
      ask: async () => {
        const { result } = await world.trial(() =>
          act(actor).then(
            () => 'done',
            (error: unknown) => (error instanceof Refusal ? error.code : 'a fault'),
          ),
        )
        return result
      },
    })),
  )
}
