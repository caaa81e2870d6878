import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callServer, serveSocket, socketPath } from '../src/platform/cli/socket.ts'
import { platformCommands } from '../src/platform/cli/platform-commands.ts'
import { root } from '../src/platform/root.ts'
import { actorKinds, nextVisitor } from './support/actors.ts'
import { startServer } from './support/process.ts'
import { setStage } from './support/stage.ts'
import { freshEnvironment, makeWorld, type World } from './support/world.ts'

const call = { path: ['migrate'], args: {}, options: {}, json: false }
const silent = { out: () => {}, err: () => {} }
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Nobody, as most systems number them: another user than the one that runs the tests. */
const another = 65_534
/** Only the superuser becomes somebody else. */
const canBeAnother = process.getuid?.() === 0

/** What another user of the machine meets who asks the socket for a command. */
function asAnother(path: string): string {
  const program = `
    process.setgroups([]); process.setgid(${another}); process.setuid(${another})
    const sent = require('node:http').request({ socketPath: ${JSON.stringify(path)}, method: 'POST' }, (answer) => answer.on('data', (it) => process.stdout.write(it)))
    sent.on('error', (error) => process.stdout.write(error.code))
    sent.end(${JSON.stringify(JSON.stringify(call))})`
  return spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 20_000 }).stdout
}

describe('the socket of the command line', () => {
  let world: World
  let server: Server | undefined
  const open = async (data: string) => {
    server = await serveSocket(platformCommands, { config: { ...world.config, data }, database: world.database, files: world.files })
    return socketPath(data)
  }
  const close = () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  beforeAll(async () => {
    world = await makeWorld('embedded', { PUENTE_PROXIES: '1' })
  })
  afterAll(() => world.close())

  test('is made by a server for its owner alone, in a folder that nobody else looks into, even one that was open before', async () => {
    const { env, drop } = await freshEnvironment('embedded')
    const data = env['PUENTE_DATA'] ?? ''
    chmodSync(data, 0o755)
    const running = await startServer(env)
    const path = socketPath(data)
    expect([statSync(path).isSocket(), modeOf(path), dirname(path), modeOf(data)]).toEqual([true, '600', data, '700'])
    if (canBeAnother) expect(asAnother(path)).toBe('EACCES')
    expect(await callServer(data, call, silent)).toBe(0)
    await running.end('SIGTERM')
    expect(existsSync(path)).toBe(false)
    await drop()
  })

  test.skipIf(!canBeAnother)('its own mode keeps another user out, and so does that of its folder; without both they would come in', async () => {
    const data = mkdtempSync(join(tmpdir(), 'puente-socket-'))
    const path = await open(data)
    const met = (folder: number, mode: number) => {
      chmodSync(data, folder)
      chmodSync(path, mode)
      return asAnother(path)
    }
    expect([met(0o700, 0o600), met(0o755, 0o600), met(0o700, 0o666)]).toEqual(['EACCES', 'EACCES', 'EACCES'])
    // The server runs in this process: whoever waits for the child in it would wait for ever, so the one that comes in is asked for its connection only.
    const program = `process.setgroups([]); process.setgid(${another}); process.setuid(${another})
      require('node:net').connect(${JSON.stringify(path)}).on('connect', () => { process.stdout.write('in'); process.exit() }).on('error', (e) => process.stdout.write(e.code))`
    chmodSync(data, 0o755)
    chmodSync(path, 0o666)
    expect(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout).toBe('in')
    await close()
    rmSync(data, { recursive: true })
  })

  test('of a folder too deep for a socket lies elsewhere, for its owner alone too; one that another user put there is not asked', async () => {
    const data = join(mkdtempSync(join(tmpdir(), 'puente-socket-')), 'a'.repeat(100))
    const path = await open(data)
    expect([dirname(path), modeOf(path)]).toEqual([tmpdir(), '600'])
    if (canBeAnother) expect(asAnother(path)).toBe('EACCES')
    expect(await callServer(data, call, silent)).toBe(0)
    if (canBeAnother) {
      chownSync(path, another, another)
      await expect(callServer(data, call, silent)).rejects.toMatchObject({ code: 'data_locked' })
    }
    await close()
  })

  test('runs nothing but commands: another word, another shape or a body that is no call changes nothing and ends in one sentence', async () => {
    const data = mkdtempSync(join(tmpdir(), 'puente-socket-'))
    const path = await open(data)
    const send = async (body: string) =>
      new Promise<string>((resolve, reject) => {
        const sent = request({ socketPath: path, method: 'POST', agent: false }, (answer) => resolve(text(answer)))
        sent.once('error', reject)
        sent.end(body)
      })
    const others = ['', '{}', '[]', 'null', JSON.stringify({ ...call, path: ['serve'] }), JSON.stringify({ ...call, path: ['__proto__'] })]
    for (const body of [...others, JSON.stringify({ ...call, path: ['migrate', 'x'] }), JSON.stringify({ ...call, args: { a: 1 } })]) {
      const lines = (await send(body)).trimEnd().split('\n')
      expect([body, JSON.parse(lines.at(-1) ?? '')]).not.toEqual([body, { exit: 0 }])
      expect(lines.filter((line) => 'out' in (JSON.parse(line) as object))).toEqual([])
    }
    expect(await send(JSON.stringify(call))).toContain('{"exit":0}')
    await close()
    rmSync(data, { recursive: true })
  })

  test('is the only way to commands: the web knows none, whoever asks, and no page or API imports what runs them', { timeout: 300_000 }, async () => {
    const { askers } = await setStage(world)
    expect(askers.length).toBe(actorKinds.length)
    for (const { name, headers } of askers)
      for (const path of ['/', '/puente.sock', '/api/v1', '/api/v1/commands', '/command'])
        for (const sent of [call, { ...call, path: ['outbox'] }]) {
          const { result, wrote } = await world.trial(async () => {
            const init = { method: 'POST', body: JSON.stringify(sent), headers: { ...nextVisitor(), ...headers, 'content-type': 'application/json' } }
            const answer = await world.ask(path, { ...init, headers: { ...init.headers, 'sec-fetch-site': 'same-origin' } })
            await answer.arrayBuffer()
            return answer.status
          })
          expect([name, path, wrote, [401, 404, 405, 415].includes(result) ? '' : result]).toEqual([name, path, false, ''])
        }
    const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    const running = files.filter((file) =>
      /^import (?!type)[^\n]*'[^']*(cli\/(run|socket)|\.\/(run|socket))\.ts'/m.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(running.toSorted()).toEqual(['src/main.ts', 'src/platform/cli/run.ts', 'src/platform/cli/socket.ts', 'src/serve.ts'])
    const handing = files.filter((file) =>
      /^import (?!type)[^\n]*'[^']*\/(commands\/[\w-]+|commands|platform-commands)\.ts'/m.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(handing.filter((file) => /\/(pages|api|views|actions|store|http)\//.test(file))).toEqual([])
  })
})
