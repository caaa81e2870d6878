import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decrypt, encrypt, isEncrypted, makeBackupKey, parseRecipients, readBackupKeys } from './encryption.ts'
import { Spool } from './new-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-age-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a piece is in the format, and the sixteen bytes of its seal. */
const piece = 64 * 1024 + 16

async function* cut(bytes: Uint8Array, length = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

let recipient: string
let keys: string[]
let otherKeys: string[]
beforeAll(async () => {
  recipient = await makeBackupKey(join(folder, 'key'))
  keys = await readBackupKeys(join(folder, 'key'))
  await makeBackupKey(join(folder, 'other'))
  otherKeys = await readBackupKeys(join(folder, 'other'))
})

const sealed = (bytes: Uint8Array) => buffer(encrypt(cut(bytes), [recipient]))
const opened = (bytes: Uint8Array, by = keys) => buffer(decrypt('a.age', cut(bytes, 7_000), by))
const damaged = { code: 'backup_damaged', params: { path: 'a.age', reason: expect.stringContaining('decryption') } }

describe('what is encrypted', () => {
  test('comes back as it was, at every length, and is never the same twice', async () => {
    for (const length of [0, 1, piece - 17, piece - 16, piece - 15, 3 * (piece - 16), 200_001]) {
      const bytes = randomBytes(length)
      const one = await sealed(bytes)
      expect((await opened(one)).equals(bytes), `${length} bytes`).toBe(true)
      expect(one.equals(await sealed(bytes))).toBe(false)
      if (length > 100) expect(one.includes(bytes.subarray(0, 32))).toBe(false)
    }
  })

  test('opens for each of those it was made for, and for nobody else', async () => {
    const both = await buffer(encrypt(cut(Buffer.from('text')), [recipient, ...parseRecipients(publicKeyOf('other'))]))
    for (const by of [keys, otherKeys, [...otherKeys, ...keys]]) expect((await opened(both, by)).toString()).toBe('text')
    await expect(opened(await sealed(Buffer.from('text')), otherKeys)).rejects.toMatchObject({ code: 'backup_key_wrong', exit: 3 })
  })

  test('with a bit changed anywhere is refused', async () => {
    const bytes = await sealed(randomBytes(150_000))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const bad = Buffer.from(bytes)
        bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await expect(opened(bad)).rejects.toMatchObject({ code: expect.stringMatching(/^backup_(damaged|key_wrong)$/) })
      }),
      { numRuns: 60 },
    )
    const body = bytes.indexOf('\n--- ') + 5
    for (const at of [body, body + 60, body + piece, bytes.length - 1]) {
      const bad = Buffer.from(bytes)
      bad[at] = (bad[at] ?? 0) ^ 1
      await expect(opened(bad), `byte ${at}`).rejects.toMatchObject(damaged)
    }
  })

  test('cut short, lengthened, or with pieces in another order, lacking, twice or out of another one, is refused', async () => {
    const bytes = await sealed(randomBytes(4 * (piece - 16)))
    const twin = await sealed(randomBytes(4 * (piece - 16)))
    const start = bytes.length - 4 * piece
    const at = (from: Buffer, n: number) => from.subarray(start + n * piece, start + (n + 1) * piece)
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => at(bytes, n)) as [Buffer, Buffer, Buffer, Buffer]
    const head = bytes.subarray(0, start)
    expect((await opened(Buffer.concat([head, a, b, c, d]))).length).toBe(4 * (piece - 16))
    for (const pieces of [[], [a], [a, b, c], [a, b, c, d.subarray(0, -1)], [b, a, c, d], [a, c, d], [a, b, b, c, d], [a, b, c, d, d], [a, at(twin, 1), c, d]])
      await expect(opened(Buffer.concat([head, ...pieces]))).rejects.toMatchObject(damaged)
    for (const length of [start - 1, start - 20, 200, 30, 0]) await expect(opened(bytes.subarray(0, length))).rejects.toMatchObject(damaged)
  })

  test('is read as it is made: a piece comes out before the next ones are there', async () => {
    let given = 0
    let isClosed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          given += 1
          yield randomBytes(piece)
        }
      } finally {
        isClosed = true
      }
    }
    const plain = decrypt('a.age', encrypt(endless(), [recipient]), keys)
    for (let n = 0; n < 8; n++) expect((await plain.next()).value).toHaveLength(piece - 16)
    await plain.return(undefined)
    expect(given).toBeLessThan(40)
    // Whoever stops reading has the file closed.
    await expect.poll(() => isClosed).toBe(true)
  })

  test('passes on what goes wrong while it is read', async () => {
    const broken = Object.assign(new Error('input/output error'), { code: 'EIO' })
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield (await sealed(randomBytes(150_000))).subarray(0, 100_000)
      throw broken
    }
    await expect(buffer(decrypt('a.age', failing(), keys))).rejects.toBe(broken)
  })
})

