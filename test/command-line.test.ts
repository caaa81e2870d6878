import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request as ask, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { entryKinds, plurals } from '../src/modules/record/index.ts'
import { describeApi } from '../src/web.ts'
import { puente, startServer } from './support/process.ts'
import { readRows, seeds } from './support/record.ts'
import { copySeeds, countSeeds } from './support/sheets.ts'
import { engineNames, freshEnvironment } from './support/world.ts'

describe.each(engineNames)('the command line (%s)', (engine) => {
  let env: Record<string, string>
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ env, drop } = await freshEnvironment(engine))
  })
  afterAll(() => drop())

  test('every verb works on a database that nobody serves', async () => {
    expect(await puente(['migrate'], env)).toMatchObject({ code: 0, out: 'The database is up to date.\n' })
    const again = await puente(['import', 'record', seeds], env)
    const held = entryKinds.filter((kind) => countSeeds(kind) > 0).map((kind) => plurals[kind])
    expect(again.code).toBe(0)
    const lines = again.out.trimEnd().split('\n')
    expect(lines).toEqual(expect.arrayContaining(['sources', ...held].map((what) => `${what}: 0 added, 0 changed`)))
    expect(lines.filter((line) => !line.endsWith(': 0 added, 0 changed'))).toEqual([])
    expect(again.err).toContain(`sources: ${countSeeds('source')}\n`)
    expect(await puente(['log', 'verify', '--json'], env)).toMatchObject({ code: 0, out: '{"chains":1,"entries":3,"withheld":0,"breaks":[]}\n' })
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
    expect(await puente(['log', 'verify', '--json'], env)).toMatchObject({ code: 0, out: '{"chains":1,"entries":4,"withheld":0,"breaks":[]}\n' })
    if (engine === 'embedded') expect(statSync(join(env['PUENTE_DATA'] ?? '', 'puente.sock')).mode & 0o777).toBe(0o600)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(server.said()).toContain('Stopped.')
  })

  test('wrong rows are named on one line each, with exit code 3 and nothing imported', async () => {
    const folder = copySeeds()
    const agreement = folder.add('agreements.csv', {
      id: 'a-999',
      kind: 'gift',
      title_en: 'T',
      parties: 'nobody',
      signed: '2023-13',
      subject_en: 'S',
      status: 'in force',
      source_ids: 'w001',
    })
    const event = folder.add('events.csv', { id: 'e-999', kind: 'visit', name_en: 'T', country: 'XX', source_ids: 'w001' })
    const spanish = { ...env, LANG: 'es_CU.UTF-8' }
    const ended = await puente(['import', 'record', folder.path], spanish)
    const forPrograms = await puente(['import', 'record', folder.path, '--json'], spanish)
    folder.remove()
    expect(ended.code).toBe(3)
    expect(ended.out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^agreements\\.csv:${agreement} kind: .+$`)),
      expect.stringMatching(new RegExp(`^agreements\\.csv:${agreement} signed: .+$`)),
      expect.stringMatching(new RegExp(`^events\\.csv:${event} country: .+$`)),
    ])
    expect(ended.err).toContain('No se importó nada: hay 3 errores.')
    expect(forPrograms.code).toBe(3)
    const lines = forPrograms.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[2]).toMatchObject({ file: 'events.csv', line: event, column: 'country', code: 'unknown_country' })
    expect(Object.keys(lines[0] ?? {})).toEqual(['file', 'line', 'column', 'code', 'message'])
  })

  test('the record goes out as open data, into a new folder only', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'puente-open-')), 'record')
    const ended = await puente(['export', 'record', folder, '--json'], env)
    expect(ended.code).toBe(0)
    const { files } = JSON.parse(ended.out) as { files: Record<string, number> }
    for (const kind of entryKinds) {
      expect([kind, files[`${plurals[kind]}.csv`], files[`${plurals[kind]}.jsonl`]]).toEqual([kind, countSeeds(kind), countSeeds(kind)])
      const entries = readFileSync(join(folder, `${plurals[kind]}.jsonl`), 'utf8')
        .trimEnd()
        .split('\n')
      expect(entries.map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(readRows(folder, plurals[kind]).map((row) => row['key']))
    }
    expect(files['sources.jsonl']).toBe(countSeeds('source'))
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain('https://creativecommons.org/licenses/by/4.0/')
    const names = readdirSync(folder)
    expect(await puente(['export', 'record', folder], env)).toMatchObject({ code: 2, err: expect.stringContaining(folder) as string })
    expect(readdirSync(folder)).toEqual(names)
    rmSync(dirname(folder), { recursive: true })
  })

  test('Ctrl-C lets a request in flight end', async () => {
    const server = await startServer(env)
    const body = JSON.stringify({ id: crypto.randomUUID(), claim: 'Đang gửi.' })
    const request = ask(`${server.url}/api/v1/corrections`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), expect: '100-continue' },
    })
    const answer = once(request, 'response')
    request.flushHeaders()
    await once(request, 'continue')
    const ended = server.end('SIGINT')
    await vi.waitUntil(
      () =>
        fetch(`${server.url}/live`).then(
          () => false,
          () => true,
        ),
      { timeout: 5000, interval: 20 },
    )
    request.end(body)
    expect(((await answer) as [IncomingMessage])[0].statusCode).toBe(201)
    expect(await ended).toBe(0)
    expect((await puente(['corrections'], env)).out).toContain('Đang gửi.')
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
    for (const verb of ['serve', 'migrate', 'import', 'export', 'log', 'doctor', 'openapi', 'corrections']) expect(help.out).toContain(verb)
    expect(help.code).toBe(0)
    expect((await puente(['import', '--help'], {})).out).toContain('record')
    expect((await puente(['dance'], {})).code).toBe(2)
    expect((await puente(['import', 'record'], {})).code).toBe(2)
    expect(JSON.parse((await puente(['openapi'], {})).out)).toEqual(JSON.parse(JSON.stringify(describeApi())))
  })
})
