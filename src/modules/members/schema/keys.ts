import { z } from 'zod'
import { typedLine, typedName } from '../../../platform/text/typed.ts'

/** What somebody says of a key that they make. */
export const keyInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click makes no second key'),
  name: typedName().min(1).max(100).describe('What uses it').meta({ example: 'laboratory system' }),
  scopes: z
    .array(typedLine().max(100))
    .max(100)
    .refine((scopes) => scopes.length > 0, { params: { code: 'required' } })
    .describe('What it may do'),
  until: z.iso.date().describe('Its last day').meta({ example: '2027-03-31' }),
})
export type KeyInput = z.output<typeof keyInput>

export const keyFilter = z.object({ cursor: z.string().max(1000).optional(), done: z.enum(['revoked']).optional().catch(undefined) })
