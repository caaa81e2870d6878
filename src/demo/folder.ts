import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { lockHolder } from '../platform/db/lock.ts'
import { demoFile, isDemoFolder } from '../platform/demo.ts'
import { refuse } from '../platform/errors.ts'

/**
 * Takes a data folder for a demonstration: a new or empty one is marked, one built before is left as it is, and one whose building was cut short is emptied, so that
 * it is built anew.
 *
 * @throws Refusal `demo_folder` for a folder with something else in it
 */
export function takeFolder(data: string): void {
  if (!isDemoFolder(data)) {
    if (existsSync(data) && readdirSync(data).length > 0) throw refuse('demo_folder', { path: data })
    mkdirSync(data, { recursive: true, mode: 0o700 })
    writeFileSync(join(data, demoFile), 'building\n')
    return
  }
  if (readFileSync(join(data, demoFile), 'utf8').trim() === 'built') return
  const pid = lockHolder(data)
  if (pid !== undefined) throw refuse('data_locked', { pid: String(pid), host: hostname() })
  for (const name of readdirSync(data)) if (name !== demoFile) rmSync(join(data, name), { recursive: true, force: true })
}

/** From now on the folder is kept as it is. */
export const finishFolder = (data: string): void => writeFileSync(join(data, demoFile), 'built\n')
