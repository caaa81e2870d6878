import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { refuse } from '../errors.ts'

/** The first byte of what is sealed, so that another way of sealing can come beside this one. */
const form = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals a text: AES-256-GCM with a nonce of its own. What comes out shows nothing of the text but its length.
 *
 * @param key 32 bytes
 * @param place where it will lie, such as `app.mail.body:<id>`: moved elsewhere it does not open
 * @returns a byte for the form, 12 of the nonce, the sealed text, 16 of the tag
 */
export function seal(key: Uint8Array, text: string, place: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(place))
  return Buffer.concat([Buffer.of(form), nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/**
 * Opens what `seal` made of a text.
 *
 * @param place the same as when it was sealed
 * @throws Refusal `sealed_unreadable` when it was sealed with another key or for another place, or was changed
 */
export function open(key: Uint8Array, sealed: Uint8Array, place: string): string {
  const bytes = Buffer.from(sealed)
  if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== form) throw refuse('sealed_unreadable')
  const nonce = bytes.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw refuse('sealed_unreadable')
  }
}
