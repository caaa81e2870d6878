import { Ajv2020 } from 'ajv/dist/2020.js'
import * as formats from 'ajv-formats'
import { beforeAll, expect, test } from 'vitest'
import { entryKinds, plurals } from '../src/modules/record/index.ts'
import { expectApproved } from './support/approved.ts'
import { examples } from './support/sheets.ts'
import { makeMember } from './support/members.ts'
import { makeSomebody } from './support/persons.ts'
import { onBothEngines, type World } from './support/world.ts'

type Operation = { parameters?: { name: string; in: string }[]; responses: Record<string, { content?: Record<string, { schema: object }> }> }
type Contract = { paths: Record<string, { get?: Operation; post?: Operation }> }

// What to ask every list, and further questions of some paths, besides the bare path; paths with a key have no bare one.
const ofLists = [
  '?country=VN',
  '?q=疫苗',
  '?q=viện&sort=-title',
  '?sort=name',
  '?period=2019/2023&disputed=no&sort=date',
  '?as_of=2016&known_at=2020-05',
  '?limit=0',
  '?field=amount',
]
const ofDownloads = ['?country=VN&sort=title', '?cursor=x', '?country=Cuba']
const questions: Record<string, string[]> = {
  '/record/organizations': ['?country=VN&kind=hospital'],
  '/record/agreements': ['?organization=cigb&status=in-force'],
  '/record/sources': ['?kind=press', '?limit=abc'],
  '/record/sources/{key}': ['w001', 'no-such'],
  '/record/disputes': ['?cursor=x', '?kind=x'],
  '/record/disputes/{key}': ['k-001', 'no-such'],
  '/members': ['?country=VN&kind=hospital', '?q=viện', '?kind=castle', '?cursor=x', '?limit=1'],
  '/members.csv': ['?pillar=research', '?cursor=x'],
  '/members.json': ['?state=left', '?state=gone'],
  '/members/{key}': ['example-hospital', 'no-such'],
  '/concepts': ['?q=单抗', '?area=biologics&state=current', '?state=gone', '?cursor=x'],
  '/concepts.ttl': ['?x=1'],
  '/concepts/{key}': ['dengue', 'no-such', 'No%20Key'],
  '/concepts/{key}/turtle': ['dengue', 'no-such'],
  '/concepts/{key}/json-ld': ['dengue', 'no-such'],
  '/calls': ['?state=past&kind=outbreak', '?state=gone', '?cursor=x', '?limit=1'],
  '/calls/{id}': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10', 'no-such'],
  '/listings': ['?direction=offer&pillar=production&country=CU', '?concept=vaccine', '?q=疫苗', '?pillar=x', '?cursor=x', '?limit=1'],
  '/listings/{id}/matches': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10', 'no-such', 'no-such?cursor=x'],
  '/listings/{id}/attachments': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10', 'no-such'],
  '/listings/{id}/attachments/{attachment}': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10'],
  '/interests': ['?member=example-hospital', '?member=no-such&side=sent', '?side=both'],
  '/interests/{id}': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10', 'no-such'],
  '/listings/{id}': ['0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10', 'no-such'],
  '/search': ['?q=cuba', '?q=%E6%B0%B8%E5%B7%9E', '?q='],
  ...Object.fromEntries(
    entryKinds.flatMap((kind) => [
      [`/record/${plurals[kind]}/{key}`, [examples[kind], `${examples[kind]}?as_of=2016&known_at=2020`, `${examples[kind]}?as_of=May`, 'no-such']],
      [`/record/${plurals[kind]}/{key}/json-ld`, [examples[kind], 'no-such']],
      ...['csv', 'xlsx', 'json'].map((form) => [`/record/${plurals[kind]}.${form}`, ofDownloads]),
    ]),
  ),
}
const lists = new Set(entryKinds.map((kind) => `/record/${plurals[kind]}`))
const questionsOf = (path: string) => [...(/\{(key|id)\}/.test(path) ? [] : ['']), ...(questions[path] ?? []), ...(lists.has(path) ? ofLists : [])]

const contractOf = async (world: World) => (await (await world.ask('/api/v1/openapi.json')).json()) as Contract

onBothEngines('the API', (world) => {
  beforeAll(async () => {
    await makeSomebody(world(), 'Luz', ['secretariat'])
    await makeMember(world(), 'Example Hospital')
  })

  test('is what test/output/openapi.json says', async () => {
    expectApproved('openapi.json', `${JSON.stringify(await contractOf(world()), null, 2)}\n`)
  })

  test('answers every question, and every wrong one, as its contract says', async () => {
    const contract = await contractOf(world())
    const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: [{ ...contract, $id: 'contract' }] })
    formats.default.default(ajv)
    const faults: string[] = []
    const statuses = new Set<number>()
    for (const [path, { get }] of Object.entries(contract.paths)) {
      if (!get) continue
      for (const question of questionsOf(path)) {
        const address = /\{(key|id)\}/.test(path) ? path.replace(/\{(key|id)\}/, question) : path + question
        const answer = await world().ask(`/api/v1${address}`)
        statuses.add(answer.status)
        const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
        if (!get.responses[answer.status]?.content?.[type]) {
          faults.push(`${address}: ${answer.status} ${type} is not in the contract`)
          continue
        }
        const pointer = ['paths', path, 'get', 'responses', String(answer.status), 'content', type, 'schema'].map((step) =>
          encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')),
        )
        const schema = `contract#/${pointer.join('/')}`
        const validate = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema })
        const body: unknown = /\bjson$/.test(type) ? await answer.json() : await answer.text()
        if (!validate(body)) faults.push(`${address}: ${ajv.errorsText(validate.errors)}`)
      }
    }
    expect(faults).toEqual([])
    expect([...statuses].sort((a, b) => a - b)).toEqual([200, 400, 401, 404, 422])
  })

  test('asks every path that there is', async () => {
    const { paths } = await contractOf(world())
    const unknown = Object.keys(questions).filter((path) => !paths[path]?.get)
    const unasked = Object.keys(paths).filter((path) => path.includes('{') && paths[path]?.get && questions[path] === undefined)
    expect({ unknown, unasked }).toEqual({ unknown: [], unasked: [] })
  })

  test('names each kind of entry in what it answers, and takes what it gives out', async () => {
    for (const kind of entryKinds) {
      const list = (await (await world().ask(`/api/v1/record/${plurals[kind]}?sort=date`)).json()) as { items: { id: string; entry: string; key: string }[] }
      expect(new Set(list.items.map(({ entry }) => entry))).toEqual(new Set([kind]))
      const [item] = list.items
      expect(await (await world().ask(`/api/v1/record/${plurals[kind]}/${item?.key}`)).json()).toMatchObject({ id: item?.id, kind, key: item?.key })
    }
  })

  test('refuses fields that it does not know of, rather than guess', async () => {
    const answer = await world().ask('/api/v1/record/organizations?contry=VN')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'invalid_input' })
  })
})
