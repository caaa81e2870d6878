import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../src/platform/root.ts'
import { createApp, describeApi } from '../src/web.ts'
import { nextVisitor, type Asker } from './support/actors.ts'
import { expectApproved } from './support/approved.ts'
import { under, without, type Asked, type Damage } from './support/damage.ts'
import { actionProbes, guardProbes, makePastKey, statements, type Probe } from './support/damage-probes.ts'
import { seeds } from './support/record.ts'
import { bodyOf, placeOf } from './support/requests.ts'
import { setStage, type Stage } from './support/stage.ts'
import { rowsOf, type Row } from './support/web-grid.ts'
import { makeWorld, type World } from './support/world.ts'

// What is replaced is the damage itself, which is switched on for one question at a time; all else is the program as it is.
vi.mock('../src/modules/members/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('members', await whole<object>()))
vi.mock('../src/modules/record/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('record', await whole<object>()))
vi.mock('../src/modules/vocabulary/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('vocabulary', await whole<object>()))
vi.mock('../src/modules/calls/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('calls', await whole<object>()))
vi.mock('../src/modules/exchange/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('exchange', await whole<object>()))
vi.mock('../src/modules/matching/policy.ts', async (whole) => (await import('./support/damage.ts')).withDecisions('matching', await whole<object>()))
vi.mock('../src/platform/http/security.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(await whole<typeof import('../src/platform/http/security.ts')>(), ['sameSite'], ['securityHeaders']),
)
vi.mock('../src/platform/http/limits.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(
    await whole<typeof import('../src/platform/http/limits.ts')>(),
    [],
    ['bodies', 'rateLimit', 'keyLimit', 'writeLimit'],
  ),
)
vi.mock('../src/platform/http/methods.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(await whole<typeof import('../src/platform/http/methods.ts')>(), [], ['knownMethods']),
)
vi.mock('../src/platform/http/one-slash.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(await whole<typeof import('../src/platform/http/one-slash.ts')>(), ['withoutLastSlash']),
)
vi.mock('../src/platform/http/idempotency.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(await whole<typeof import('../src/platform/http/idempotency.ts')>(), [], ['idempotency']),
)
vi.mock('../src/platform/http/api-key.ts', async (whole) =>
  (await import('./support/damage.ts')).withGuards(await whole<typeof import('../src/platform/http/api-key.ts')>(), [], ['requireScope']),
)
vi.mock('../src/platform/http/address.ts', async (whole) => {
  const [{ insteadOf }, real] = [await import('./support/damage.ts'), await whole<typeof import('../src/platform/http/address.ts')>()]
  const first: typeof real.clientAddress = (c) => c.req.header('x-forwarded-for')?.split(',')[0] ?? ''
  return { ...real, clientAddress: insteadOf('clientAddress', real.clientAddress, first) }
})
// The grid asks as somebody more often than they may write in a minute; on a slower machine that would take longer than a minute. Limits are proven by probes of their own.
const limits = vi.hoisted(() => ({ areCounted: true }))
vi.mock('rate-limiter-flexible', async (whole) => {
  const real = await whole<typeof import('rate-limiter-flexible')>()
  return {
    ...real,
    RateLimiterMemory: class extends real.RateLimiterMemory {
      override consume(key: string | number, points = 1) {
        return super.consume(key, limits.areCounted ? points : 0)
      }
    },
  }
})
// Kept answers would hide a damage, and outlive it.
vi.mock('../src/platform/http/kept-answers.ts', () => ({ keptAnswers: () => (_: unknown, next: () => Promise<void>) => next() }))

/** The guards that can be made to let everything pass. */
const guards = 'sameSite securityHeaders bodies rateLimit keyLimit writeLimit knownMethods withoutLastSlash idempotency clientAddress'.split(' ')
/** To whom the database and the pages give the same as to some other. */
const alike = new Set(['signatory', 'quality', 'trader', 'left', 'suspended', 'former', 'guest', 'curator'])

/** A question of the grid: what it was answered while all was whole, and which decisions it asked. */
type Cell = { route: string; actor: string; ask: () => Promise<string>; answer: string; asked: Asked }

let world: World
let stage: Stage
let pastKey: string
beforeAll(async () => {
  // One engine: what is damaged runs before the database is asked, and is the same on both.
  world = await makeWorld('postgres', { PUENTE_PROXIES: '1' })
  stage = await setStage(world)
  pastKey = await makePastKey(world, stage)
}, 300_000)
afterAll(() => world.close())

/** The same world, where somebody has so many requests a minute. */
function slowApp(perMinute: number) {
  const { config, database, files, secrets, assets } = world
  const [logger, lists] = [pino({ level: 'silent' }), { navigation: [], desk: [], scopes: [] }]
  const app = createApp({ config: { ...config, rate: perMinute }, database, files, secrets, assets, logger, ready: () => true, ...lists })
  return async (path: string, init?: RequestInit) => app.request(new URL(path, 'http://localhost'), init)
}

/** The scope that the contract of the API says a key needs on a route. */
function scopeOf({ paths }: ReturnType<typeof describeApi>, { method, path }: Row): string | undefined {
  const asked = path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')
  const operation = (paths?.[asked] as Record<string, { security?: Record<string, string[]>[] }> | undefined)?.[method.toLowerCase()]
  return operation?.security?.flatMap((each) => Object.values(each).flat())[0]
}

/** A page that asks what every page does, for its menus, and nothing else. */
const plainPage = 'GET /terms'

const legend = [
  '# Which deliberate damages of the code are noticed, and by whom. Written by test/code-damages.test.ts (APPROVE=1). Those of the database: test/mutations.test.ts.',
  '#',
  '# Decisions: each function of a policy.ts always answers the same, on one route at a time, and who sees it there first: by another status, a "+" for what is written,',
  '# or because other forms and links are drawn. "-": nobody, since the database, a row that is not there or another decision holds too. What every page asks for its',
  `# menus stands once, as "${plainPage}". A damage that is seen nowhere fails the test.`,
  '# Guards: each lets everything pass, each scope is not asked for, each condition of a statement is cut out.',
]
const parts = new Map<string, string[]>()
function expectDamages(part: string, lines: string[]) {
  parts.set(part, lines)
  if (parts.size === 2)
    expectApproved(
      'damages.txt',
      `${[...legend, '', '# Decisions', ...(parts.get('decisions') ?? []), '', '# Guards', ...(parts.get('guards') ?? [])].join('\n')}\n`,
    )
}

/** What is answered: the status, where it leads, whether something was written, and what can be done and opened from there. */
async function answerOf(row: Row, { headers }: Asker): Promise<string> {
  const given = bodyOf(row, stage.targets)
  limits.areCounted = false
  const { result, wrote } = await world.trial(async () => {
    const answer = await world.ask(placeOf(world, row, stage.targets), {
      method: row.method,
      ...given,
      headers: { ...nextVisitor(), ...headers, ...given?.headers },
    })
    // What was written shows on the page that follows: who is named as its writer, for one.
    const next = row.method === 'POST' && answer.status === 303 ? (answer.headers.get('location') ?? '') : ''
    const after = next.startsWith('/members/') ? await world.ask(next, { headers: { ...nextVisitor(), ...headers } }).then((page) => page.text()) : ''
    const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
    const text = await answer.text()
    const drawn = isPage ? [...text.matchAll(/ (?:action|href)="([^"#]*)/g)].map(([, to = '']) => to.replace(/cursor=[^&]*/, '')) : []
    return [`${answer.status}`, answer.headers.get('location') ?? '', ...new Set(drawn), after.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '')].join(' ')
  })
  limits.areCounted = true
  return `${wrote ? '+' : ''}${result}`
}

const withRoute = async (route: string, cell: Omit<Cell, 'answer' | 'asked' | 'route'>): Promise<Cell> => {
  const { result, asked } = await under(undefined, route, cell.ask)
  return { ...cell, route, answer: result, asked }
}

/** Who stands for the others: a row on which these ask no decision of its own is not asked further. */
const scouts = new Set(['stranger', 'admin', 'administrator'])

/** Everything that the grid asks and that asks a decision, as long as all is whole; what every page asks for its menus counts on the plain page alone. */
async function wholeGrid(): Promise<Cell[]> {
  const rows = await rowsOf(world)
  const askers = stage.askers.filter(({ name }) => !alike.has(name)).toSorted((a, b) => Number(scouts.has(b.name)) - Number(scouts.has(a.name)))
  const menus = new Map<string, Asked>()
  const cells: Cell[] = []
  for (const row of [...rows.filter((each) => `${each.method} ${each.shown}` === plainPage), ...rows]) {
    const route = `${row.method} ${row.shown}`
    let isOwn = false
    for (const asker of askers) {
      if ((asker.key && !row.path.startsWith('/api/')) || (!isOwn && menus.size > 0 && row.method === 'GET' && !asker.key && !scouts.has(asker.name))) continue
      const cell = await withRoute(route, { actor: asker.name, ask: () => answerOf(row, asker) })
      const before = menus.get(asker.name)
      if (route === plainPage && !before) menus.set(asker.name, cell.asked)
      const asked: Asked = new Map([...cell.asked].filter(([of, { times }]) => route === plainPage || times > (before?.get(of)?.times ?? 0)))
      isOwn ||= asked.size > 0
      if (asked.size > 0) cells.push({ ...cell, asked })
    }
  }
  for (const { route, actor, ask } of actionProbes(world, seeds)) cells.push(await withRoute(route, { actor, ask }))
  return cells.filter(({ asked }) => asked.size > 0)
}

const inShort = (answer: string) => answer.split(' ', 1)[0] ?? ''
const difference = (cell: Cell, damaged: string) =>
  inShort(cell.answer) === inShort(damaged)
    ? 'drawn otherwise'
    : `${inShort(cell.answer)} → ${inShort(damaged) === '500' ? 'the database refuses' : inShort(damaged)}`

/** Who notices a damage on a route, if anybody: those are asked whom the decision answers otherwise. */
async function noticed(cells: readonly Cell[], damage: Damage & { route: string; answer: boolean }): Promise<string | undefined> {
  for (const cell of cells.filter(({ route, asked }) => route === damage.route && asked.get(damage.of)?.answers.has(!damage.answer))) {
    const { result } = await under(damage, cell.route, cell.ask)
    if (result !== cell.answer) return `${cell.actor}: ${difference(cell, result)}`
  }
  return undefined
}

// First: after the grid some have written as often as one may in a minute.
test('each scope that is not asked for any more, and each guard that lets everything pass, is noticed', { timeout: 300_000 }, async () => {
  const lines: string[] = []
  const missed: string[] = []
  const tell = (what: string, who: string | undefined) => (who === undefined ? missed.push(what) : lines.push(`${what.padEnd(58)} ${who}`))
  const keys = stage.askers.filter(({ key }) => key)
  const needing = describeApi()
  for (const row of (await rowsOf(world)).filter(({ path }) => path.startsWith('/api/'))) {
    const scope = scopeOf(needing, row)
    if (scope === undefined) continue
    const route = `${row.method} ${row.shown}`
    const cells: Cell[] = []
    for (const asker of keys) cells.push(await withRoute(route, { actor: asker.name, ask: () => answerOf(row, asker) }))
    let who: string | undefined
    for (const cell of cells) {
      const { result } = await under({ of: `requireScope ${scope}`, route }, route, cell.ask)
      if (result !== cell.answer) who ??= `${cell.actor}: ${difference(cell, result)}`
    }
    tell(`${route} without ${scope}`, who)
  }
  const probes = guardProbes(world, stage, slowApp, pastKey)
  const whole = new Map<string, string>()
  for (const { name, ask } of probes) whole.set(name, (await under(undefined, name, ask)).result)
  const first = async (askDamaged: (probe: Probe) => Promise<string>) => {
    for (const probe of probes) {
      const damaged = await askDamaged(probe)
      if (damaged !== whole.get(probe.name)) return `${probe.name}: ${whole.get(probe.name)} → ${damaged}`
    }
    return undefined
  }
  for (const of of guards) tell(of, await first(async ({ name, ask }) => (await under({ of }, name, ask)).result))
  for (const { name, cut, instead } of statements) {
    let met = 0
    const who = await first(async ({ ask }) => {
      const damaged = await without(cut, instead, ask)
      met += damaged.met
      return damaged.result
    })
    if (met === 0) throw new Error(`no statement has "${cut}" any more: say in test/support/damage-probes.ts what decides there now`)
    tell(name, who)
  }
  expect(missed, 'these are missing a test').toEqual([])
  expectDamages('guards', lines)
})

test('each decision that always says yes, or no, is noticed on the routes that ask it', { timeout: 600_000 }, async () => {
  const policies = readdirSync(join(root, 'src', 'modules')).filter((name) => readdirSync(join(root, 'src', 'modules', name)).includes('policy.ts'))
  expect(policies, 'damage the policy of each module by a vi.mock above').toEqual(['calls', 'exchange', 'matching', 'members', 'record', 'vocabulary'])
  const cells = await wholeGrid()
  const decisions = [...new Set(cells.flatMap(({ asked }) => [...asked.keys()]))].filter((of) => of.includes('.')).toSorted()
  const exported = await Promise.all(
    policies.map(async (name) => Object.keys((await import(`../src/modules/${name}/policy.ts`)) as object).map((each) => `${name}.${each}`)),
  )
  expect(
    exported.flat().filter((of) => /\.(may|is)/.test(of) && !decisions.includes(of)),
    'no route of the grid asks these',
  ).toEqual([])
  // What these would let through the database refuses too, with the same words; test/mutations.test.ts takes its policies away.
  const heldByDatabase = new Set(['calls.mayRunCalls always says yes', 'matching.mayIntroduce always says yes'])
  const lines: string[] = []
  const missed: string[] = []
  for (const of of decisions)
    for (const answer of [true, false]) {
      const routes = [...new Set(cells.filter(({ asked }) => asked.get(of)?.answers.has(!answer)).map(({ route }) => route))]
      const what = `${of} always says ${answer ? 'yes' : 'no'}`
      lines.push(`${what}${routes.length === 0 ? ': as it does' : ''}`)
      let by = 0
      for (const route of routes) {
        const who = await noticed(cells, { of, answer, route })
        by += who === undefined ? 0 : 1
        lines.push(`  ${route.padEnd(56)} ${who ?? '-'}`)
      }
      if (by === 0 && routes.length > 0 && !heldByDatabase.has(what)) missed.push(what)
    }
  expect(missed, 'these are missing a test').toEqual([])
  expectDamages('decisions', lines)
})
