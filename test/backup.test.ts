import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { askAll, findAddresses } from './support/crawl.ts'
import { emptyEnvironment } from './support/empty.ts'
import { puente, startServer, type ServerProcess } from './support/process.ts'
import { engineNames, freshEnvironment, type EngineName } from './support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Sends corrections one after the other, as visitors do, until it is told to stop. */
function correcting(server: ServerProcess) {
  const claims: string[] = []
  const refused: number[] = []
  const stop = new AbortController()
  const done = (async () => {
    while (!stop.signal.aborted) {
      const claim = `Tên sai ${claims.length} — 错误 "\\n" \n\t €`
      const answer = await fetch(`${server.url}/corrections`, {
        method: 'POST',
        body: new URLSearchParams({ id: newId(), claim }),
        // Each from an address of its own, or the twenty-first would be slowed down.
        headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `10.0.${claims.length >> 8}.${claims.length & 255}` },
        redirect: 'manual',
      })
      if (answer.status === 303) claims.push(claim)
      else refused.push(answer.status)
      await wait(5)
    }
  })()
  return {
    claims,
    refused,
    stop: async () => {
      stop.abort()
      await done
    },
  }
}

type Made = { file: string; before: number; after: number; claims: string[]; answers: Record<string, string> }
const backups = new Map<EngineName, Made>()
function backupOf(engine: EngineName): Made {
  const made = backups.get(engine)
  if (!made) throw new Error('the backup is made by the first test')
  return made
}

describe.each(engineNames)('a backup (%s)', { timeout: 240_000 }, (engine) => {
  test('is made while the server answers and takes corrections', async () => {
    const { env, drop } = await freshEnvironment(engine)
    const server = await startServer({ ...env, PUENTE_PROXIES: '1' })
    const visitors = correcting(server)
    while (visitors.claims.length < 5) await wait(10)
    const before = visitors.claims.length
    const file = join(folder, `${engine}.tar.gz`)
    const made = await puente(['backup', file, '--json'], env)
    const after = visitors.claims.length
    await visitors.stop()
    expect(visitors.refused).toEqual([])
    expect(made.code, made.err).toBe(0)
    expect(JSON.parse(made.out)).toMatchObject({ file, tables: expect.any(Number), rows: expect.any(Number), files: expect.any(Number), missing: [] })
    expect(made.err).toContain('Packing')
    // In which order a search finds follows statistics of the database too, which a backup does not carry.
    const answers = await askAll(
      server.url,
      (await findAddresses(server.url)).filter((address) => !address.includes('/search?')),
    )
    expect(Object.keys(answers).length).toBeGreaterThan(100)
    expect(await server.end('SIGTERM')).toBe(0)
    await drop()
    backups.set(engine, { file, before, after, claims: visitors.claims, answers })
    expect(readdirSync(folder).filter((name) => !name.endsWith('.tar.gz'))).toEqual([])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(spawnSync('tar', ['-tzf', file], { encoding: 'utf8' }).stdout.split('\n').slice(0, 2)).toEqual(['manifest.json', 'tables/app.file.ndjson'])
  })

  test.each(engineNames)('fills an empty instance (%s), which then answers everything as the first one did', async (target) => {
    const { file, before, after, claims, answers } = backupOf(engine)
    const { env, data, drop } = await emptyEnvironment(target)
    const restored = await puente(['restore', file, '--json'], env)
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ file, migrations: [], missing: [], log: { breaks: 0 } })

    const server = await startServer(env)
    expect(await askAll(server.url, Object.keys(answers))).toEqual(answers)
    const refused = await puente(['restore', file], env)
    expect(refused.err).toContain('this one holds something already. Stop the server')
    expect(refused).toMatchObject({ code: 4, out: '' })

    const kept = JSON.parse((await puente(['corrections', '--limit', '1000', '--json'], env)).out) as { claim: string }[]
    // A moment between two commits: nothing taken before it is lacking, and what came later came in no other order.
    expect(kept.length).toBeGreaterThanOrEqual(before)
    expect(kept.length).toBeLessThanOrEqual(after + 1)
    expect(kept.map(({ claim }) => claim).toReversed()).toEqual(claims.slice(0, kept.length))
    expect(JSON.parse((await puente(['log', 'verify', '--json'], env)).out)).toMatchObject({ entries: kept.length + 3, breaks: [] })
    expect((await puente(['doctor'], env)).code).toBe(0)
    expect(readdirSync(join(data, 'files')).length).toBeGreaterThan(1)
    await server.end('SIGTERM')
    await drop()
  })

  test('that is killed leaves nothing under its name, and the next one works', async () => {
    const { env, drop } = await freshEnvironment(engine)
    const file = join(folder, 'killed.tar.gz')
    // On a busy machine it may be done before it is killed.
    while ((await puente(['backup', file], env, { atWords: 'Packing' })).code === 0) rmSync(file)
    expect(existsSync(file)).toBe(false)
    expect((await puente(['backup', file], env)).code).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('killed'))).toEqual(['killed.tar.gz'])
    rmSync(file)
    await drop()
  })
})

describe.each(engineNames)('a restore (%s)', { timeout: 240_000 }, (engine) => {
  test('that is killed on the way leaves an empty instance, in which the next one works', async () => {
    const { file } = backupOf(engine === 'embedded' ? 'postgres' : 'embedded')
    const { env, drop } = await emptyEnvironment(engine)
    expect((await puente(['restore', file], env, { atWords: 'Comparing' })).code).toBe(null)
    // Here it is done, but for the tidying up: the next one says that something is there, and what to do.
    expect((await puente(['restore', file], env, { atWords: 'Everything is in place' })).code).toBe(null)
    const again = await puente(['restore', file], { ...env, LANG: 'es_CU.UTF-8' })
    expect(again).toMatchObject({ code: 4, err: expect.stringContaining('No se restauró nada: solo se restaura en una instancia vacía') })
    expect((await puente(['log', 'verify'], env)).code).toBe(0)
    await drop()
  })
})

describe('the command line', { timeout: 240_000 }, () => {
  test('a backup does not replace a file, unless it is told to', async () => {
    const { env, drop } = await freshEnvironment('postgres')
    const file = join(folder, 'there.tar.gz')
    writeFileSync(file, 'mine')
    const refused = await puente(['backup', file], { ...env, LANG: 'vi_VN.UTF-8' })
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`Đã có tệp ${file}`) })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(await puente(['backup', file, '--force'], env)).toMatchObject({ code: 0, out: expect.stringMatching(/^Backed up \d+ tables with [\d,]+ rows/) })
    rmSync(file)
    await drop()
  })

  test('a damaged backup is refused in one sentence, and nothing is left', async () => {
    const { file } = backupOf('embedded')
    const { env, data, drop } = await emptyEnvironment('postgres')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1]! ^= 1
    const damaged = join(folder, 'damaged.tar.gz')
    writeFileSync(damaged, bytes)
    const refused = await puente(['restore', damaged], { ...env, LANG: 'zh_CN.UTF-8' })
    expect(refused).toMatchObject({ code: 3, out: '', err: expect.stringContaining(`备份 ${damaged} 已损坏或不完整`) })
    expect(refused.err).not.toContain('    at ')
    expect(existsSync(join(data, 'files'))).toBe(false)
    expect((await puente(['restore', file], env)).code).toBe(0)
    rmSync(damaged)
    await drop()
  })
})
