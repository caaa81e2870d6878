import { createCipheriv, createDecipheriv, randomBytes, type Cipheriv } from 'node:crypto'
import { link, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse } from '../errors.ts'

/**
 * A file that appears under its name when it is whole and on the disk, or not at all. Until then it is `<path>.part`; what a killed process left under
 * that name is replaced.
 */
export class NewFile {
  private readonly path: string
  private readonly handle: FileHandle

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.handle = handle
  }

  static async open(path: string): Promise<NewFile> {
    await rm(partOf(path), { force: true })
    return new NewFile(path, await open(partOf(path), 'wx', 0o600))
  }

  /** Adds at the end. */
  async add(bytes: Uint8Array) {
    await this.handle.writeFile(bytes)
  }

  /**
   * Gives the file its name.
   *
   * @param force whether a file of that name may be replaced
   * @returns its size
   * @throws Refusal `backup_exists`; `backup_unwritable` when another process began to write the same file meanwhile
   */
  async keep(force: boolean): Promise<number> {
    await this.handle.sync()
    const { size } = await this.handle.stat()
    if (!(await this.isMine())) throw refuse('backup_unwritable', { path: this.path, reason: 'another process writes the same file' })
    await this.handle.close()
    if (force) await rename(partOf(this.path), this.path)
    else await this.nameOnce()
    await syncFolder(dirname(this.path))
    return size
  }

  /** Leaves nothing of the file. */
  async discard() {
    const mine = await this.isMine().catch(() => true) // closed already, so it was
    await this.handle.close().catch(() => {})
    if (mine) await rm(partOf(this.path), { force: true })
  }

  /** Another process may have put a file of its own into the place of ours. Ask while ours is open, or its number may be given out anew. */
  private async isMine(): Promise<boolean> {
    const mine = await this.handle.stat()
    const there = await stat(partOf(this.path)).catch(() => undefined)
    return there?.ino === mine.ino && there.dev === mine.dev
  }

  private async nameOnce() {
    try {
      // A second name cannot replace a file, which renaming would.
      await link(partOf(this.path), this.path)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST' || (await exists(this.path))) throw refuse('backup_exists', { path: this.path })
      if (!lacking.has(code ?? '')) throw error
      await rename(partOf(this.path), this.path)
      return
    }
    await rm(partOf(this.path))
  }
}

/** Whether there is anything under a name. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Bytes kept on the disk for a while, in a file without a name: nothing of it is left, however the process ends. What the disk may still hold afterwards is
 * encrypted with a key that was in memory only.
 */
export class Spool {
  private readonly handle: FileHandle
  private readonly key = randomBytes(32)
  private readonly cipher: Cipheriv = createCipheriv(spoolCipher, this.key, counterAt(0))

  private constructor(handle: FileHandle) {
    this.handle = handle
  }

  /** @param beside the new file whose disk is to be used; until that is opened its name is free, and what a kill leaves under it is replaced */
  static async open(beside: string): Promise<Spool> {
    await rm(partOf(beside), { force: true })
    const handle = await open(partOf(beside), 'wx+', 0o600)
    await rm(partOf(beside), { force: true })
    return new Spool(handle)
  }

  /** Adds at the end. */
  async add(bytes: Uint8Array) {
    await this.handle.writeFile(this.cipher.update(bytes))
  }

  /** The bytes from a place on. */
  async *read(start: number, length: number): AsyncGenerator<Uint8Array> {
    const decipher = createDecipheriv(spoolCipher, this.key, counterAt(Math.floor(start / 16)))
    decipher.update(Buffer.alloc(start % 16))
    for (let done = 0; done < length;) {
      const { bytesRead, buffer } = await this.handle.read(Buffer.alloc(Math.min(256 * 1024, length - done)), { position: start + done })
      if (bytesRead === 0) throw new Error('the spool ends before its time')
      done += bytesRead
      yield decipher.update(buffer.subarray(0, bytesRead))
    }
  }

  async close() {
    await this.handle.close()
  }
}

/** It only hides: whether the bytes are still the same is known by the hashes in the manifest. */
const spoolCipher = 'aes-256-ctr'

/** The counter of a block of sixteen bytes. */
function counterAt(block: number): Buffer {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(block), 8)
  return counter
}

const partOf = (path: string) => `${path}.part`

/** What file systems say that know no second names, or cannot sync a folder. */
const lacking = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EISDIR', 'EACCES'])

async function syncFolder(path: string) {
  try {
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    if (!lacking.has((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
