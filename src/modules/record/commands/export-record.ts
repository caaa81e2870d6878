import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { thePublic } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { jsonLines } from '../../../platform/download/json.ts'
import { refuse } from '../../../platform/errors.ts'
import { entryFilter, entryKinds, plurals, sourceFilter, type EntryKind } from '../schema.ts'
import { listEntries, type Listed } from '../store/catalogue.ts'
import { listDisputes } from '../store/disputes.ts'
import { readEntry } from '../store/entries.ts'
import { listSources, type Source } from '../store/sources.ts'
import { presentDispute, presentEntry, presentSource } from '../views/present.ts'
import { licence, listColumns } from '../views/sheet-columns.ts'
import type { Page } from '../../../platform/db/keyset.ts'

/** Rows of a file at a time; each batch is a short transaction of its own. */
const batch = 200

/**
 * Writes the public record into a new folder as open data: a table for each kind of entry, every entry with all its statements and citations, the disputes and the sources.
 * Works as the public does, so nothing is in it that the public may not see. The folder appears when all is written.
 *
 * @param base address of the server, for the lasting addresses of entries
 * @returns rows by file
 * @throws Refusal `folder_taken` when something is there already
 */
export async function exportRecord(
  database: Database,
  directory: string,
  base: string,
  onFile: (name: string, rows: number) => void = () => {},
): Promise<Record<string, number>> {
  const present = await readdir(directory).catch(() => [])
  if (present.length > 0) throw refuse('folder_taken', { path: directory })
  const part = `${directory}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  try {
    const written = await writeAll(database, part, base, onFile)
    await rm(directory, { recursive: true, force: true })
    await rename(part, directory)
    return written
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

async function writeAll(database: Database, part: string, base: string, onFile: (name: string, rows: number) => void) {
  const written: Record<string, number> = {}
  const save = async (name: string, make: (rows: (n: number) => void) => ReadableStream<Uint8Array>) => {
    let rows = 0
    await pipeline(Readable.fromWeb(make((n) => void (rows += n)) as never), createWriteStream(join(part, name)))
    written[name] = rows
    onFile(name, rows)
  }
  for (const kind of entryKinds) {
    await save(`${plurals[kind]}.csv`, (count) => csvStream(listColumns(base), counted(listed(database, kind), count), { header: 'key' }))
    await save(`${plurals[kind]}.jsonl`, (count) => jsonLines(counted(entries(database, kind), count)))
  }
  await save('disputes.jsonl', (count) =>
    jsonLines(
      counted(
        pages((cursor) => database.read(thePublic, (db) => listDisputes(db, cursor)), presentDispute),
        count,
      ),
    ),
  )
  await save('sources.jsonl', (count) => jsonLines(counted(sources(database), count)))
  await writeFile(join(part, 'README.txt'), about(base, written))
  return written
}

async function* counted<T>(rows: AsyncIterable<T>, count: (n: number) => void): AsyncGenerator<T> {
  for await (const row of rows) {
    count(1)
    yield row
  }
}

async function* pages<Row, Item>(read: (cursor: string | undefined) => Promise<Page<Row>>, show: (row: Row) => Item): AsyncGenerator<Item> {
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await read(cursor)
    for (const row of page.rows) yield show(row)
    cursor = page.next
  }
}

const everything = entryFilter.parse({})

const listed = (database: Database, kind: EntryKind) =>
  pages<Listed, Listed>(
    (cursor) => database.read(thePublic, (db) => listEntries(db, kind, { ...everything, sort: 'title', cursor }, batch)),
    (row) => row,
  )

const sources = (database: Database) =>
  pages<Source, ReturnType<typeof presentSource>>(
    (cursor) => database.read(thePublic, (db) => listSources(db, { ...sourceFilter.parse({}), cursor })),
    presentSource,
  )

async function* entries(database: Database, kind: EntryKind) {
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const { found, next } = await database.read(thePublic, async (db) => {
      const list = await listEntries(db, kind, { ...everything, sort: 'title', cursor }, batch)
      const read = []
      for (const { key } of list.rows) read.push(await readEntry(db, kind, key))
      return { found: read, next: list.next }
    })
    for (const entry of found)
      yield presentEntry(
        entry,
        entry.statements.map((statement) => ({ ...statement, last_known: false })),
      )
    cursor = next
  }
}

const about = (base: string, written: Record<string, number>) =>
  [
    `The public record of ${base}`,
    '',
    `Licence: CC BY 4.0, ${licence}. Name the sources.`,
    'CSV: UTF-8, RFC 4180. JSONL: one JSON object a line, in the shapes of the API (/api/v1/openapi.json).',
    '',
    ...Object.entries(written).map(([name, rows]) => `${name}: ${rows}`),
    '',
  ].join('\n')
