import { unzipSync } from 'fflate'
import { nextVisitor, type Asker } from './actors.ts'
import { noMarker, markers } from './canary.ts'
import { hiddenKey } from './hidden.ts'
import { anyKind, bodyOf, placeOf, routesOf } from './requests.ts'
import type { Stage } from './stage.ts'
import type { World } from './world.ts'

/** Pages of the public record that differ in a key only are alike: so many of each are looked at. Of what is somebody's own, all. */
const ofEachKind = 2
/** Who looks at each kind of entry; to the others all kinds, which one piece of code answers (see the grid), are one. */
const thorough = new Set(['public', 'guest'])
/** So many pages of a list of one's own that differ in a filter. */
const ofEachFilter = 20
const own = /^\/en\/(account|applications|claims|desk|members)\b/

/** What somebody met, and where first. */
export type Met = Map<string, string>

/** Walks all over the site as somebody: every link from every page, every path of the API and download, forms sent wrongly; and asks the search for markers. */
export async function crawl(world: World, stage: Stage, asker: Asker, wanted: readonly string[]): Promise<Met> {
  const met: Met = new Map()
  const kinds = new Map<string, number>()
  const seen = new Set<string>()
  const queue: string[] = []
  const add = (path: string) => {
    const kind = thorough.has(asker.name) ? kindOf(path) : kindOf(path).replace(anyKind, '/<kind>')
    const isOwn = own.test(path)
    const most = path.includes('cursor=') || (isOwn && !path.includes('?')) ? Infinity : isOwn ? ofEachFilter : ofEachKind
    if (seen.has(path) || (kinds.get(kind) ?? 0) >= most) return
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    seen.add(path)
    queue.push(path)
  }
  const routes = routesOf(world)
  for (const path of ['/en', ...hiddenPaths]) add(path)
  for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/assets/'))) {
    const place = placeOf(world, route, stage.targets)
    add(place.startsWith('/api/') || /\.\w+$/.test(place) ? place : `/en${place}`)
  }
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const answer = await world.ask(path, { headers: { ...nextVisitor(), ...asker.headers } })
    const text = await note(met, path, answer)
    if ((answer.headers.get('content-type') ?? '').startsWith('text/html'))
      for (const [, href] of text.matchAll(/(?:href|src|action)="(\/(?:en|api)[/?][^"#]*)"/g)) add((href ?? '').replaceAll('&amp;', '&'))
    const next = answer.headers.get('location')
    if (next?.startsWith('/en')) add(next)
  }
  for (const route of routes.filter(({ method }) => method !== 'GET')) await sendWrongly(world, stage, asker, route, met)
  await searchFor(world, asker, wanted, met)
  return met
}

/** Asks for what is hidden by its name, and for a word of it. */
export async function lookBehind(world: World, { headers }: Asker, word: string): Promise<Met> {
  const met: Met = new Map()
  for (const path of [...hiddenPaths, `/api/v1/search?q=${word}`]) await note(met, path, await world.ask(path, { headers: { ...nextVisitor(), ...headers } }))
  met.delete(word)
  return met
}

const hiddenPaths = [
  `/en/organizations/${hiddenKey}`,
  `/en/organizations/${hiddenKey}/history`,
  `/en/organizations/${hiddenKey}/claim`,
  `/api/v1/record/organizations/${hiddenKey}`,
  `/api/v1/record/organizations/${hiddenKey}/json-ld`,
  '/en/sources/hidden-source',
  '/en/disputes/hidden-dispute',
  '/en/map?place=hidden-place',
  `/en/agreements?organization=${hiddenKey}`,
  '/api/v1/record/sources/hidden-source',
  '/api/v1/record/disputes/hidden-dispute',
]

/** Sends what no form is like. */
async function sendWrongly(world: World, stage: Stage, { headers }: Asker, route: Parameters<typeof bodyOf>[0], met: Met) {
  const place = placeOf(world, route, stage.targets)
  const isApi = place.startsWith('/api/')
  const fields = { id: 'x', version: '999', reason: '', text: '', email: 'x', role: 'x', q: 'x' }
  const body = isApi ? JSON.stringify(fields) : new URLSearchParams(fields)
  const type = isApi ? { 'content-type': 'application/json' } : { 'sec-fetch-site': 'same-origin' }
  await world.trial(async () => {
    const answer = await world.ask(isApi ? place : `/en${place}`, { method: route.method, body, headers: { ...nextVisitor(), ...headers, ...type } })
    await note(met, `${route.method} ${place}`, answer)
  })
}

/** Asks for each marker, by which its place would be told even if it is not shown: by a count, a suggestion, another answer than for what is not there. */
async function searchFor(world: World, { headers }: Asker, wanted: readonly string[], met: Met) {
  const ask = async (path: string) => {
    const answer = await world.ask(path, { headers: { ...nextVisitor(), ...headers } })
    return `${answer.status} ${(await answer.text()).replaceAll(answer.headers.get('x-request-id') ?? '-', '')}`
  }
  for (const path of ['/api/v1/search?q=', '/en/members?q=']) {
    const nothing = (await ask(path + noMarker)).replaceAll(noMarker, '')
    for (const marker of path.startsWith('/api/') ? wanted : wanted.filter((_, index) => index % 10 === 0)) {
      const told = (await ask(path + marker)).replaceAll(marker, '')
      if (told !== nothing && !met.has(marker)) met.set(marker, `${path}${marker} (its answer)`)
    }
  }
}

/** Keeps the markers of an answer: of its head, where file names and addresses stand, and of its body, unpacked if it is a workbook. */
async function note(met: Met, path: string, answer: Response): Promise<string> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const parts = isZip ? Object.values(unzipSync(bytes)) : [bytes]
  const text = parts.map((part) => Buffer.from(part).toString('utf8')).join('\n')
  for (const [marker] of `${text}\n${JSON.stringify([...answer.headers])}`.matchAll(markers)) if (!met.has(marker)) met.set(marker, path)
  return isZip ? '' : text
}

function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const [, language, list, key, ...rest] = pathname.split('/')
  return [language === 'api' ? pathname.replace(/^\/api\/v1\/record/, 'api') : `/${list}`, key === undefined ? '' : '*', ...rest, ...searchParams.keys()].join(
    '/',
  )
}
