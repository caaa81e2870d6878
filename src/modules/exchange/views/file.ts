import { Readable } from 'node:stream'
import { contentDisposition } from '../../../platform/download/disposition.ts'
import { attachmentTypes } from '../schema/attachments.ts'
import type { Attachment } from '../store/attachments.ts'

/** A file as it is given out: to be kept, not to be shown, whatever a browser thinks of it. */
export const fileAnswer = (file: Pick<Attachment, 'name' | 'mediaType' | 'bytes'>, content: Readable): Response =>
  new Response(Readable.toWeb(content) as ReadableStream, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.bytes),
      'Content-Disposition': contentDisposition(file.name.replace(/\.[a-z0-9]{1,5}$/i, ''), endingFor(file)),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })

/** The ending that its name has, which its content does not deny. */
function endingFor({ name, mediaType }: Pick<Attachment, 'name' | 'mediaType'>): string {
  const endings = attachmentTypes.get(mediaType) ?? []
  return endings.find((each) => name.toLowerCase().endsWith(`.${each}`)) ?? endings[0] ?? 'bin'
}
