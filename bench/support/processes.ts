import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd, atExit } from './ending.ts'

/** A server and where it listens. */
export type Listening = {
  name: string
  url: string
  /** How long it took to start, in seconds. */
  started: number
  pid: number
  /** Ends it before the run does. */
  stop: () => Promise<void>
}

/** How long a server may take to start, loading the record included, and how long to end, in milliseconds. */
const patience = { start: 300_000, end: 10_000 }

const withParent = new URL('./with-parent.ts', import.meta.url).href
const withPeak = new URL('./with-peak.ts', import.meta.url).href

/** Starts a program of Node.js in a process of its own and waits until it says `… at http://…`; ended with this process. */
export async function startServer(name: string, args: string[], env: Record<string, string> = {}): Promise<Listening> {
  const began = performance.now()
  const child = start(['--import', withParent, ...args], env)
  return { name, url: await readUrl(name, child), started: (performance.now() - began) / 1000, pid: child.pid ?? 0, stop: () => stop(child) }
}

/** Runs a program of Node.js to its end. @returns how long it took, in seconds, and how much memory it held at most, in bytes */
export async function runProgram(args: string[], env: Record<string, string>): Promise<{ seconds: number; peak: number }> {
  const began = performance.now()
  const child = start(['--import', withParent, '--import', withPeak, ...args], env)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-10_000)
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  const peak = /\npeak (\d+)\n$/.exec(said)?.[1]
  if (code !== 0 || peak === undefined) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${said}`)
  return { seconds: (performance.now() - began) / 1000, peak: Number(peak) * 1024 }
}

/** Nothing of the settings of whoever runs this. What it logs is written, but to nowhere. */
function start(args: string[], env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, args, { env: { PATH, HOME, ...env }, stdio: ['pipe', 'ignore', 'pipe'] })
  atEnd(() => stop(child))
  atExit(() => void child.kill('SIGKILL'))
  return child
}

function readUrl(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (reason: string) => reject(new Error(`${name} ${reason}: ${said}`))
    const late = setTimeout(() => fail('did not start in time'), patience.start)
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString()
      const url = / at (http:\S+)\n/.exec(said)?.[1]
      if (url === undefined) return
      clearTimeout(late)
      resolve(url)
    })
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => {
      clearTimeout(late)
      fail(`ended with ${code}`)
    })
  })
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const impatient = setTimeout(() => child.kill('SIGKILL'), patience.end)
  child.kill('SIGTERM')
  await ended
  clearTimeout(impatient)
}

/** Makes a folder that is gone when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'))
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
