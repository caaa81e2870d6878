import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { refuse } from '../errors.ts'
import { openKeyFile, readKeyFile, type KeyFile } from './key-file.ts'
import { open, seal } from './seal.ts'

/**
 * Keeps texts so that the database alone, or a copy of it, does not give them away: they are sealed with a key that lies beside it in the data folder.
 *
 * @example await new Secrets(config.data).seal(link, `app.mail.body:${id}`)
 */
export class Secrets {
  private readonly file: KeyFile<Buffer>
  private key: Buffer | undefined

  constructor(data: string) {
    this.file = {
      path: join(data, 'seal-key'),
      parse: parseKey,
      make: () => `${randomBytes(32).toString('hex')}\n`,
      refusals: { exposed: 'seal_key_exposed', unusable: 'seal_key_unusable' },
    }
  }

  /**
   * Seals a text; the key is made on first use.
   *
   * @param place where it will lie: it opens nowhere else
   * @throws Refusal `seal_key_exposed`, `seal_key_unusable`, `storage_full`
   */
  async seal(text: string, place: string): Promise<Buffer> {
    this.key ??= (await openKeyFile(this.file)).key
    return seal(this.key, text, place)
  }

  /**
   * A mark for a text: the same each time, and nobody without the key finds the text by trying what it may be.
   *
   * @returns 16 hexadecimal digits
   * @throws Refusal as `seal`
   */
  async mark(text: string): Promise<string> {
    this.key ??= (await openKeyFile(this.file)).key
    const own = Buffer.from(hkdfSync('sha256', this.key, '', 'puente mark', 32))
    return createHmac('sha256', own).update(text).digest('hex').slice(0, 16)
  }

  /**
   * Opens what was sealed for that place.
   *
   * @throws Refusal `sealed_unreadable` when there is no key, it is another one, or what was sealed has been changed; `seal_key_exposed`, `seal_key_unusable`
   */
  async open(sealed: Uint8Array, place: string): Promise<string> {
    this.key ??= await readKeyFile(this.file)
    if (this.key === undefined) throw refuse('sealed_unreadable')
    return open(this.key, sealed, place)
  }
}

function parseKey(text: string): Buffer {
  if (!/^[0-9a-f]{64}\n?$/.test(text)) throw new Error('it does not hold 64 hexadecimal digits')
  return Buffer.from(text.trim(), 'hex')
}
