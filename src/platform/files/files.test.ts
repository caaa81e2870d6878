import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../errors.ts'
import { FileStore, type FileLimits } from './files.ts'
import { mediaTypeOf } from './media-type.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
const elf = Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex')
const html = Buffer.from('<!doctype html><script>alert(1)</script>')

const any: FileLimits = {
  maxBytes: 1_000_000,
  accept: ['text/plain', 'image/png', 'application/octet-stream', 'application/pdf', 'application/zip'],
}

let data = ''
let store = new FileStore(data)
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'puente-files-'))
  store = new FileStore(data)
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

async function* pieces(bytes: Uint8Array, size = 64 * 1024) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function* broken() {
  yield Buffer.from('the first half')
  throw new Error('the line went dead')
}

/** Every file below the data folder, whole or half. */
const onDisk = () =>
  readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error
  throw new Error('not refused', { cause: error })
}

describe('the file store', () => {
  test('keeps a file under its hash and reads it back', async () => {
    const kept = await store.put(pieces(png), any)
    expect(kept).toEqual({ sha256: hashOf(png), bytes: png.length, mediaType: 'image/png' })
    expect(await store.has(kept.sha256)).toBe(true)
    expect(await buffer(store.read(kept.sha256))).toEqual(png)
    expect(onDisk()).toEqual([kept.sha256])
  })

  test('keeps the same bytes once', async () => {
    const first = await store.put(pieces(png), any)
    const again = await store.put(pieces(png, 7), any)
    expect(again).toEqual(first)
    const together = await Promise.all(Array.from({ length: 10 }, () => store.put(pieces(html), any)))
    expect(new Set(together.map(({ sha256 }) => sha256))).toEqual(new Set([hashOf(html)]))
    expect(onDisk()).toEqual([hashOf(html), hashOf(png)].sort())
  })

  test('keeps any bytes, in whatever pieces they come', async () => {
    const limits = { ...any, accept: ['text/plain', 'application/octet-stream'] }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (random, size) => {
        // A first byte that begins no known kind of file.
        const bytes = Buffer.concat([Buffer.from([0xfe]), random])
        const { sha256 } = await store.put(pieces(bytes, size), limits)
        expect(await buffer(store.read(sha256))).toEqual(bytes)
      }),
      { numRuns: 30 },
    )
  })

  test('keeps a file of no bytes', async () => {
    const { sha256, bytes } = await store.put(pieces(Buffer.alloc(0)), any)
    expect(bytes).toBe(0)
    expect(await buffer(store.read(sha256))).toHaveLength(0)
  })

  test('lets nobody but its own user read', async () => {
    const { sha256 } = await store.put(pieces(png), any)
    expect(statSync(join(data, 'files', sha256.slice(0, 2), sha256)).mode & 0o077).toBe(0)
  })
})

describe('the file store', () => {
  test('takes a file of just the size allowed and refuses one byte more', async () => {
    const bytes = Buffer.alloc(1000, 'x')
    await store.put(pieces(bytes, 100), { ...any, maxBytes: 1000 })
    const refusal = await refusalOf(store.put(pieces(Buffer.alloc(1001, 'y'), 100), { ...any, maxBytes: 1000 }))
    expect(refusal.code).toBe('body_too_large')
    expect(refusal.params).toEqual({ limit: 1000 })
    expect(onDisk()).toEqual([hashOf(bytes)])
  })

  test('stops reading as soon as a file is too large', async () => {
    let taken = 0
    let ended = false
    async function* endless() {
      try {
        for (;;) {
          taken++
          yield Buffer.alloc(100)
        }
      } finally {
        ended = true
      }
    }
    expect((await refusalOf(store.put(endless(), { ...any, maxBytes: 1000 }))).code).toBe('body_too_large')
    expect([taken, ended]).toEqual([11, true])
    expect(onDisk()).toEqual([])
  })

  test('keeps nothing of a stream that breaks off', async () => {
    await expect(store.put(broken(), any)).rejects.toThrow('the line went dead')
    expect(onDisk()).toEqual([])
  })

  test('takes no name for a hash', async () => {
    for (const name of ['', 'abc', '../../etc/passwd', hashOf(png).toUpperCase(), `${hashOf(png)}0`, `${hashOf(png)}\n`]) {
      expect(() => store.read(name), name).toThrow('not a SHA-256')
      await expect(store.has(name), name).rejects.toThrow('not a SHA-256')
    }
  })

  test('does not have what was never put there', async () => {
    expect(await store.has(hashOf(png))).toBe(false)
    await expect(buffer(store.read(hashOf(png)))).rejects.toThrow('ENOENT')
  })
})

describe('the type of a file', () => {
  test.each([
    ['a picture', png, 'image/png'],
    ['text', Buffer.from('Hợp tác — 合作'), 'text/plain'],
    ['a page of HTML', html, 'text/plain'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['an archive', zip, 'application/zip'],
    ['a program', elf, 'application/x-elf'],
    ['Latin-1', Buffer.from('caf\xe9 con leche', 'latin1'), 'application/octet-stream'],
    ['text with a NUL in it', Buffer.from('a\0b'), 'application/octet-stream'],
    ['text cut in the middle of a letter', Buffer.from('x苗').subarray(0, 3), 'text/plain'],
  ])('of %s is known by its content', async (_, bytes, type) => {
    expect(await mediaTypeOf(bytes)).toBe(type)
  })

  test.each([
    ['a page of HTML', html, 'text/plain'],
    ['an archive', zip, 'application/zip'],
    ['a program', elf, 'application/x-elf'],
  ])('keeps %s out where pictures are wanted', async (_, bytes, type) => {
    const refusal = await refusalOf(store.put(pieces(bytes), { ...any, accept: ['image/png'] }))
    expect(refusal.code).toBe('file_type_refused')
    expect(refusal.params).toEqual({ type, accepted: 'image/png' })
    expect(onDisk()).toEqual([])
  })

  test('is known however small the pieces are', async () => {
    expect((await store.put(pieces(png, 1), any)).mediaType).toBe('image/png')
  })

  test('is found for any bytes without a fault', async () => {
    const start = fc.constantFrom(
      Buffer.alloc(0),
      png.subarray(0, 8),
      zip.subarray(0, 4),
      elf,
      Buffer.from('ID3\x04'),
      Buffer.from('<?xml'),
      Buffer.from('RIFF'),
    )
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
        expect(await mediaTypeOf(Buffer.concat([head, rest]))).toMatch(/^[a-z]+\/[\w.+-]+(;.*)?$/)
      }),
    )
  })
})
