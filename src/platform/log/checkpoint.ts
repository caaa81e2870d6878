import { createPublicKey, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Head } from './chain.ts'
import { fingerprintOf, type LogKey } from './key.ts'
import { merkleRoot } from './merkle.ts'

export const checkpointFormat = 'puente-log-checkpoint-1'

/**
 * The heads of all chains at one moment, signed. Partners keep it as a witness: what the log held then can no longer be changed unseen.
 *
 * As a file: one line of JSON in the canonical form of RFC 8785 (members sorted by name, no blanks), UTF-8, with a line feed at the end. A reader takes any
 * form of the same JSON.
 */
export type Checkpoint = {
  /** Every chain, ascending by name in the order of its bytes; `entries` is their number, from 1, and `head` the hash of the last, in hexadecimal. */
  chains: { chain: string; entries: number; head: string }[]
  /** How many chains. */
  count: number
  format: typeof checkpointFormat
  /** The public key: SubjectPublicKeyInfo (RFC 8410) in DER, 44 bytes, in base64. */
  key: string
  /** The root of the Merkle tree (RFC 6962) whose leaves are the chains, each as `leafLine` says; in hexadecimal. */
  root: string
  /** The signature (Ed25519, RFC 8032) over `signedText`, 64 bytes, in base64. */
  signature: string
  /** When, in UTC to the microsecond, as the clock of the database has it. */
  time: string
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
// Base64 has bits to spare at the end; only the writing in which they are zero is taken, so that no other text means the same bytes.
const shape = z.strictObject({
  chains: z.array(z.strictObject({ chain: z.string().regex(/^[a-z]+(:[0-9a-z-]+)?$/), entries: z.int().min(1), head: sha256 })),
  count: z.int().min(0),
  format: z.literal(checkpointFormat),
  key: z.string().regex(/^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
  root: sha256,
  signature: z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
  time: z.iso.datetime({ precision: 6 }),
})

/**
 * What stands for a chain in the Merkle tree: name, number of entries and hash of the last, with one blank between; in UTF-8, without a line feed.
 *
 * @example leafLine({ chain: 'network', entries: 12, head: '52c9…' }) // 'network 12 52c9…'
 */
export const leafLine = ({ chain, entries, head }: Checkpoint['chains'][number]): string => `${chain} ${entries} ${head}`

/** What is signed: format, time, number of chains and root, one a line; in UTF-8, without a line feed at the end. */
export const signedText = ({ time, count, root }: Pick<Checkpoint, 'time' | 'count' | 'root'>): string => [checkpointFormat, time, count, root].join('\n')

const rootOf = (chains: Checkpoint['chains']) => merkleRoot(chains.map((chain) => Buffer.from(leafLine(chain), 'utf8'))).toString('hex')

/**
 * Makes a checkpoint.
 *
 * @param time in UTC to the microsecond, such as `2026-11-21T08:00:00.000000Z`
 * @param heads of all chains at that time, in any order, none twice
 */
export function makeCheckpoint(time: string, heads: readonly Head[], key: Pick<LogKey, 'privateKey' | 'publicKey'>): Checkpoint {
  const chains = heads.map(({ chain, entries, head }) => ({ chain, entries: Number(entries), head })).sort((a, b) => (a.chain < b.chain ? -1 : 1))
  const signed = { time, count: chains.length, root: rootOf(chains) }
  const signature = sign(null, Buffer.from(signedText(signed), 'utf8'), key.privateKey)
  return { ...signed, chains, format: checkpointFormat, key: key.publicKey.toString('base64'), signature: signature.toString('base64') }
}

/** A checkpoint as the text of a file, in canonical form with the line feed at the end. All its texts are ASCII, so sorting is all that RFC 8785 asks. */
export function checkpointText(checkpoint: Checkpoint): string {
  const sorted = (value: object) => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify(sorted({ ...checkpoint, chains: checkpoint.chains.map(sorted) }))}\n`
}

/**
 * Reads a checkpoint and checks all that can be checked without the log: that the root follows from the chains, and the signature from root, time, number
 * of chains and the key that stands in it. Whose key that is, is for the caller to say.
 *
 * @param text of the file
 * @param path of the file, for the refusals
 * @returns the checkpoint and the fingerprint of the key that signed it
 * @throws Refusal `checkpoint_malformed`, naming the members that are wrong, `JSON` if it is none; `checkpoint_altered`, naming the member that does not fit
 */
export function readCheckpoint(text: string, path: string): Checkpoint & { fingerprint: string } {
  const parsed = shape.safeParse(parseJson(text))
  if (!parsed.success) throw refuse('checkpoint_malformed', { path, fields: wrongFields(parsed.error) })
  const checkpoint = parsed.data
  const { chains, count, root, time } = checkpoint
  const misplaced = chains.findIndex(({ chain }, index) => index > 0 && chain <= (chains[index - 1]?.chain ?? ''))
  if (misplaced >= 0) throw refuse('checkpoint_malformed', { path, fields: `chains.${misplaced}.chain` })
  if (chains.length !== count) throw refuse('checkpoint_altered', { path, field: 'count' })
  if (rootOf(chains) !== root) throw refuse('checkpoint_altered', { path, field: 'root' })
  const publicKey = Buffer.from(checkpoint.key, 'base64')
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
  const fits = verify(null, Buffer.from(signedText({ time, count, root }), 'utf8'), key, Buffer.from(checkpoint.signature, 'base64'))
  if (!fits) throw refuse('checkpoint_altered', { path, field: 'signature' })
  return { ...checkpoint, fingerprint: fingerprintOf(publicKey) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The first members that are wrong. A name that the file made up is shown only if it is a plain word: it goes to a terminal. */
function wrongFields(error: z.core.$ZodError): string {
  const fields = error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]))
  const names = fields.map((path) => path.map((part) => (/^\w{1,40}$/.test(String(part)) ? String(part) : '?')).join('.') || 'JSON')
  return [...names.slice(0, 5), ...(names.length > 5 ? ['…'] : [])].join(', ')
}
