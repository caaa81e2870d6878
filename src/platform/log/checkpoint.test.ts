import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpointText, leafLine, makeCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint.ts'
import { fingerprintOf } from './key.ts'
import { merkleRoot } from './merkle.ts'

/** A pair of keys from its secret; the secret is that of the first test of RFC 8032, section 7.1. */
function keyOf(secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60') {
  const privateKey = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }) }
}

const time = '2026-11-21T08:00:00.000000Z'
const heads = [
  { chain: 'organization:0192f3a0', entries: '3', head: 'cc'.repeat(32) },
  { chain: 'network', entries: '12', head: 'aa'.repeat(32) },
  { chain: 'dossier:7', entries: '1', head: 'bb'.repeat(32) },
]
const sealed = makeCheckpoint(time, heads, keyOf())
const read = (value: unknown) => readCheckpoint(typeof value === 'string' ? value : JSON.stringify(value), '/a/file')
const refusal = (code: string, params: Record<string, string>) => expect.objectContaining({ code, exit: 3, params: { path: '/a/file', ...params } })
const malformed = (fields: string) => refusal('checkpoint_malformed', { fields })
const altered = (field: string) => refusal('checkpoint_altered', { field })

/** The checkpoint with something about one chain changed. */
const withChain = (index: number, change: Record<string, unknown>) => ({
  ...sealed,
  chains: sealed.chains.map((chain, at) => (at === index ? { ...chain, ...change } : chain)),
})

describe('a checkpoint', () => {
  test('has the text that it has always had', () => {
    expect(checkpointText(sealed)).toBe(
      [
        `{"chains":[{"chain":"dossier:7","entries":1,"head":"${'bb'.repeat(32)}"},`,
        `{"chain":"network","entries":12,"head":"${'aa'.repeat(32)}"},`,
        `{"chain":"organization:0192f3a0","entries":3,"head":"${'cc'.repeat(32)}"}],`,
        '"count":3,"format":"puente-log-checkpoint-1","key":"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",',
        '"root":"7fb116d848eba433a8ca7d220e83eef6b53be869a21d6cde0101eb1d9643a9e7",',
        '"signature":"lXT2hLGKhpRx8UZyfJiBNnBAXxVWsGaC9JeKVdNsFqCxlw0DmqtcHnpJMPtmqSc4qHSH+TJrtzyv07tgE/iWCQ==",',
        '"time":"2026-11-21T08:00:00.000000Z"}\n',
      ].join(''),
    )
  })

  test('reads back as it was written, with whose key signed it', () => {
    expect(read(checkpointText(sealed))).toEqual({ ...sealed, fingerprint: fingerprintOf(keyOf().publicKey) })
  })

  test('is in the canonical form of RFC 8785 and lists the chains by the bytes of their names', () => {
    const text = checkpointText(sealed)
    const names = (value: object) => Object.keys(value)
    expect(names(JSON.parse(text) as object)).toEqual(names(sealed).toSorted())
    for (const chain of (JSON.parse(text) as Checkpoint).chains) expect(names(chain)).toEqual(['chain', 'entries', 'head'])
    expect(text).toMatch(/^[!-~]+\n$/)
    expect(sealed.chains.map(({ chain }) => chain)).toEqual(['dossier:7', 'network', 'organization:0192f3a0'])
    expect(checkpointText(makeCheckpoint(time, heads.toReversed(), keyOf()))).toBe(text)
  })

  test('may have been laid out anew by whoever kept it', () => {
    const { chains, ...rest } = sealed
    expect(read(`\r\n${JSON.stringify({ ...rest, chains }, null, 2)}\r\n`)).toMatchObject(sealed)
  })

  test('can be checked by whoever has SHA-256, Ed25519 and the description', () => {
    const hash = (prefix: number, ...parts: Uint8Array[]) =>
      createHash('sha256')
        .update(Buffer.concat([Uint8Array.of(prefix), ...parts]))
        .digest()
    const [a, b, c] = sealed.chains.map(({ chain, entries, head }) => hash(0, Buffer.from(`${chain} ${entries} ${head}`)))
    if (!a || !b || !c) throw new Error('there are three chains')
    expect(hash(1, hash(1, a, b), c).toString('hex')).toBe(sealed.root)
    const message = `puente-log-checkpoint-1\n${time}\n3\n${sealed.root}`
    const pem = `-----BEGIN PUBLIC KEY-----\n${sealed.key}\n-----END PUBLIC KEY-----\n`
    expect(verify(null, Buffer.from(message), pem, Buffer.from(sealed.signature, 'base64'))).toBe(true)
  })

  test('of an empty log is one too', () => {
    const empty = makeCheckpoint(time, [], keyOf())
    expect(empty).toMatchObject({ chains: [], count: 0, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
    expect(read(checkpointText(empty))).toMatchObject(empty)
  })

  test('reads back whatever the chains', () => {
    const chain = fc.record({
      chain: fc.stringMatching(/^[a-z]{1,12}(:[0-9a-z-]{1,36})?$/),
      entries: fc.bigInt({ min: 1n, max: BigInt(Number.MAX_SAFE_INTEGER) }).map(String),
      head: fc.stringMatching(/^[0-9a-f]{64}$/),
    })
    fc.assert(
      fc.property(fc.uniqueArray(chain, { selector: (each) => each.chain, maxLength: 30 }), (chains) => {
        const found = read(checkpointText(makeCheckpoint(time, chains, keyOf())))
        const byName = chains.toSorted((a, b) => (a.chain < b.chain ? -1 : 1))
        expect(found.chains.map(leafLine)).toEqual(byName.map((each) => `${each.chain} ${each.entries} ${each.head}`))
      }),
    )
  })
})

describe('a checkpoint is refused when somebody changed', () => {
  const other = keyOf('4c'.repeat(32))
  test.each([
    ['the name of a chain', withChain(1, { chain: 'networks' }), altered('root')],
    ['the number of entries of a chain', withChain(1, { entries: 11 }), altered('root')],
    ['the head of a chain', withChain(0, { head: 'bc'.repeat(32) }), altered('root')],
    ['a chain away', { ...sealed, chains: sealed.chains.slice(1) }, altered('count')],
    ['a chain away and the number of chains', { ...sealed, chains: sealed.chains.slice(1), count: 2 }, altered('root')],
    ['the chains and the root', makeCheckpointWith({ chains: sealed.chains.slice(1), count: 2 }), altered('signature')],
    ['the number of chains', { ...sealed, count: 4 }, altered('count')],
    ['the root', { ...sealed, root: 'dd'.repeat(32) }, altered('root')],
    ['the time', { ...sealed, time: '2026-11-20T08:00:00.000000Z' }, altered('signature')],
    ['the key', { ...sealed, key: other.publicKey.toString('base64') }, altered('signature')],
    ['the signature', { ...sealed, signature: makeCheckpoint(time, heads.slice(1), keyOf()).signature }, altered('signature')],
    ['the signature to nothing', { ...sealed, signature: `${'A'.repeat(86)}==` }, altered('signature')],
    ['the format', { ...sealed, format: 'puente-log-checkpoint-2' }, malformed('format')],
  ])('%s', (_, changed, refused) => {
    expect(() => read(changed)).toThrow(refused)
  })

  test('any one character, unless it means the same', () => {
    const text = checkpointText(sealed)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'grapheme-ascii', minLength: 0, maxLength: 2 }), (at, put) => {
        let found: ReturnType<typeof read>
        try {
          found = read(text.slice(0, at) + put + text.slice(at + 1))
        } catch (error) {
          expect(error).toMatchObject({ exit: 3 })
          return
        }
        expect(found).toMatchObject(sealed)
      }),
      { numRuns: 2000 },
    )
  })
})

