import { expect, test } from 'vitest'
import { importer, jobActor, operator, thePublic, type Actor } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { entryKinds, plurals } from '../src/modules/record/index.ts'
import { publishTerms } from '../src/modules/members/actions/terms.ts'
import { modules } from '../src/modules.ts'
import { platformCommands } from '../src/platform/cli/platform-commands.ts'
import { queueMail } from '../src/platform/mail/mail.ts'
import { expectApproved } from './support/approved.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { countSeeds, examples } from './support/sheets.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

/** A key of each kind of thing that has addresses of its own, by what stands before it. */
const keys: Record<string, string> = {
  ...Object.fromEntries(entryKinds.map((kind) => [plurals[kind], examples[kind]])),
  disputes: 'k-001',
  sources: 'w001',
  members: 'example-hospital',
  networks: 'network',
}

/** The path of a route with its parameters filled in. */
function exampleOf(path: string): string {
  const real = path
    .replace('/sitemaps/:file', '/sitemaps/pages.xml')
    .replace(/(passkeys|api-keys)\/:id/, '$1/00000000-0000-7000-8000-000000000000')
    .replace(/(applications|claims|invitations|offices|roles)\/:id/, '$1/00000000-0000-7000-8000-000000000000')
    .replace('/sessions/:id', '/sessions/00000000-0000-7000-8000-000000000000')
    .replace(/(\/desk\/[a-z]+)\/:id/, '$1/00000000-0000-7000-8000-000000000000')
    .replace(':token', 'nothing')
    .replace('/terms/:version', '/terms/1')
    .replace(/([a-z-]+)\/(?::key|\{key\})/, (all, plural: string) => (keys[plural] === undefined ? all : `${plural}/${keys[plural]}`))
  return /:\w|\{/.test(real) ? 'MISSING' : real
}

const bodies: Record<string, () => { body: string | URLSearchParams; headers: Record<string, string> }> = {
  '/corrections': () => ({ body: new URLSearchParams({ id: newId(), claim: 'x' }), headers: { 'sec-fetch-site': 'same-origin' } }),
  '/sign-in': () => form({ email: 'nobody@example.org', password: 'nobody knows this' }),
  '/sign-out': () => form({}),
  '/password': () => form({ email: 'nobody@example.org' }),
  '/password/:token': () => form({ password: 'nobody knows this' }),
  '/first/:token': () => form({ email: 'nobody@example.org', name: 'x', password: 'nobody knows this' }),
  '/sign-in/openid': () => form({}),
  '/terms/accept': () => form({ version: '1', agree: 'yes' }),
  '/account/openid': () => form({}),
  '/account/openid/join': () => form({}),
  '/account/openid/end': () => form({}),
  '/account': () => form({ name: 'x', language: 'en' }),
  '/account/password': () => form({ current: 'nobody knows this', password: 'nobody knows that' }),
  '/account/sessions/end': () => form({}),
  '/account/sessions/:id/end': () => form({}),
  '/apply': () => form({ id: newId() }),
  '/join/:token': () => form({ name: 'x', password: 'nobody knows this' }),
  '/applications/:id/messages': () => form({ text: 'x', version: '1' }),
  '/applications/:id/admission': () => form({ since: '2026-01-01', version: '1' }),
  '/applications/:id/refusal': () => form({ reason: 'x', version: '1' }),
  '/applications/:id/withdrawal': () => form({ version: '1' }),
  '/members/:key/edit': () => form({}),
  '/members/:key/edit/texts': () => form({}),
  '/members/:key/logo': () => form({}),
  '/members/:key/logo/end': () => form({}),
  '/members/:key/standing': () => form({}),
  '/members/:key/invitations': () => form({ email: 'x@example.org', role: 'admin' }),
  '/members/:key/invitations/:id/withdrawal': () => form({}),
  '/members/:key/roles/:id/end': () => form({}),
  '/members/:key/roles/:id/handover': () => form({}),
  '/members/:key/roles/:id/deputies': () => form({}),
  '/claims/:id/verification': () => form({ version: '1' }),
  '/claims/:id/refusal': () => form({ reason: 'x', version: '1' }),
  '/claims/:id/end': () => form({ reason: 'x', version: '1' }),
  '/claims/:id/withdrawal': () => form({}),
  '/organizations/:key/claim': () => form({}),
  '/desk/members': () => form({}),
  '/desk/networks/:key/invitations': () => form({ email: 'x@example.org', role: 'secretariat' }),
  '/desk/networks/:key/invitations/:id/withdrawal': () => form({}),
  '/desk/networks/:key/offices/:id/end': () => form({}),
  '/sign-in/code': () => form({ code: '123456' }),
  '/sign-in/passkey': () => form({ response: '{}' }),
  '/sign-in/passkey/challenge': () => form({}),
  '/account/proof': () => form({ current: 'nobody knows this' }),
  '/account/proof/passkey': () => form({ response: '{}' }),
  '/account/proof/passkey/challenge': () => form({}),
  '/account/second-factor': () => form({ code: '123456' }),
  '/account/second-factor/setup': () => form({}),
  '/account/second-factor/recovery-codes': () => form({}),
  '/account/second-factor/end': () => form({}),
  '/account/passkeys': () => form({ name: 'x', response: '{}' }),
  '/account/passkeys/challenge': () => form({}),
  '/account/passkeys/:id/end': () => form({}),
  '/account/api-keys': () => form({}),
  '/account/api-keys/:id/end': () => form({}),
  '/members/:key/api-keys': () => form({}),
  '/members/:key/api-keys/:id/end': () => form({}),
  '/reports': () => form({ id: newId(), about: '/', reason: 'other', claim: 'x' }),
  '/desk/corrections/:id/closure': () => form({ outcome: 'done', version: '1' }),
  '/desk/reports/:id/closure': () => form({ outcome: 'nothing', version: '1' }),
  '/desk/outbox/:id/retry': () => form({ attempts: '0' }),
  '/desk/outbox/:id/withdrawal': () => form({}),
  '/api/v1/reports': () => ({
    body: JSON.stringify({ id: newId(), about: '/', reason: 'other', claim: 'x' }),
    headers: { 'content-type': 'application/json' },
  }),
  '/api/v1/corrections': () => ({ body: JSON.stringify({ id: newId(), claim: 'x' }), headers: { 'content-type': 'application/json' } }),
}

const form = (fields: Record<string, string>) => ({ body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin' } })

let visitors = 0
/** Each write comes from another visitor: one alone would soon have to wait. */
const nextVisitor = () => ({ 'x-forwarded-for': `10.5.${Math.floor(++visitors / 250)}.${visitors % 250}` })

type Route = { method: string; path: string }

function routesOf(world: World): Route[] {
  const all = world.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replace(/\/assets\/[\w-]+\.\w+\.(\w+)$/, '/assets/*.$1') }))
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()].toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1,
  )
}

