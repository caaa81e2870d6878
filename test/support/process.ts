import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../../src/platform/root.ts'
import { vocabularySample } from './vocabulary-sample.ts'

const program = join(root, 'bin', 'puente.mjs')

/** What a process may know of this machine: nothing of the settings of whoever runs the tests. */
const environment = (env: Record<string, string>) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  LANG: 'en_US.UTF-8',
  PUENTE_VOCABULARY: vocabularySample,
  ...env,
})

export type Ended = { code: number | null; out: string; err: string }

/** Runs the command line to its end, or until it is killed: when told to, or when it says something on standard error. */
export async function puente(args: string[], env: Record<string, string>, kill?: AbortSignal | { atWords: string }): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  if (kill instanceof AbortSignal) kill.addEventListener('abort', () => child.kill('SIGKILL'))
  else if (kill) child.stderr.on('data', (said: Buffer) => void (said.includes(kill.atWords) && child.kill('SIGKILL')))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise<number | null>((resolve) => child.once('close', resolve))])
  return { code, out, err }
}

export type ServerProcess = { child: ChildProcess; url: string; said: () => string; end: (signal: NodeJS.Signals) => Promise<number | null> }

/** Starts the server as an operator does and waits until it is ready. */
export async function startServer(env: Record<string, string>, verb: 'serve' | 'demo' = 'serve'): Promise<ServerProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [program, verb], {
    env: environment({ PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', PUENTE_RATE: '100000', ...env }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; !(await answers(url)); attempt++) {
    if (child.exitCode !== null || attempt > (verb === 'demo' ? 2400 : 600)) throw new Error(`the server did not start: ${said}`)
    await wait(50)
  }
  return {
    child,
    url,
    said: () => said,
    end: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
