import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { typedLine, typedText } from '../../../platform/text/typed.ts'
import { memberInputs } from '../../members/index.ts'
import { bodyLength, soughtLength, titleLength } from './listings.ts'
import { audiences, directions, forms, ipStates, stages } from './terms.ts'

const version = z.int().min(1).describe('The version that was read; another one is refused')
const inLanguages = <S extends z.ZodType>(text: S) => z.partialRecord(z.enum(languages), text)
const country = z.string().regex(/^[A-Z]{2}$/)
const countries = z.array(country).max(60).describe('ISO 3166-1 alpha-2')
const key = typedLine().min(1).max(120)

/** What of a draft is written anew; whatever is not named stays. */
export const listingPatch = z
  .strictObject({
    direction: z.enum(directions),
    pillar: z.enum(memberInputs.pillars),
    original: z.enum(languages).describe('The language it was written in'),
    title: inLanguages(typedLine().min(1).max(titleLength)),
    body: inLanguages(typedText().min(1).max(bodyLength)),
    sought: inLanguages(typedText().min(1).max(soughtLength)),
    stage: z.enum(stages).nullable(),
    ip: z.enum(ipStates).nullable(),
    forms: z.array(z.enum(forms)).max(60),
    partner_kinds: z.array(z.enum(memberInputs.organizationKinds)).max(60),
    authorizations: countries,
    countries_wanted: countries,
    countries_excluded: countries,
    amount: z.number().positive().max(1e15).nullable(),
    unit: typedLine().min(1).max(60).nullable().describe('Code of UCUM, such as {dose}/a, or what it is called; what is not on the list stays as it was typed'),
    timing: typedLine().min(1).max(500).nullable(),
    audience: z.enum(audiences).describe('network: the members of the network only'),
    hidden_from: z.array(key).max(100).describe('Keys of members that do not see it'),
    valid_until: z.iso.date().nullable(),
    concepts: z.array(key).max(60).describe('Keys of concepts of the vocabulary'),
  })
  .partial()
  .extend({ version })
export type ListingPatch = z.output<typeof listingPatch>

export const stepInput = z.strictObject({ version })
export const renewalStep = z.strictObject({ version, until: z.iso.date().describe('The last day on which it holds') })
