import { fileTypeFromBuffer } from 'file-type'

/**
 * What a file is, by its content alone: the media type of a known signature, `text/plain` for UTF-8 text, else `application/octet-stream`.
 *
 * @param head the first kilobytes of the file
 */
export async function mediaTypeOf(head: Uint8Array): Promise<string> {
  const known = await fileTypeFromBuffer(head)
  if (known) return known.mime
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false
  try {
    // The head may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
