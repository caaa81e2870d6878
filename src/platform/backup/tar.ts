/** A file in an archive: its content has `size` bytes. */
export type TarPart = { name: string; size: number; content: AsyncIterable<Uint8Array> }

/** Thrown for bytes that are no whole archive. */
export class TarError extends Error {}

const block = 512
const zeros = Buffer.alloc(block)
/** Where the fields of a header lie (POSIX.1-2001, ustar), as [offset, length]. */
const field = { name: [0, 100], mode: [100, 8], uid: [108, 8], gid: [116, 8], size: [124, 12], mtime: [136, 12], sum: [148, 8], type: [156, 1] } as const

/**
 * Makes an archive that every `tar` unpacks; files only, with names of at most 100 bytes and any size.
 *
 * @param parts in the order in which they shall stand in it
 * @param mtime when the files were made, in seconds since 1970
 * @returns the bytes, piece by piece
 */
export async function* writeTar(parts: AsyncIterable<TarPart>, mtime: number): AsyncGenerator<Uint8Array> {
  for await (const { name, size, content } of parts) {
    yield headerOf(name, size, mtime)
    let written = 0
    for await (const piece of content) {
      written += piece.length
      yield piece
    }
    if (written !== size) throw new Error(`${name} has ${written} bytes instead of ${size}`)
    yield zeros.subarray(0, padding(size))
  }
  yield Buffer.alloc(2 * block)
}

/**
 * Reads an archive front to back. What the caller leaves of a part is passed over.
 *
 * @throws TarError when the bytes are no archive, or end before it does
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TarPart> {
  const reader = new Reader(bytes)
  try {
    for (;;) {
      const header = await reader.take(block)
      if (header.equals(zeros)) break
      const { name, size } = readHeader(header)
      reader.left = size
      yield { name, size, content: reader.content() }
      await reader.pass(padding(size))
    }
    await reader.end()
  } finally {
    await reader.close()
  }
}

const padding = (size: number) => (block - (size % block)) % block

function headerOf(name: string, size: number, mtime: number): Buffer {
  if (Buffer.byteLength(name) > field.name[1]) throw new Error(`the name ${name} is too long for an archive`)
  const header = Buffer.alloc(block)
  const number = (value: number, [offset, length]: readonly [number, number]) => header.write(value.toString(8).padStart(length - 1, '0'), offset, 'latin1')
  header.write(name, 0)
  number(0o600, field.mode)
  number(0, field.uid)
  number(0, field.gid)
  number(mtime, field.mtime)
  if (size < 8 ** 11) number(size, field.size)
  else {
    // What does not fit into eleven octal digits is written in binary, the first bit set, as GNU tar does.
    header.writeBigUInt64BE(BigInt(size), field.size[0] + 4)
    header[field.size[0]] = 0x80
  }
  header.write('0', field.type[0], 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, field.sum[0], 'latin1')
  return header
}

function readHeader(header: Buffer): { name: string; size: number } {
  const number = ([offset, length]: readonly [number, number]) => Number.parseInt(header.toString('latin1', offset, offset + length), 8)
  if (number(field.sum) !== sumOf(header)) throw new TarError('not a header')
  const end = header.indexOf(0)
  const name = header.toString('utf8', 0, Math.min(end === -1 ? block : end, field.name[1]))
  const size = header[field.size[0]] === 0x80 ? Number(header.readBigUInt64BE(field.size[0] + 4)) : number(field.size)
  if (!Number.isSafeInteger(size) || size < 0) throw new TarError(`${name} has no size`)
  return { name, size }
}

/** The sum of all bytes, those of the sum itself counted as blanks. */
function sumOf(header: Buffer): number {
  const [start, length] = field.sum
  return header.reduce((sum, byte, index) => sum + (index >= start && index < start + length ? 0x20 : byte), 0)
}

/** Hands out a stream of bytes in the portions that the archive is made of. */
class Reader {
  /** How much of the content of the part at hand is still to come. */
  left = 0
  private rest: Uint8Array = zeros.subarray(0, 0)
  private readonly source: AsyncIterator<Uint8Array>

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.source = bytes[Symbol.asyncIterator]()
  }

  /** Exactly so many bytes. */
  async take(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    for (let missing = length; missing > 0;) {
      const piece = await this.piece(missing)
      pieces.push(piece)
      missing -= piece.length
    }
    return Buffer.concat(pieces)
  }

  async *content(): AsyncGenerator<Uint8Array> {
    while (this.left > 0) {
      const piece = await this.piece(this.left)
      this.left -= piece.length
      yield piece
    }
  }

  /** Passes over what nobody took of the content, and the padding behind it. */
  async pass(padding: number) {
    this.left += padding
    while (this.left > 0) this.left -= (await this.piece(this.left)).length
  }

  /** Reads to the end, so that whatever made the bytes looks at its own checksum. */
  async end() {
    for (let next = await this.source.next(); next.done !== true; next = await this.source.next()) this.rest = next.value
  }

  async close() {
    await this.source.return?.()
  }

  /** The next bytes there are, at most so many. */
  private async piece(most: number): Promise<Uint8Array> {
    while (this.rest.length === 0) {
      const next = await this.source.next()
      if (next.done === true) throw new TarError('cut short')
      this.rest = next.value
    }
    const piece = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(piece.length)
    return piece
  }
}
