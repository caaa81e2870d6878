import { join } from 'node:path'
import { draftRecord } from '../../src/modules/record/sheets/draft.ts'
import { readSheets } from '../../src/modules/record/sheets/index.ts'
import { root } from '../../src/platform/root.ts'
import { writeRecord } from '../fixtures/record.ts'
import { fetchAnswer } from '../support/answer.ts'
import type { Benchmark, Options } from '../support/benchmark.ts'
import { cpuOf } from '../support/cpu.ts'
import { load, poolOf, type Sample } from '../support/load.ts'
import { startPeers } from '../support/peers.ts'
import { runProgram, temporaryFolder, type Listening } from '../support/processes.ts'
import { embeddedSettings, postgresSettings, program, serve } from '../support/puente.ts'
import { importTable, requestTable, type ImportRow, type RequestRow } from './record-tables.ts'
import { addresses, visit, type Site } from './record-addresses.ts'

const engines = ['embedded', 'PostgreSQL'] as const
type Engine = (typeof engines)[number]

/** Organizations of the made-up record; statements are ten times as many. */
const sizes = { usual: { embedded: 2000, PostgreSQL: 4000 }, large: { embedded: 20_000, PostgreSQL: 100_000 } }

/** How much of the time given each case takes: alone, and with ten connections at once. */
const share = 0.12
const warmUp = 0.3

/** A record in CSV files. */
type Fixture = { directory: string; made: number | undefined; rows: number; statements: number }
type Started = { engine: Engine; site: Site; database: string | undefined; imports: ImportRow }

/** The record at the size it has and at the one it may grow to: loading it, and every kind of address, on both engines. */
export const recordSize: Benchmark = {
  name: 'record-size',
  cases: ['import', ...Object.keys(addresses)],
  run: async (chosen, options) => {
    const real = await measureFixture(join(root, 'seeds', 'record'), undefined)
    const imports: ImportRow[] = []
    const requests: RequestRow[] = []
    for (const engine of engines) {
      const made = await makeFixture(sizes[options.large ? 'large' : 'usual'][engine], options)
      const started = [await fill(engine, real, options), await fill(engine, made, options)]
      const pages = chosen.filter((each) => each !== 'import')
      const peer = await startPeer(pages, started)
      for (const name of pages) {
        options.say(`Measuring ${name}, ${engine} …`)
        requests.push(...(await measureCase(name, started, peer, options)))
      }
      imports.push(...(await Promise.all(started.map(async (each) => ({ ...each.imports, memory: await memoryOf(each.site.url) })))))
    }
    const failures = requests.reduce((sum, row) => sum + row.failures, 0)
    return { tables: [importTable(imports), ...(requests.length > 0 ? [requestTable(requests)] : [])], rows: [...imports, ...requests], failures }
  },
}

async function makeFixture(organizations: number, { say }: Options): Promise<Fixture> {
  say(`Making up a record of ${organizations} organizations …`)
  const directory = temporaryFolder()
  await writeRecord(directory, organizations)
  return measureFixture(directory, organizations)
}

async function measureFixture(directory: string, made: number | undefined): Promise<Fixture> {
  const sheets = await readSheets(directory)
  const statements = draftRecord(sheets).entries.reduce((sum, { draft }) => sum + draft().statements.length, 0)
  const rows = Object.values(sheets)
    .flat()
    .reduce((sum, sheet) => sum + sheet.rows.length, 0)
  return { directory, made, rows, statements }
}

/** Loads a record into a new instance, loads it once more, and starts the server on it. */
async function fill(engine: Engine, fixture: Fixture, { say }: Options): Promise<Started> {
  const size = fixture.made === undefined ? 'real' : `${fixture.made}`
  say(`Loading ${fixture.rows} rows, ${fixture.statements} statements, ${engine} …`)
  const database = engine === 'embedded' ? undefined : `puente_bench_${size}`
  const settings = database === undefined ? embeddedSettings() : await postgresSettings(database)
  await runProgram([program, 'migrate'], settings)
  const first = await runProgram([program, 'import', 'record', fixture.directory], settings)
  const again = await runProgram([program, 'import', 'record', fixture.directory], settings)
  const server = await serve(`${engine}, ${size}`, settings)
  const imports = { engine, size, rows: fixture.rows, statements: fixture.statements, ...first, again: again.seconds, start: server.started, memory: 0 }
  return { engine, site: await visit(server.url, fixture.made), database, imports }
}

/** The server to compare with: answers what Puente answers with the made-up record, from memory. */
async function startPeer(cases: string[], started: Started[]): Promise<Listening | undefined> {
  const site = started.at(-1)?.site
  if (cases.length === 0 || site === undefined) return undefined
  const paths = cases.flatMap((name) => addresses[name]?.(site) ?? [])
  const answers = []
  for (const path of new Set(paths)) answers.push(await fetchAnswer(site.url, path))
  const [peer] = await startPeers(answers)
  return peer
}

async function measureCase(name: string, started: Started[], peer: Listening | undefined, { seconds }: Options): Promise<RequestRow[]> {
  const rows: RequestRow[] = []
  for (const { engine, site, database, imports } of started) {
    const paths = addresses[name]?.(site) ?? []
    if (paths.length === 0) continue
    const { gzipped } = await fetchAnswer(site.url, paths[0] ?? '/')
    await load(site.url, paths, { seconds: warmUp, fresh: true })
    const { alone, cpu } = await measureAlone(site.url, paths, database, seconds * share)
    const crowd = poolOf([await load(site.url, paths, { seconds: seconds * share, fresh: true })])
    const kept = poolOf([await load(site.url, paths, { seconds: seconds * share })])
    const ceiling = peer && site.made !== undefined ? poolOf([await load(peer.url, paths, { seconds: seconds * share })]).requestsPerSecond : undefined
    const base = rows.find((row) => row.case === name && row.engine === engine)
    rows.push({
      case: name,
      engine,
      size: imports.size,
      p50: alone.p50,
      p95: alone.p95,
      cpu,
      ratio: base?.cpu && cpu && cpu / base.cpu,
      requestsPerSecond: crowd.requestsPerSecond,
      kept: kept.requestsPerSecond,
      ofPeer: ceiling && kept.requestsPerSecond / ceiling,
      failures: alone.failures + crowd.failures + kept.failures,
      bytes: gzipped,
    })
  }
  return rows
}

/** How few answers are too few to tell anything. */
const fewest = 20
const mostTurns = 10

/** One request after the other, with nothing else to do for the server. */
async function measureAlone(url: string, paths: string[], database: string | undefined, seconds: number) {
  const before = await cpuOf(url, database)
  const samples: Sample[] = []
  const count = () => samples.reduce((sum, { times }) => sum + times.length, 0)
  while (count() < fewest && samples.length < mostTurns) samples.push(await load(url, paths, { seconds, connections: 1, fresh: true }))
  const after = await cpuOf(url, database)
  return { alone: poolOf(samples), cpu: before !== undefined && after !== undefined ? (after - before) / count() : undefined }
}

/** What the server holds in memory now, in bytes, as it says itself. */
async function memoryOf(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`)
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(await response.text())?.[1] ?? Number.NaN)
}
