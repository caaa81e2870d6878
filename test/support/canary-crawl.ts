import { unzipSync } from 'fflate'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { nextVisitor, type Asker } from './actors.ts'
import { noMarker, markers } from './canary.ts'
import { hiddenKey } from './hidden.ts'
import { anyKind, bodyOf, placeOf, routesOf } from './requests.ts'
import type { Stage } from './stage.ts'
import type { World } from './world.ts'

/** Pages that differ in a key only are alike: so many of each are looked at; of the public record by most one. Of what is somebody's own, all. */
const ofEachKind = 2
/** Who looks at each kind of entry; to the others all kinds, which one piece of code answers (see the grid), are one. */
const thorough = new Set(['public', 'guest'])
/** Who asks the search for everything. */
const searching = new Set(['public', 'former', 'guest', 'secretariat'])
/** So many pages of a list of one's own that differ in a filter. */
const ofEachFilter = 20
const own = /^\/(account|applications|claims|desk|members)\b/
/** A path without its language; data have none. */
const bare = (path: string) => path.replace(/^\/(en|es|zh|vi)(?=[/?]|$)/, '')
const isData = (path: string) => path.startsWith('/api/') || /^[^?]*\.\w+(\?|$)/.test(path)

/** Whoever has its address reads it with the rights of its person, so that one alone walks there. */
const [secretFeed, feedOwner] = ['/feeds/matches/:secret', 'editor']

/** What somebody met, and where first. */
export type Met = Map<string, string>

/** In which languages each kind of page was walked by somebody, and by whom it can be asked in the others. */
export type Walked = Map<string, { languages: Set<Language>; asker: Asker; path: string }>

/**
 * Walks all over the site as somebody: every link from every page, every path of the API and download, forms sent wrongly; and asks the search for markers.
 * Each page is asked in one language, the next of its kind and the next actor's in another; `walked` keeps which, for `walkTheRest`.
 */
export async function crawl(world: World, stage: Stage, asker: Asker, wanted: readonly string[], walked: Walked): Promise<Met> {
  const met: Met = new Map()
  const kinds = new Map<string, number>()
  const seen = new Set<string>()
  const queue: string[] = []
  const turn = stage.askers.indexOf(asker)
  const ofRecord = thorough.has(asker.name) ? ofEachKind : 1
  const add = (address: string) => {
    const path = bare(address) || '/'
    const kind = thorough.has(asker.name) ? kindOf(path) : kindOf(path).replace(anyKind, '/<kind>')
    const nth = kinds.get(kind) ?? 0
    const isOwn = own.test(path)
    const most = path.includes('cursor=') || (isOwn && !path.includes('?')) ? Infinity : isOwn ? ofEachFilter : anyKind.test(path) ? ofRecord : ofEachKind
    if (seen.has(path) || nth >= most) return
    kinds.set(kind, nth + 1)
    seen.add(path)
    const language = languages[(turn + nth) % languages.length] ?? 'en'
    queue.push(isData(path) ? path : inLanguage(path, language))
    if (isData(path)) return
    const all = walked.get(kindOf(path).replace(anyKind, '/<kind>')) ?? { languages: new Set(), asker, path }
    all.languages.add(language)
    walked.set(kindOf(path).replace(anyKind, '/<kind>'), all)
  }
  for (const path of ['/', ...hiddenPaths]) add(path)
  const reads = routesOf(world).filter(
    ({ method, path }) => method === 'GET' && !path.startsWith('/assets/') && (path !== secretFeed || asker.name === feedOwner),
  )
  for (const route of reads) add(placeOf(world, route, stage.targets))
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const answer = await world.ask(path, { headers: { ...nextVisitor(), ...asker.headers } })
    const text = await note(met, path, answer)
    if ((answer.headers.get('content-type') ?? '').startsWith('text/html'))
      for (const [, href] of text.matchAll(/(?:href|src|action)="(\/(?:en|es|zh|vi|api)[/?][^"#]*)"/g)) add((href ?? '').replaceAll('&amp;', '&'))
    const next = answer.headers.get('location')
    if (next !== null && /^\/(en|es|zh|vi)(\/|$)/.test(next)) add(next)
  }
  const language = languages[turn % languages.length] ?? 'en'
  for (const route of routesOf(world).filter(({ method }) => method !== 'GET')) await sendWrongly(world, stage, asker, route, { language, met })
  // Whom the search gives more, or once gave more, asks for each marker; the others for a third of them each, so that each is asked for by many.
  const asked = searching.has(asker.name) ? wanted : wanted.filter((_, index) => index % 3 === turn % 3)
  await searchFor(world, asker, asked, { language, met })
  return met
}

/** Asks each kind of page in the languages in which nobody has. @returns what each actor met beside what they had */
export async function walkTheRest(world: World, walked: Walked): Promise<{ actor: string; met: Met }[]> {
  const all: { actor: string; met: Met }[] = []
  for (const { languages: done, asker, path } of walked.values())
    for (const language of languages.filter((each) => !done.has(each))) {
      const met: Met = new Map()
      const address = inLanguage(path, language)
      await note(met, address, await world.ask(address, { headers: { ...nextVisitor(), ...asker.headers } }))
      done.add(language)
      all.push({ actor: asker.name, met })
    }
  return all
}

const inLanguage = (path: string, language: Language) => `/${language}${path === '/' ? '' : path.replace(/^\/(?=\?)/, '')}`

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
async function sendWrongly(
  world: World,
  stage: Stage,
  { headers }: Asker,
  route: Parameters<typeof bodyOf>[0],
  { language, met }: { language: Language; met: Met },
) {
  const place = placeOf(world, route, stage.targets)
  const isApi = place.startsWith('/api/')
  const fields = { id: 'x', version: '999', reason: '', text: '', email: 'x', role: 'x', q: 'x' }
  const body = isApi ? JSON.stringify(fields) : new URLSearchParams(fields)
  const type = isApi ? { 'content-type': 'application/json' } : { 'sec-fetch-site': 'same-origin' }
  await world.trial(async () => {
    const answer = await world.ask(isApi ? place : `/${language}${place}`, { method: route.method, body, headers: { ...nextVisitor(), ...headers, ...type } })
    await note(met, `${route.method} ${place}`, answer)
  })
}

/** Asks for each marker, by which its place would be told even if it is not shown: by a count, a suggestion, another answer than for what is not there. */
async function searchFor(world: World, { headers }: Asker, wanted: readonly string[], { language, met }: { language: Language; met: Met }) {
  const ask = async (path: string) => {
    const answer = await world.ask(path, { headers: { ...nextVisitor(), ...headers } })
    return `${answer.status} ${(await answer.text()).replaceAll(answer.headers.get('x-request-id') ?? '-', '')}`
  }
  for (const path of ['/api/v1/search?q=', `/${language}/members?q=`]) {
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

/** The kind of a page, from its path without a language. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const [, list, key, ...rest] = pathname.split('/')
  return [list === 'api' ? pathname.replace(/^\/api\/v1\/record/, 'api') : `/${list}`, key === undefined ? '' : '*', ...rest, ...searchParams.keys()].join('/')
}