/** What the web answers to each kind of actor. There is one today: the public. */
/** What the web answers to each kind of actor: to the public for every route, to persons for what is read. */
async function webGrid(world: World, persons: readonly (readonly [string, Somebody])[]): Promise<string> {
  const lines: string[] = []
  for (const { method, path } of routesOf(world)) {
    const real = path.startsWith('/assets/')
      ? Object.values(world.assets).find((asset) => asset.path.endsWith(path.slice('/assets/*'.length)))?.path
      : exampleOf(path)
    if (real === undefined || real.includes('MISSING')) throw new Error(`no example for ${path}: add one to test/access.test.ts`)
    const body = method === 'GET' ? { headers: {} } : bodies[path]?.()
    if (body === undefined) throw new Error(`no body for ${method} ${path}: add one to test/access.test.ts`)
    const answer = await world.ask(real, { method, ...body, ...(method === 'GET' ? {} : { headers: { ...body.headers, ...nextVisitor() } }) })
    if (answer.status === 404) throw new Error(`${real} is not there: give another example of ${path} in test/access.test.ts`)
    const cells = [answer.status]
    if (method === 'GET' && !path.startsWith('/assets/')) for (const [, somebody] of persons) cells.push((await somebody.get(real)).status)
    lines.push(`${method.padEnd(6)} ${path.padEnd(58)} ${cells.map((cell) => String(cell).padEnd(10)).join('')}`.trimEnd())
  }
  const names = ['public', ...persons.map(([name]) => name)].map((name) => name.padEnd(10)).join('')
  return [`# What the web answers                                            ${names}`.trimEnd(), ...lines, ''].join('\n')
}

