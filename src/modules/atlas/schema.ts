import { z } from 'zod'
import { entryKinds } from '../record/index.ts'

/** The kinds of things that a search may be narrowed to. */
export const searchKinds = [...entryKinds, 'source'] as const

export const searchInput = z.object({
  q: z.string().trim().max(200).default('').describe('Words of any language, with or without accents').meta({ example: 'trung tâm công nghệ sinh học' }),
  kind: z
    .union([z.literal(''), z.enum(searchKinds)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe('Only this kind'),
  page: z.coerce.number().int().min(1).max(50).default(1).describe('Page of twenty hits'),
})

export const hitsPerPage = 20
