import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
const prefix = 'puente-tests-'
/** What all worlds of a run take at most, and as much again. */
const enough = 6 * 1024 ** 3

/**
 * Puts what the tests write into memory, where the machine has a file system in it with room: most of the time of a small transaction is the disk's. What is proven stays the
 * same, since no test takes the power away. `PUENTE_TEST_DISK=1` keeps them on the disk.
 *
 * @returns the folder, to be removed afterwards; `undefined` where the tests stay in the temporary folder of the system
 */
export function moveToMemory(): string | undefined {
  if (process.env['PUENTE_TEST_DISK'] === '1' || !existsSync(memory)) return undefined
  sweep()
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize < enough) return undefined
  const folder = join(memory, `${prefix}${process.pid}`)
  try {
    // Another user, as whom the database server runs, passes through.
    mkdirSync(folder, { mode: 0o755 })
  } catch {
    return undefined
  }
  process.env['TMPDIR'] = folder
  return folder
}

/** A run that was killed leaves its folder behind. */
function sweep() {
  for (const name of readdirSync(memory)) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : NaN)
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(join(memory, name), { recursive: true, force: true })
  }
}
