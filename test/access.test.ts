import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { thePublic, type Actor } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { root } from '../src/platform/root.ts'
import { entryKinds } from '../src/modules/record/index.ts'
import { actorKinds, nextVisitor, systemActors, type Asker } from './support/actors.ts'
import { expectApproved } from './support/approved.ts'
import { describeGrid } from './support/database-grid.ts'
import { hiddenKey } from './support/hidden.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody } from './support/persons.ts'
import { bodyOf, placeOf, routesOf, writeRows, type Route } from './support/requests.ts'
import { countSeeds } from './support/sheets.ts'
import { setStage, type Stage } from './support/stage.ts'
import { webGrid } from './support/web-grid.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const legend = [
  '# Who may what: every route and every table against every kind of actor. Written by test/access.test.ts (APPROVE=1); each change of a line is a change of access.',
  '#',
  '# The web: the status; + where something was written; "in" where one is asked to sign in. <kind>: one row for all kinds of entries, which one piece of code answers.',
  '# A point: not asked, since pages take no API key (test/api-keys.test.ts). The command line: commands.txt.',
  '# Each request is right in itself, about a thing that is there: an open application, a claim, an invitation, a role, an account … of one member.',
  '# The database: r read, a add, c change, d delete, b change without reading; a capital where it reaches all rows that were looked at, three of each audience.',
  '# Before it stands how many columns the application may read, add and change at all, of how many.',
  '#',
  ...[...actorKinds, ...systemActors].map(({ head, what }) => `# ${head}  ${what}`),
]

/** Who stands for the others where the web is asked on the embedded engine too. */
const onEmbedded = new Set(['public', 'stranger', 'admin', 'secretariat', 'key-desk'])
const approved = () => readFileSync(join(root, 'test', 'output', 'permissions.txt'), 'utf8')

/** The columns of some in the approved answers of the web. */
function approvedWeb(all: readonly Asker[], some: readonly Asker[]): string {
  const text = approved()
  const web = text.slice(text.indexOf('# What the web answers'), text.indexOf('# What the database allows')).split('\n')
  const cells = (line: string) => all.flatMap((asker, index) => (some.includes(asker) ? [line.slice(58 + 5 * index, 63 + 5 * index).padEnd(5)] : []))
  return web.map((line) => `${line.slice(0, 58)}${cells(line).join('')}`.trimEnd()).join('\n')
}

/** Answers of the same request about a thing that is hidden and about one that is not there, without what is of the request itself. */
async function answerTo(world: World, route: Route, { headers }: Asker, { place, name }: { place: string; name: string }, { targets }: Stage): Promise<string> {
  const given = bodyOf(route, targets)
  const { result } = await world.trial(async () => {
    const answer = await world.ask(place, { method: route.method, ...given, headers: { ...nextVisitor(), ...headers, ...given?.headers } })
    const kept = [...answer.headers].filter(([header]) => !['x-request-id', 'etag', 'date'].includes(header))
    return `${answer.status} ${JSON.stringify(kept)} ${await answer.text()}`.replaceAll(answer.headers.get('x-request-id') ?? '-', '').replaceAll(name, 'NAME')
  })
  return result
}

onBothEngines(
  'the proof of access',
  (world) => {
    let stage: Stage | undefined
    const staged = async () => (stage ??= await setStage(world()))

    test('every route and every table against the approved grid', { timeout: 900_000 }, async () => {
      const made = await staged()
      const database = await world().dissect((query) => describeGrid(query, made))
      if (world().engine === 'embedded') {
        // It is told first: what is approved in this run stands there only afterwards.
        if (process.env['APPROVE'] === '1') return
        // What differs between the engines is the database, which is proven in full on both. Of the web, which is the same code on the slower one, some stand for all.
        const some = made.askers.filter(({ name }) => onEmbedded.has(name))
        expect((await webGrid(world(), { ...made, askers: some })).trim()).toBe(approvedWeb(made.askers, some).trim())
        expect(approved()).toContain(database)
      } else expectApproved('permissions.txt', `${[legend.join('\n'), await webGrid(world(), made), '', database].join('\n')}\n`)
    })

    test('no row is left over from a route that is gone', () => {
      const routes = routesOf(world())
      expect(writeRows.filter((path) => !routes.some((route) => route.method !== 'GET' && route.path === path))).toEqual([])
    })

    test('what is hidden and what is not there are answered alike, byte for byte', { timeout: 600_000 }, async () => {
      const made = await staged()
      // After the grid some have written nearly as often as one may in a minute.
      world().anew()
      const told: string[] = []
      let compared = 0
      for (const route of routesOf(world()).filter(({ path }) => /:id|:key|\{key\}/.test(path) && !/\/(members|networks)\/:key(?!\/[a-z]+\/:id)/.test(path))) {
        const real = placeOf(world(), route, made.targets)
        // Of the record an entry that is hidden, of everything else the thing of somebody else.
        const isRecord = /:key|\{key\}/.test(route.path) && !/:id/.test(route.path)
        if (isRecord && !/organizations/.test(route.path)) continue
        const name = isRecord ? 'cigb' : (real.match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0] ?? '')
        const [hidden, missing] = isRecord ? [hiddenKey, 'missing-organization'] : [name, newId()]
        // What is published for everybody is there: who may do nothing to it is told so. So is a call that is open for its network, and an interest for who sent it.
        const { open, derived, call, interest } = made.targets
        const isShown = (asker: string) => name === open || name === derived || (asker === 'other' && (name === call || name === interest))
        for (const asker of made.askers.filter((each) => ['public', 'stranger', 'other', 'neighbour'].includes(each.name) && !isShown(each.name))) {
          const [one = '', two = ''] = [hidden, missing].map((given) => real.replace(name, given))
          const first = await answerTo(world(), route, asker, { place: one, name: hidden }, made)
          if (!/^(404|403|303)/.test(first)) continue
          const second = await answerTo(world(), route, asker, { place: two, name: missing }, made)
          compared += 1
          if (first !== second) told.push(`${route.method} ${route.path} ${asker.name}: ${first.slice(0, 200)} | ${second.slice(0, 200)}`)
        }
      }
      expect(told).toEqual([])
      expect(compared).toBeGreaterThan(100)
    })
  },
  { PUENTE_PROXIES: '1' },
)

onBothEngines(
  'access',
  (world) => {
    test('who may add to a space puts nothing there that belongs elsewhere', async () => {
      await makeSomebody(world(), 'Ana', ['administrator'])
      const { id } = await makeMemberPerson(world(), await makeMember(world(), 'Example Hospital'), 'Bảo', 'admin')
      const person: Actor = { kind: 'person', id, name: '', language: 'en', session: '' }
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
      expect(await (await world().ask('/api/v1/search?q=cigb')).json()).toMatchObject({
        items: [],
        counts: [],
        facets: [],
        total: 0,
        capped: false,
        instead: [],
      })
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
