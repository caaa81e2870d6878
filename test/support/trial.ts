import pg from 'pg'
import { inject } from 'vitest'
import type { Engine } from '../../src/platform/db/engine.ts'

/** What came of a trial; `wrote`: whether anything of it would have stayed, which no write does without its entry in the log. */
export type Tried<T> = { result: T; wrote: boolean }
/** Does something as ever, but takes back all that it writes. One at a time. */
export type Trial = <T>(run: () => Promise<T>) => Promise<Tried<T>>

/** What becomes of a statement on its way to the database during a trial: as it is, but where a test damages it on purpose. */
export const onTheWay = { rewrite: (text: string): string => text }

export type Query = (text: string, values?: unknown[]) => Promise<pg.QueryResult>

/**
 * Makes an engine on which trials can be held: during one there is a single connection with one transaction round all, and each transaction of the server is a
 * savepoint in it. So every trial begins in the same state, without a copy of the database. Work of the owner on a PostgreSQL server is not part of it.
 */
export function withTrials(engine: Engine): { engine: Engine; trial: Trial } {
  let held: pg.PoolClient | undefined
  let turn: Promise<void> = Promise.resolve()
  let wrote = false
  const connect = async () => {
    const own = held
    if (!own) return engine.pool.connect()
    const before = turn
    const { promise, resolve } = Promise.withResolvers<void>()
    turn = promise
    await before
    let logged = false
    const query = (text: unknown, ...rest: unknown[]) => {
      if (typeof text === 'string') {
        if (text.includes('app.log_append(')) logged = true
        if (text === 'commit') wrote ||= logged
      }
      return (own.query as (...given: unknown[]) => unknown)(typeof text === 'string' ? inside(onTheWay.rewrite(text)) : text, ...rest)
    }
    return { query, release: resolve }
  }
  // Everything else, such as ending it, is that of the pool itself.
  const pool = new Proxy(engine.pool, { get: (target, name) => (name === 'connect' ? connect : Reflect.get(target, name, target)) })
  const trial: Trial = async (run) => {
    if (held) throw new Error('a trial is under way')
    const client = await engine.pool.connect()
    await client.query('begin')
    held = client
    wrote = false
    try {
      return { result: await run(), wrote }
    } finally {
      await turn
      held = undefined
      await client.query('rollback')
      client.release()
    }
  }
  const wrapped: Engine = { kind: engine.kind, pool, ownerPool: engine.ownerPool === engine.pool ? pool : engine.ownerPool, close: () => engine.close() }
  return { engine: wrapped, trial }
}

/** A statement of a transaction of its own as one of a part of another. */
function inside(text: string): string {
  if (text === 'commit') return 'release savepoint request'
  if (text === 'rollback') return 'rollback to savepoint request; release savepoint request'
  return text
    .replace(/^begin isolation level repeatable read read only\b/, 'savepoint request; set local transaction_read_only = on')
    .replace(/^begin\b/, 'savepoint request')
}

/** Works in one transaction that nothing binds and that is taken back: to look at the database as anybody, and to damage it. */
export async function dissect<T>(engine: Engine, postgresUrl: string | undefined, run: (query: Query) => Promise<T>): Promise<T> {
  const client = postgresUrl === undefined ? await engine.pool.connect() : await superuserAt(postgresUrl)
  try {
    await client.query('begin; set local role none')
    return await run((text, values = []) => client.query(text, values))
  } finally {
    await client.query('rollback')
    if (client instanceof pg.Client && postgresUrl !== undefined) await client.end()
    else (client as pg.PoolClient).release()
  }
}

async function superuserAt(url: string): Promise<pg.Client> {
  const name = /\/([^/?]+)\?/.exec(url)?.[1] ?? ''
  const client = new pg.Client(`postgres://postgres@/${name}?host=${encodeURIComponent(inject('templates').postgres)}`)
  await client.connect()
  return client
}
