import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { emptyEnvironment } from './support/empty.ts'
import { puente, startServer } from './support/process.ts'
import { engineNames, freshEnvironment, type EngineName } from './support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-encrypted-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = join(folder, 'key')
const otherKey = join(folder, 'other-key')
let recipient = ''

/** What somebody says in confidence; it must not be found in the archive. */
const confidence = 'It was Ana who told me of the batch.'
const archiveOf = (engine: EngineName) => join(folder, `${engine}.tar.gz.age`)

beforeAll(async () => {
  const made = await puente(['backup', 'key', key], {})
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('Keep it away from the server') })
  recipient = made.out.trim()
  await puente(['backup', 'key', otherKey], {})
})

describe.each(engineNames)('an encrypted backup (%s)', { timeout: 240_000 }, (engine) => {
  test('is made by a running server that has the public key alone', async () => {
    const { env, drop } = await freshEnvironment(engine)
    const settings = { ...env, PUENTE_BACKUP_RECIPIENTS: recipient }
    const server = await startServer(settings)
    const sent = await fetch(`${server.url}/corrections`, {
      method: 'POST',
      body: new URLSearchParams({ id: newId(), claim: confidence }),
      headers: { 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    })
    expect(sent.status).toBe(303)
    const made = await puente(['backup', archiveOf(engine), '--json'], settings)
    expect(made.code, made.err).toBe(0)
    expect(JSON.parse(made.out)).toMatchObject({ recipients: [recipient], missing: [] })
    expect(made.err).not.toContain('not encrypted')
    expect(statSync(archiveOf(engine)).mode & 0o777).toBe(0o600)
    const clear = join(folder, `${engine}.tar.gz`)
    const inClear = await puente(['backup', clear, '--unencrypted'], settings)
    expect(inClear).toMatchObject({ code: 0, err: expect.stringContaining('The backup is not encrypted') })
    await server.end('SIGTERM')
    await drop()
    expect(gunzipSync(readFileSync(clear)).includes(confidence)).toBe(true)
    expect(readFileSync(archiveOf(engine)).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n')
    expect(() => gunzipSync(readFileSync(archiveOf(engine)))).toThrow()
  })

  test('is verified where there is no instance, and restored with its key', async () => {
    const nowhere = join(folder, 'nowhere')
    const verified = await puente(['backup', 'verify', archiveOf(engine), '--key', key, '--json'], { PUENTE_DATA: nowhere })
    expect(verified.code, verified.err).toBe(0)
    expect(JSON.parse(verified.out)).toMatchObject({ encrypted: true, missing: [], rows: expect.any(Number) })
    expect(existsSync(nowhere)).toBe(false)

    const { env, drop } = await emptyEnvironment(engine === 'embedded' ? 'postgres' : 'embedded')
    const restored = await puente(['restore', archiveOf(engine), '--key', key, '--json'], env)
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ rows: (JSON.parse(verified.out) as { rows: number }).rows, log: { breaks: 0 } })
    expect((JSON.parse((await puente(['corrections', '--json'], env)).out) as object[])[0]).toMatchObject({ claim: confidence })
    await drop()
  })

  test('with no key, another one, a piece lacking or changed is refused, and nothing is left', async () => {
    const { env, data, drop } = await emptyEnvironment(engine)
    const whole = readFileSync(archiveOf(engine))
    const changed = Buffer.from(whole)
    changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 1
    const bad = join(folder, 'bad.age')
    // Cut where a piece ends, too: nothing tells there that more should come, but the last piece says that it is the last.
    const pieces = whole.length - ((whole.length - whole.indexOf('\n--- ') - 65) % 65_552)
    const cases: [string, Buffer, string[], number, string][] = [
      ['no key', whole, [], 2, 'is encrypted. Name the file with its secret key'],
      ['another key', whole, ['--key', otherKey], 3, 'No key in the file that was named opens'],
      ['changed', changed, ['--key', key], 3, 'is damaged or cut short'],
      ['cut', whole.subarray(0, pieces), ['--key', key], 3, 'is damaged or cut short'],
      ['cut in its head', whole.subarray(0, 60), ['--key', key], 3, 'is damaged or cut short'],
    ]
    for (const [what, bytes, options, code, words] of cases) {
      writeFileSync(bad, bytes)
      const calls = [['backup', 'verify', bad, ...options], ...(what === 'changed' || what === 'another key' ? [['restore', bad, ...options]] : [])]
      for (const call of calls) {
        const refused = await puente(call, env)
        expect(refused, what).toMatchObject({ code, out: '', err: expect.stringContaining(words) })
        expect(refused.err, what).not.toContain('    at ')
      }
      expect(existsSync(join(data, 'files')), what).toBe(false)
    }
    expect((await puente(['restore', archiveOf(engine), '--key', key], env)).code).toBe(0)
    await drop()
  })
})

describe('the command line', { timeout: 120_000 }, () => {
  test('an archive in clear is not taken where a key is named', async () => {
    const { env, drop } = await emptyEnvironment('postgres')
    const refused = await puente(['restore', join(folder, 'embedded.tar.gz'), '--key', key], { ...env, LANG: 'es_CU.UTF-8' })
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no está cifrada') })
    await drop()
  })

  test('a public key that is none is refused at start, and nothing is written', async () => {
    const env = { PUENTE_DATA: join(folder, 'never') }
    const wrong = await puente(['backup', join(folder, 'never.age')], { ...env, PUENTE_BACKUP_RECIPIENTS: `${recipient} age1wrong` })
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('PUENTE_BACKUP_RECIPIENTS must be public keys of age; age1wrong is not') })
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
  })

  test('a key is not written over', async () => {
    const before = readFileSync(key, 'utf8')
    expect(await puente(['backup', 'key', key], { LANG: 'zh_CN.UTF-8' })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('密钥绝不会被覆盖') })
    expect(readFileSync(key, 'utf8')).toBe(before)
  })
})
