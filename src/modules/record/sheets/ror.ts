import { z } from 'zod'
import { identifier } from '../../members/index.ts'

/** So large may a file of the registry be; that of all of it has some 300 megabytes. */
export const registryMegabytes = 512

const words = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((text) => !text.includes('\0'), { params: { code: 'wrong_form' } })

/** An organization as the Research Organization Registry has it, schema 2.0 or 2.1; only what is used here. */
export const rorRecord = z.object({
  id: z
    .string()
    .max(100)
    .refine((text) => identifier('ror', text) !== undefined, { params: { code: 'wrong_check_digits' } })
    .transform((text) => identifier('ror', text) ?? text),
  status: z.enum(['active', 'inactive', 'withdrawn']),
  names: z
    .array(
      z.object({
        value: words,
        types: z.array(z.enum(['acronym', 'alias', 'label', 'ror_display'])).min(1),
        lang: z
          .string()
          .regex(/^[a-z]{2}$/)
          .nullish(),
      }),
    )
    .min(1)
    .max(500),
  locations: z
    .array(
      z.object({
        geonames_details: z.object({
          country_code: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .nullish(),
        }),
      }),
    )
    .max(500),
  links: z
    .array(z.object({ type: z.string(), value: z.string().max(2000) }))
    .max(500)
    .default([]),
  established: z.number().int().nullish(),
  admin: z.object({ last_modified: z.object({ date: z.iso.date() }) }),
})
export type RorRecord = z.output<typeof rorRecord>