test('what the program age has written is opened', async () => {
  const key = 'AGE-SECRET-KEY-1FSVWAL7LRW95ENEUEK9RYHYE5MY7PGJPN7H4PLPTD2SMFAFLRTWQYTTSDW'
  const bytes = `YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBkLzVFN3ZXL2VGbnpadTlIYkJaUVl3SjhKV2FOeEE2ODlKQWZONW1DTDFZCklKSUlZS0g1czlkemhZMU9DSVVwc2FjR3Z0UFZpZHU5V3RW
M1FnZ3NFaFUKLS0tIEw5ZTdXbWdQOUVwMTNrc2ZYazJrTUEzYnlVaVA4L3N4cEJ6RzhDVW1NMHMK11R2XNq7ivxJ7pbCAHQs1mwf+6rqw7nBE9LMxdm1mDojPW9hHAZUhgGl9oMyFVzI2s+Fmogj4VI=`
  expect((await opened(Buffer.from(bytes, 'base64'), [key])).toString()).toBe('made by the program age\n')
})

describe('a file', () => {
  const path = join(folder, 'file')
  test.each([
    ['that is encrypted', 'age-encryption.org/v1\n-> X25519 a\nb\n--- c\n', true],
    ['of something else', 'age-encryption.org/v2\n', false],
    ['that is empty', '', false],
  ])('%s is known by its beginning', async (_, text, is) => {
    writeFileSync(path, text)
    expect(await isEncrypted(path)).toBe(is)
  })

  test('whose head has no end is not read through', async () => {
    writeFileSync(path, `age-encryption.org/v1\n-> X25519 ${'a'.repeat(1_000_000)}`)
    await expect(isEncrypted(path)).rejects.toMatchObject({ code: 'backup_damaged' })
  })
})

const publicKeyOf = (name: string) => /public key: (\S+)/.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? ''

describe('a key', () => {
  test('is made for its owner alone, as age reads it, and never over another', async () => {
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    const text = readFileSync(join(folder, 'key'), 'utf8')
    expect(text).toMatch(/^# public key: age1[02-9ac-hj-np-z]{58}\nAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\n$/)
    expect(publicKeyOf('key')).toBe(recipient)
    await expect(makeBackupKey(join(folder, 'key'))).rejects.toMatchObject({ code: 'backup_key_exists', exit: 2 })
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(text)
    await expect(makeBackupKey(join(folder, 'nowhere', 'key'))).rejects.toMatchObject({ code: 'backup_key_unusable' })
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('that others may read is refused', async () => {
    const path = join(folder, 'open')
    await makeBackupKey(path)
    chmodSync(path, 0o644)
    await expect(readBackupKeys(path)).rejects.toMatchObject({ code: 'backup_key_exposed', exit: 2, params: { mode: '0644' } })
  })

  test.each(['', '# nothing but words\n', 'age1abc\n', 'AGE-SECRET-KEY-1FSVWAL7LRW95ENEUEK9RYHYE5MY7PGJPN7H4PLPTD2SMFAFLRTWQYTTSDX\n'])(
    'file that holds %j is refused, without its words',
    async (text) => {
      const path = join(folder, 'none')
      writeFileSync(path, text, { mode: 0o600 })
      const error = await readBackupKeys(path).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'backup_key_unusable', exit: 4 })
      if (text.trim() !== '') expect(JSON.stringify(error)).not.toContain(text.trim())
    },
  )

  test('that is not there is refused', async () => {
    await expect(readBackupKeys(join(folder, 'lost'))).rejects.toMatchObject({ code: 'backup_key_unusable' })
  })

  test('public ones are told from all else, and a secret one among them is not repeated', () => {
    expect(parseRecipients(` ${recipient},\n${recipient} `)).toEqual([recipient, recipient])
    expect(parseRecipients('')).toEqual([])
    expect(() => parseRecipients(`${recipient},age1foo`)).toThrow('age1foo is not a public key')
    expect(() => parseRecipients(recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')))).toThrow('is not a public key')
    expect(() => parseRecipients(keys[0] ?? '')).toThrow(/^a secret key is not a public key/)
  })
})

test('rows that wait on the disk are unreadable there and come back from any place', async () => {
  const spool = await Spool.open(join(folder, 'spooled'))
  const bytes = randomBytes(1_000_003)
  for await (const part of cut(bytes, 33_333)) await spool.add(part)
  const onDisk = await buffer(
    (spool as unknown as { handle: { createReadStream: (at: { start: number; autoClose: false }) => AsyncIterable<Buffer> } }).handle.createReadStream({
      start: 0,
      autoClose: false,
    }),
  )
  expect(onDisk.length).toBe(bytes.length)
  expect(onDisk.includes(bytes.subarray(0, 16))).toBe(false)
  for (const [start, length] of [
    [0, bytes.length],
    [1, 10],
    [16, 16],
    [524_287, 400_000],
    [1_000_002, 1],
    [500, 0],
  ] as const)
    expect((await buffer(spool.read(start, length))).equals(bytes.subarray(start, start + length)), `${start}`).toBe(true)
  await spool.close()
})
