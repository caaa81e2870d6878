import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { refuse } from '../errors.ts'

type Holder = { pid: number; host: string; started: string }

/**
 * Takes the data folder for this process alone: two processes on one embedded database would silently lose rows.
 * A lock whose process is gone (killed, power cut) is taken over at once.
 *
 * @returns a function that gives the folder back
 * @throws Refusal `data_locked` with the holder's process number
 */
export function lockData(directory: string): () => void {
  const path = join(directory, 'lock')
  const mine = `${path}.${randomUUID()}`
  const holder: Holder = { pid: process.pid, host: hostname(), started: startTime(process.pid) }
  writeFileSync(mine, JSON.stringify(holder))
  try {
    if (!tryLink(mine, path)) {
      takeOver(path)
      if (!tryLink(mine, path)) throw locked(path)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return () => {
    if (sameHolder(read(path), holder)) rmSync(path, { force: true })
  }
}

/** Whose lock it is, if that process still runs. */
export function lockHolder(directory: string): number | undefined {
  const holder = read(join(directory, 'lock'))
  return holder && lives(holder) ? holder.pid : undefined
}

function takeOver(path: string) {
  const stale = read(path)
  if (stale && lives(stale)) throw locked(path)
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return // gone meanwhile: whoever links first has it
  }
  // Another process may have taken the stale lock over between our look and our rename: give its lock back.
  if (!sameHolder(read(aside), stale)) tryLink(aside, path)
  rmSync(aside, { force: true })
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

const locked = (path: string) => refuse('data_locked', { pid: String(read(path)?.pid ?? '?'), host: read(path)?.host ?? '' })

const sameHolder = (a: Holder | undefined, b: Holder | undefined) => a?.pid === b?.pid && a?.host === b?.host && a?.started === b?.started

/** A process of another host sharing the folder cannot be looked at, so it counts as alive. */
function lives(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return holder.started === startTime(holder.pid)
}

/** When a process began, as the kernel says, so that a process number given out again is not taken for the holder; empty where the kernel does not say. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
