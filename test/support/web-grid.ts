import { modules } from '../../src/modules.ts'
import { nextVisitor, type Asker } from './actors.ts'
import { placesOfHandlers } from './handlers.ts'
import { anyKind, bodyOf, placeOf, routesOf, type Route } from './requests.ts'
import type { Stage, Targets } from './stage.ts'
import type { World } from './world.ts'

const width = 5
/** Who asks at the routes of the other kinds, where those of all kinds are made by the same code. */
const spotChecks = new Set(['public', 'stranger', 'administrator'])

export type Row = Route & { group: string; shown: string; likes: Route[] }

/**
 * What the web answers to each kind of actor at each route, each cell from the same state. A redirect to signing in is told from one that says that something is
 * done: `in`. A `+` says that something was written, with its entry in the log.
 */
export async function webGrid(world: World, { askers, targets }: Stage): Promise<string> {
  // Setting the stage, some have written often already.
  world.anew()
  const lines: string[] = []
  let group = ''
  const heads = askers.map(({ head }) => head.padEnd(width)).join('')
  for (const row of await rowsOf(world)) {
    if (row.group !== group) lines.push('', `${`# What the web answers: ${(group = row.group)}`.padEnd(58)}${heads}`.trimEnd())
    const cells = new Map<string, string>()
    for (const asker of askers) cells.set(asker.name, await cellOf(world, row, asker, targets))
    for (const like of row.likes)
      for (const asker of askers.filter(({ name }) => spotChecks.has(name))) {
        const cell = await cellOf(world, like, asker, targets)
        if (cell !== cells.get(asker.name))
          throw new Error(`${like.method} ${like.path} answers ${cell} to ${asker.name}, not ${cells.get(asker.name)} as ${row.path}`)
      }
    lines.push(`${row.method.padEnd(4)} ${row.shown.padEnd(52)} ${[...cells.values()].map((cell) => cell.padEnd(width)).join('')}`.trimEnd())
  }
  return lines.join('\n')
}

async function cellOf(world: World, route: Route, { headers, key }: Asker, targets: Targets): Promise<string> {
  if (key && !route.path.startsWith('/api/')) return '.'
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

/** The routes with the module that answers them, the platform's own first; those that one piece of code makes for every kind of entry are one row. */
export async function rowsOf(world: World): Promise<Row[]> {
  const routes = routesOf(world)
  const owner = new Map<string, string>()
  for (const { name, pages, api } of modules) {
    for (const { method, path } of pages.routes) owner.set(`${method} ${path}`, name)
    for (const { method, path } of api.routes) owner.set(`${method} /api/v1${path}`, name)
  }
  const places = await placesOfHandlers(
    world,
    routes.filter(({ path }) => anyKind.test(path)),
  )
  const rows = new Map<string, Row>()
  for (const route of routes) {
    const place = places.get(`${route.method} ${route.path}`)
    const shared = place === undefined ? undefined : `${route.method} ${route.path.replace(anyKind, '/<kind>')} ${place}`
    const first = shared === undefined ? undefined : rows.get(shared)
    if (first) {
      first.likes.push(route)
      first.shown = route.path.replace(anyKind, '/<kind>')
    } else
      rows.set(shared ?? `${route.method} ${route.path}`, {
        ...route,
        group: owner.get(`${route.method} ${route.path}`) ?? 'platform',
        shown: route.path,
        likes: [],
      })
  }
  const order = ['platform', ...modules.map(({ name }) => name)]
  return [...rows.values()].toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
}
