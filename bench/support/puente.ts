import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'
import { loginName, ownerName, startPostgres } from '../../test/support/postgres.ts'
import { atEnd, atExit } from './ending.ts'
import { startServer, temporaryFolder, type Listening } from './processes.ts'

/** The limiter stays on and counts, but lets through as much as it can be set to, in requests a minute: all load comes from one address. */
const rate = '999999'

/** Starts Puente as an operator does, once on each engine, each with the record that comes with it. */
export async function startPuente(say: (line: string) => void): Promise<Listening[]> {
  say('Starting Puente on the embedded engine …')
  const embedded = await serve('Puente, embedded', {})
  say('Starting Puente on PostgreSQL …')
  const postgres = await serve('Puente, PostgreSQL', await makeDatabase())
  return [embedded, postgres]
}

const serve = (name: string, env: Record<string, string>) =>
  startServer(name, [join(root, 'bin', 'puente.mjs'), 'serve'], {
    PORT: '0',
    HOST: '127.0.0.1',
    PUENTE_DATA: temporaryFolder(),
    PUENTE_RATE: rate,
    ...env,
  })

async function makeDatabase(): Promise<Record<string, string>> {
  const starting = startPostgres()
  atEnd(() =>
    starting.then(
      ({ stop }) => stop(),
      () => undefined,
    ),
  )
  const server = await starting
  atExit(() => rmSync(server.directory, { recursive: true, force: true }))
  await server.admin(`create database puente_bench owner ${ownerName}`)
  return { DATABASE_URL: server.url(loginName, 'puente_bench'), DATABASE_OWNER_URL: server.url(ownerName, 'puente_bench') }
}
