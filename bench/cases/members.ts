import { isPassword, hashPassword } from '../../src/platform/access/passwords.ts'
import { idOf, memberKey } from '../fixtures/members.ts'
import { ownWord } from '../fixtures/words.ts'
import { fetchAnswer, type Answer } from '../support/answer.ts'
import type { Benchmark, Options } from '../support/benchmark.ts'
import { cpuOf } from '../support/cpu.ts'
import { load, poolOf } from '../support/load.ts'
import { startPeers } from '../support/peers.ts'
import type { Listening } from '../support/processes.ts'
import { markdownTable, percent, whole } from '../support/table.ts'
import { openSite, password, signers, type MembersSite } from './members-site.ts'

const engines = ['embedded', 'PostgreSQL'] as const
/** Members: few, as a network has when it begins, and many. */
const sizes = { few: 100, usual: { embedded: 2000, PostgreSQL: 10_000 }, large: { embedded: 20_000, PostgreSQL: 100_000 } }
const share = 0.2
const warmUp = 0.3

type Case = { as?: keyof MembersSite['cookies']; paths: (site: MembersSite, deep: string) => string[] }

const some = ({ members }: MembersSite) => Array.from({ length: 20 }, (_, n) => Math.floor((n * members) / 20))
const words = (...typed: string[]) => typed.map((word) => `/members?q=${encodeURIComponent(word)}`)

const pages: Record<string, Case> = {
  directory: { paths: () => ['/members'] },
  'directory-deep': { paths: (_, deep) => [deep] },
  'directory-country': { paths: () => ['CU', 'CN', 'VN', 'KH'].map((country) => `/members?country=${country}`) },
  'directory-kind': { paths: () => ['hospital', 'ministry'].map((kind) => `/members?kind=${kind}`) },
  'directory-pillar': { paths: () => ['research', 'production'].map((pillar) => `/members?pillar=${pillar}`) },
  'directory-network': { paths: () => ['/members?network=network'] },
  'directory-suspended': { paths: () => ['/members?state=suspended'] },
  'search-rare': { paths: (site) => words(...some(site).map(ownWord)) },
  'search-rare-chinese': { paths: (site) => words(...some(site).map((n) => `研究所${n}`)) },
  'search-rare-vietnamese': { paths: (site) => words(...some(site).map((n) => `Ví dụ ${ownWord(n)}`)) },
  'search-common': { paths: () => words('vaccine', 'hospital') },
  'search-common-chinese': { paths: () => words('疫苗', '医院') },
  'search-common-vietnamese': { paths: () => words('công nghệ sinh học', 'bệnh viện') },
  member: { paths: (site) => some(site).map((n) => `/members/${memberKey(n)}`) },
  'member-admin': { as: 'one', paths: () => [`/members/${memberKey(0)}`] },
  people: { as: 'one', paths: () => [`/members/${memberKey(0)}/people`] },
  'account-one': { as: 'one', paths: () => ['/account'] },
  'account-fifty': { as: 'fifty', paths: () => ['/account'] },
  'account-thousand': { as: 'thousand', paths: () => ['/account'] },
  desk: { as: 'secretariat', paths: () => ['/desk'] },
  queue: { as: 'secretariat', paths: () => ['/desk/applications'] },
  'queue-declined': { as: 'secretariat', paths: () => ['/desk/applications?state=declined'] },
  orphans: { as: 'secretariat', paths: () => ['/desk/members'] },
}

type Row = {
  case: string
  engine: string
  members: number
  p50: number
  p95: number
  cpu?: number | undefined
  ratio?: number | undefined
  perSecond?: number
  ofPeer?: number | undefined
  failures: number
}

/** Members at the number a network begins with and at the one it may grow to: signing in, the directory, pages for its people, the desk, on both engines. */
export const members: Benchmark = {
  name: 'members',
  cases: ['sign-in', 'principals', ...Object.keys(pages)],
  run: async (chosen, options) => {
    const rows: Row[] = []
    for (const engine of engines) {
      const sites: MembersSite[] = []
      for (const count of [sizes.few, sizes[options.large ? 'large' : 'usual'][engine]]) {
        options.say(`Making ${count} members, ${engine} …`)
        sites.push(await openSite(engine, count))
        options.say(`… in ${sites.at(-1)?.seconds.toFixed(1)} s`)
      }
      const large = sites.at(-1)
      const peer = large && (await startPeer(chosen, large))
      if (chosen.includes('principals')) rows.push(...sites.flatMap(principalRows))
      for (const name of chosen) {
        const found = pages[name]
        if (!found) continue
        options.say(`Measuring ${name}, ${engine} …`)
        rows.push(...(await measurePage(name, found, sites, peer, options)))
      }
      if (large && chosen.includes('sign-in')) rows.push(...(await measureSignIn(large, options)))
    }
    return { tables: [tableOf(rows)], rows, failures: rows.reduce((sum, row) => sum + row.failures, 0) }
  },
}

async function measurePage(
  name: string,
  { as, paths: pathsOf }: Case,
  sites: MembersSite[],
  peer: Listening | undefined,
  { seconds }: Options,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const site of sites) {
    const paths = pathsOf(site, await deepIn(site))
    const headers = headersOf(site, as)
    const { url } = site
    await load(url, paths, { seconds: warmUp, fresh: true, headers })
    const before = await cpuOf(url, site.database)
    const sample = await load(url, paths, { seconds: seconds * share, connections: 1, fresh: true, headers })
    const after = await cpuOf(url, site.database)
    const alone = poolOf([sample])
    const crowd = poolOf([await load(url, paths, { seconds: seconds * share, fresh: true, headers })])
    const cpu = before === undefined || after === undefined ? undefined : (after - before) / sample.times.length
    const base = rows[0]?.cpu
    const row: Row = {
      case: name,
      engine: site.engine,
      members: site.members,
      p50: alone.p50,
      p95: alone.p95,
      cpu,
      ratio: base && cpu && cpu / base,
      perSecond: crowd.requestsPerSecond,
      failures: alone.failures + crowd.failures,
    }
    if (peer && site === sites.at(-1))
      row.ofPeer = crowd.requestsPerSecond / poolOf([await load(peer.url, paths, { seconds: seconds * share })]).requestsPerSecond
    rows.push(row)
  }
  return rows
}

