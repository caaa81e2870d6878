import type { AddressInfo } from 'node:net'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { listen, stopListening } from '../../src/platform/http/server.ts'
import { launchBrowser } from './browser.ts'
import { makeWorld, type Prepare, type World } from './world.ts'

/** A world on a real port, and a browser to look at it. */
export type Site = { world: World; base: string; browser: Browser }

/** Puts a fresh world on a port and starts the browser, once for all tests of a file. */
export function onTheWeb(settings?: Record<string, string>, prepare?: Prepare): () => Site {
  let site: Site | undefined
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    const world = await makeWorld('embedded', settings, prepare)
    ends.unshift(world.close)
    const server = await listen(world.app, '127.0.0.1', 0)
    ends.unshift(() => stopListening(server))
    const browser = await launchBrowser()
    ends.unshift(() => browser.close())
    site = { world, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, browser }
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })
  return () => {
    if (!site) throw new Error('the site is up before the first test')
    return site
  }
}

export type PageKind = { kind: string; path: string; status: number; sentEmpty?: string }

/** What `withListings` makes, under addresses that are known before. */
export const [shownOffer, shownNeed, shownCall] = [1, 2, 3].map((n) => `01900000-0000-7000-8000-00000000000${n}`) as [string, string, string]

/** One page of each kind that a visitor may meet; there is a member where `withOneMember` made it, and what it shows where `withListings` did. */
export const pageKinds: readonly PageKind[] = [
  { kind: 'the home page', path: '/', status: 200 },
  { kind: 'the list of organizations', path: '/organizations', status: 200 },
  { kind: 'an organization', path: '/organizations/cigb', status: 200 },
  { kind: 'the agreements of an organization', path: '/agreements?organization=cigb', status: 200 },
  { kind: 'the list of agreements', path: '/agreements', status: 200 },
  { kind: 'an agreement', path: '/agreements/a-001', status: 200 },
  { kind: 'the list of ventures', path: '/ventures', status: 200 },
  { kind: 'a venture in dispute', path: '/ventures/v-labiofam-hoasen', status: 200 },
  { kind: 'a facility at another time', path: '/facilities/f-bpl-beijing?as_of=2010&known_at=2020', status: 200 },
  { kind: 'the list of flows', path: '/flows?period=2016', status: 200 },
  { kind: 'an authorization', path: '/authorizations/z-041', status: 200 },
  { kind: 'an initiative', path: '/initiatives/vn-cu-network', status: 200 },
  { kind: 'the disputes', path: '/disputes', status: 200 },
  { kind: 'a dispute', path: '/disputes/k-007', status: 200 },
  { kind: 'the record by kind', path: '/record', status: 200 },
  { kind: 'the list of sources', path: '/sources', status: 200 },
  { kind: 'a source', path: '/sources/w001', status: 200 },
  { kind: 'a search with results', path: '/search?q=vaccine', status: 200 },
  { kind: 'a search with a slip in it', path: '/search?q=biotecnolgia', status: 200 },
  { kind: 'a search without results', path: '/search?q=zzzz', status: 200 },
  { kind: 'the map with a place chosen', path: '/map?place=havana', status: 200 },
  { kind: 'the timeline of some years', path: '/timeline?period=2016', status: 200 },
  { kind: 'the network', path: '/network', status: 200 },
  { kind: 'the charts of flows', path: '/flows/charts', status: 200 },
  { kind: 'the products by country', path: '/products/matrix', status: 200 },
  { kind: 'the agreements by step', path: '/agreements/ladder', status: 200 },
  { kind: 'the agreements on one step', path: '/agreements/ladder?step=signed', status: 200 },
  { kind: 'the history of an entry', path: '/ventures/v-bpl/history', status: 200 },
  { kind: 'the correction form', path: '/corrections/new', status: 200 },
  { kind: 'the correction form sent empty', path: '/corrections/new', status: 422, sentEmpty: '/corrections' },
  { kind: 'the thanks for a correction', path: '/corrections/sent', status: 200 },
  { kind: 'the form that reports a page', path: '/reports/new?about=%2Ftimeline', status: 200 },
  { kind: 'the form that reports a page, sent empty', path: '/reports/new', status: 422, sentEmpty: '/reports' },
  { kind: 'the thanks for a report', path: '/reports/sent', status: 200 },
  { kind: 'the list of members', path: '/members', status: 200 },
  { kind: 'the list of members that nothing fits', path: '/members?q=zzzz', status: 200 },
  { kind: 'a member', path: '/members/example-hospital', status: 200 },
  { kind: 'offers and needs', path: '/exchange', status: 200 },
  { kind: 'offers of one field and country', path: '/exchange?direction=offer&pillar=production&country=CN', status: 200 },
  { kind: 'offers and needs that nothing fits', path: '/exchange?q=zzzz', status: 200 },
  { kind: 'an offer', path: `/listings/${shownOffer}`, status: 200 },
  { kind: 'a need in another language', path: `/listings/${shownNeed}`, status: 200 },
  { kind: 'the counterparts of an offer', path: `/listings/${shownOffer}/matches`, status: 200 },
  { kind: 'calls for urgent needs', path: '/calls', status: 200 },
  { kind: 'past calls', path: '/calls?state=past&kind=outbreak', status: 200 },
  { kind: 'a call for urgent needs', path: `/calls/${shownCall}`, status: 200 },
  { kind: 'the listings of a member', path: '/members/example-hospital/listings', status: 200 },
  { kind: 'the application form', path: '/apply', status: 200 },
  { kind: 'the application form sent empty', path: '/apply', status: 422, sentEmpty: '/apply' },
  { kind: 'the thanks for an application', path: '/apply/sent', status: 200 },
  { kind: 'the areas of the vocabulary', path: '/concepts', status: 200 },
  { kind: 'a search in the vocabulary', path: '/concepts?q=anticuerpo', status: 200 },
  { kind: 'a search in the vocabulary without results', path: '/concepts?q=zzzz', status: 200 },
  { kind: 'a concept', path: '/concepts/monoclonal-antibody', status: 200 },
  { kind: 'the area of a concept', path: '/concepts/biologics', status: 200 },
  { kind: 'the thanks for a proposal', path: '/concepts/proposals/sent', status: 200 },
  { kind: 'signing in', path: '/sign-in', status: 200 },
  { kind: 'asking for a new password', path: '/password', status: 200 },
  { kind: 'a page that is not there', path: '/nowhere', status: 404 },
]

/** The address of a page in a language, as its own links write it. */
export const addressOf = (language: Language, path: string) => `/${language}${path === '/' ? '' : path}`

/** Brings a page of a kind before the visitor; the answer is that of the page last seen. */
export async function openKind(page: Page, { base }: Site, language: Language, { path, sentEmpty }: PageKind): Promise<Response> {
  const answer = await page.goto(base + addressOf(language, path))
  if (!answer) throw new Error(`nothing answers at ${path}`)
  if (sentEmpty === undefined) return answer
  const [refused] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.locator('.form button').click()])
  await page.waitForURL(base + addressOf(language, sentEmpty))
  return refused
}
