import { fold } from '../text/fold.ts'
import { withoutEnd } from '../text/trim.ts'

/** The media types of the files that are written here, by extension. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  atom: 'application/atom+xml; charset=utf-8',
} as const

/** File systems take 255 bytes; the extension and a browser's " (1)" need some of them. */
const maxBytes = 200

/**
 * The `Content-Disposition` of a download (RFC 6266): the name in any script as RFC 8187 has it, and one in ASCII for programs that cannot read that.
 *
 * @param name any text, a title for example. What file systems or headers cannot take is left out; if nothing remains, the name is `download`
 * @param ext the extension without a dot, letters and digits
 * @throws TypeError for another extension
 * @example contentDisposition('Viện Vắc-xin', 'csv') // attachment; filename="vien vac-xin.csv"; filename*=UTF-8''Vi%E1%BB%87n%20V%E1%BA%AFc-xin.csv
 */
export function contentDisposition(name: string, ext: string): string {
  if (!/^[a-z0-9]+(\.[a-z0-9]+)?$/i.test(ext)) throw new TypeError(`not a file extension: ${ext}`)
  const full = fileName(name)
  return `attachment; filename="${asciiName(full)}.${ext}"; filename*=UTF-8''${encode(`${full}.${ext}`)}`
}

/** Names that Windows keeps for devices. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

function fileName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Zs}]+/gu, ' ')
    .replace(/\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '') // also the marks that turn the reading direction and so disguise an extension
    .replace(/[\\/:*?"<>|]+/g, '-')
  const trimmed = withoutEnd(cut(clean.replace(/^[ .]+/, '')), ' .')
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return 'download'
  return device.test(trimmed) ? `_${trimmed}` : trimmed
}

function cut(text: string): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    end += character.length
  }
  return text.slice(0, end)
}

function asciiName(name: string): string {
  const ascii = (/^[ -~]*$/.test(name) ? name : fold(name)).replace(/[^ -~]+/g, '_').replace(/["\\%/:*?<>|]/g, '-')
  return /[a-z0-9]/i.test(ascii) ? ascii : 'download'
}

/** Percent-encodes all but the `attr-char` of RFC 8187. */
const encode = (text: string) => encodeURIComponent(text).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
