import { z } from 'zod'
import { typedLine } from '../../../platform/text/typed.ts'

/** Which part of a listing a file belongs to: what its audience reads, or what only those let in do. */
export const parts = ['open', 'confidential'] as const
export type Part = (typeof parts)[number]

export const attachmentInput = z.object({ part: z.enum(parts) })
/** How a program says what its file is called, and where it belongs. */
export const attachmentQuery = z.object({
  name: typedLine().min(1).max(200).describe('Name of the file, with its ending').meta({ example: 'datasheet.pdf' }),
  part: z.enum(parts).describe('confidential: for those only who may read that part, which has to be written already'),
})

/** How many files one listing carries, and how large each may be. */
export const mostAttachments = 10
export const largestAttachment = 10_000_000
/** What one form may carry: two large files, or many small ones. */
export const largestForm = 21_000_000

const openXml = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'

/** What is accepted, by content, and the endings of names that do not deny it; the first is that of the file as it is given out. */
export const attachmentTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['pdf']],
  ['image/png', ['png']],
  ['image/jpeg', ['jpg', 'jpeg']],
  ['image/webp', ['webp']],
  [`${openXml}.wordprocessingml.document`, ['docx']],
  [`${openXml}.spreadsheetml.sheet`, ['xlsx']],
  [`${openXml}.presentationml.presentation`, ['pptx']],
  [`${openDocument}.text`, ['odt']],
  [`${openDocument}.spreadsheet`, ['ods']],
  [`${openDocument}.presentation`, ['odp']],
  ['text/plain', ['txt', 'csv']],
])

export const acceptedEndings: readonly string[] = [...attachmentTypes.values()].flat()
