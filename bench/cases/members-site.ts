import { openDatabase } from '../../src/platform/db/open.ts'
import { readConfig } from '../../src/platform/config.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { setPassword } from '../../src/platform/access/accounts.ts'
import { hashPassword } from '../../src/platform/access/passwords.ts'
import { startSession } from '../../src/platform/access/sessions.ts'
import { openEmbedded } from '../../src/platform/db/embedded.ts'
import { openPostgres } from '../../src/platform/db/postgres.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { firstLink, makeFirst } from '../../src/modules/members/actions/first.ts'
import { readNetwork } from '../../src/modules/members/store/networks.ts'
import { sql } from 'kysely'
import { busyPersons, idOf, writeMembers } from '../fixtures/members.ts'
import { runProgram } from '../support/processes.ts'
import { embeddedSettings, postgresSettings, program, serve } from '../support/puente.ts'

export const password = 'bread under seven bridges'
/** Accounts that have this password, among the made-up ones. */
export const signers = 60
const from = { address: '127.0.0.1', agent: 'Example Browser 1.0' }

/** A server with members on it. */
export type MembersSite = {
  engine: 'embedded' | 'PostgreSQL'
  members: number
  url: string
  database: string | undefined
  /** How long writing the members took, in seconds. */
  seconds: number
  /** Cookies of people signed in: the secretariat, and who has so many roles. */
  cookies: { secretariat: string } & Record<keyof typeof busyPersons, string>
  /** How long it takes to say under which names somebody acts, and in which spaces that lets them, by their roles; in milliseconds, each once. */
  principals: Record<keyof typeof busyPersons, number[]>
}

/** Makes an instance with so many members, and starts the server on it. */
export async function openSite(engine: MembersSite['engine'], members: number): Promise<MembersSite> {
  const name = engine === 'embedded' ? undefined : `puente_bench_members_${members}`
  const settings = { ...(name === undefined ? embeddedSettings() : await postgresSettings(name)), PUENTE_PROXIES: '1' }
  await runProgram([program, 'migrate'], settings)
  const config = readConfig(settings)
  const database = await openDatabase(config)
  const link = (await firstLink(database)) ?? ''
  const made = await makeFirst(
    database,
    link.slice('/first/'.length),
    { email: 'ana@secretariat.example.org', name: 'Ana Ejemplo', password, language: 'en' },
    from,
  )
  if (typeof made !== 'string') throw new Error('no administrator')
  const network = await database.read(operator, readNetwork)
  await database.close()
  if (!network) throw new Error('no network')

  const began = performance.now()
  const opened = config.postgres ? await openPostgres(config.postgres) : await openEmbedded(config.data)
  await writeMembers(opened.ownerPool, members, network)
  await opened.close()
  const seconds = (performance.now() - began) / 1000

  const prepared = await openDatabase(config)
  await prepared.vacuum()
  const cookies = await signIn(prepared, made)
  const principals = await measurePrincipals(prepared)
  await prepared.close()
  const { url } = await serve(`${engine}, ${members} members`, settings)
  return { engine, members, url, database: name, seconds, cookies, principals }
}

const names = Object.keys(busyPersons) as (keyof typeof busyPersons)[]

async function signIn(database: Database, secretariat: string): Promise<MembersSite['cookies']> {
  const hash = await hashPassword(password)
  const tokens = await database.write(operator, async (db) => {
    for (let n = 0; n < signers; n++) await setPassword(database, db, idOf('d', n), hash)
    const found: string[] = []
    for (const index of names.keys()) found.push((await startSession(database, db, idOf('f', index), from)).token)
    return found
  })
  const [one = '', fifty = '', thousand = ''] = tokens.map((token) => `puente=${token}`)
  return { secretariat: `puente=${secretariat}`, one, fifty, thousand }
}

const turns = 40

async function measurePrincipals(database: Database): Promise<MembersSite['principals']> {
  const times: MembersSite['principals'] = { one: [], fifty: [], thousand: [] }
  for (const [index, name] of names.entries()) {
    const actor = { kind: 'person', id: idOf('f', index), name: '', language: 'en', session: '' } as const
    await database.read(actor, async (db) => {
      for (let turn = 0; turn < turns; turn++) {
        const began = performance.now()
        await sql`select app.principals(), app.spaces('read')`.execute(db)
        times[name].push(performance.now() - began)
      }
    })
  }
  return times
}
