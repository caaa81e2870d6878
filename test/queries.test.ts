import { isDeepStrictEqual } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { recordSpace } from '../src/modules/record/index.ts'
import { importer } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { logAct } from '../src/platform/log/log.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

// How many statements each page sends: begin, its own, commit. A page that grows past this asks one question twice.
// Before them come three that ask whether the answer is kept; when it is, there are no others.
const position = 3
const most: [string, number][] = [
  ['/en', 8],
  ['/en/search?q=cuba', 4],
  ['/en/record', 3],
  ['/en/map', 4],
  ['/en/map?place=havana', 4],
  ['/en/network', 9],
  ['/en/timeline', 10],
  ['/en/sitemap.xml', 5],
  ['/en/disputes', 3],
  ['/en/disputes/k-001', 3],
  ['/en/organizations', 4],
  ['/en/organizations?kind=hospital&country=VN&q=benh', 5],
  ['/en/organizations/biocubafarma', 5],
  ['/en/organizations/cigb?as_of=2016&known_at=2020', 5],
  ['/en/agreements', 4],
  ['/en/agreements/ladder', 4],
  ['/en/agreements?organization=cigb&as_of=2020', 4],
  ['/en/agreements/a-001', 4],
  ['/en/ventures', 4],
  ['/en/ventures/v-bpl', 5],
  ['/en/ventures/v-bpl/history', 4],
  ['/en/facilities', 4],
  ['/en/products', 4],
  ['/en/products/matrix', 4],
  ['/en/authorizations', 4],
  ['/en/technology-transfers', 4],
  ['/en/projects', 4],
  ['/en/programmes', 4],
  ['/en/events', 4],
  ['/en/events/e-001', 4],
  ['/en/events.atom', 3],
  ['/en/concepts.atom', 3],
  ['/en/search.atom?q=vaccine', 5],
  ['/en/flows', 4],
  ['/en/flows/charts', 4],
  ['/en/flows/x-001', 4],
  ['/en/initiatives', 4],
  ['/en/indicators', 4],
  ['/en/country-relations', 4],
  ['/en/country-relations/cu-vn', 4],
  ['/en/sources', 4],
  ['/en/sources/w001', 4],
  ['/en/exchange', 6],
  ['/en/exchange?pillar=research&country=CU&concept=vaccine', 6],
  ['/en/exchange.atom', 3],
  ['/en/listings/template.xlsx', 3],
  ['/api/v1/listings', 3],
  ['/en/calls', 4],
  ['/en/calls?state=past', 4],
  ['/en/calls.atom', 4],
  ['/api/v1/calls', 3],
  ['/en/corrections/new', 0],
  ['/en/members', 5],
  ['/en/apply', 3],
  ['/en/sign-in', 0],
  ['/en/reports/new', 0],
  ['/api/v1/record/summary', 3],
  ['/api/v1/record/disputes', 3],
  ['/api/v1/record/disputes/k-001', 3],
  ['/api/v1/record/organizations', 3],
  ['/api/v1/record/organizations/cigb', 3],
  ['/api/v1/record/organizations/cigb/json-ld', 3],
  ['/api/v1/record/organizations.csv', 3],
  ['/api/v1/record/events.json', 3],
  ['/api/v1/record/events.xlsx', 3],
  ['/api/v1/record/agreements?organization=cigb&field=amount&disputed=yes', 3],
  ['/api/v1/record/agreements/a-001', 3],
  ['/api/v1/record/sources', 3],
  ['/api/v1/record/sources/w001', 3],
  ['/api/v1/members', 3],
  ['/api/v1/members.csv', 3],
  ['/api/v1/search?q=cuba', 4],
  ['/en/concepts', 4],
  ['/en/concepts?q=antibody', 5],
  ['/en/concepts/monoclonal-antibody', 6],
  ['/api/v1/concepts?q=antibody', 4],
  ['/api/v1/concepts/dengue', 3],
  ['/api/v1/concepts/dengue/turtle', 3],
  ['/api/v1/concepts/dengue/json-ld', 3],
  ['/api/v1/concepts.ttl', 3],
]

onBothEngines('queries a page', (world) => {
  const tried = new Set<string>()
  // The first of a process asks for the whole vocabulary, which it keeps.
  beforeAll(async () => void (await world().ask('/en/search?q=vocabulary')))

  // Where transactions of other databases of the same PostgreSQL are under way, answers are not kept: then it is asked anew, after something was logged.
  test.each(most)('%s: %d', { retry: 4 }, async (path, queries) => {
    if (tried.has(path)) {
      await world().database.write(importer, (db) =>
        logAct(db, { chain: 'network', spaceId: recordSpace, verb: 'test.done', object: { kind: 'test', id: newId() }, payload: {} }),
      )
      // What all of its kind share is kept by the first of them.
      if (path.includes('?')) await world().ask(path.split('?')[0] ?? '')
    }
    tried.add(path)
    // What stands at the foot of every page is asked once after each change, by whichever page comes first.
    await world().ask('/en/nowhere')
    world().logged.length = 0
    const answer = await world().ask(path)
    expect(answer.status).toBe(200)
    const kept = !/^\/en\/(corrections|reports|apply)/.test(path) && !answer.headers.has('content-disposition')
    expect((await world().ask(path)).status).toBe(200)
    const counted = world().logged.flatMap((line) => (line['msg'] === 'request' ? [Number(line['queries']) - position] : []))
    if (kept) expect(counted).toEqual([queries, 0])
    else expect(counted[0]).toBe(queries)
  })
})

