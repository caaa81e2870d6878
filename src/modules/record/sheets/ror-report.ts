import { z } from 'zod'
import { identifier } from '../../members/index.ts'
import { key } from '../schema.ts'

export const decisions = ['same', 'look', 'different'] as const

const told = z.string().max(20_000)

/**
 * A report of who on record may be whom in the registry, a row a pair. Whoever looks at it changes `decision`; `state` and `ror_modified` tell what record and
 * registry said when it was made.
 */
export const reportSheet = z.object({
  organization: key,
  ror: z
    .string()
    .refine((text) => identifier('ror', text) !== undefined, { params: { code: 'wrong_check_digits' } })
    .transform((text) => identifier('ror', text) ?? text),
  decision: z.enum(decisions),
  score: told,
  reasons: told,
  organization_country: told,
  ror_country: told,
  organization_names: told,
  ror_names: told,
  ror_modified: z.iso.date(),
  state: z.string().regex(/^[0-9a-f]{16}$/),
})
export type ReportRow = z.output<typeof reportSheet>
export const reportColumns = Object.keys(reportSheet.shape) as (keyof ReportRow)[]
