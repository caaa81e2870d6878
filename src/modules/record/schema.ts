import { z } from 'zod'
import { languages } from '../../platform/i18n/languages.ts'

/** The kinds of entries on record. */
export const entryKinds = ['organization', 'agreement'] as const
export type EntryKind = (typeof entryKinds)[number]

export const organizationKinds = [
  'enterprise',
  'institute',
  'centre',
  'hospital',
  'university',
  'laboratory',
  'ministry',
  'local-government',
  'regulator',
  'intergovernmental-body',
  'association',
  'bank',
  'insurer',
] as const
export const agreementKinds = [
  'network-membership',
  'framework',
  'mou',
  'joint-venture',
  'technology-transfer',
  'trade',
  'laboratory',
  'training',
  'credit',
  'other',
] as const
export const agreementStatuses = ['in force', 'completed', 'unknown'] as const
/** Who speaks: the press (state media included), a public body, a party to the cooperation writing of itself, science, works of reference. */
export const sourceKinds = ['official', 'party', 'press', 'scientific', 'reference', 'other'] as const
export const ranks = ['preferred', 'normal', 'deprecated'] as const
export const stances = ['supports', 'disputes'] as const

export type OrganizationKind = (typeof organizationKinds)[number]
export type AgreementKind = (typeof agreementKinds)[number]
export type AgreementStatus = (typeof agreementStatuses)[number]
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
const text = z.string().trim().max(200).describe('Words of any language, with or without accents').meta({ example: 'ingeniería genética' })
const cursor = z.string().max(1000).optional().describe('Place in the list, as `next` or `previous` of another page gave it')
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

export const organizationFilter = z.object({
  q: optional(text),
  kind: choice(organizationKinds, 'Kind of organization'),
  country: optional(country),
  sort: z.enum(['name', '-name']).default('name').describe('Order; `-` in front turns it round'),
  cursor,
})
export const agreementFilter = z.object({
  q: optional(text),
  kind: choice(agreementKinds, 'Kind of agreement'),
  status: choice(agreementStatuses, 'How far it has come'),
  country: optional(country),
  sort: z.enum(['-signed', 'signed', 'title', '-title']).default('-signed').describe('Order; `-` in front turns it round'),
  cursor,
})
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
export type OrganizationFilter = z.output<typeof organizationFilter>
export type AgreementFilter = z.output<typeof agreementFilter>
export type SourceFilter = z.output<typeof sourceFilter>

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((value) => (value === '' ? undefined : value))

/** What a visitor says is wrong on the record. */
export const correctionInput = z.strictObject({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice').meta({ example: '0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10' }),
  about: optionalText(300).describe('Path of the page that is wrong').meta({ example: '/organizations/cigb' }),
  claim: z.string().trim().min(1).max(4000).describe('What is wrong, and what is right').meta({ example: 'The centre was founded in 1986.' }),
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

/** A text in some of the four languages. */
export const languageText = z.partialRecord(z.enum(languages), z.string()).describe('The text by language')
