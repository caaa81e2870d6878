import { z } from 'zod'
import { key, sourceKinds } from '../schema.ts'
import { optionalAddress, optionalDate, required } from './cells.ts'

/** `sources.csv`: the documents that everything rests on. */
export const sourceSheet = z.object({
  id: key,
  kind: z.enum(sourceKinds),
  title: required,
  publisher: required.max(300),
  published: optionalDate,
  url: optionalAddress,
  language: z.string().regex(/^[a-z]{2,3}$/),
})
export type SourceRow = z.output<typeof sourceSheet>
