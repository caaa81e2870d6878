import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { refuse } from '../errors.ts'
import { openKeyFile, readKeyFile, type KeyFile } from '../secrets/key-file.ts'

/** The pair of keys that an instance signs its checkpoints with: Ed25519, RFC 8032. */
export type LogKey = {
  path: string
  privateKey: KeyObject
  /** The public key as SubjectPublicKeyInfo (RFC 8410): 44 bytes. */
  publicKey: Buffer
  /** See `fingerprintOf`. */
  fingerprint: string
}

/**
 * Where the key of an instance lies: PKCS #8 in PEM, mode 0600.
 *
 * @param data absolute path of the data folder
 */
export const logKeyPath = (data: string): string => join(data, 'log-key')

/**
 * What people compare keys by: SHA-256 of the public key as SubjectPublicKeyInfo in DER, 64 hexadecimal digits in lower case; the same as
 * `openssl pkey -in log-key -pubout -outform DER | sha256sum`.
 *
 * @param publicKey SubjectPublicKeyInfo in DER, 44 bytes
 */
export const fingerprintOf = (publicKey: Uint8Array): string => createHash('sha256').update(publicKey).digest('hex')

/**
 * Reads a fingerprint that somebody typed: capitals, and colons or blanks between the digits, do not matter.
 *
 * @returns as `fingerprintOf` gives it
 * @throws Refusal `usage` when it is not 64 hexadecimal digits
 */
export function parseFingerprint(typed: string): string {
  const digits = typed.toLowerCase().replaceAll(/[:\s]/g, '')
  if (!/^[0-9a-f]{64}$/.test(digits)) throw refuse('usage', { reason: '--key takes the fingerprint of a key, 64 hexadecimal digits' })
  return digits
}

/**
 * The key of an instance, if it has one already.
 *
 * @param data absolute path of the data folder
 * @returns `undefined` when there is none
 * @throws Refusal `log_key_exposed` when others than its owner have any right to the file; `log_key_unusable` when it cannot be read or is no Ed25519 key
 */
export const readLogKey = (data: string): Promise<LogKey | undefined> => readKeyFile(keyFile(data))

/**
 * The key of an instance, made if it has none. It appears whole and on the disk, or not at all; two who make one at once both get the one that was first.
 *
 * @param data absolute path of the data folder, which is there
 * @returns the key, and whether it was made just now
 * @throws Refusal `log_key_exposed` and `log_key_unusable` as `readLogKey`; `storage_full`
 */
export async function openLogKey(data: string): Promise<LogKey & { made: boolean }> {
  const { key, made } = await openKeyFile(keyFile(data))
  return { ...key, made }
}

const keyFile = (data: string): KeyFile<LogKey> => {
  const path = logKeyPath(data)
  return {
    path,
    parse: (pem) => parseKey(path, pem),
    make: () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    refusals: { exposed: 'log_key_exposed', unusable: 'log_key_unusable' },
  }
}

function parseKey(path: string, pem: string): LogKey {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw refuse('log_key_unusable', { path, reason: `a key of type ${privateKey.asymmetricKeyType ?? '?'}` })
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { path, privateKey, publicKey, fingerprint: fingerprintOf(publicKey) }
}
