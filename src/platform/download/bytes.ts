const encoder = new TextEncoder()
const enough = 16 * 1024

/**
 * Makes a stream of UTF-8 bytes from pieces of text, for the body of a response. Pieces are asked for only when the reader asks for bytes, and then only
 * until about 16 KiB are together.
 *
 * An error among the pieces aborts the stream, and what was gathered since the last chunk is dropped, so that the reader sees a broken download and never
 * takes a short file for a whole one. A reader that goes away ends the pieces (`return()` of their iterator); if it goes before it read anything, they are never begun.
 */
export const byteStream = (pieces: AsyncIterable<string>): ReadableStream<Uint8Array> => ReadableStream.from(gather(pieces))

async function* gather(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < enough) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text !== '') yield encoder.encode(text)
}
