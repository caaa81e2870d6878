import { randomUUID } from 'node:crypto'
import { link, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse, Refusal, type RefusalCode } from '../errors.ts'

/** A key that lies in a file of its own, mode 0600. */
export type KeyFile<T> = {
  path: string
  /** Reads what the file holds; throws when that is no such key. */
  parse: (text: string) => T
  /** The text of a new key. */
  make: () => string
  refusals: { exposed: RefusalCode; unusable: RefusalCode }
}

/**
 * The key of a file, if there is one already.
 *
 * @returns `undefined` when there is none
 * @throws Refusal `exposed` when others than its owner have any right to the file; `unusable` when it cannot be read or holds no such key
 */
export async function readKeyFile<T>({ path, parse, refusals }: Omit<KeyFile<T>, 'make'>): Promise<T | undefined> {
  try {
    const file = await open(path, 'r')
    try {
      const mode = (await file.stat()).mode & 0o777
      // Windows knows no such rights and says 0666 of every file.
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw refuse(refusals.exposed, { path, mode: mode.toString(8).padStart(4, '0') })
      return parse(await file.readFile('utf8'))
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error instanceof Refusal ? error : unusable({ path, refusals }, error)
  }
}

/**
 * The key of a file, made if there is none. It appears whole and on the disk, or not at all; two who make one at once both get the one that was first.
 *
 * @returns the key, and whether it was made just now
 * @throws Refusal `exposed` and `unusable` as `readKeyFile`; `storage_full`
 */
export async function openKeyFile<T>(file: KeyFile<T>): Promise<{ key: T; made: boolean }> {
  const kept = await readKeyFile(file)
  if (kept !== undefined) return { key: kept, made: false }
  const made = await makeKeyFile(file)
  const key = await readKeyFile(file)
  if (key === undefined) throw refuse(file.refusals.unusable, { path: file.path, reason: 'it is gone again' })
  return { key, made }
}

/**
 * Makes the key of a file that is not there yet.
 *
 * @returns `false` when there is a file of that name; it is left as it is
 * @throws Refusal `unusable`, `storage_full`
 */
export function makeKeyFile(file: Omit<KeyFile<unknown>, 'parse'>): Promise<boolean> {
  return keep(file.path, file.make()).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? refuse('storage_full') : unusable(file, error)
  })
}

/** Writes the key beside and links it into place, which fails if there is one by now. @returns whether it is ours that lies there */
async function keep(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    await link(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
  return true
}

const unusable = ({ path, refusals }: Pick<KeyFile<unknown>, 'path' | 'refusals'>, error: unknown) =>
  refuse(refusals.unusable, { path, reason: error instanceof Error ? error.message : String(error) })
