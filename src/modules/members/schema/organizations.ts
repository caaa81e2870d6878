import { z } from 'zod'
import { isPlainAddress } from '../../../platform/text/address.ts'
import { optional } from '../../../platform/optional.ts'
import { typedLine, typedName, typedQuery, typedText } from '../../../platform/text/typed.ts'
import { isCountry } from '../../../platform/i18n/countries.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { offices, organizationKinds, pillars, roles, standings } from './kinds.ts'
import { identifier, type IdentifierField } from './identifiers.ts'

const name = typedName().min(1).max(300)
const website = typedLine()
  .max(2000)
  .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : ['https', text].join('://')))
  .pipe(z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).refine(isPlainAddress, { params: { code: 'not_an_address' } }))
const identifierOf = (field: IdentifierField) =>
  optional(
    typedLine()
      .max(100)
      .transform((written, context) => {
        const found = identifier(field, written)
        if (found === undefined) context.addIssue({ code: 'custom', params: { code: 'wrong_check_digits' } })
        return found ?? z.NEVER
      }),
  )
const country = z
  .string()
  .refine((code) => code !== '', { params: { code: 'required' }, abort: true })
  .refine(isCountry, { params: { code: 'unknown_country' } })
const email = typedLine().max(254).pipe(z.email())

/** What is true of an organization in every language. */
const facts = {
  kind: z.enum(organizationKinds).describe('What the organization is').meta({ example: 'hospital' }),
  country: country.describe('ISO 3166-1 code of two letters').meta({ example: 'VN' }),
  website: optional(website).describe('Address of its website').meta({ example: 'https://www.example.org/hospital' }),
  ror: identifierOf('ror').describe('ROR ID').meta({ example: '03yrm5c26' }),
  gln: identifierOf('gln').describe('Global Location Number, thirteen digits').meta({ example: '4012345000009' }),
  lei: identifierOf('lei').describe('Legal Entity Identifier').meta({ example: '506700GE1G29325QX363' }),
}

/** What an organization sends that asks to be admitted; the contact is left out by who is signed in. */
export const applicationInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice'),
  network: z.uuid().describe('The network applied to'),
  name: name.describe('Name, in the language it is written in'),
  original: z.enum(languages).describe('Language of the name'),
  english: optional(name).describe('Name in English, if it has one'),
  ...facts,
  why: typedText().min(1).max(4000).describe('What the organization brings and what it looks for'),
  entry: optional(typedLine().max(200)).describe('Key of its entry on the public record, if there is one'),
  organization: optional(z.uuid()).describe('The member that applies to another network'),
})
export const contactInput = z.object({ contact: typedName().min(1).max(200), email })

export const joinInput = z.object({ name: typedName().min(1).max(200), password: z.string().min(12).max(200) })
export const messageInput = z.object({ text: typedText().min(1).max(4000), version: z.coerce.number().int() })
export const admissionInput = z.object({
  version: z.coerce.number().int(),
  since: z.iso.date().describe('Since when it is a member').meta({ example: '2026-11-21' }),
  founding: z.preprocess((value) => value === 'yes', z.boolean()),
})
/** Of a form that has only a button. */
export const nothingInput = z.object({})
export const versionInput = z.object({ version: z.coerce.number().int() })
export const reasonInput = z.object({ version: z.coerce.number().int(), reason: typedText().min(1).max(2000) })
export const standingInput = z.object({ network: z.uuid(), state: z.enum(standings), reason: optional(typedText().max(2000)), now: z.uuid() })

export const enterInput = z.object({
  network: z.uuid(),
  name,
  original: z.enum(languages),
  english: optional(name),
  ...facts,
  since: z.iso.date(),
  founding: z.preprocess((value) => value === 'yes', z.boolean()),
})

export const factsInput = z.object({
  ...facts,
  parent: optional(typedLine().max(80)).describe('Key of the member it belongs to'),
  original: z.enum(languages),
  version: z.coerce.number().int(),
})
const strength = optional(typedText().max(1500))
export const textsInput = z.object({
  language: z.enum(languages),
  name: optional(name),
  profile: optional(typedText().max(6000)),
  research: strength,
  training: strength,
  'technology-transfer': strength,
  production: strength,
  commercialization: strength,
  version: z.coerce.number().int(),
})

export const invitationInput = z
  .object({ email, role: z.enum(roles), guest_until: optional(z.iso.date()).describe('The last day of a guest; of nobody else') })
  .refine((given) => given.role !== 'guest' || given.guest_until !== undefined, {
    path: ['guest_until'],
    params: { code: 'required' },
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
export const officerInput = z.object({ email, role: z.enum(offices) })
export const deputyInput = z.object({ person: z.uuid(), from: z.iso.date(), until: z.iso.date() })
export const handoverInput = z.object({ person: z.uuid() })

/** Which members a list shows. */
export const memberFilter = z.object({
  q: optional(typedQuery().max(200)).describe('Words of a name, in any language'),
  kind: optional(z.enum(organizationKinds)),
  country: optional(country),
  pillar: optional(z.enum(pillars)).describe('Has said what it is strong at in this field'),
  state: optional(z.enum(standings)).describe('How it stands; members admitted now, if not given'),
  network: optional(typedLine().max(80)).describe('Key of a network'),
  cursor: optional(z.string().max(1000)),
})
export type MemberFilter = z.output<typeof memberFilter>
