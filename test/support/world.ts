import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import pg from 'pg'
import { sql, type RawBuilder } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { modules } from '../../src/modules.ts'
import { importer, principal } from '../../src/platform/access/actor.ts'
import { readConfig, type Config } from '../../src/platform/config.ts'
import { recordSpace } from '../../src/modules/record/store/tables.ts'
import { Database, type WriteScope } from '../../src/platform/db/database.ts'
import { openEmbedded } from '../../src/platform/db/embedded.ts'
import { openPostgres } from '../../src/platform/db/postgres.ts'
import { FileStore } from '../../src/platform/files/files.ts'
import { logAct } from '../../src/platform/log/log.ts'
import type { Deps, Env } from '../../src/platform/http/context.ts'
import { Secrets } from '../../src/platform/secrets/secrets.ts'
import { countQuery } from '../../src/platform/http/request-scope.ts'
import { loadAssets, type Assets } from '../../src/platform/ui/assets.ts'
import { createApp } from '../../src/web.ts'
import { loginName, ownerName } from './postgres.ts'
import { dissect, withTrials, type Query, type Trial } from './trial.ts'

export type EngineName = 'embedded' | 'postgres'
export const engineNames: readonly EngineName[] = ['embedded', 'postgres']

/** What a test works with: the whole server on a real database with the record loaded. */
export type World = {
  engine: EngineName
  config: Config
  database: Database
  files: FileStore
  secrets: Secrets
  app: Hono<Env>
  assets: Assets
  /** Every line the server logged. */
  logged: Record<string, unknown>[]
  /** Asks as somebody on the web would; redirects are not followed. */
  ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Sends a form as a page of ours would. */
  post: (path: string, fields: Record<string, string>, headers?: Record<string, string>) => Promise<Response>
  /** Looks at rows as the owner of the tables, whom no access rule binds. */
  rows: <T>(query: RawBuilder<T>) => Promise<T[]>
  /** Does something and takes back what it wrote, so that the next finds all as it was. */
  trial: Trial
  /** Looks at the database, or damages it, bound by nothing; all is taken back. */
  dissect: <T>(run: (query: Query) => Promise<T>) => Promise<T>
  /** The server anew on the same data: what it counted of who asked how often is forgotten. */
  anew: () => void
  close: () => Promise<void>
}

/** The environment of a process that shall work on a fresh copy of the record. */
export async function freshEnvironment(engine: EngineName): Promise<{ env: Record<string, string>; drop: () => Promise<void> }> {
  const templates = inject('templates')
  const data = mkdtempSync(join(tmpdir(), 'puente-world-'))
  if (engine === 'embedded') {
    cpSync(templates.embedded, data, { recursive: true })
    return { env: { PUENTE_DATA: data }, drop: async () => rmSync(data, { recursive: true, force: true }) }
  }
  const name = `puente_${randomUUID().replaceAll('-', '')}`
  const url = (user: string, database: string) => `postgres://${user}@/${database}?host=${encodeURIComponent(templates.postgres)}`
  await admin(url('postgres', 'postgres'), `create database ${name} template puente_template owner ${ownerName}`)
  cpSync(join(templates.embedded, 'files'), join(data, 'files'), { recursive: true })
  return {
    env: { PUENTE_DATA: data, DATABASE_URL: url(loginName, name), DATABASE_OWNER_URL: url(ownerName, name) },
    drop: async () => {
      await admin(url('postgres', 'postgres'), `drop database ${name} with (force)`)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Does more with the database before the server is made, and hands in what the server gets beside the ordinary. */
export type Prepare = (deps: { config: Config; database: Database; secrets: Secrets }) => Promise<Pick<Deps, 'demo'>>

/** Makes the world on a fresh copy of the record. */
export async function makeWorld(engine: EngineName, settings: Record<string, string> = {}, prepare?: Prepare): Promise<World> {
  const { env, drop } = await freshEnvironment(engine)
  const config = readConfig({ PUENTE_RATE: '100000', ...env, ...settings })
  const { engine: opened, trial } = withTrials(config.postgres ? await openPostgres(config.postgres) : await openEmbedded(config.data))
  const database = new Database(opened, countQuery)
  await database.enterAppRole()
  const files = new FileStore(config.data)
  const secrets = new Secrets(config.data)
  const logged: World['logged'] = []
  const logger = pino({ level: 'debug' }, { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) })
  const assets = loadAssets()
  const deps: Deps = {
    config,
    database,
    files,
    secrets,
    assets,
    navigation: modules.flatMap(({ navigation }) => navigation),
    desk: modules.flatMap(({ desk }) => desk ?? []),
    scopes: modules.flatMap(({ scopes }) => scopes ?? []),
    logger,
    ready: () => true,
    ...(await prepare?.({ config, database, secrets })),
  }
  const app = createApp(deps)
  let asked = app
  const ask: World['ask'] = async (path, init) => asked.request(new URL(path, 'http://localhost'), init)
  return {
    engine,
    config,
    database,
    files,
    secrets,
    app,
    assets,
    logged,
    ask,
    post: (path, fields, headers = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
    rows: (query) => database.asOwner((db) => rowsOf(db, query)),
    trial,
    dissect: (run) => dissect(opened, config.postgres?.url, run),
    anew: () => {
      asked = createApp(deps)
    },
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** What is changed by hand is told to the log too, as the product tells it: else nothing would say that kept answers are old. */
async function rowsOf<T>(db: WriteScope, query: RawBuilder<T>): Promise<T[]> {
  const { rows } = await query.execute(db)
  const statement = JSON.stringify(query.toOperationNode())
  if (/"sqlFragments":\["\s*(\\n\s*)*(insert|update|delete) /.test(statement)) await tellLog(db)
  return rows
}

async function tellLog(db: WriteScope): Promise<void> {
  await sql`select set_config('app.actor', ${principal(importer)}, true)`.execute(db)
  await logAct(db, { chain: 'network', spaceId: recordSpace, verb: 'test.changed', object: { kind: 'test' }, payload: {} })
}

/** Tells the same story on both engines, each time on a fresh world. */
export function onBothEngines(
  story: string,
  tell: (world: () => World, engine: (typeof engineNames)[number]) => void,
  settings?: Record<string, string>,
  prepare?: Prepare,
) {
  describe.each(engineNames)(`${story} (%s)`, (engine) => {
    let world: World | undefined
    beforeAll(async () => {
      world = await makeWorld(engine, settings, prepare)
    })
    afterAll(() => world?.close())
    tell(() => {
      if (!world) throw new Error('the world is made before the first test')
      return world
    }, engine)
  })
}

export { sql }

async function admin(url: string, statement: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
