import { z } from 'zod'
import { isEdtf } from '../../../platform/text/edtf.ts'
import { key } from '../schema.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Citation } from '../rules/statements.ts'

// The cells that the sheets of the record are made of. An empty cell means: not known.

const blankToUndefined = (text: string) => (text === '' ? undefined : text)
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

export const required = z.string().min(1).max(2000)
export const optional = z.string().max(4000).transform(blankToUndefined)
export const list = z.string().transform((text) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean),
)
export const keyList = list.pipe(z.array(key))
export const optionalKey = z.union([z.literal(''), key]).transform(blankToUndefined)

export const country = z.string().refine((code) => /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined, { params: { code: 'unknown_country' } })
export const optionalDate = z
  .string()
  .refine((text) => text === '' || isEdtf(text), { params: { code: 'not_a_date' } })
  .transform(blankToUndefined)
export const optionalAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]).transform(blankToUndefined)
export const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,8})?$/)
    .transform(Number)
    .pipe(z.number().min(-limit).max(limit))

/** The columns `name_en`, `name_es`, … of a row as one text. */
export function texts<N extends string>(row: Record<`${N}_en` | `${N}_es` | `${N}_zh` | `${N}_vi`, string | undefined>, name: N): LanguageText {
  const all = { en: row[`${name}_en`], es: row[`${name}_es`], zh: row[`${name}_zh`], vi: row[`${name}_vi`] }
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined))
}

/** Citations of the sources that a row names. */
export const supportedBy = (sources: readonly string[]): Citation[] => sources.map((source) => ({ source, stance: 'supports' }))
