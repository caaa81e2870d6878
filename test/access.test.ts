import { expect, test } from 'vitest'
import { importer, operator, thePublic, type Actor } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { modules } from '../src/modules.ts'
import { platformCommands } from '../src/platform/cli/platform-commands.ts'
import { expectApproved } from './support/approved.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

/** A path of each route with its parameters filled in. */
const examples: Record<string, string> = {
  '/organizations/:key': 'cigb',
  '/organizations/:key/agreements': 'cigb',
  '/agreements/:key': 'a-001',
  '/sources/:key': 'w001',
}

function exampleOf(path: string): string {
  const bare = path.replace('/api/v1/record', '').replace('{key}', ':key')
  const key = examples[bare] ?? examples[bare.replace(/s\/:key.*/, 's/:key')]
  return path.replace(/:key|\{key\}/, key ?? 'MISSING')
}

const bodies: Record<string, () => RequestInit> = {
  '/corrections': () => ({ body: new URLSearchParams({ id: newId(), claim: 'x' }), headers: { 'sec-fetch-site': 'same-origin' } }),
  '/api/v1/corrections': () => ({ body: JSON.stringify({ id: newId(), claim: 'x' }), headers: { 'content-type': 'application/json' } }),
}

type Route = { method: string; path: string }

function routesOf(world: World): Route[] {
  const all = world.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replace(/\/assets\/\w+\.\w+\.(\w+)$/, '/assets/*.$1') }))
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()].toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1,
  )
}

/** What the web answers to each kind of actor. There is one today: the public. */
async function webGrid(world: World): Promise<string> {
  const lines: string[] = []
  for (const { method, path } of routesOf(world)) {
    const real = path.startsWith('/assets/') ? Object.values(world.assets).find((asset) => asset.path.endsWith(path.slice(-4)))?.path : exampleOf(path)
    if (real === undefined || real.includes('MISSING')) throw new Error(`no example for ${path}: add one to test/access.test.ts`)
    const body = method === 'GET' ? {} : bodies[path]?.()
    if (body === undefined) throw new Error(`no body for ${method} ${path}: add one to test/access.test.ts`)
    const answer = await world.ask(real, { method, ...body })
    lines.push(`${method.padEnd(6)} ${path.padEnd(40)} ${answer.status}`)
  }
  return ['# What the web answers        public', ...lines, ''].join('\n')
}

const actors: [string, Actor | undefined][] = [
  ['nobody', undefined],
  ['public', thePublic],
  ['importer', importer],
  ['operator', operator],
]