/** The checkpoint with other chains, their root made anew, and the old signature: what somebody without the key could make. */
function makeCheckpointWith(change: Pick<Checkpoint, 'chains' | 'count'>) {
  const root = merkleRoot(change.chains.map((chain) => Buffer.from(leafLine(chain)))).toString('hex')
  return { ...sealed, ...change, root }
}

describe('no checkpoint is', () => {
  const { root: _, ...rootless } = sealed
  const text = checkpointText(sealed)
  test.each([
    ['nothing', '', 'JSON'],
    ['half a checkpoint', text.slice(0, -20), 'JSON'],
    ['text', 'a checkpoint', 'JSON'],
    ['null', 'null', 'JSON'],
    ['a list', [sealed], 'JSON'],
    ['one with bytes that are no text', Buffer.from(text.replace('network', '\u00ff'), 'latin1').toString('utf8'), 'chains.1.chain'],
    ['deep brackets', '['.repeat(200_000), 'JSON'],
    ['one without its root', rootless, 'root'],
    ['one with more in it', { ...sealed, comment: 'x' }, 'comment'],
    ['one with more in it that would write to the terminal', { ...sealed, '\u001b[2J': 'x' }, '?'],
    ['one with more in a chain', withChain(0, { extra: 1 }), 'chains.0.extra'],
    ['one with a chain twice', { ...sealed, chains: [...sealed.chains, sealed.chains[2]], count: 4 }, 'chains.3.chain'],
    ['one with its chains in another order', { ...sealed, chains: sealed.chains.toReversed() }, 'chains.1.chain'],
    ['one with a chain of no entries', withChain(2, { entries: 0 }), 'chains.2.entries'],
    ['one with half an entry', withChain(2, { entries: 1.5 }), 'chains.2.entries'],
    ['one with more entries than a number holds', withChain(2, { entries: 2 ** 53 }), 'chains.2.entries'],
    ['one with entries as text', withChain(2, { entries: '3' }), 'chains.2.entries'],
    ['one with a line feed in a name', withChain(1, { chain: 'network\n' }), 'chains.1.chain'],
    ['one with a head in capitals', withChain(1, { head: 'AA'.repeat(32) }), 'chains.1.head'],
    ['one with a time to the second', { ...sealed, time: '2026-11-21T08:00:00Z' }, 'time'],
    ['one with a day that is none', { ...sealed, time: '2026-02-30T08:00:00.000000Z' }, 'time'],
    ['one with a key of another type', { ...sealed, key: ecKey() }, 'key'],
    ['one with a signature that is too short', { ...sealed, signature: 'AAAA' }, 'signature'],
    ['one with bits to spare in its signature', { ...sealed, signature: sealed.signature.replace(/.==$/, 'R==') }, 'signature'],
    ['one with all wrong', { chains: 1, count: -1, format: '', key: '', root: '', signature: '', time: '' }, 'chains, count, format, key, root, …'],
  ])('%s', (_, given, fields) => {
    expect(() => read(given)).toThrow(malformed(fields))
  })
})

const ecKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
