import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Database, WriteScope } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { FileStore } from '../files/files.ts'
import { formatNumber } from '../i18n/format.ts'
import { digestOf, filePart, tablePart } from './archive.ts'
import { isMigrated, listSequences, listTables, nameOf, readSequence, speakExactly } from './catalog.ts'
import { encrypt } from './encryption.ts'
import { makeManifest, manifestName, type Manifest } from './manifest.ts'
import { exists, NewFile, Spool } from './new-file.ts'
import { readRows } from './rows.ts'
import { writeTar, type TarPart } from './tar.ts'

/** What a backup or a restore works on. */
export type Instance = { database: Database; files: FileStore }

/** What went into an archive or came out of it; `bytes` is the size of the archive. */
export type Carried = { tables: number; rows: number; files: number; bytes: number }

type Snapshot = Pick<Manifest, 'created' | 'migrations' | 'tables' | 'sequences' | 'files'>

export type BackupHow = {
  /** Whether a file of that name may be replaced. */
  force: boolean
  /** The public keys for which the archive is encrypted; none: it is not. */
  recipients?: readonly string[]
  /** Called with a line for each step. */
  say: (line: string) => void
}

/**
 * Writes all that an instance holds, as it is at one moment, into one archive; see `Manifest` for what is in it. The server goes on serving. The embedded
 * database has one session, so there others wait while the rows are read, and for no longer: packing comes afterwards.
 *
 * @param path of the archive, absolute; the rows lie beside it meanwhile, unreadable to others, so the folder needs room for them
 * @returns what is in it, and the hashes of files that the database names and that are not there or not whole
 * @throws Refusal `backup_exists`, `backup_nothing`, `backup_unwritable`, `storage_full`; then there is no file of that name, or still the one before
 */
export async function backUp(instance: Instance, path: string, how: BackupHow): Promise<Carried & { missing: string[] }> {
  if (!how.force && (await exists(path))) throw refuse('backup_exists', { path })
  const spool = await Spool.open(path).catch((error: unknown) => {
    throw unwritable(path, error)
  })
  try {
    const snapshot = await instance.database.asOwner((db) => takeSnapshot(db, spool, how.say), 'snapshot')
    how.say(`Packing ${formatNumber(snapshot.tables.length, 'en')} tables and ${formatNumber(snapshot.files.length, 'en')} files …`)
    const missing = await findMissing(instance.files, snapshot.files)
    const manifest = makeManifest({ ...snapshot, files: snapshot.files.filter(({ sha256 }) => !missing.has(sha256)), missing: [...missing] })
    const bytes = await pack(manifest, partsOf(manifest, spool, instance.files), path, how)
    return { ...carried(manifest), bytes, missing: manifest.missing }
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await spool.close()
  }
}

/** What a manifest speaks of, in figures. */
export const carried = ({ tables, files }: Manifest): Omit<Carried, 'bytes'> => ({
  tables: tables.length,
  rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  files: files.length,
})

/** A line of progress for a table; for a long one every hundred thousand rows. */
export const progress = (name: string, say: (line: string) => void) => {
  let next = 100_000
  return (rows: number) => {
    if (rows < next) return
    next = rows + 100_000
    say(`${name}: ${formatNumber(rows, 'en')} rows …`)
  }
}

/** @returns the size of the archive */
async function pack(manifest: Manifest, parts: AsyncIterable<TarPart>, path: string, { force, recipients = [] }: BackupHow): Promise<number> {
  const target = await NewFile.open(path)
  try {
    const seconds = Math.floor(Date.parse(manifest.created) / 1000)
    await pipeline(writeTar(parts, seconds), createGzip(), async (packed: AsyncIterable<Uint8Array>) => {
      for await (const bytes of recipients.length > 0 ? encrypt(packed, recipients) : packed) await target.add(bytes)
    })
    return await target.keep(force)
  } catch (error) {
    await target.discard()
    throw error
  }
}

async function takeSnapshot(db: WriteScope, spool: Spool, say: (line: string) => void): Promise<Snapshot> {
  if (!(await isMigrated(db))) throw refuse('backup_nothing')
  await speakExactly(db)
  const [now] = (await sql<{ created: string }>`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created`.execute(db)).rows
  const tables: Manifest['tables'] = []
  for (const shape of await listTables(db)) {
    const show = progress(nameOf(shape), say)
    let rows = 0
    const digest = await readRows(db, shape, async (lines, added) => {
      await spool.add(lines)
      show((rows += added))
    })
    const { schema, name, columns } = shape
    tables.push({ schema, name, columns, ...digest })
  }
  const sequences: Manifest['sequences'] = []
  for (const each of await listSequences(db)) sequences.push({ ...each, ...(await readSequence(db, each)) })
  const migrations = await sql<Manifest['migrations'][number]>`select name, checksum from app.migration order by name collate "C"`.execute(db)
  const files = await sql<Manifest['files'][number]>`
    select encode(sha256, 'hex') as sha256, max(bytes)::float8 as bytes from app.file group by sha256 order by app.file.sha256`.execute(db)
  return { created: now?.created ?? '', tables, sequences, migrations: migrations.rows, files: files.rows }
}

/** A file that rotted would make the whole archive one that no restore takes: look at each before it goes in. */
async function findMissing(files: FileStore, named: Manifest['files']): Promise<Set<string>> {
  const missing = new Set<string>()
  for (const { sha256, bytes } of named) {
    const found = await digestOf(files.read(sha256)).catch(() => undefined)
    if (found?.sha256 !== sha256 || found.bytes !== bytes) missing.add(sha256)
  }
  return missing
}

async function* partsOf(manifest: Manifest, spool: Spool, files: FileStore): AsyncGenerator<TarPart> {
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  yield { name: manifestName, size: text.length, content: one(text) }
  let start = 0
  for (const table of manifest.tables) {
    yield { name: tablePart(table), size: table.bytes, content: spool.read(start, table.bytes) }
    start += table.bytes
  }
  for (const file of manifest.files) yield { name: filePart(file), size: file.bytes, content: files.read(file.sha256) }
}

async function* one(bytes: Uint8Array) {
  yield bytes
}

/** What the operating system says about a file, as a refusal; that the disk is full is told as everywhere else. */
function unwritable(path: string, error: unknown): unknown {
  const { path: named, code, message } = error as NodeJS.ErrnoException
  // An error in the middle of a file names none, and one of a connection to the database neither.
  const ofFile = named !== undefined || ['EIO', 'EDQUOT', 'EFBIG'].includes(code ?? '')
  return ofFile && code !== 'ENOSPC' ? refuse('backup_unwritable', { path, reason: message }) : error
}
