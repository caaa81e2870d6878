import { createHash, generateKeyPairSync } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprintOf, logKeyPath, openLogKey, parseFingerprint, readLogKey } from './key.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'puente-key-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

describe('the key of an instance', () => {
  test('is made on first use, for its owner alone, and stays', async () => {
    expect(await readLogKey(data)).toBeUndefined()
    const first = await openLogKey(data)
    expect(first).toMatchObject({ made: true, path: join(data, 'log-key') })
    expect(first.fingerprint).toBe(fingerprintOf(first.publicKey))
    expect(statSync(first.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(first.path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\w+/=]+\n-----END PRIVATE KEY-----\n$/)
    expect(await openLogKey(data)).toMatchObject({ made: false, fingerprint: first.fingerprint })
    expect(await readLogKey(data)).toMatchObject({ fingerprint: first.fingerprint })
    expect(readdirSync(data)).toEqual(['log-key'])
  })

  test('is one even when many make it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, () => openLogKey(data)))
    expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(keys.filter(({ made }) => made)).toHaveLength(1)
    expect(readdirSync(data)).toEqual(['log-key'])
  })

  test.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o620, 0o601, 0o644])('is refused with mode %o', async (mode) => {
    const { path } = await openLogKey(data)
    chmodSync(path, mode)
    const refused = { code: 'log_key_exposed', exit: 2, params: { path, mode: `0${mode.toString(8)}` } }
    await expect(readLogKey(data)).rejects.toMatchObject(refused)
    await expect(openLogKey(data)).rejects.toMatchObject(refused)
  })

  test.each([
    ['of another type', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['that is a public one', () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })],
    ['that is no key', () => 'secret'],
    ['that is empty', () => ''],
  ])('%s is refused and left as it is', async (_, pem) => {
    const content = pem()
    writeFileSync(logKeyPath(data), content, { mode: 0o600 })
    await expect(openLogKey(data)).rejects.toMatchObject({ code: 'log_key_unusable', exit: 4, params: { path: logKeyPath(data) } })
    expect(readFileSync(logKeyPath(data), 'utf8')).toBe(content)
  })

  test('that is a folder, or whose folder is gone, is refused', async () => {
    mkdirSync(logKeyPath(data), { mode: 0o700 })
    await expect(openLogKey(data)).rejects.toMatchObject({ code: 'log_key_unusable' })
    await expect(openLogKey(join(data, 'nowhere'))).rejects.toMatchObject({ code: 'log_key_unusable' })
  })
})

describe('a fingerprint', () => {
  test.skipIf(spawnSync('openssl', ['version']).status !== 0)('is the SHA-256 of what OpenSSL makes of the key', async () => {
    const { path, fingerprint } = await openLogKey(data)
    const publicKey = execFileSync('openssl', ['pkey', '-in', path, '-pubout', '-outform', 'DER'])
    expect(createHash('sha256').update(publicKey).digest('hex')).toBe(fingerprint)
  })

  test('may be typed with colons, blanks and capitals', () => {
    const fingerprint = 'ab'.repeat(32)
    expect(parseFingerprint(fingerprint)).toBe(fingerprint)
    expect(parseFingerprint(' AB:AB '.repeat(16))).toBe(fingerprint)
  })

  test.each([[''], ['ab'], ['ab'.repeat(33)], ['xy'.repeat(32)], [`${'ab'.repeat(32)}\n--json`]])('%j is none', (typed) => {
    expect(() => parseFingerprint(typed)).toThrow(expect.objectContaining({ code: 'usage', exit: 2 }))
  })
})
