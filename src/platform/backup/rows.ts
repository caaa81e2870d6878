import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { WriteScope } from '../db/database.ts'
import type { TableShape } from './catalog.ts'

/** What a table holds, in short: equal digests are equal tables. */
export type Digest = { rows: number; bytes: number; sha256: string }

// A batch is about this many bytes, however wide the rows are, so that memory stays flat.
const batchBytes = 1_000_000
const mostRows = 5_000

/**
 * Reads a table to its end in its order. Each row is a line: a JSON object of its columns, each value as the text that PostgreSQL reads and writes for its
 * type, as in a dump. JSON's own numbers, arrays and objects would lose what they have no form for: the difference between a `jsonb` that is null and no
 * `jsonb`, the bounds of an array, the letters of a `json`. Call `speakExactly` before.
 *
 * @param take called with the lines of each batch and how many they are; the next batch is read when it is done
 */
export async function readRows(db: WriteScope, table: TableShape, take: (lines: Buffer, rows: number) => Promise<void> | void): Promise<Digest> {
  const hash = createHash('sha256')
  const digest = { rows: 0, bytes: 0 }
  const columns = sql.join(table.columns.map(({ name }) => sql`t.${sql.id(name)}::text as ${sql.id(name)}`))
  await sql`declare backup no scroll cursor for select row_to_json(r)::text as line
    from (select ${columns} from only ${sql.id(table.schema, table.name)} t order by ${sql.raw(table.order)}) r`.execute(db)
  for (let next = 100; ;) {
    const { rows } = await sql<{ line: string }>`fetch forward ${sql.raw(String(next))} from backup`.execute(db)
    if (rows.length === 0) break
    const lines = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
    hash.update(lines)
    digest.rows += rows.length
    digest.bytes += lines.length
    await take(lines, rows.length)
    next = Math.min(mostRows, Math.ceil((batchBytes * rows.length) / lines.length))
  }
  await sql`close backup`.execute(db)
  return { ...digest, sha256: hash.digest('hex') }
}

/**
 * Puts rows into a table, as `readRows` gave them out. Call `speakExactly` before.
 *
 * @param onRows called with the number of rows so far, after each batch
 */
export async function writeRows(db: WriteScope, table: TableShape, lines: AsyncIterable<Uint8Array>, onRows: (rows: number) => void): Promise<void> {
  const names = sql.join(table.columns.map(({ name }) => sql.id(name)))
  const texts = sql.join(table.columns.map(({ name }) => sql`${sql.id(name)} text`))
  const values = sql.join(table.columns.map(({ name, type }) => sql`r.${sql.id(name)}::${sql.raw(type)}`))
  let rows = 0
  for await (const batch of batchesOf(lines)) {
    await sql`insert into ${sql.id(table.schema, table.name)} (${names}) overriding system value
      select ${values} from json_to_recordset(${`[${batch.join(',')}]`}::json) as r (${texts})`.execute(db)
    rows += batch.length
    onRows(rows)
  }
}

/** Cuts a stream of bytes into lines and puts them together to batches. */
async function* batchesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let lines: string[] = []
  let size = 0
  let begun: Uint8Array[] = []
  for await (const piece of bytes) {
    let from = 0
    for (let end = piece.indexOf(0x0a); end !== -1; end = piece.indexOf(0x0a, from)) {
      const line = Buffer.concat([...begun, piece.subarray(from, end)]).toString()
      begun = []
      from = end + 1
      lines.push(line)
      size += line.length
      if (size < batchBytes && lines.length < mostRows) continue
      yield lines
      lines = []
      size = 0
    }
    if (from < piece.length) begun.push(piece.subarray(from))
  }
  if (lines.length > 0) yield lines
}
