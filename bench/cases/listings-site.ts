import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { firstLink, makeFirst } from '../../src/modules/members/actions/first.ts'
import { readNetwork } from '../../src/modules/members/store/networks.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { openEmbedded } from '../../src/platform/db/embedded.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { openPostgres } from '../../src/platform/db/postgres.ts'
import { loginName, ownerName, startPostgres, type TestPostgres } from '../../test/support/postgres.ts'
import { putBack, takeOff, writeCopies, writeMatches, type TakenOff } from '../fixtures/listings-finish.ts'
import { mostTexts, writeFeatures, writeListings, type Place } from '../fixtures/listings.ts'
import { writeMembers } from '../fixtures/members.ts'
import { atEnd } from '../support/ending.ts'
import { runProgram, temporaryFolder } from '../support/processes.ts'
import { embeddedSettings, program, serve } from '../support/puente.ts'
import { password } from './members-site.ts'

export type ListingsSite = {
  engine: 'embedded' | 'PostgreSQL'
  listings: number
  settings: Record<string, string>
  name: string
  server: TestPostgres | undefined
}

/** What a server that has a database of this size to itself is given; the rest is as PostgreSQL comes. */
export const serverSettings = ['shared_buffers=1GB', 'maintenance_work_mem=512MB', 'max_wal_size=8GB', 'jit=off'].flatMap((each) => ['-c', each])
const readers = 2

/** An instance with so many published listings; with `kept` that of the last run, if it is whole. */
export async function openListings(
  engine: ListingsSite['engine'],
  listings: number,
  kept: string | undefined,
  say: (line: string) => void,
): Promise<ListingsSite> {
  const name = `puente_bench_listings_${listings}`
  if (engine === 'embedded') {
    const site = { engine, listings, name, settings: embeddedSettings(), server: undefined }
    await fill(site, say)
    return site
  }
  const server = await startPostgres(serverSettings, kept)
  atEnd(() => server.stop())
  return openOn(server, listings, say)
}

export async function openOn(server: TestPostgres, listings: number, say: (line: string) => void): Promise<ListingsSite> {
  const name = `puente_bench_listings_${listings}`
  const settings = { PUENTE_DATA: temporaryFolder(), DATABASE_URL: server.url(loginName, name), DATABASE_OWNER_URL: server.url(ownerName, name) }
  const site: ListingsSite = { engine: 'PostgreSQL', listings, name, settings, server }
  const isWhole = await server.admin('select 1 / (to_regclass($$bench.whole$$) is not null)::int', name).then(
    () => true,
    () => false,
  )
  if (isWhole) return site
  await server.admin(`drop database if exists ${name}`)
  if (listings <= mostTexts) {
    await server.admin(`create database ${name} owner ${ownerName}`)
    await fill(site, say)
  } else {
    const { name: source } = await openOn(server, mostTexts, say)
    await server.admin(`create database ${name} owner ${ownerName} template ${source} strategy file_copy`)
    await multiply(site, say)
  }
  return site
}

const membersOf = (listings: number) => (listings < mostTexts ? 200 : 1000)

/** Says how long each step begins after the first. */
function clock(say: (line: string) => void) {
  const began = performance.now()
  return (what: string) => say(`${((performance.now() - began) / 1000).toFixed(0)} s: ${what}`)
}

async function multiply({ listings, settings }: ListingsSite, say: (line: string) => void): Promise<void> {
  const step = clock(say)
  const database = await openDatabase(readConfig(settings))
  await database.asOwner((db) => sql`drop table bench.whole`.execute(db))
  const taken = await database.asOwner(takeOff)
  step(`${listings} listings`)
  await database.asOwner((db) => writeCopies(db, { texts: mostTexts, listings, members: membersOf(listings) }))
  await finish(database, { taken, from: mostTexts, listings, step })
}

async function finish(
  database: Database,
  { taken, from, listings, step }: { taken: TakenOff[]; from: number; listings: number; step: (what: string) => void },
): Promise<void> {
  step('their counterparts')
  await database.asOwner((db) => writeMatches(db, { from, listings }))
  for (const each of taken) {
    if (!each.definition.startsWith('FOREIGN')) step(each.name)
    await database.asOwner((db) => putBack(db, each))
  }
  await database.vacuum()
  await database.asOwner((db) => sql`create schema if not exists bench`.execute(db))
  await database.asOwner((db) => sql`create table bench.whole ()`.execute(db))
  await database.close()
  step('whole')
}

async function fill({ engine, listings, settings, name }: ListingsSite, say: (line: string) => void): Promise<void> {
  const step = clock(say)
  await runProgram([program, 'migrate'], settings)
  const config = readConfig(settings)
  const first = await openDatabase(config)
  const link = (await firstLink(first)) ?? ''
  const from = { address: '127.0.0.1', agent: 'Example Browser 1.0' }
  await makeFirst(first, link.slice('/first/'.length), { email: 'ana@secretariat.example.org', name: 'Ana Ejemplo', password, language: 'en' }, from)
  const network = await first.read(operator, readNetwork)
  if (!network) throw new Error('no network')
  await first.close()
  step('the record and the vocabulary')
  await (await serve(name, settings)).stop()
  const members = membersOf(listings)
  step(`${members} members`)
  const opened = config.postgres ? await openPostgres(config.postgres) : await openEmbedded(config.data)
  await writeMembers(opened.ownerPool, members, network)
  await opened.close()
  const main = await openDatabase(config)
  const place = { network: network.id, desk: network.desk, circle: await circleOf(main), members }
  step(`${listings} listings`)
  const taken = await main.asOwner(takeOff)
  const times =
    engine === 'embedded' ? [await writeListings(main, { from: 0, to: listings, total: listings, place })] : await readAside(settings, listings, place)
  step('what they are counted by')
  for (const each of times) await main.asOwner((db) => writeFeatures(db, each, 0))
  await main.asOwner((db) => writeFeatures(db, new Map(), listings))
  await finish(main, { taken, from: 0, listings, step })
}

async function circleOf(database: Database): Promise<string> {
  const { rows } = await database.asOwner((db) => sql<{ circle: string }>`select circle_id as circle from members.network`.execute(db))
  return rows[0]?.circle ?? ''
}

/** Some threads read and write a part each. */
async function readAside(settings: Record<string, string>, listings: number, place: Place): Promise<Map<string, number>[]> {
  const file = new URL('../fixtures/listings-worker.ts', import.meta.url)
  const share = Math.ceil(listings / readers)
  return Promise.all(
    Array.from(
      { length: readers },
      (_, n) =>
        new Promise<Map<string, number>>((resolve, reject) => {
          const workerData = { settings, from: n * share, to: Math.min(listings, (n + 1) * share), total: listings, place }
          new Worker(file, { workerData }).once('message', resolve).once('error', reject)
        }),
    ),
  )
}
