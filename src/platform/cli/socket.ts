import { createHash } from 'node:crypto'
import { chmodSync, rmSync, statSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Command, CommandContext } from './command.ts'
import { execute, type Call, type Terminal } from './run.ts'

const callShape = z.object({
  path: z.array(z.string()),
  args: z.record(z.string(), z.string()),
  options: z.record(z.string(), z.union([z.string(), z.boolean()])),
  json: z.boolean(),
})
const lineShape = z.union([z.object({ out: z.string() }), z.object({ err: z.string() }), z.object({ exit: z.int() })])

/**
 * Where the server of a data folder listens for the command line. The path of a socket may have some hundred bytes at most;
 * for a folder deeper than that it lies in the temporary folder of the system.
 */
export function socketPath(data: string): string {
  const path = join(data, 'puente.sock')
  return Buffer.byteLength(path) <= 100 ? path : join(tmpdir(), `puente-${createHash('sha256').update(data).digest('hex').slice(0, 24)}.sock`)
}

/** Listens for the command line. Only the owner of the process may open the socket. */
export function serveSocket(commands: readonly Command[], context: Omit<CommandContext, keyof Call | keyof Terminal>): Promise<Server> {
  const path = socketPath(context.config.data)
  rmSync(path, { force: true })
  const server = createServer((incoming, outgoing) => void answer(commands, context, incoming, outgoing))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const before = process.umask(0o177)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve(server)
    })
    process.umask(before)
  })
}

async function answer(
  commands: readonly Command[],
  context: Omit<CommandContext, keyof Call | keyof Terminal>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const line = (value: z.input<typeof lineShape>) => void outgoing.write(`${JSON.stringify(value)}\n`)
  const terminal: Terminal = { out: (out) => line({ out }), err: (err) => line({ err }) }
  try {
    const call = callShape.parse(JSON.parse(await text(incoming)))
    const command = commands.find(({ path }) => path.join(' ') === call.path.join(' '))
    if (!command) throw refuse('usage', { reason: 'the server that runs is of another version; stop it first' })
    line({ exit: await execute(command, { ...context, ...call, ...terminal }) })
  } catch (error) {
    line({
      exit: await execute(
        { path: [], summary: '', args: [], run: () => Promise.reject(error) },
        { ...context, ...terminal, args: {}, options: {}, json: false },
      ),
    })
  }
  outgoing.end()
}

/**
 * Has the running server execute a command, its lines passed on as they come.
 *
 * @returns the exit code
 * @throws Refusal `unavailable` when the server goes away meanwhile
 */
export async function callServer(data: string, call: Call, terminal: Terminal): Promise<number> {
  const path = socketPath(data)
  if (statSync(path, { throwIfNoEntry: false })?.uid !== process.getuid?.()) throw refuse('data_locked', { pid: '?', host: 'localhost' })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ socketPath: path, method: 'POST', path: '/' }, resolve)
    sent.once('error', reject)
    sent.end(JSON.stringify({ path: call.path, args: call.args, options: call.options, json: call.json }))
  })
  for await (const line of createInterface({ input: response })) {
    const said = lineShape.parse(JSON.parse(line))
    if ('exit' in said) return said.exit
    if ('out' in said) terminal.out(said.out)
    else terminal.err(said.err)
  }
  throw refuse('unavailable')
}
