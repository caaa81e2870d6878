import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { principal, thePublic, type Actor } from '../../src/platform/access/actor.ts'
import type { Command } from '../../src/platform/cli/command.ts'
import { callServer, serveSocket } from '../../src/platform/cli/socket.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { seeds } from './record.ts'
import { vocabularySample } from './vocabulary-sample.ts'
import { sql, type World } from './world.ts'

/** How a command is called: its arguments and options, and what has to be called before it. */
export type Call = { args?: readonly string[]; options?: Record<string, string | boolean>; before?: readonly (Call & { path: string })[] }

const names = { en: 'North', es: 'Norte', zh: '北方', vi: 'Phía Bắc' }
const reason = { reason: 'The same, for a test.' }
const merged = { path: 'merge organization', args: ['cim', 'cimab'], options: reason }

/** A call of each command that finds what it asks for: `email` is somebody's address, `key` an API key. */
export function callsOf({ email, key }: { email: string; key: string }): Record<string, Call> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-commands-'))
  const at = (name: string) => join(folder, name)
  for (const language of ['en', 'es', 'zh', 'vi']) writeFileSync(at(`${language}.md`), 'Be fair.\n')
  writeFileSync(at('ror.jsonl'), '')
  writeFileSync(at('terms.csv'), 'en,es,zh,vi\nvaccine,vacuna,疫苗,vắc-xin\n')
  mkdirSync(at('words'))
  copyFileSync(join(vocabularySample, 'infections.csv'), at('words/infections.csv'))
  const backup = { path: 'backup', args: [at('a.tar.gz')], options: { force: true } }
  return {
    backup,
    'backup key': { args: [at('secret')] },
    'backup verify': { args: [at('a.tar.gz')], before: [backup] },
    'call list': { options: { state: 'open' } },
    'call show': { args: [`CA-${new Date().getUTCFullYear()}-0001`] },
    corrections: {},
    doctor: {},
    'export record': { args: [at('export')] },
    first: {},
    'import listings': { args: [join(seeds, '..', 'exchange', 'listings.csv')] },
    'import record': { args: [seeds] },
    'import ror': { args: [at('ror.jsonl')], options: { report: at('report.csv') } },
    'import vocabulary': { args: [join(vocabularySample, 'infections.csv')] },
    'key list': {},
    'key revoke': { args: [key] },
    'log checkpoint': {},
    'log verify': {},
    'mail test': { args: ['somebody@example.org'] },
    'merge organization': merged,
    'matches embeddings': {},
    'matches listing': { args: ['o-001'] },
    'matches rebuild': {},
    migrate: {},
    'network add': { args: ['north'], options: { ...names, administrator: 'eva@example.org' } },
    'network invite': { args: ['network', 'eva@example.org'] },
    'network list': {},
    'network rename': { args: ['network'], options: names },
    outbox: {},
    'person close': { args: [email] },
    'person mark': { args: [email] },
    'person reopen': { args: [email], before: [{ path: 'person close', args: [email] }] },
    'person reset-factors': { args: [email] },
    restore: { args: [at('a.tar.gz')], before: [backup] },
    'terms publish': { args: [folder] },
    'unmerge organization': { args: ['cimab'], options: reason, before: [merged] },
    'vocabulary check': {},
    'vocabulary coverage': { args: [at('terms.csv')] },
    'vocabulary export': { args: [at('vocabulary.ttl')], options: { format: 'turtle' } },
    'vocabulary load': { options: { folder: at('words') } },
    'vocabulary merge': { args: ['antibody', 'polyclonal-antibody'], options: reason },
    'vocabulary restore': { args: ['dengue'], options: reason, before: [{ path: 'vocabulary retire', args: ['dengue'], options: reason }] },
    'vocabulary retire': { args: ['dengue'], options: reason },
  }
}

/** What a command did: how it ended, as whom it asked the database, and what it left in the log. */
export type Done = { exit: number; acts: string[]; verbs: string[]; said: string }

type Watch = { acts: Set<string>; isDegraded: boolean }

/** A database that notes who asks it; while it is degraded every part of the system asks as the public. */
function watched(database: Database, watch: Watch): Database {
  const noting =
    (what: 'read' | 'write') =>
    (actor: Actor, run: never): Promise<unknown> => {
      watch.acts.add(`${principal(actor).replace('system:', '')} ${what}s`)
      return database[what](watch.isDegraded && actor.kind === 'system' ? thePublic : actor, run)
    }
  const instead: Partial<Record<string | symbol, unknown>> = {
    read: noting('read'),
    write: noting('write'),
    asOwner: (run: never, mode?: 'write' | 'snapshot') => (watch.acts.add('owner'), database.asOwner(run, mode)),
    vacuum: () => (watch.acts.add('vacuum'), Promise.resolve()),
    asAuthority: (db: never, run: never): Promise<unknown> => (watch.acts.add('accounts of others'), database.asAuthority(db, run)),
  }
  return new Proxy(database, {
    get: (target, name) => {
      if (name in instead) return instead[name]
      const found: unknown = Reflect.get(target, name, target)
      return typeof found === 'function' ? (found.bind(target) as unknown) : found
    },
  })
}

/** The socket of a server, and how a command is called over it as the command line does; what it did is taken back. */
export async function openSocket(world: World, commands: readonly Command[]) {
  const watch: Watch = { acts: new Set(), isDegraded: false }
  const server = await serveSocket(commands, { config: world.config, database: watched(world.database, watch), files: world.files })
  const said: string[] = []
  const terminal = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) }
  const send = ({ path, args = [], options = {} }: Call & { path: string }) => {
    const command = commands.find((each) => each.path.join(' ') === path)
    if (!command) throw new Error(`there is no command ${path}`)
    const given = Object.fromEntries(command.args.map(({ name }, index) => [name, args[index] ?? '']))
    const defaults = Object.fromEntries((command.options ?? []).map((option) => [option.name, option.default]))
    return callServer(world.config.data, { path: command.path, args: given, options: { ...defaults, ...options }, json: false }, terminal)
  }
  const verbs = () => world.rows(sql<{ verb: string; actor: string }>`select verb, actor from app.log_entry order by position`)
  return {
    call: async (path: string, call: Call, isDegraded = false): Promise<Done> => {
      const { result } = await world.trial(async () => {
        for (const each of call.before ?? []) await send(each)
        const before = (await verbs()).length
        watch.acts.clear()
        watch.isDegraded = isDegraded
        said.length = 0
        const exit = await send({ ...call, path }).finally(() => (watch.isDegraded = false))
        return { exit, written: (await verbs()).slice(before) }
      })
      const left = new Set(result.written.map(({ verb, actor }) => `${verb} (${actor})`))
      return { exit: result.exit, acts: [...watch.acts].toSorted(), verbs: [...left].toSorted(), said: said.join('\n') }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
