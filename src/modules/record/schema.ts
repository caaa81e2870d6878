import { z } from 'zod'
import { languages } from '../../platform/i18n/languages.ts'
import { isEdtf } from '../../platform/text/edtf.ts'
import { typedQuery, typedText } from '../../platform/text/typed.ts'

/** The kinds of entries on record, each with the plural that stands in addresses. */
export const plurals = {
  organization: 'organizations',
  agreement: 'agreements',
  venture: 'ventures',
  facility: 'facilities',
  product: 'products',
  authorization: 'authorizations',
  'technology-transfer': 'technology-transfers',
  project: 'projects',
  programme: 'programmes',
  event: 'events',
  flow: 'flows',
  initiative: 'initiatives',
  indicator: 'indicators',
  'country-relation': 'country-relations',
} as const
export type EntryKind = keyof typeof plurals
export const entryKinds = Object.keys(plurals) as readonly EntryKind[]

/** Who speaks: the press (state media included), a public body, a party to the cooperation writing of itself, science, works of reference. */
export const sourceKinds = ['official', 'party', 'press', 'scientific', 'reference', 'other'] as const
export const ranks = ['preferred', 'normal', 'deprecated'] as const
export const stances = ['supports', 'disputes'] as const

export type SourceKind = (typeof sourceKinds)[number]

/** The lasting name of a thing in addresses. */
export const key = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lasting name in addresses: lower-case letters, digits and single hyphens')
  .meta({ example: 'cigb' })

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('Country, ISO 3166-1 alpha-2')
  .meta({ example: 'CU' })
const text = typedQuery().max(200).describe('Words of any language, with or without accents').meta({ example: 'ingeniería genética' })
export const cursor = z.string().max(1000).optional().describe('Place in the list, as `next` or `previous` of another page gave it')
const choice = <const T extends readonly string[]>(values: T, description: string) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), z.enum(values)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe(description)
const optional = (schema: z.ZodType<string>) =>
  z
    .union([z.literal(''), schema])
    .optional()
    .transform((value) => (value === '' ? undefined : value))

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const dated = (description: string) =>
  optional(
    z
      .string()
      .refine(isEdtf, { params: { code: 'not_a_date' } })
      .describe(`${description}. EDTF: a day, a month, a year, a period`)
      .meta({ example: '2010' }),
  )

/** The two times that anything on record may be asked for. */
export const timesFilter = z.object({
  as_of: dated('As it was then'),
  known_at: dated('As the sources published by then say'),
})
export type Times = z.output<typeof timesFilter>

export const entryFilter = z.object({
  q: optional(text),
  kind: optional(slug.describe('Kind of organization, agreement, event and so on').meta({ example: 'hospital' })),
  status: optional(slug.describe('How far it has come').meta({ example: 'operating' })),
  country: optional(country),
  organization: optional(key.describe('Key of an organization that has to do with it')),
  field: optional(
    z
      .string()
      .max(60)
      .regex(/^[a-z][a-z_]*$/)
      .describe('Only entries with a statement of this field')
      .meta({ example: 'amount' }),
  ),
  period: dated('Only what falls into this time'),
  disputed: choice(['yes', 'no'], 'Only what sources contradict each other about, or only the rest'),
  ...timesFilter.shape,
  sort: z.enum(['title', '-title', 'date', '-date']).optional().describe('Order; `-` in front turns it round'),
  cursor,
})
export type EntryFilter = z.output<typeof entryFilter>
export const sourceFilter = z.object({
  q: optional(text),
  kind: choice(sourceKinds, 'Who speaks'),
  language: optional(
    z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .describe('Language of the document, BCP 47')
      .meta({ example: 'es' }),
  ),
  sort: z.enum(['-published', 'published', 'title', '-title', 'publisher', '-publisher']).default('-published').describe('Order; `-` in front turns it round'),
  cursor,
})
export type SourceFilter = z.output<typeof sourceFilter>

const optionalText = (max: number) =>
  typedText()
    .max(max)
    .optional()
    .transform((value) => (value === '' ? undefined : value))

/** What a visitor says is wrong on the record. */
export const correctionInput = z.strictObject({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice').meta({ example: '0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10' }),
  about: optionalText(300).describe('Path of the page that is wrong').meta({ example: '/organizations/cigb' }),
  claim: typedText().min(1).max(4000).describe('What is wrong, and what is right').meta({ example: 'The centre was founded in 1986.' }),
  evidence: optionalText(2000)
    .describe('A document that shows it: its address, or title, publisher and date')
    .meta({ example: 'https://www.example.org/history' }),
  contact: z
    .union([z.literal(''), z.email().max(320)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe('Mail address for questions; never shown')
    .meta({ example: 'reader@example.org' }),
})
export type CorrectionInput = z.output<typeof correctionInput>
/** What came of a correction. */
export const correctionOutcomes = ['done', 'declined'] as const
export type CorrectionOutcome = (typeof correctionOutcomes)[number]

const why = typedText().min(1).max(1000).describe('Why, for the log').meta({ example: 'The same centre under its old name.' })

/** That an organization on record is another one. */
export const mergeInput = z.strictObject({ kept: key, gone: key, reason: why })
export type MergeInput = z.output<typeof mergeInput>
/** That it is not, after all. */
export const unmergeInput = z.strictObject({ gone: key, reason: why })
export type UnmergeInput = z.output<typeof unmergeInput>

/** A text in some of the four languages. */
export const languageText = z.partialRecord(z.enum(languages), z.string()).describe('The text by language')
