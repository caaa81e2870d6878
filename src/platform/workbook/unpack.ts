import { Unzip, UnzipInflate } from 'fflate'
import { WorkbookError } from './workbook-error.ts'

/** At once, of what is packed: what comes out of it is counted before more is read. */
const step = 8 * 1024
const mostParts = 500

/**
 * Unpacks parts of a ZIP archive, counting what comes out rather than believing what the archive says of itself.
 *
 * @param wanted which parts to unpack, by name
 * @param maxBytes how much may come out of all of these together
 * @returns the parts by name
 * @throws WorkbookError `workbook_unreadable` for what is no archive, `workbook_unfolds` past `maxBytes`
 */
export function unpack(archive: Uint8Array, wanted: (name: string) => boolean, maxBytes: number): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array[]>()
  const so: { bytes: number; seen: number; failed?: unknown } = { bytes: 0, seen: 0 }
  const isTooMuch = () => so.bytes > maxBytes || so.seen > mostParts
  const unzip = new Unzip((part) => {
    so.seen++
    if (!wanted(part.name) || parts.has(part.name)) return
    const pieces: Uint8Array[] = []
    parts.set(part.name, pieces)
    part.ondata = (error, piece) => {
      if (error) so.failed ??= error
      so.bytes += piece?.length ?? 0
      if (piece && so.bytes <= maxBytes) pieces.push(piece)
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < archive.length; at += step) {
      if (isTooMuch() || so.failed !== undefined) break
      unzip.push(archive.subarray(at, at + step), at + step >= archive.length)
    }
  } catch (error) {
    so.failed ??= error
  }
  if (isTooMuch()) throw new WorkbookError('workbook_unfolds', { limit: `${Math.floor(maxBytes / 1_000_000)} MB` })
  if (so.failed !== undefined) throw new WorkbookError('workbook_unreadable', {}, so.failed)
  return new Map([...parts].map(([name, pieces]) => [name, Buffer.concat(pieces)]))
}
