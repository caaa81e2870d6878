import { appendFileSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../src/platform/root.ts'
import { describeApi } from '../src/web.ts'
import { puente, startServer } from './support/process.ts'
import { engineNames, freshEnvironment } from './support/world.ts'

const seeds = join(root, 'seeds', 'record')

describe.each(engineNames)('the command line (%s)', (engine) => {
  let env: Record<string, string>
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ env, drop } = await freshEnvironment(engine))
  })
  afterAll(() => drop())

  test('every verb works on a database that nobody serves', async () => {
    expect(await puente(['migrate'], env)).toMatchObject({ code: 0, out: 'The database is up to date.\n' })
    expect(await puente(['import', 'record', seeds], env)).toMatchObject({
      code: 0,
      out: 'sources: 0 added, 0 changed\norganizations: 0 added, 0 changed\nagreements: 0 added, 0 changed\n',
    })
    expect(await puente(['log', 'verify', '--json'], env)).toMatchObject({ code: 0, out: '{"chains":1,"entries":1,"withheld":0,"breaks":[]}\n' })
    expect((await puente(['doctor'], env)).out).not.toContain('BAD')
    expect(await puente(['corrections'], env)).toMatchObject({ code: 0, out: 'Nothing has come in.\n' })
  })

  test('with a server running, the same verbs work beside it', async () => {
    const server = await startServer(env)
    const post = await fetch(`${server.url}/api/v1/corrections`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: crypto.randomUUID(), claim: 'Sai tên.' }),
    })
    expect(post.status).toBe(201)
    expect((await puente(['corrections'], env)).out).toContain('Sai tên.')
    expect(await puente(['log', 'verify', '--json'], env)).toMatchObject({ code: 0, out: '{"chains":1,"entries":2,"withheld":0,"breaks":[]}\n' })
    if (engine === 'embedded') expect(statSync(join(env['PUENTE_DATA'] ?? '', 'puente.sock')).mode & 0o777).toBe(0o600)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(server.said()).toContain('Stopped.')
  })

  test('wrong rows are named on one line each, with exit code 3 and nothing imported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-wrong-'))
    cpSync(seeds, folder, { recursive: true })
    appendFileSync(join(folder, 'agreements.csv'), 'a-999,gift,T,,,,nobody,2023-13,,S,,,,in force,w001\n')
    const ended = await puente(['import', 'record', folder], { ...env, LANG: 'es_CU.UTF-8' })
    rmSync(folder, { recursive: true })
    expect(ended.code).toBe(3)
    expect(ended.out).toMatch(/^agreements\.csv:64 kind: .*\nagreements\.csv:64 signed: .*\n$/)
    expect(ended.err).toContain('No se importó nada: hay 2 errores.')
  })

  test('Ctrl-C lets a request in flight end', async () => {
    const server = await startServer(env)
    const inFlight = fetch(`${server.url}/en/organizations`)
    await wait(5)
    const [answer, code] = await Promise.all([inFlight, server.end('SIGINT')])
    expect([answer.status, code]).toEqual([200, 0])
    expect(await answer.text()).toContain('</html>')
  })
})

describe('starting', () => {
  test('a second server on the same embedded database gets one clear sentence', async () => {
    const { env, drop } = await freshEnvironment('embedded')
    const server = await startServer(env)
    const second = await puente(['serve'], { ...env, PORT: '0' })
    expect(second.code).toBe(4)
    expect(second.err).toContain(`Another process uses this data folder (number ${server.child.pid} on `)
    expect(second.err.split('\n').filter((line) => line.includes('    at '))).toEqual([])
    await server.end('SIGTERM')
    await drop()
  })

  test.each([
    [{ PORT: '99999' }, 'PORT must be a number from 0 to 65535'],
    [{ PORT: 'http' }, 'PORT must be a number'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres://'],
    [{ DATABASE_URL: 'postgres://a@localhost/x' }, 'DATABASE_OWNER_URL is missing'],
    [{ PUENTE_URL: 'example.org' }, 'PUENTE_URL must be http'],
  ])('%o stops the start with one sentence', async (settings, sentence) => {
    const ended = await puente(['serve'], settings)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain(sentence)
    expect(ended.err.trim().split('\n')).toHaveLength(1)
  })

  test('in the language of the terminal', async () => {
    expect((await puente(['serve'], { PORT: 'x', LANG: 'vi_VN.UTF-8' })).err).toContain('Cấu hình sai')
    expect((await puente(['serve'], { PORT: 'x', LC_ALL: 'zh_CN.UTF-8' })).err).toContain('配置有误')
  })

  test('a data folder that is a file, and a database that does not answer, are named', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'puente-file-')), 'data')
    writeFileSync(path, '')
    expect(await puente(['serve'], { PUENTE_DATA: path })).toMatchObject({ code: 4, err: expect.stringContaining(`The data folder ${path} cannot be used`) })
    const gone = await puente(['migrate'], {
      PUENTE_DATA: `${path}-x`,
      DATABASE_URL: 'postgres://a@127.0.0.1:1/x',
      DATABASE_OWNER_URL: 'postgres://b@127.0.0.1:1/x',
    })
    expect(gone).toMatchObject({ code: 4, err: expect.stringContaining('DATABASE_URL: connect ECONNREFUSED') })
  })

  test('help names every verb; a wrong verb is a wrong call; the contract of the API is printed', async () => {
    const help = await puente(['--help'], {})
    for (const verb of ['serve', 'migrate', 'import', 'log', 'doctor', 'openapi', 'corrections']) expect(help.out).toContain(verb)
    expect(help.code).toBe(0)
    expect((await puente(['import', '--help'], {})).out).toContain('record')
    expect((await puente(['dance'], {})).code).toBe(2)
    expect((await puente(['import', 'record'], {})).code).toBe(2)
    expect(JSON.parse((await puente(['openapi'], {})).out)).toEqual(JSON.parse(JSON.stringify(describeApi())))
  })
})
