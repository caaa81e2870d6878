import { z } from 'zod'
import { languages } from '../../platform/i18n/languages.ts'
import { typedLine, typedQuery, typedText } from '../../platform/text/typed.ts'

/** The lasting name of a concept in addresses. */
export const conceptKey = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lasting name in addresses: lower-case letters, digits and single hyphens')
  .meta({ example: 'monoclonal-antibody' })

export const conceptStates = ['current', 'retired'] as const

const cursor = z.string().max(1000).optional().describe('Place in the list, as `next` or `previous` of another page gave it')
const orNothing = <S extends z.ZodType>(schema: S) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), schema])
    .optional()
    .transform((value) => (value === '' ? undefined : value))

export const conceptFilter = z.object({
  q: orNothing(typedQuery().max(200).describe('Words of any language, with or without accents').meta({ example: 'kháng thể đơn dòng' })),
  area: orNothing(conceptKey.describe('Only concepts of this area: the key of its top concept, or of an imported scheme').meta({ example: 'bioprocess' })),
  state: orNothing(z.enum(conceptStates)).describe('Only what is in use, or only what is retired'),
  cursor,
})
export type ConceptFilter = z.output<typeof conceptFilter>

/** The languages that labels are typed in, each a field. */
const labelField = typedText().max(3000).default('').describe('Labels, a line or a | between them; the first is preferred; ~ before one hides it')
export const labelFields = Object.fromEntries(languages.map((language) => [language, labelField])) as Record<(typeof languages)[number], typeof labelField>
const keys = typedLine().max(2000).default('').describe('Keys of concepts, blanks between them').meta({ example: 'antibody immunotherapy' })
const version = z.coerce.number().int().min(1)
const note = typedText().max(2000).default('')

/** A concept as who curates writes it, whole. */
export const conceptInput = z.object({ ...labelFields, broader: keys, related: keys, codes: keys, note, version: z.coerce.number().int().min(0) })
export type ConceptInput = z.output<typeof conceptInput>

/** Why something was done or not, for the log and for whom it concerns. */
const reason = typedText().min(1).max(2000).describe('Why').meta({ example: 'The same as the other concept.' })
export const mergeInput = z.object({ kept: conceptKey, reason, version })
export const retireInput = z.object({ reason, version })

/** What an editor of a member proposes: a new concept, labels for one that is there, or a correction of it. */
export const proposalInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice'),
  member: typedLine().min(1).max(80).describe('Key of the member that proposes it'),
  concept: orNothing(conceptKey),
  broader: orNothing(conceptKey),
  ...labelFields,
  why: typedText().min(1).max(2000).describe('What it is about, and what shows it'),
})
export type ProposalInput = z.output<typeof proposalInput>

export const proposalStates = ['sent', 'accepted', 'declined', 'withdrawn'] as const
export type ProposalState = (typeof proposalStates)[number]

/** How a proposal is accepted: the concept as it is to be from now on, with its key if it is new. */
export const acceptanceInput = conceptInput.extend({ key: orNothing(conceptKey), proposal: version })
export const declineInput = z.object({ reason, version })
export const withdrawalInput = z.object({ version })
export const proposalFilter = z.object({ state: orNothing(z.enum(['open', 'closed'])), cursor })