const headersOf = (site: MembersSite, as: Case['as']): Record<string, string> => (as ? { cookie: site.cookies[as] } : {})

/** A server of static files with what the larger site answers, in memory. */
async function startPeer(chosen: readonly string[], site: MembersSite): Promise<Listening | undefined> {
  const answers = new Map<string, Answer>()
  for (const name of chosen) {
    const [found, deep] = [pages[name], await deepIn(site)]
    for (const path of found?.paths(site, deep) ?? []) answers.set(path, await fetchAnswer(site.url, path, headersOf(site, found?.as)))
  }
  return (await startPeers([...answers.values()]))[0]
}

const deeps = new Map<string, string>()

/** An address in the middle of the directory. */
async function deepIn({ url, members: count }: MembersSite): Promise<string> {
  const known = deeps.get(url)
  if (known !== undefined) return known
  let deep = '/members'
  for (let page = 0; page < Math.min(100, Math.floor(count / 100)); page++) {
    const list = (await (await fetch(`${url}/api/v1${deep}`)).json()) as { next: string | null }
    if (list.next !== null) deep = `/members?cursor=${list.next}`
  }
  deeps.set(url, deep)
  return deep
}

const principalRows = ({ engine, members: count, principals }: MembersSite): Row[] =>
  Object.entries(principals).map(([name, times]) => {
    const { p50, p95 } = poolOf([{ duration: 1, times, failures: 0 }])
    return { case: `principals-${name}`, engine, members: count, p50, p95, failures: 0 }
  })

let addresses = 0

async function postSignIn(url: string, email: string, typed: string): Promise<{ status: number; time: number }> {
  const began = performance.now()
  const from = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses++ & 255}`
  const answer = await fetch(`${url}/en/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ email, password: typed }),
    headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from },
  })
  await answer.arrayBuffer()
  return { status: answer.status, time: performance.now() - began }
}

/** Does something over and over, by so many at once. */
async function repeat(seconds: number, atOnce: number, act: (n: number) => Promise<number | undefined>) {
  const times: number[] = []
  let [next, failures] = [0, 0]
  const began = performance.now()
  const work = async () => {
    while (performance.now() - began < seconds * 1000) {
      const time = await act(next++)
      if (time === undefined) failures += 1
      else times.push(time)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return poolOf([{ duration: (performance.now() - began) / 1000, times, failures }])
}

/** The right password, by ten at once; beside it the hash alone; then a wrong one, for addresses with and without an account. */
async function measureSignIn(site: MembersSite, { seconds, say }: Options): Promise<Row[]> {
  say(`Measuring sign-in, ${site.engine} …`)
  const { url, engine, members: count } = site
  const expect = (wanted: number) => (answer: { status: number; time: number }) => (answer.status === wanted ? answer.time : undefined)
  const known = (n: number) => `${idOf('d', n % signers)}@example.org`
  const hash = await hashPassword(password)
  const bare = await repeat(seconds * share, 10, async () => {
    const began = performance.now()
    return (await isPassword(password, hash)) ? performance.now() - began : undefined
  })
  const right = await repeat(seconds * share, 10, async (n) => expect(303)(await postSignIn(url, known(n), password)))
  const wrong: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  let failures = right.failures + bare.failures
  // In turns, so that what else the machine does falls on both.
  for (let n = 0; n < signers * 2; n++)
    for (const kind of ['known', 'unknown'] as const) {
      const time = expect(422)(await postSignIn(url, kind === 'known' ? known(n) : `nobody-${n}@example.org`, 'a wrong one again'))
      if (time === undefined) failures += 1
      else wrong[kind].push(time)
    }
  const row = (name: string, { p50, p95 }: { p50: number; p95: number }, more: Partial<Row> = {}): Row => ({
    case: name,
    engine,
    members: count,
    p50,
    p95,
    failures: 0,
    ...more,
  })
  const [knows, unknown] = [wrong.known, wrong.unknown].map((times) => poolOf([{ duration: 1, times, failures: 0 }]))
  if (!knows || !unknown) return []
  return [
    row('bare-hash', bare, { perSecond: bare.requestsPerSecond }),
    row('sign-in', right, { perSecond: right.requestsPerSecond, ofPeer: right.requestsPerSecond / bare.requestsPerSecond, failures }),
    row('sign-in-unknown', unknown),
    row('sign-in-known', knows, { ratio: knows.p50 / unknown.p50 }),
  ]
}

function tableOf(rows: Row[]): string {
  const head = ['case', 'engine', 'members', 'p50 ms', 'p95 ms', 'CPU ms', 'of few', 'made/s', 'of peer', 'failed']
  const lines = rows.map((row) => [
    row.case,
    row.engine,
    String(row.members),
    row.p50.toFixed(1),
    row.p95.toFixed(1),
    row.cpu?.toFixed(1) ?? '',
    row.ratio?.toFixed(2) ?? '',
    row.perSecond === undefined ? '' : whole(row.perSecond),
    row.ofPeer === undefined ? '' : percent(row.ofPeer),
    String(row.failures),
  ])
  return markdownTable(head, lines, 2)
}
