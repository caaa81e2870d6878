import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { refuse } from '../errors.ts'
import { nameOf } from './catalog.ts'
import { decrypt, isEncrypted } from './encryption.ts'
import { manifestName, parseManifest, type Manifest } from './manifest.ts'
import { readTar, TarError, type TarPart } from './tar.ts'

/** A backup in a file; `keys` are the secret keys that may open it, if somebody named some. */
export type Archive = { path: string; keys: readonly string[] | undefined }

/** A part of a backup, told apart by what it is. */
export type BackupPart = { content: AsyncIterable<Uint8Array> } & ({ table: Manifest['tables'][number] } | { file: Manifest['files'][number] })

/** What names a million files and every table is shorter; a longer one would have to be held in memory before it is known to be one. */
const longestManifest = 256 * 1024 * 1024

/**
 * Reads what a backup says of itself.
 *
 * @throws Refusal `backup_unreadable`, `backup_unknown`, `backup_newer`, `backup_damaged`, `backup_encrypted`, `backup_not_encrypted`, `backup_key_wrong`
 */
export async function readManifest(archive: Archive): Promise<Manifest> {
  const { path } = archive
  try {
    await refuseOtherForm(archive)
    for await (const { name, size, content } of unpack(archive)) {
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
export async function* readParts(archive: Archive, manifest: Manifest): AsyncGenerator<BackupPart> {
  const { path } = archive
  const expected = [
    ...manifest.tables.map((table) => ({ name: tablePart(table), part: { table }, size: table.bytes })),
    ...manifest.files.map((file) => ({ name: filePart(file), part: { file }, size: file.bytes })),
  ].values()
  const parts = unpack(archive)
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
export async function checkArchive(archive: Archive, manifest: Manifest): Promise<void> {
  const { path } = archive
  try {
    for await (const part of readParts(archive, manifest)) {
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

function unpack({ path, keys }: Archive): AsyncGenerator<TarPart> {
  const gunzip = createGunzip()
  const bytes = createReadStream(path)
  // Whatever goes wrong comes out of the last stream, where it is read.
  pipeline(keys ? decrypt(path, bytes, keys) : bytes, gunzip, () => {})
  return readTar(gunzip)
}

/** Whoever names a key expects an archive that nobody without it looked into: one in clear is told, not taken. */
async function refuseOtherForm({ path, keys }: Archive) {
  if ((await isEncrypted(path)) === (keys !== undefined)) return
  throw keys ? refuse('backup_not_encrypted', { path }) : refuse('backup_encrypted', { path })
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
