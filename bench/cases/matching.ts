import { thePublic } from '../../src/platform/access/actor.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { readWording } from '../fixtures/listing-texts.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type { Benchmark, Options, Result } from '../support/benchmark.ts'
import { serve } from '../support/puente.ts'
import { cpuOf, sessionsOf } from '../support/cpu.ts'
import { load, poolOf } from '../support/load.ts'
import { markdownTable } from '../support/table.ts'
import { openPeers, type Peer } from '../peers/listings.ts'
import { questionsOf, readingsOf } from '../fixtures/listing-questions.ts'
import { openListings, type ListingsSite } from './listings-site.ts'
import { memoryOf } from '../support/memory.ts'
import { publishAndMatch } from './publishing.ts'

const engines = ['embedded', 'PostgreSQL'] as const
const sizes = { usual: { embedded: 10_000, PostgreSQL: 10_000 }, large: { embedded: 20_000, PostgreSQL: 1_000_000 } }

type Row = { case: string; engine: string; listings: number; n: number; p50: number; p95: number; cpu: number; failures: number }
type Memory = { engine: string; listings: number; started: number; after: number; peak: number }

/** Many listings: how long one takes to be published and to have its counterparts, how long pages take to be read, and what the server holds in memory. */
export const matching: Benchmark = {
  name: 'matching',
  cases: engines.map((engine) => `matching-${engine.toLowerCase()}`),
  run: async (chosen, options) => {
    const rows: Row[] = []
    const memory: Memory[] = []
    for (const engine of engines.filter((each) => chosen.includes(`matching-${each.toLowerCase()}`))) {
      const listings = options.size ?? sizes[options.large ? 'large' : 'usual'][engine]
      options.say(`Making ${listings} listings, ${engine} …`)
      const site = await openListings(engine, listings, options.kept, options.say)
      const measured = await measureSite(site, options)
      rows.push(...measured.rows)
      memory.push(measured.held)
    }
    return resultOf(rows, memory)
  },
}

export const resultOf = (rows: readonly Row[], memory: readonly Memory[]): Result => ({
  tables: [tableOf(rows), memoryTable(memory)],
  rows: [...rows, ...memory],
  failures: rows.reduce((sum, { failures }) => sum + failures, 0),
})

export async function measureSite(site: ListingsSite, options: Options): Promise<{ rows: Row[]; held: Memory }> {
  const { pages, held } = await measurePages(site, options)
  options.say(`Publishing, ${site.engine} …`)
  const { times, cpu } = await publishAndMatch(site, options.seconds)
  return { rows: [...pages, rowOf('publish and match', site, times, cpu), ...(await measurePeers(site, options))], held }
}

/** One request after the other, each called by another name so that no answer was kept; the first ones, which read from the disk, are not counted. */
async function measurePages(site: ListingsSite, { seconds, say }: Options): Promise<{ pages: Row[]; held: Memory }> {
  const { engine, listings } = site
  const server = await serve(`${engine}, ${listings} listings`, { ...site.settings, PUENTE_PROXIES: '1' })
  const started = memoryOf(server.pid).now
  const readings = readingsOf(listings)
  const pages: Row[] = []
  let asked = 0
  const spent = async () => (await cpuOf(server.url, site.server === undefined ? undefined : site.name)) ?? Number.NaN
  for (const [name, paths] of Object.entries(readings)) {
    say(`Measuring ${name}, ${engine} …`)
    await warmUp(server.url, paths)
    const before = await spent()
    const sample = await load(server.url, paths, { seconds, connections: 1, fresh: true })
    const cpu = ((await spent()) - before) / sample.times.length
    const { p50, p95, failures } = poolOf([sample])
    asked += sample.times.length
    pages.push({ case: name, engine, listings, n: sample.times.length, p50, p95, cpu, failures })
  }
  const mixed = Object.values(readings).flat()
  while (asked < 200) asked += (await load(server.url, mixed, { seconds: 2, connections: 2, fresh: true })).times.length
  await wait(2000)
  const { now, peak } = memoryOf(server.pid)
  await server.stop()
  return { pages, held: { engine, listings, started, after: now, peak } }
}

/** Each address once, for so long: the first search makes what recognizes concepts. */
async function warmUp(url: string, paths: readonly string[]): Promise<void> {
  const end = performance.now() + 10_000
  for (const path of paths) {
    await (await fetch(url + path)).text()
    if (performance.now() > end) return
  }
}

async function measurePeers(site: ListingsSite, { say, seconds }: Options): Promise<Row[]> {
  const rows: Row[] = []
  const database = await openDatabase(readConfig(site.settings))
  const wording = await database.read(thePublic, readWording)
  await database.close()
  for (const open of openPeers(site)) {
    const peer: Peer = await open(say)
    for (const [name, ask] of Object.entries(peer.asks)) {
      say(`Measuring ${name}, ${peer.name} …`)
      const times: number[] = []
      const spent = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000 + sessionsOf(site.name)
      const before = spent()
      const end = performance.now() + seconds * 1000
      for (const question of questionsOf(wording, site.listings, name)) {
        if (times.length >= 5 && performance.now() > end) break
        const began = performance.now()
        await ask(question)
        times.push(performance.now() - began)
      }
      rows.push(rowOf(name, { engine: peer.name, listings: site.listings }, times, (spent() - before) / times.length))
    }
    await peer.end()
  }
  return rows
}

const at = (times: readonly number[], share: number) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN
const rowOf = (name: string, { engine, listings }: { engine: string; listings: number }, times: readonly number[], cpu: number): Row => ({
  case: name,
  engine,
  listings,
  n: times.length,
  p50: at(times, 0.5),
  p95: at(times, 0.95),
  cpu,
  failures: 0,
})

const tableOf = (rows: readonly Row[]) =>
  markdownTable(
    ['case', 'by', 'listings', 'asked', 'p50 ms', 'p95 ms', 'processor ms', 'of that of Puente on PostgreSQL'],
    rows.map(({ case: name, engine, listings, n, p50, p95, cpu }) => {
      const own = rows.find((each) => each.case === name && each.listings === listings && each.engine === 'PostgreSQL')
      return [
        name,
        engine,
        listings.toLocaleString('en'),
        n.toLocaleString('en'),
        p50.toFixed(1),
        p95.toFixed(1),
        cpu.toFixed(1),
        own && own.engine !== engine ? `${(cpu / own.cpu).toFixed(2)} ×` : '',
      ]
    }),
    2,
  )

const memoryTable = (rows: readonly Memory[]) => {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
  return markdownTable(
    ['server', 'listings', 'started, MB', 'after the requests, MB', 'at most, MB'],
    rows.map(({ engine, listings, started, after, peak }) => [engine, listings.toLocaleString('en'), megabytes(started), megabytes(after), megabytes(peak)]),
    1,
  )
}
