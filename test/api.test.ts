import { Ajv2020 } from 'ajv/dist/2020.js'
import * as formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { expectApproved } from './support/approved.ts'
import { onBothEngines, type World } from './support/world.ts'

type Operation = { parameters?: { name: string; in: string }[]; responses: Record<string, { content?: Record<string, { schema: object }> }> }
type Contract = { paths: Record<string, { get?: Operation; post?: Operation }> }

// For each path what to ask it, besides the bare path; paths with a key have no bare one.
const questions: Record<string, string[]> = {
  '/record/organizations': ['?country=VN&kind=hospital', '?q=viện', '?sort=name&order=desc', '?limit=0'],
  '/record/agreements': ['?kind=memorandum', '?q=疫苗', '?after=nonsense'],
  '/record/sources': ['?kind=press', '?limit=abc'],
  '/record/organizations/{key}': ['cigb', 'biocubafarma', 'no-such'],
  '/record/agreements/{key}': ['a-001', 'a-041', 'no-such'],
  '/record/sources/{key}': ['w001', 'no-such'],
  '/search': ['?q=cuba', '?q=%E6%B0%B8%E5%B7%9E', '?q='],
}

const contractOf = async (world: World) => (await (await world.ask('/api/v1/openapi.json')).json()) as Contract

onBothEngines('the API', (world) => {
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
      const bare = path.includes('{key}') ? [] : ['']
      for (const question of [...bare, ...(questions[path] ?? [])]) {
        const address = path.includes('{key}') ? path.replace('{key}', question) : path + question
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
        const validate = ajv.compile({ $ref: `contract#/${pointer.join('/')}` })
        if (!validate(await answer.json())) faults.push(`${address}: ${ajv.errorsText(validate.errors)}`)
      }
    }
    expect(faults).toEqual([])
    expect([...statuses].sort((a, b) => a - b)).toEqual([200, 404, 422])
  })

  test('refuses fields that it does not know of, rather than guess', async () => {
    const answer = await world().ask('/api/v1/record/organizations?contry=VN')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'invalid_input' })
  })
})
