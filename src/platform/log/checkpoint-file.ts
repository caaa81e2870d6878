import { open, readFile, rm, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { refuse } from '../errors.ts'
import { checkpointText, readCheckpoint, type Checkpoint } from './checkpoint.ts'

const megabyte = 1024 ** 2
/** The largest file that is read, in MB: some two million chains. */
const maxSize = 256

/**
 * Keeps a checkpoint as a new file, mode 0600. The file is there whole and on the disk, or not at all; one that is there already is left alone, since it may
 * be the only witness.
 *
 * @param path absolute
 * @throws Refusal `checkpoint_unwritten` when the file is there already or cannot be made; `storage_full`
 */
export async function writeCheckpointFile(path: string, checkpoint: Checkpoint): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(checkpointText(checkpoint))
      await file.sync()
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw refuse('storage_full')
    throw refuse('checkpoint_unwritten', { path, reason: (error as Error).message })
  }
}

/**
 * Reads a checkpoint from a file and checks it, as `readCheckpoint` does.
 *
 * @param path absolute
 * @throws Refusal `checkpoint_unreadable` when there is no such file, or it is larger than 256 MB; `checkpoint_malformed`, `checkpoint_altered`
 */
export async function readCheckpointFile(path: string): Promise<ReturnType<typeof readCheckpoint>> {
  const text = await load(path).catch((error: Error) => {
    throw refuse('checkpoint_unreadable', { path, reason: error.message })
  })
  return readCheckpoint(text, path)
}

async function load(path: string): Promise<string> {
  const found = await stat(path)
  // A pipe or a device could keep the server waiting for ever.
  if (!found.isFile()) throw new Error('it is no file')
  if (found.size > maxSize * megabyte) throw new Error(`it is larger than ${maxSize} MB`)
  return readFile(path, 'utf8')
}

/**
 * A path that was typed as an option. It has to be absolute: a server that runs the command stands in another folder than whoever typed it.
 *
 * @param option its name, for the refusal
 * @throws Refusal `usage`
 */
export function absolutePath(option: string, typed: string): string {
  if (!isAbsolute(typed)) throw refuse('usage', { reason: `--${option} takes a whole path, such as "$PWD/${typed}"` })
  return typed
}
