import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { refuse } from '../errors.ts'
import { mediaTypeOf } from './media-type.ts'

/** A file whose bytes are safe on the disk; `app.file` says which spaces hold it. */
export type StoredFile = { sha256: string; bytes: number; mediaType: string }

export type FileLimits = {
  maxBytes: number
  /** Media types that are let in, as the content says, whatever the name says. */
  accept: readonly string[] | 'any'
}

/** The bytes of files, each once, under `<data>/files` by their SHA-256. */
export class FileStore {
  private readonly directory: string

  constructor(data: string) {
    this.directory = join(data, 'files')
  }

  /**
   * Keeps a stream of bytes. A file appears whole and on the disk, or not at all; the same bytes a second time cost nothing.
   *
   * @throws Refusal `body_too_large` past `maxBytes`, `file_type_refused`, `storage_full`
   */
  async put(source: AsyncIterable<Uint8Array>, limits: FileLimits): Promise<StoredFile> {
    const temporary = join(this.directory, 'incoming', randomUUID())
    await mkdir(dirname(temporary), { recursive: true, mode: 0o700 })
    try {
      const { sha256, bytes, head } = await this.receive(source, temporary, limits.maxBytes)
      const mediaType = await mediaTypeOf(head)
      if (limits.accept !== 'any' && !limits.accept.includes(mediaType))
        throw refuse('file_type_refused', { type: mediaType, accepted: limits.accept.join(', ') })
      await this.keep(temporary, sha256)
      return { sha256, bytes, mediaType }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw refuse('storage_full')
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
  }

  /** The bytes of a file. @param sha256 in hexadecimal */
  read(sha256: string): Readable {
    return createReadStream(this.path(sha256))
  }

  /** Whether the bytes are there. */
  async has(sha256: string): Promise<boolean> {
    return stat(this.path(sha256)).then(
      () => true,
      () => false,
    )
  }

  /** The hashes of all files that are there. */
  async *list(): AsyncGenerator<string> {
    for (const folder of await namesIn(this.directory)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue
      for (const name of await namesIn(join(this.directory, folder))) if (/^[0-9a-f]{64}$/.test(name)) yield name
    }
  }

  /** Takes back a file that was put and that nothing names yet, because what should have named it failed. */
  async discard(sha256: string): Promise<void> {
    await rm(this.path(sha256), { force: true })
  }

  private path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256 in hexadecimal')
    return join(this.directory, sha256.slice(0, 2), sha256)
  }

  private async receive(source: AsyncIterable<Uint8Array>, path: string, maxBytes: number) {
    const hash = createHash('sha256')
    const file = await open(path, 'wx', 0o600)
    let bytes = 0
    let head = Buffer.alloc(0)
    try {
      for await (const chunk of source) {
        bytes += chunk.length
        if (bytes > maxBytes) throw refuse('body_too_large', { limit: maxBytes })
        if (head.length < 8192) head = Buffer.concat([head, chunk]).subarray(0, 8192)
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    return { sha256: hash.digest('hex'), bytes, head }
  }

  private async keep(temporary: string, sha256: string) {
    if (await this.has(sha256)) return
    const path = this.path(sha256)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(temporary, path)
    const directory = await open(dirname(path), 'r')
    try {
      await directory.sync()
    } finally {
      await directory.close()
    }
  }
}

/** What lies in a folder; nothing if there is none. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