const actors: [string, Actor | undefined][] = [
  ['nobody', undefined],
  ['public', thePublic],
  ['importer', importer],
  ['operator', operator],
  ['jobs', jobActor],
]

/** What the database lets each actor do with each table: r read (a row that is there), a add, c change, d delete. */
async function databaseGrid(world: World): Promise<string> {
  const tables = (
    await world.rows(
      sql<{
        name: string
      }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'record', 'auth', 'members') order by 1`,
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
    }>`select substring(pg_get_expr(polwithcheck, polrelid) from 'app.first_spaces.''([a-z]+)''') as scope from pg_policy where polrelid = ${table}::regclass and polcmd = 'a'`,
  )
  const changeable = columns.find(({ change }) => change)?.name
  const attempts: [string, ReturnType<typeof sql> | undefined][] = [
    ['r', sql`select 1 from ${name} limit 1`],
    ['a', policy && columns.some(({ add }) => add) ? sql`select 1 where cardinality(app.first_spaces(${policy.scope})) > 0` : undefined],
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

onBothEngines(
  'access',
  (world) => {
    test('every route and every table against the approved grid', async () => {
      await world().ask('/api/v1/corrections', { method: 'POST', ...bodies['/api/v1/corrections']?.() })
      const mail = { to: 'ana@example.org', language: 'es', subject: 'Hola', body: 'Hola' } as const
      await world().database.write(thePublic, (db) => queueMail(db, world().secrets, mail))
      const secretariat = await makeSomebody(world(), 'Luz', ['secretariat'])
      const administrator = await makeSomebody(world(), 'Ana', ['administrator'])
      const key = await makeMember(world(), 'Example Hospital')
      const persons = [
        ['stranger', await makeSomebody(world(), 'Eva', [])],
        ['viewer', await makeMemberPerson(world(), key, 'Vy', 'viewer')],
        ['editor', await makeMemberPerson(world(), key, 'Chi', 'editor')],
        ['admin', await makeMemberPerson(world(), key, 'Bảo', 'admin')],
        ['secretar.', secretariat],
        ['administr.', administrator],
      ] as const
      await publishTerms(world().database, { en: 'Be fair.', es: 'Sea justo.', zh: '公平。', vi: 'Công bằng.' })
      await world().rows(
        sql`insert into members.acceptance (id, space_id, person_id, terms_id, language) select gen_random_uuid(), p.space_id, p.id, t.id, 'en' from members.person p cross join members.terms t`,
      )
      const web = await webGrid(world(), persons)
      const commands = [...platformCommands, ...modules.flatMap((module) => module.commands)].map(({ path }) => path.join(' ')).toSorted()
      const cli = ['# What the command line does, for whoever may open the socket or the data folder', ...commands, ''].join('\n')
      expectApproved('permissions.txt', [web, await databaseGrid(world()), cli].join('\n'))
    }, 240_000)

    test('who may add to a space puts nothing there that belongs elsewhere', async () => {
      const [member] = await world().rows(sql<{ id: string }>`select person_id as id from members.role where role = 'admin' limit 1`)
      const person: Actor = { kind: 'person', id: member?.id ?? '', name: '', language: 'en', session: '' }
      const directory = sql`'00000000-0000-7000-8000-000000000004'::uuid`
      for (const [table, insert] of [
        ['record.correction', sql`insert into record.correction (id, space_id, claim, language) values (gen_random_uuid(), ${directory}, 'x', 'en')`],
        [
          'members.report',
          sql`insert into members.report (id, space_id, about, reason, claim, language) values (gen_random_uuid(), ${directory}, '/', 'other', 'x', 'en')`,
        ],
        ['app.job', sql`insert into app.job (id, space_id, kind, input) values (gen_random_uuid(), ${directory}, 'x.y', '{}')`],
        [
          'app.mail',
          sql`insert into app.mail (id, space_id, recipient, language, subject, ends_at) values (gen_random_uuid(), ${directory}, 'x@example.org', 'en', 'x', now())`,
        ],
      ] as const) {
        const refusal = await world()
          .database.write(person, (db) => insert.execute(db))
          .catch((error: { code?: string }) => error.code)
        expect([table, refusal]).toEqual([table, '42501'])
      }
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
      expect(await (await world().ask('/api/v1/search?q=cigb')).json()).toEqual({ items: [], counts: [], capped: false, instead: [] })
      await world().rows(sql`update app.space_grant set valid_from = '-infinity' where grantee = 'public' and scope = 'read'`)
      expect(await count()).toBe(entryKinds.reduce((sum, kind) => sum + countSeeds(kind), 0))
    })

    test('a row in a space that the public may not read leaves no trace in pages, lists, downloads, counts, search or sources', async () => {
      const hidden = sql`'00000000-0000-7000-8000-0000000000ff'`
      const cim = sql`(select id from record.entry where kind = 'organization' and key = 'cim')`
      await world().rows(sql`insert into app.space (id, name) values (${hidden}, 'hidden')`)
      await world().rows(sql`update record.citation set space_id = ${hidden} where statement_id in (select id from record.statement where entry_id = ${cim})`)
      await world().rows(sql`update record.statement set space_id = ${hidden} where entry_id = ${cim}`)
      await world().rows(sql`update record.catalogue set space_id = ${hidden} where entry_id = ${cim}`)
      await world().rows(sql`update record.entry set space_id = ${hidden} where id = ${cim}`)
      await world().rows(
        sql`update app.search_row set space_id = ${hidden}, terms = array_to_tsvector(array(select replace(t, '@00000000-0000-7000-8000-000000000001', '@00000000-0000-7000-8000-0000000000ff') from unnest(tsvector_to_array(terms)) t)) where path = '/organizations/cim'`,
      )
      const count = countSeeds('organization')
      await world().rows(sql`insert into record.tally (space_id, kind, n) values (${hidden}, 'organization', 1)`)
      await world().rows(sql`update record.tally set n = ${count - 1} where kind = 'organization' and space_id <> ${hidden}`)

      for (const path of ['/en/organizations/cim', '/api/v1/record/organizations/cim', '/api/v1/record/organizations/cim/json-ld'])
        expect([path, (await world().ask(path)).status]).toEqual([path, 404])
      expect(await (await world().ask('/api/v1/record/organizations')).json()).toMatchObject({ total: count - 1 })
      expect(await (await world().ask('/api/v1/record/summary')).json()).toMatchObject({ counts: { organization: count - 1 } })
      // Whatever names it: lists of what it takes part in, their downloads, what it is above of, what rests on its sources.
      const [id] = await world().rows(sql<{ id: string }>`select ${cim} as id`)
      const traces: string[] = []
      for (const path of [
        '/en/organizations',
        '/en/agreements',
        '/en/agreements/a-011',
        '/en/ventures',
        '/en/ventures/v-bpl',
        '/en/products/p-nimotuzumab',
        '/en/organizations/biocubafarma',
        '/en/events',
        '/en/disputes',
        '/en/sources/w062',
        '/en/search?q=Inmunologia+Molecular',
        '/api/v1/record/agreements',
        '/api/v1/record/agreements/a-011',
        '/api/v1/record/ventures.csv',
        '/api/v1/record/products.json',
        '/api/v1/search?q=Inmunologia+Molecular',
      ]) {
        const answer = await world().ask(path)
        const text = await answer.text()
        if (answer.status !== 200) traces.push(`${path}: ${answer.status}`)
        const trace = ['/organizations/cim"', '"cim"', '>cim<', id?.id ?? '', 'undefined'].find((each) => text.includes(each)) ?? /: cim[;,\r]/.exec(text)?.[0]
        if (trace !== undefined) traces.push(`${path}: ${trace}`)
      }
      expect(traces).toEqual([])
      expect(await (await world().ask('/api/v1/record/agreements?organization=cim')).json()).toMatchObject({ total: 0 })
    })
  },
  { PUENTE_PROXIES: '1' },
)