/** What the database lets each actor do with each table: r read (a row that is there), a add, c change, d delete. */
async function databaseGrid(world: World): Promise<string> {
  const tables = (
    await world.rows(
      sql<{
        name: string
      }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'record') order by 1`,
    )
  ).map(({ name }) => name)
  const lines: string[] = []
  for (const table of tables) {
    const cells: string[] = []
    for (const [, actor] of actors) cells.push((await mayDo(world, table, actor)).padEnd(10))
    lines.push(`${table.padEnd(24)} ${cells.join('')}`.trimEnd())
  }
  return [`# What the database allows  ${actors.map(([name]) => name.padEnd(10)).join('')}`.trimEnd(), ...lines, ''].join('\n')
}

/** Tries each verb on the whole table, in a transaction that is given up. Adding is told from the privilege and the spaces, since it needs a row made up. */
async function mayDo(world: World, table: string, actor: Actor | undefined): Promise<string> {
  const name = sql.raw(table)
  const columns = await world.rows(sql<{ name: string; add: boolean; change: boolean }>`
    select attname as name, has_column_privilege('puente_app', attrelid, attnum, 'insert') as add, has_column_privilege('puente_app', attrelid, attnum, 'update') as change
    from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`)
  const [policy] = await world.rows(
    sql<{
      scope: string
    }>`select substring(pg_get_expr(polwithcheck, polrelid) from 'app.spaces.''([a-z]+)''') as scope from pg_policy where polrelid = ${table}::regclass and polcmd = 'a'`,
  )
  const changeable = columns.find(({ change }) => change)?.name
  const attempts: [string, ReturnType<typeof sql> | undefined][] = [
    ['r', sql`select 1 from ${name} limit 1`],
    ['a', policy && columns.some(({ add }) => add) ? sql`select 1 where cardinality(app.spaces(${policy.scope})) > 0` : undefined],
    ['c', changeable === undefined ? undefined : sql`update ${name} set ${sql.id(changeable)} = ${sql.id(changeable)}`],
    ['d', sql`delete from ${name}`],
  ]
  let allowed = ''
  for (const [letter, attempt] of attempts) allowed += attempt !== undefined && (await succeeds(world, actor, attempt)) ? letter : '-'
  return allowed
}

class GivenUp extends Error {}

async function succeeds(world: World, actor: Actor | undefined, statement: ReturnType<typeof sql>): Promise<boolean> {
  let worked = false
  await world.database
    .write(actor ?? thePublic, async (db) => {
      if (actor === undefined) await sql`set local app.actor = ''`.execute(db)
      const result = await statement.execute(db)
      worked = result.rows.length > 0 || (result.numAffectedRows ?? 0n) > 0n
      throw new GivenUp()
    })
    .catch((error: unknown) => {
      if (!(error instanceof GivenUp) && (error as { code?: string }).code !== '42501') throw error
    })
  return worked
}

onBothEngines('access', (world) => {
  test('every route and every table against the approved grid', async () => {
    await world().ask('/api/v1/corrections', { method: 'POST', ...bodies['/api/v1/corrections']?.() })
    const commands = [...platformCommands, ...modules.flatMap((module) => module.commands)].map(({ path }) => path.join(' ')).toSorted()
    const cli = ['# What the command line does, for whoever may open the socket or the data folder', ...commands, ''].join('\n')
    expectApproved('permissions.txt', [await webGrid(world()), await databaseGrid(world()), cli].join('\n'))
  })

  test('an actor never set is nobody, and so is the empty one that a transaction leaves', async () => {
    const seen = await world().database.read(thePublic, async (db) => {
      await sql`set local app.actor = ''`.execute(db)
      return (await sql<{ n: number }>`select count(*)::int as n from record.entry`.execute(db)).rows
    })
    expect(seen).toEqual([{ n: 0 }])
  })

  test('a grant that has ended, or not begun, gives nothing; one that holds gives its space', async () => {
    const count = async () =>
      (await world().database.read(thePublic, (db) => sql<{ n: number }>`select count(*)::int as n from record.entry`.execute(db))).rows[0]?.n
    await world().rows(sql`update app.space_grant set valid_to = now() where grantee = 'public' and scope = 'read'`)
    expect(await count()).toBe(0)
    await world().rows(sql`update app.space_grant set valid_from = now() + interval '1 day', valid_to = null where grantee = 'public' and scope = 'read'`)
    expect(await count()).toBe(0)
    expect((await world().ask('/en/organizations/cigb')).status).toBe(404)
    expect(await (await world().ask('/api/v1/search?q=cigb')).json()).toEqual({ items: [], counts: [], capped: false })
    await world().rows(sql`update app.space_grant set valid_from = '-infinity' where grantee = 'public' and scope = 'read'`)
    expect(await count()).toBe(213)
  })

  test('a row in a space that the public may not read leaves no trace in pages, counts, search or sources', async () => {
    await world().rows(sql`insert into app.space (id, name) values ('00000000-0000-7000-8000-0000000000ff', 'hidden')`)
    await world().rows(sql`update record.organization set space_id = '00000000-0000-7000-8000-0000000000ff' where key = 'cim'`)
    await world().rows(sql`update record.entry set space_id = '00000000-0000-7000-8000-0000000000ff' where key = 'cim'`)
    await world().rows(
      sql`update record.statement set space_id = '00000000-0000-7000-8000-0000000000ff' where entry_id = (select id from record.entry where key = 'cim')`,
    )
    await world().rows(
      sql`update app.search_row set space_id = '00000000-0000-7000-8000-0000000000ff', terms = array_to_tsvector(array(select replace(t, '@00000000-0000-7000-8000-000000000001', '@00000000-0000-7000-8000-0000000000ff') from unnest(tsvector_to_array(terms)) t)) where path = '/organizations/cim'`,
    )
    expect((await world().ask('/en/organizations/cim')).status).toBe(404)
    expect(await (await world().ask('/api/v1/record/organizations')).json()).toMatchObject({ total: 150 })
    expect(await (await world().ask('/en/search?q=Inmunologia+Molecular')).text()).not.toContain('/organizations/cim"')
    expect(await (await world().ask('/en/sources/w062')).text()).not.toContain('/organizations/cim"')
    expect(await (await world().ask('/en/agreements/a-011')).text()).not.toContain('/organizations/cim"')
  })
})
