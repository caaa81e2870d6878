import { z } from 'zod'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { optional } from '../../../platform/optional.ts'
import { typedLine, typedQuery, typedText } from '../../../platform/text/typed.ts'
import { memberInputs } from '../../members/index.ts'
import { typedCountries } from './countries.ts'
import { audiences, directions, forms, ipStates, shownStates, stages } from './terms.ts'

/** Boxes of a form: none, one, or several of the same name. */
const several = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(shape).max(60))
const version = z.coerce.number().int().min(1)
const conceptKey = typedLine()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** Countries as people write them: names in any of the four languages, or codes, with commas between. */
const pillar = z.enum(memberInputs.pillars)

/** A decimal comma, as it is written in Spanish and Vietnamese; three digits after one comma may be thousands, and stay what they are. */
const withPoint = (typed: unknown) => (typeof typed === 'string' ? typed.trim().replace(/^(\d+),(\d{1,2}|\d{4,})$/, '$1.$2') : typed)

/** What a listing begins with. */
export const listingStart = z.object({
  id: z.uuid().describe('Made by the form, so that a second click makes nothing new'),
  member: typedLine().min(1).max(80).describe('Key of the member whose listing it is'),
  direction: z.enum(directions),
  pillar,
  original: z.enum(languages).describe('The language it is written in'),
  title: typedLine().min(1).max(200),
})
export type ListingStart = z.output<typeof listingStart>

export const titleLength = 200
export const bodyLength = 5000
export const soughtLength = 1000
const title = optional(typedLine().max(titleLength))
const body = optional(typedText().max(bodyLength))
const sought = optional(typedText().max(soughtLength))

const shape = z.object({
  direction: z.enum(directions),
  pillar,
  original: z.enum(languages),
  title_en: title,
  title_es: title,
  title_zh: title,
  title_vi: title,
  body_en: body,
  body_es: body,
  body_zh: body,
  body_vi: body,
  sought_en: sought,
  sought_es: sought,
  sought_zh: sought,
  sought_vi: sought,
  stage: optional(z.enum(stages)),
  ip: optional(z.enum(ipStates)),
  forms: several(z.enum(forms)),
  partner_kinds: several(z.enum(memberInputs.organizationKinds)),
  authorizations: typedCountries,
  countries_wanted: typedCountries,
  countries_excluded: typedCountries,
  amount: optional(z.preprocess(withPoint, z.coerce.number().positive().max(1e15))),
  unit: optional(typedLine().max(60)),
  timing: optional(typedLine().max(500)),
  audience: z.enum(audiences),
  hidden_from: optional(typedLine().max(2000)).describe('Names or keys of members that do not see it, commas between them'),
  valid_until: optional(z.iso.date()),
  concepts: several(conceptKey),
  about: optional(typedLine().max(200)).describe('Words of what else it is about, to be offered as concepts'),
  version,
})

type Typed = Partial<z.output<typeof shape>>
/** A check across fields, made whatever else is wrong, so that all is told at once. */
const check = (
  path: string,
  code: string,
  holds: (typed: Typed) => boolean,
): [(typed: unknown) => boolean, { path: string[]; params: { code: string }; when: () => boolean }] => [
  (typed) => holds(typed ?? {}),
  { path: [path], params: { code }, when: () => true },
]

const overlap = ({ countries_wanted: wanted, countries_excluded: excluded }: Typed) =>
  Array.isArray(wanted) && Array.isArray(excluded) && wanted.some((code) => excluded.includes(code))

/** A listing as its people write it, whole. Little has to be there before it is sent; see `rules/complete.ts`. */
export const listingInput = shape
  .refine(...check('countries_excluded', 'also_wanted', (typed) => !overlap(typed)))
  .refine(...check('unit', 'required', ({ amount, unit }) => amount === undefined || unit !== undefined))
  .refine(...check('amount', 'required', ({ amount, unit }) => unit === undefined || amount !== undefined))
export type ListingInput = z.output<typeof listingInput>

export const textField = (field: 'title' | 'body' | 'sought', language: Language) => `${field}_${language}` as const

const reason = typedText().max(2000)
/** A button that only moves a listing on. */
export const actInput = z.object({ version })
/** One that needs a reason. */
export const reasonInput = z.object({ version, reason: reason.min(1) })
export const renewalInput = z.object({ version, until: z.iso.date().describe('The last day on which it holds') })

export const takeoverInput = z.object({ id: z.uuid().describe('That of the draft, made by the form, so that a second click makes nothing new') })
export const confidentialInput = z.object({ text: typedText().min(1).max(8000), language: z.enum(languages), version: z.coerce.number().int().min(0) })
export const undertakingInput = z.object({
  id: z.uuid(),
  member: typedLine().min(1).max(200).describe('Name or key of the member that gave it'),
  signed_on: z.iso.date(),
  note: optional(typedText().max(1000)),
})

/** Which listings a list shows. */
export const listingFilter = z.object({
  q: optional(typedQuery().max(200))
    .transform((words) => (words === '' ? undefined : words))
    .describe('Words of any language'),
  direction: optional(z.enum(directions)),
  pillar: optional(pillar),
  country: optional(typedLine().regex(/^[A-Z]{2}$/)).describe('Country of the organization, ISO 3166-1 alpha-2'),
  language: optional(z.enum(languages)).describe('The language it was written in'),
  concept: optional(conceptKey).describe('Key of a concept that it is about, or that stands above one'),
  state: optional(z.enum(shownStates)).describe('Published ones, if not given'),
  cursor: optional(z.string().max(1000)).describe('Place in the list, as `next` or `previous` of another page gave it'),
})
export type ListingFilter = z.output<typeof listingFilter>
/** What a filter asks for as the query of an address, with its `?`, wherever in the list it is; nothing when it asks for all. */
export function queryOf({ cursor: _, ...filter }: ListingFilter): string {
  const asked = new URLSearchParams(Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()
  return asked === '' ? '' : `?${asked}`
}
export const cursorFilter = z.object({ cursor: optional(z.string().max(1000)) })
