import { z } from 'zod'
import { isCountry } from '../../../platform/i18n/countries.ts'
import { isEdtf } from '../../../platform/text/edtf.ts'
import { isTerm, kindTerms, statusTerms, termOf } from '../rules/terms.ts'
import { isCurrencyUnit } from '../rules/units.ts'
import { key, type EntryKind } from '../schema.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Citation, StatementDraft } from '../rules/statements.ts'

// The cells that the sheets of the record are made of. An empty cell means: not known.

const blankToUndefined = (text: string) => (text === '' ? undefined : text)

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

export const country = z.string().refine(isCountry, { params: { code: 'unknown_country' } })
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

/** The four columns of a text: `name_en`, `name_es`, `name_zh`, `name_vi`. @param first what the English one must be */
export function inFourLanguages<N extends string, F extends z.ZodType<string | undefined>>(name: N, first: F) {
  return { [`${name}_en`]: first, [`${name}_es`]: optional, [`${name}_zh`]: optional, [`${name}_vi`]: optional } as { [K in `${N}_en`]: F } & {
    [K in `${N}_es` | `${N}_zh` | `${N}_vi`]: typeof optional
  }
}

/** A word of a fixed list, as people write it: `in force` is `in-force`, `unknown` is nothing. */
export const term = (entry: EntryKind, field: 'kind' | 'status') =>
  z
    .string()
    .transform(termOf)
    .superRefine((word, context) => {
      const values = (field === 'kind' ? kindTerms : statusTerms)[entry].join(', ')
      if (word !== '' && word !== 'unknown' && !isTerm(entry, field, word))
        context.addIssue({ code: 'custom', params: { code: 'not_one_of', values }, input: word })
    })
    .transform((word) => (word === 'unknown' ? undefined : blankToUndefined(word)))

/** Who takes part: an organization's key, a country, or `unnamed-` and a country. */
export const parties = list.pipe(z.array(z.union([country, z.string().regex(/^unnamed-[a-z]{2}$/), key])))

/** A number written plainly: digits, a decimal point, no thousands separators. */
export const optionalNumber = z
  .string()
  .regex(/^(-?\d{1,15}(\.\d{1,6})?)?$/)
  .transform(blankToUndefined)

/** What an amount is in; a currency in it must be one. */
export const optionalUnit = z
  .string()
  .max(100)
  .refine((unit) => isCurrencyUnit(unit) !== false, { params: { code: 'unknown_currency' } })
  .transform((unit) => (unit === 'not stated' ? undefined : blankToUndefined(unit)))

/** The columns `name_en`, `name_es`, … of a row as one text. */
export function texts<N extends string>(row: Record<`${N}_en` | `${N}_es` | `${N}_zh` | `${N}_vi`, string | undefined>, name: N): LanguageText {
  const all = { en: row[`${name}_en`], es: row[`${name}_es`], zh: row[`${name}_zh`], vi: row[`${name}_vi`] }
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined))
}

/** Citations of the sources that a row names. */
export const supportedBy = (sources: readonly string[]): Citation[] => sources.map((source) => ({ source, stance: 'supports' }))

/** Makes statements of the cells of a row, all resting on the row's sources; an empty cell says nothing. */
export function speaker(sources: readonly string[]) {
  const citations = supportedBy(sources)
  const say = (field: string, value: string | LanguageText | undefined, more: Partial<StatementDraft> = {}): StatementDraft[] =>
    value === undefined || (typeof value === 'object' && Object.keys(value).length === 0) ? [] : [{ field, value, citations, ...more }]
  return {
    say,
    /** A text written in English and translated. */
    tell: (field: string, text: LanguageText) => say(field, text, { language: 'en' }),
    /** An entry on record. */
    point: (field: string, entry: EntryKind, target: string | undefined, more: Partial<StatementDraft> = {}) =>
      target === undefined ? [] : say(field, target, { target: `${entry}:${target}`, ...more }),
    /** Whoever takes part: an organization, a country, or somebody of a country whom no source names. */
    involve: (field: string, party: string, more: Partial<StatementDraft> = {}) => {
      if (/^[A-Z]{2}$/.test(party)) return say(field, party, more)
      if (party.startsWith('unnamed-')) return say(field, party.slice(-2).toUpperCase(), { ...more, qualifiers: { ...more.qualifiers, basis: notNamed } })
      return say(field, party, { target: `organization:${party}`, ...more })
    },
  }
}

const notNamed: LanguageText = {
  en: 'partner not named by the source',
  es: 'socio no nombrado por la fuente',
  zh: '来源未指明合作方',
  vi: 'nguồn không nêu tên đối tác',
}
