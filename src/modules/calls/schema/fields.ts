import { z } from 'zod'
import { languages, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { typedLine } from '../../../platform/text/typed.ts'

const blankIsNone = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
export const optional = <S extends z.ZodType>(shape: S) => z.preprocess(blankIsNone, shape.optional())
/** Boxes of a form: none, one, or several of the same name. */
export const several = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== ''), z.array(shape).max(60))
export const version = z.coerce.number().int().min(1)
export const memberKey = typedLine().min(1).max(80)
export const conceptKey = typedLine()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
/** A quantity; of nothing typed, that it is missing is told. */
export const amount = z.preprocess(blankIsNone, z.coerce.number().positive().max(1e15).optional())

/** A day of our time: what is typed wrongly in the year is told, and is a day in the database too. */
export const day = z.iso.date().refine((typed) => typed >= '2000-01-01' && typed <= '2099-12-31', { params: { code: 'out_of_range' } })

/** The same field once for each language, such as `title_en`. */
export const inLanguages = <N extends string, S extends z.ZodType>(name: N, shape: S) =>
  Object.fromEntries(languages.map((language) => [`${name}_${language}`, shape])) as { [K in `${N}_${Language}`]: S }

/** What was typed in the fields of a text, by language. */
export const textOf = (input: Readonly<Record<string, unknown>>, name: string): LanguageText =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const typed = input[`${name}_${language}`]
      return typeof typed === 'string' ? [[language, typed]] : []
    }),
  )

/** A check across fields, made whatever else is wrong, so that all is told at once. */
export const check = <T>(
  path: string,
  code: string,
  holds: (typed: Partial<T>) => boolean,
): [(typed: unknown) => boolean, { path: string[]; params: { code: string }; when: () => boolean }] => [
  (typed) => holds(typed ?? {}),
  { path: [path], params: { code }, when: () => true },
]

/** A text has to be there in the language that is said to be its original. */
export const inOriginal = <S extends z.ZodType>(schema: S, original: string, name: string): S =>
  languages.reduce(
    (checked, language) =>
      checked.refine(
        ...check<Record<string, unknown>>(
          `${name}_${language}`,
          'required',
          (typed) => typed[original] !== language || typed[`${name}_${language}`] !== undefined,
        ),
      ),
    schema,
  )

export const cursor = optional(z.string().max(1000)).describe('Place in the list, as `next` or `previous` of another page gave it')
export const cursorFilter = z.object({ cursor })
