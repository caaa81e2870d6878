import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ReadableStream } from 'node:stream/web'
import { refuse, Refusal } from '../errors.ts'
import { makeKeyFile, readKeyFile } from '../secrets/key-file.ts'

/** Loaded when a backup is encrypted and not before: it takes a moment, and the server starts without it. */
const age = () => createRequire(import.meta.url)('age-encryption') as typeof import('age-encryption')

// The format of age (age-encryption.org/v1): the program `age` opens what we write, and we open what it wrote.

const magic = Buffer.from('age-encryption.org/v1\n')
/** A head of many keys is smaller than this; nobody has us look for the end of one through a whole file. */
const longestHead = 64 * 1024
const noKeyFits = "no identity matched any of the file's recipients"

/**
 * The public keys that a text names, apart by commas or blanks.
 *
 * @throws Error naming the one that is none
 */
export function parseRecipients(text: string): string[] {
  const recipients = text.split(/[\s,]+/).filter((each) => each !== '')
  for (const each of recipients) {
    try {
      new (age().Encrypter)().addRecipient(each)
    } catch {
      throw new Error(`${each.startsWith('AGE-SECRET-KEY-') ? 'a secret key' : each} is not a public key of age (age1…)`)
    }
  }
  return recipients
}

/** The same for what somebody typed. @throws Refusal `usage` */
export function namedRecipients(option: string, text: string): string[] {
  try {
    return parseRecipients(text)
  } catch (error) {
    throw refuse('usage', { reason: `${option}: ${error instanceof Error ? error.message : ''}` })
  }
}

/** Encrypts a stream piece by piece so that whoever holds a secret key of one of the recipients can read it, and nobody else; this machine neither. */
export async function* encrypt(bytes: AsyncIterable<Uint8Array>, recipients: readonly string[]): AsyncGenerator<Uint8Array> {
  const encrypter = new (age().Encrypter)()
  for (const each of recipients) encrypter.addRecipient(each)
  yield* await encrypter.encrypt(streamOf(bytes))
}

/**
 * Decrypts a stream piece by piece. Each piece is given out when it has been found to be whole and in its place; that nothing is lacking is known at the end.
 *
 * @param path for the sentence of a refusal
 * @throws Refusal `backup_key_wrong` when no key fits, `backup_damaged` when the bytes were changed, cut or put in another order; what `bytes` throws
 */
export async function* decrypt(path: string, bytes: AsyncIterable<Uint8Array>, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  const decrypter = new (age().Decrypter)()
  for (const each of identities) decrypter.addIdentity(each)
  try {
    yield* await decrypter.decrypt(streamOf(bytes))
  } catch (error) {
    // What the operating system says of the file, or a refusal, is told as it is.
    if (error instanceof Refusal || typeof (error as NodeJS.ErrnoException).code === 'string') throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw reason === noKeyFits ? refuse('backup_key_wrong', { path }) : refuse('backup_damaged', { path, reason: `decryption: ${reason}` })
  }
}

/**
 * Whether a file says of itself that it is encrypted.
 *
 * @throws Refusal `backup_damaged` when it has the beginning of such a file and no whole head; the error of the operating system when it cannot be read
 */
export async function isEncrypted(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(longestHead), { position: 0 })
    const head = buffer.subarray(0, bytesRead)
    if (!head.subarray(0, magic.length).equals(magic)) return false
    if (!head.includes('\n--- ')) throw refuse('backup_damaged', { path, reason: 'decryption: invalid header' })
    return true
  } finally {
    await file.close()
  }
}

/**
 * Makes a pair of keys and keeps the secret one in a file as `age` reads it, mode 0600.
 *
 * @returns the public key
 * @throws Refusal `backup_key_exists`, `backup_key_unusable`, `storage_full`
 */
export async function makeBackupKey(path: string): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = age()
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const text = `# public key: ${recipient}\n${identity}\n`
  if (!(await makeKeyFile({ path, make: () => text, refusals }))) throw refuse('backup_key_exists', { path })
  return recipient
}

/**
 * The secret keys of a file, which only its owner may read; lines that begin with `#` are passed over.
 *
 * @throws Refusal `backup_key_exposed`, `backup_key_unusable`
 */
export async function readBackupKeys(path: string): Promise<string[]> {
  const keys = await readKeyFile({ path, parse: parseIdentities, refusals })
  if (keys === undefined) throw refuse('backup_key_unusable', { path, reason: 'it is not there' })
  return keys
}

const refusals = { exposed: 'backup_key_exposed', unusable: 'backup_key_unusable' } as const

function parseIdentities(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 0) throw new Error('it holds no key')
  for (const line of lines) {
    try {
      new (age().Decrypter)().addIdentity(line)
    } catch {
      // The line itself may be a key, so it is not repeated.
      throw new Error('it holds a line that is no secret key of age (AGE-SECRET-KEY-…)')
    }
  }
  return lines
}

/** The library reads streams of the web. */
const streamOf = (bytes: AsyncIterable<Uint8Array>) => ReadableStream.from(bytes)
