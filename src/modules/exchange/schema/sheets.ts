import { z } from 'zod'
import { typedLine } from '../../../platform/text/typed.ts'

export const sheetInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click reads nothing twice'),
  member: typedLine().min(1).max(80).describe('Key of the member whose listings they are'),
})
export type SheetInput = z.output<typeof sheetInput>
