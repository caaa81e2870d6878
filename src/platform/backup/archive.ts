import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { refuse } from '../errors.ts'
import { nameOf } from './catalog.ts'
import { manifestName, parseManifest, type Manifest } from './manifest.ts'
import { readTar, TarError, type TarPart } from './tar.ts'

/** A part of a backup, told apart by what it is. */
export type BackupPart = { content: AsyncIterable<Uint8Array> } & ({ table: Manifest['tables'][number] } | { file: Manifest['files'][number] })

/** What names a million files and every table is shorter; a longer one would have to be held in memory before it is known to be one. */
const longestManifest = 256 * 1024 * 1024

/**
 * Reads what a backup says of itself.
 *
 * @throws Refusal `backup_unreadable`, `backup_unknown`, `backup_newer`, `backup_damaged`
 */
export async function readManifest(path: string): Promise<Manifest> {
  try {
    for await (const { name, size, content } of unpack(path)) {
      if (name === manifestName && size <= longestManifest) return parseManifest(path, await text(content))
      break
    }
  } catch (error) {
    if (!isDamage(error)) throw unreadable(path, error)
  }
  throw refuse('backup_unknown', { path })
}

/**
 * Reads the parts of a backup behind its manifest: all that the manifest names, in its order, and nothing else.
 *
 * @throws Refusal `backup_damaged`; what the content throws is for `asDamage`
 */
export async function* readParts(path: string, manifest: Manifest): AsyncGenerator<BackupPart> {
  const expected = [
    ...manifest.tables.map((table) => ({ name: tablePart(table), part: { table }, size: table.bytes })),
    ...manifest.files.map((file) => ({ name: filePart(file), part: { file }, size: file.bytes })),
  ].values()
  const parts = unpack(path)
  await parts.next() // the manifest itself
  for await (const { name, size, content } of parts) {
    const next = expected.next().value
    if (next?.name !== name || next.size !== size) throw refuse('backup_damaged', { path, reason: name })
    yield { ...next.part, content }
  }
  const lacking = expected.next().value
  if (lacking) throw refuse('backup_damaged', { path, reason: lacking.name })
}

/** What a table, or a file, is called in the archive. */
export const tablePart = (table: Manifest['tables'][number]): string => `tables/${nameOf(table)}.ndjson`
/** See `tablePart`. */
export const filePart = ({ sha256 }: Manifest['files'][number]): string => `files/${sha256}`

/**
 * Reads a whole backup and compares every part with its hash.
 *
 * @throws Refusal `backup_damaged`, naming the part
 */
export async function checkArchive(path: string, manifest: Manifest): Promise<void> {
  try {
    for await (const part of readParts(path, manifest)) {
      const { sha256 } = await digestOf(part.content)
      const isWhole = sha256 === ('table' in part ? part.table : part.file).sha256
      if (!isWhole) throw refuse('backup_damaged', { path, reason: 'table' in part ? tablePart(part.table) : filePart(part.file) })
    }
  } catch (error) {
    throw asDamage(path, error)
  }
}

/** How many bytes there are, and their hash. */
export async function digestOf(content: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of content) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** An error met while reading a backup: damage as its refusal, everything else as it is. */
export const asDamage = (path: string, error: unknown): unknown =>
  isDamage(error) ? refuse('backup_damaged', { path, reason: (error as Error).message }) : unreadable(path, error)

function unpack(path: string): AsyncGenerator<TarPart> {
  const gunzip = createGunzip()
  // Whatever goes wrong comes out of the last stream, where it is read.
  pipeline(createReadStream(path), gunzip, () => {})
  return readTar(gunzip)
}

/** Bytes that cannot be unpacked, and rows that the database does not take. */
function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return error instanceof TarError || (typeof code === 'string' && /^(Z_|2[23]\w{3}$)/.test(code))
}

function unreadable(path: string, error: unknown): unknown {
  const { path: named, message } = error as NodeJS.ErrnoException
  return named === path || (error as NodeJS.ErrnoException).code === 'EISDIR' ? refuse('backup_unreadable', { path, reason: message }) : error
}
