import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { open, seal } from './seal.ts'
import { Secrets } from './secrets.ts'

const key = randomBytes(32)
const unreadable = expect.objectContaining({ code: 'sealed_unreadable' }) as Error

describe('what is sealed', () => {
  test('opens again, whatever it says', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => open(key, seal(key, text, place), place) === text))
  })

  test('shows nothing and is never the same twice', () => {
    const [one, two] = [seal(key, 'https://localhost/in/secret', 'a'), seal(key, 'https://localhost/in/secret', 'a')]
    expect(one.equals(two)).toBe(false)
    expect(one.toString('latin1')).not.toContain('secret')
  })

  test('does not open in another place, with another key, cut, longer, or with any bit changed', () => {
    const sealed = seal(key, 'text', 'app.mail.body:1')
    expect(() => open(key, sealed, 'app.mail.body:2')).toThrow(unreadable)
    expect(() => open(randomBytes(32), sealed, 'app.mail.body:1')).toThrow(unreadable)
    for (const other of [Buffer.of(), sealed.subarray(0, 20), sealed.subarray(0, -1), Buffer.concat([sealed, Buffer.of(0)])])
      expect(() => open(key, other, 'app.mail.body:1')).toThrow(unreadable)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => open(key, changed, 'app.mail.body:1'), `bit ${bit}`).toThrow(unreadable)
    }
  })
})

describe('the key of an instance', () => {
  let data: string
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'puente-seal-'))
  })
  afterEach(() => rmSync(data, { recursive: true, force: true }))

  test('is made on first use, for its owner alone, and is one however many make it at once', async () => {
    await expect(new Secrets(data).open(seal(key, 'x', 'a'), 'a')).rejects.toMatchObject({ code: 'sealed_unreadable' })
    expect(readdirSync(data)).toEqual([])
    const sealed = await Promise.all(Array.from({ length: 8 }, () => new Secrets(data).seal('中文', 'a')))
    expect(readdirSync(data)).toEqual(['seal-key'])
    expect(statSync(join(data, 'seal-key')).mode & 0o777).toBe(0o600)
    const later = new Secrets(data)
    for (const each of sealed) expect(await later.open(each, 'a')).toBe('中文')
  })

  test.skipIf(process.platform === 'win32')('is refused when others may read it', async () => {
    await new Secrets(data).seal('x', 'a')
    chmodSync(join(data, 'seal-key'), 0o640)
    await expect(new Secrets(data).seal('x', 'a')).rejects.toMatchObject({ code: 'seal_key_exposed', exit: 2, params: { mode: '0640' } })
  })

  test.each(['', 'secret', 'ab'.repeat(31), `${'ab'.repeat(32)}\n\n`])('%j is none, and is left as it is', async (text) => {
    writeFileSync(join(data, 'seal-key'), text, { mode: 0o600 })
    await expect(new Secrets(data).seal('x', 'a')).rejects.toMatchObject({ code: 'seal_key_unusable', exit: 4 })
    expect(readFileSync(join(data, 'seal-key'), 'utf8')).toBe(text)
  })
})
