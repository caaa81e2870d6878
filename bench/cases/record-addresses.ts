import { get } from 'node:http'
import { json } from 'node:stream/consumers'
import { busyKey, manyKey } from '../fixtures/record.ts'
import { ownWord } from '../fixtures/words.ts'

/** A server with a record on it. */
export type Site = {
  url: string
  /** Organizations of the made-up record; `undefined`: the record that comes with Puente. */
  made: number | undefined
  /** Keys of organizations from all over the list. */
  keys: string[]
  /** An address in the middle of the list of organizations, a whole page. */
  deep: string
}

/** What each case asks for, in turn. No addresses: the record has nothing like it. */
export const addresses: Record<string, (site: Site) => string[]> = {
  home: () => ['/'],
  'list-first': () => ['/organizations'],
  'list-deep': ({ deep }) => [deep],
  'list-country': () => ['CU', 'CN', 'VN'].map((country) => `/organizations?country=${country}`),
  'list-kind': () => ['hospital', 'institute', 'enterprise'].map((kind) => `/organizations?kind=${kind}`),
  'list-disputed': () => ['/organizations?disputed=yes'],
  'list-not-disputed': () => ['/organizations?disputed=no'],
  'list-field': () => ['/organizations?field=website'],
  'list-words': (site) => [...rare(site), 'vaccine', 'cuba'].map((word) => `/organizations?q=${word}`),
  'list-agreements': () => ['/agreements'],
  'list-partner': ({ keys, made }) => [made === undefined ? 'cigb' : busyKey, ...keys.slice(0, 5)].map((key) => `/agreements?organization=${key}`),
  'list-as-of': () => ['/organizations?as_of=2010', '/agreements?as_of=2010', '/events?period=2010'],
  'list-known-at': () => ['/organizations?known_at=2012', '/agreements?as_of=2010&known_at=2012'],
  'list-api': () => ['/api/v1/record/organizations'],
  'entry-small': ({ keys }) => keys.map((key) => `/organizations/${key}`),
  'entry-large': ({ made }) => (made === undefined ? [] : [`/organizations/${manyKey}`]),
  'entry-busy': ({ made }) => [`/organizations/${made === undefined ? 'biocubafarma' : busyKey}`],
  'entry-as-of': ({ keys }) => keys.map((key) => `/organizations/${key}?as_of=2010&known_at=2015`),
  'entry-api': ({ keys }) => keys.map((key) => `/api/v1/record/organizations/${key}`),
  source: ({ made }) => [...Array(9).keys()].map((n) => `/sources/${made === undefined ? `w00${n + 1}` : `example-source-${n}`}`),
  disputes: () => ['/disputes'],
  history: ({ keys }) => keys.slice(0, 10).map((key) => `/organizations/${key}/history`),
  map: () => ['/map', '/map?country=CU'],
  timeline: () => ['/timeline', '/timeline?period=2010/2020'],
  network: () => ['/network'],
  charts: () => ['/flows/charts'],
  matrix: () => ['/products/matrix'],
  ladder: () => ['/agreements/ladder'],
  venture: ({ made }) => (made === undefined ? ['/ventures/v-bpl', '/ventures/v-labiofam-hoasen'] : [1, 2, 3, 4].map((n) => `/ventures/example-venture-${n}`)),
  record: () => ['/record'],
  'search-rare': (site) => rare(site).map((word) => `/search?q=${word}`),
  'search-common': () => ['/search?q=vaccine', '/search?q=biotechnology'],
  'search-very-common': () => ['/search?q=cuba'],
  'search-chinese': () => ['/search?q=%E7%96%AB%E8%8B%97'],
  'search-vietnamese': () => ['/search?q=c%C3%B4ng%20ngh%E1%BB%87%20sinh%20h%E1%BB%8Dc'],
}

/** Words that name one thing. */
const rare = ({ made }: Site): string[] =>
  made === undefined ? ['cigb', 'labiofam', 'heberprot', 'mincex', 'finlay'] : [...Array(40).keys()].map((n) => ownWord(Math.floor((n * made) / 40)))

/** How deep into the list of organizations the deep page lies, in pages, if there are as many. */
const depth = 100

/** Looks around on a server: what its organizations are called, where the middle of the list is. */
export async function visit(url: string, made: number | undefined): Promise<Site> {
  const keys: string[] = []
  let deep = '/organizations'
  for (let page = 0, cursor: string | null = ''; page < depth && cursor !== null; page++) {
    const list: { items: { key: string }[]; next: string | null } = await ask(`${url}/api/v1/record/organizations${cursor === '' ? '' : `?cursor=${cursor}`}`)
    keys.push(...list.items.map(({ key }) => key).slice(0, page === 0 ? 50 : 5))
    // The last page is shorter than the others, and so would be its figure.
    if (cursor !== '' && list.next !== null) deep = `/organizations?cursor=${cursor}`
    cursor = list.next
  }
  // The one that much is claimed about has a case of its own.
  return { url, made, keys: keys.filter((key) => key !== manyKey && key !== busyKey), deep }
}

const ask = <T>(url: string): Promise<T> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      if (response.statusCode === 200) resolve(json(response) as Promise<T>)
      else reject(new Error(`${url} answered ${response.statusCode}`))
    }).once('error', reject)
  })
