import { sql, type RawBuilder } from 'kysely'
import { readConfig } from '../../src/platform/config.ts'
import type { Actor } from '../../src/platform/access/actor.ts'
import { thePublic } from '../../src/platform/access/actor.ts'
import type { Database, Scope } from '../../src/platform/db/database.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { readerId, readers, writeGuarded } from '../fixtures/access.ts'
import type { Benchmark } from '../support/benchmark.ts'
import { runProgram } from '../support/processes.ts'
import { embeddedSettings, postgresSettings, program } from '../support/puente.ts'
import { markdownTable } from '../support/table.ts'

const engines = ['embedded', 'PostgreSQL'] as const
const sizes = { usual: 100_000, large: 1_000_000 }
type Reader = keyof typeof readers

const asked = (search: RawBuilder<unknown>, word: string) =>
  sql`${search}('x', ${`^${word}`}::tsquery, ${`^${word}`}::tsquery, ${word}::tsquery, ${word}::tsquery, ${JSON.stringify([{ lexeme: word, begun: false, factor: 1, piece: 0 }])}::json,
    false, ''::tsquery, 1001)`

/** Each question, of the table with security and of the one without, about the same rows: what is asked is all public, so both find as much. */
const cases: Record<string, (table: RawBuilder<unknown>, search: RawBuilder<unknown>, turn: number) => RawBuilder<unknown>> = {
  point: (table, _, turn) => sql`select * from ${table} where id = ${`00000000-0000-7000-b000-${(2 + 2 * (turn % 1000)).toString(16).padStart(12, '0')}`}`,
  list: (table) => sql`select * from ${table} order by at desc, id desc limit 51`,
  filter: (table, _, turn) => sql`select * from ${table} where tag = ${(2 * turn) % 100} order by at desc limit 51`,
  count: (table, _, turn) => sql`select count(*) from (select from ${table} where tag = ${(2 * turn) % 100} order by at desc limit 1001) capped`,
  'rare-words': (_, search, turn) => sql`select * from ${asked(search, `rare${2 * turn}`)}`,
  'common-words': (_, search) => sql`select * from ${asked(search, 'common')}`,
}

type Row = { case: string; engine: string; rows: number; reader: Reader; open: number; guarded: number; ratio: number }

/** What security costs: the same questions to the same rows with and without it, for the public and for persons with few and with many spaces. */
export const access: Benchmark = {
  name: 'access',
  cases: Object.keys(cases).map((name) => `access-${name}`),
  run: async (chosen, options) => {
    const rows: Row[] = []
    const size = sizes[options.large ? 'large' : 'usual']
    for (const engine of engines) {
      options.say(`Making ${size} rows, ${engine} …`)
      const database = await openGuarded(engine, size)
      for (const [name, ask] of Object.entries(cases)) {
        if (!chosen.includes(`access-${name}`)) continue
        options.say(`Measuring ${name}, ${engine} …`)
        for (const reader of Object.keys(readers) as Reader[]) {
          const { open, guarded } = await measure(database, actorOf(reader), ask, options.seconds)
          rows.push({ case: name, engine, rows: size, reader, open, guarded, ratio: guarded / open })
        }
      }
      await database.close()
    }
    return { tables: [tableOf(rows)], rows, failures: 0 }
  },
}

const actorOf = (reader: Reader): Actor => (reader === 'public' ? thePublic : { kind: 'person', id: readerId(reader), name: '', language: 'en', session: '' })

async function openGuarded(engine: (typeof engines)[number], rows: number): Promise<Database> {
  const settings = engine === 'embedded' ? embeddedSettings() : await postgresSettings('puente_bench_access')
  await runProgram([program, 'migrate'], settings)
  const database = await openDatabase(readConfig(settings))
  await database.asOwner((db) => writeGuarded(db, rows))
  await database.vacuum()
  return database
}

type Ask = (typeof cases)[string]

/** The middle time of each, in milliseconds, asked in turns, each in a transaction of its own as a page does. */
async function measure(database: Database, actor: Actor, ask: Ask, seconds: number): Promise<{ open: number; guarded: number }> {
  const times = { open: [] as number[], guarded: [] as number[] }
  const end = performance.now() + seconds * 1000
  for (let turn = 0; turn < 20 || performance.now() < end; turn++)
    for (const kind of ['open', 'guarded'] as const) {
      const question = ask(sql.raw(`bench.${kind}`), sql.raw(kind === 'open' ? 'bench.search' : 'app.search'), turn)
      const began = performance.now()
      await database.read(actor, (db: Scope) => question.execute(db))
      times[kind].push(performance.now() - began)
    }
  return { open: middle(times.open), guarded: middle(times.guarded) }
}

const middle = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

const tableOf = (rows: readonly Row[]) =>
  markdownTable(
    ['case', 'engine', 'rows', 'who asks', 'without, ms', 'with, ms', 'ratio'],
    rows.map(({ case: name, engine, rows: size, reader, open, guarded, ratio }) => [
      name,
      engine,
      size.toLocaleString('en'),
      reader === 'public' ? 'the public' : `${readers[reader].toLocaleString('en')} spaces`,
      open.toFixed(2),
      guarded.toFixed(2),
      ratio.toFixed(2),
    ]),
    4,
  )
