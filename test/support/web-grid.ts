import { modules } from '../../src/modules.ts'
import { nextVisitor, type Asker } from './actors.ts'
import { bodyOf, placeOf, routesOf, type Route } from './requests.ts'
import type { Stage, Targets } from './stage.ts'
import type { World } from './world.ts'

const width = 5

/**
 * What the web answers to each kind of actor at each route, each cell from the same state. A redirect to signing in is told from one that says that something is
 * done: `in`. A `+` says that something was written, with its entry in the log.
 */
export async function webGrid(world: World, { askers, targets }: Stage): Promise<string> {
  const lines: string[] = []
  let group = ''
  for (const route of byModule(world)) {
    if (route.group !== group) lines.push('', `# ${(group = route.group)}`)
    const cells: string[] = []
    for (const asker of askers) cells.push(await cellOf(world, route, asker, targets))
    lines.push(`${route.method.padEnd(4)} ${route.path.padEnd(52)} ${cells.map((cell) => cell.padEnd(width)).join('')}`.trimEnd())
  }
  const heads = `${''.padEnd(57)} ${askers.map(({ head }) => head.padEnd(width)).join('')}`.trimEnd()
  return [...lines.map((line) => (line.startsWith('# ') ? `${line.padEnd(58)}${heads.trimStart()}` : line))].join('\n')
}

async function cellOf(world: World, route: Route, { headers }: Asker, targets: Targets): Promise<string> {
  const given = bodyOf(route, targets)
  const place = placeOf(world, route, targets)
  const { result, wrote } = await world.trial(async () => {
    const init = { method: route.method, ...given, headers: { ...nextVisitor(), ...headers, ...given?.headers } }
    const answer = await world.ask(place, init)
    await answer.arrayBuffer()
    return { status: answer.status, to: answer.headers.get('location') ?? '' }
  })
  if (result.status >= 500) throw new Error(`${route.method} ${place} answers ${result.status}: ${JSON.stringify(world.logged.at(-1))}`)
  return `${result.status === 303 && /^(\/[a-z]{2})?\/sign-in\b/.test(result.to) ? 'in' : result.status}${wrote ? '+' : ''}`
}

/** The routes with the module that answers them, the platform's own first. */
function byModule(world: World): (Route & { group: string })[] {
  const owner = new Map<string, string>()
  for (const { name, pages, api } of modules) {
    for (const { method, path } of pages.routes) owner.set(`${method} ${path}`, name)
    for (const { method, path } of api.routes) owner.set(`${method} /api/v1${path}`, name)
  }
  const order = ['platform', ...modules.map(({ name }) => name)]
  const routes = routesOf(world).map((route) => ({ ...route, group: owner.get(`${route.method} ${route.path}`) ?? 'platform' }))
  return routes.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
}
