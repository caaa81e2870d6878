import { join } from 'node:path'
import type { Hono } from 'hono'
import { modules } from './modules.ts'
import { loadDerived } from './modules/exchange/index.ts'
import { firstLink } from './modules/members/index.ts'
import { countRecord, importRecord } from './modules/record/index.ts'
import { loadBuiltIn } from './modules/vocabulary/index.ts'
import { importer, thePublic } from './platform/access/actor.ts'
import type { Command } from './platform/cli/command.ts'
import { serveSocket } from './platform/cli/socket.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/db/database.ts'
import { migrate } from './platform/db/migrate.ts'
import { openDatabase } from './platform/db/open.ts'
import { isDemoFolder, readDemoMark } from './platform/demo.ts'
import { refuse } from './platform/errors.ts'
import { FileStore } from './platform/files/files.ts'
import type { Deps, Env } from './platform/http/context.ts'
import { makeLogger } from './platform/http/logger.ts'
import { listen, stopListening } from './platform/http/server.ts'
import { forgetAnswersJob } from './platform/idempotency/job.ts'
import { startJobs } from './platform/jobs/runner.ts'
import { mailJobs } from './platform/mail/deliver.ts'
import { renewSearchJob } from './platform/search/renew.ts'
import { root } from './platform/root.ts'
import { Secrets } from './platform/secrets/secrets.ts'
import { loadAssets } from './platform/ui/assets.ts'
import { createApp } from './web.ts'

const vacuumHours = 6

/** What makes a server that of a demonstration; see `src/demo`. */
export type Demo = {
  takeFolder: (data: string) => void
  build: (deps: { database: Database; secrets: Secrets; base: string }, config: Config, say: (line: string) => void) => Promise<void>
  pages: () => Hono<Env>
}

export type Start = { demo?: Demo | undefined; listening?: () => void }
export type Running = { url: string; stop: () => Promise<void> }

/**
 * Starts everything: database, migrations, the record if there is none yet, web server, socket of the command line.
 *
 * @param say called with a line for each step
 * @param start.demo makes it the server of a demonstration; without it, it refuses the data of one
 * @param start.listening called just before the first request may come
 * @throws Refusal `demo_data`, `demo_folder`
 */
export async function serve(config: Config, commands: readonly Command[], say: (line: string) => void, { demo, listening }: Start = {}): Promise<Running> {
  const logger = makeLogger(config.logLevel, process.stdout.isTTY)
  demo?.takeFolder(config.data)
  if (!demo && isDemoFolder(config.data)) throw refuse('demo_data', { path: config.data })
  say(config.postgres ? 'Connecting to PostgreSQL …' : `Opening the embedded database in ${config.data} …`)
  const database = await openDatabase(config)
  const files = new FileStore(config.data)
  const secrets = new Secrets(config.data)
  let ready = true
  try {
    await migrate(database, undefined, (name) => say(`Migrating: ${name}`))
    // A backup of a demonstration brings its mark along, wherever it is restored.
    if (!demo && (await readDemoMark(database)) !== 'none') throw refuse('demo_data', { path: config.data })
    await fill({ database, files }, config.vocabulary, say)
    await demo?.build({ database, secrets, base: config.url ?? `http://${config.host}:${config.port}` }, config, say)
    const deps: Deps = {
      config,
      database,
      files,
      secrets,
      assets: loadAssets(),
      navigation: modules.flatMap(({ navigation }) => navigation),
      desk: modules.flatMap(({ desk }) => desk ?? []),
      scopes: modules.flatMap(({ scopes }) => scopes ?? []),
      logger,
      ready: () => ready,
      demo: demo?.pages(),
    }
    listening?.()
    const web = await listen(createApp(deps), config.host, config.port)
    const socket = config.postgres ? undefined : await serveSocket(commands, { config, database, files })
    const kinds = [...mailJobs(config), forgetAnswersJob, renewSearchJob, ...modules.flatMap(({ jobs }) => jobs ?? [])]
    const jobs = await startJobs({ config, database, secrets, logger }, kinds)
    const ends = modules.flatMap(({ begin }) => begin?.({ config, database, logger }) ?? [])
    const vacuum = config.postgres ? undefined : setInterval(() => void tidy(database, logger), vacuumHours * 3_600_000).unref()
    const address = web.address()
    const port = typeof address === 'object' && address !== null ? address.port : config.port
    const url = config.url ?? `http://${config.host}:${port}`
    say(demo ? `The demonstration is ready at ${url}; choose who you are at ${url}/demo` : `Puente is ready at ${url}`)
    const first = await firstLink(database)
    if (first !== undefined) say(`Nobody administers it yet. This link makes the first administrator, once, within two days: ${url}${first}`)
    return {
      url,
      async stop() {
        ready = false
        clearInterval(vacuum)
        await Promise.all([stopListening(web), socket && stopListening(socket)])
        await Promise.all(ends.map((end) => end()))
        // Last, since what still answers may queue something.
        await jobs.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A new instance shows the record that comes with it; the vocabulary is loaded anew when its files are other ones than last time. */
async function fill(deps: { database: Database; files: FileStore }, vocabulary: string, say: (line: string) => void) {
  const loaded = await loadBuiltIn(deps.database, importer, vocabulary, (n) => say(`Loading the vocabulary (${n})`))
  if (loaded.issues.length + loaded.problems.length > 0)
    say(`The vocabulary in ${vocabulary} does not load; see: puente vocabulary check --folder ${vocabulary}`)
  const isVacuumed = await fillRecord(deps, say)
  if (loaded.added + loaded.changed + loaded.retired > 0 && !isVacuumed) await deps.database.vacuum()
  const { issues } = await loadDerived(deps.database, importer, join(root, 'seeds', 'exchange', 'listings.csv'))
  if (issues.length > 0) say('The listings in seeds/exchange do not load; see: puente import listings seeds/exchange/listings.csv')
}

/** @returns whether it has filled it, which leaves the database vacuumed */
async function fillRecord(deps: { database: Database; files: FileStore }, say: (line: string) => void): Promise<boolean> {
  const counts = await deps.database.read(thePublic, countRecord)
  if (Object.values(counts).some((n) => n > 0)) return false
  const { issues } = await importRecord(deps, importer, join(root, 'seeds', 'record'), (step, rows) => say(`Loading the record: ${step} (${rows})`))
  if (issues.length > 0) say(`The record in seeds/record does not load; see: puente import record seeds/record`)
  return issues.length === 0
}

async function tidy(database: Database, logger: Deps['logger']) {
  await database.vacuum().catch((error: Error) => logger.error({ error: error.message }, 'vacuum failed'))
}
