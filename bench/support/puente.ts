import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'
import { loginName, ownerName, startPostgres, type TestPostgres } from '../../test/support/postgres.ts'
import { atEnd, atExit } from './ending.ts'
import { startServer, temporaryFolder, type Listening } from './processes.ts'

/** The limiter stays on and counts, but lets through as much as it can be set to, in requests a minute: all load comes from one address. */
const rate = '999999'

export const program = join(root, 'bin', 'puente.mjs')

/** Starts Puente as an operator does, once on each engine, each with the record that comes with it. */
export async function startPuente(say: (line: string) => void): Promise<Listening[]> {
  say('Starting Puente on the embedded engine …')
  const embedded = await serve('Puente, embedded', embeddedSettings())
  say('Starting Puente on PostgreSQL …')
  const postgres = await serve('Puente, PostgreSQL', await postgresSettings('puente_bench'))
  return [embedded, postgres]
}

/** Starts Puente on a data folder or database. */
export const serve = (name: string, settings: Record<string, string>) =>
  startServer(name, [program, 'serve'], { PORT: '0', HOST: '127.0.0.1', PUENTE_RATE: rate, ...settings })

/** The settings for a new instance on the embedded engine. */
export const embeddedSettings = (): Record<string, string> => ({ PUENTE_DATA: temporaryFolder() })

/** The settings for a new instance on PostgreSQL, in a database of its own. */
export async function postgresSettings(database: string): Promise<Record<string, string>> {
  const server = await benchPostgres()
  await server.admin(`create database ${database} owner ${ownerName}`)
  return { PUENTE_DATA: temporaryFolder(), DATABASE_URL: server.url(loginName, database), DATABASE_OWNER_URL: server.url(ownerName, database) }
}

let running: Promise<TestPostgres> | undefined

/** One server for all databases of a run. */
export const benchPostgres = (): Promise<TestPostgres> => (running ??= startServerOnce())

async function startServerOnce(): Promise<TestPostgres> {
  const starting = startPostgres()
  atEnd(() =>
    starting.then(
      ({ stop }) => stop(),
      () => undefined,
    ),
  )
  const server = await starting
  atExit(() => rmSync(server.directory, { recursive: true, force: true }))
  return server
}