/** Pages for people signed in, which are never kept: by who asks. With those that find out who that is (begin, role, session, role, position, commit), and whether terms of use are owed. */
const signedIn: ['admin' | 'secretariat', string, number][] = [
  ['admin', '/en/members/example-hospital', 11],
  ['admin', '/en/members/example-hospital/people', 16],
  ['admin', '/en/members/example-hospital/edit', 13],
  ['admin', '/en/members/example-hospital/edit/texts', 13],
  ['admin', '/en/members/example-hospital/claim', 14],
  ['admin', '/en/account', 22],
  ['admin', '/en/account/matches', 15],
  ['admin', '/en/account/api-keys', 14],
  ['admin', '/en/account/searches', 15],
  ['admin', '/en/account/searches/new?q=vaccine', 12],
  ['admin', '/en/members/example-hospital/api-keys', 16],
  ['secretariat', '/en/desk', 9],
  ['secretariat', '/en/desk/applications', 14],
  ['secretariat', '/en/desk/proposals', 9],
  ['secretariat', '/en/concepts/dengue/edit', 9],
  ['admin', '/en/concepts/proposals/new', 13],
  ['admin', '/en/concepts/proposals', 12],
  ['admin', '/en/members/example-hospital/listings', 12],
  ['admin', '/en/members/example-hospital/interests', 14],
  ['admin', '/en/member-names?q=example', 13],
  ['admin', '/en/listings/new', 12],
  ['admin', '/en/listings/sheets/new', 12],
  ['admin', '/en/members/example-hospital/listings.xlsx', 15],
  ['admin', '/en/calls', 11],
  ['admin', '/en/calls/new', 14],
  ['admin', '/en/calls/mine', 13],
  ['admin', '/en/pledges', 13],
  ['secretariat', '/en/desk/calls', 9],
  ['secretariat', '/en/desk/pledges', 9],
  ['admin', '/en/members/example-hospital/matches', 14],
  ['secretariat', '/en/desk/introductions', 9],
  ['secretariat', '/en/desk/claims', 13],
  ['secretariat', '/en/desk/listings', 9],
  ['secretariat', '/en/desk/interests', 9],
  ['secretariat', '/en/desk/members', 13],
  ['secretariat', '/en/desk/networks/network', 16],
  ['secretariat', '/en/members/example-hospital/standing', 14],
]

onBothEngines(
  'queries a page of somebody signed in',
  (world) => {
    test('a member for everybody, and each page of its people and of the desk, as many for many rows as for one', async () => {
      const secretariat = await makeSomebody(world(), 'Lan', ['secretariat', 'administrator'])
      const key = await makeMember(world(), 'Example Hospital')
      const admin = await makeMemberPerson(world(), key, 'Bảo', 'admin')
      const counts = async () => {
        await world().ask('/en/nowhere')
        world().logged.length = 0
        const asked = [...signedIn.map(([, path]) => path), `/en/members/${key}`]
        for (const [who, path] of signedIn) expect([path, (await (who === 'admin' ? admin : secretariat).get(path)).status]).toEqual([path, 200])
        expect((await world().ask(`/en/members/${key}`)).status).toBe(200)
        const counted = world().logged.flatMap((line) => (line['msg'] === 'request' ? [Number(line['queries'])] : []))
        return asked.map((path, index) => [path, counted[index]])
      }
      const wanted = [...signedIn.map(([, path, n]) => [path, n]), [`/en/members/${key}`, 6]]
      // As above, what stands at the foot of every page may be asked for anew in between.
      const countsAs = async () => {
        for (let tries = 0; tries < 4; tries++) if (isDeepStrictEqual(await counts(), wanted)) return wanted
        return counts()
      }
      expect(await countsAs()).toEqual(wanted)
      for (let n = 0; n < 5; n++) {
        const other = await makeMember(world(), `Example Clinic ${n}`)
        const [row] = await world().rows(sql<{ id: string }>`select id from members.organization where key = ${other}`)
        await world().rows(sql`update members.organization set parent_id = (select id from members.organization where key = ${key}) where id = ${row?.id}`)
        await makeMemberPerson(world(), key, `Chi ${n}`, 'editor')
        expect((await admin.post(`/en/members/${key}/invitations`, { email: `x${n}@example.org`, role: 'viewer' })).status).toBe(303)
      }
      expect(await countsAs()).toEqual(wanted)
    })
  },
  { PUENTE_PROXIES: '1' },
)
