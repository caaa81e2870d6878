import { z } from '@hono/zod-openapi'
import { languages } from '../../../platform/i18n/languages.ts'
import { memberInputs } from '../../members/index.ts'
import { directions, forms, ipStates, listingStates, stages } from '../schema/terms.ts'

const text = z.partialRecord(z.enum(languages), z.string())
const base = {
  id: z.uuid(),
  number: z.string().nullable().describe('The number that people quote'),
  direction: z.enum(directions),
  pillar: z.enum(memberInputs.pillars),
  country: z.string().describe('Country of the organization, ISO 3166-1'),
  state: z.enum(listingStates),
  origin: z.enum(['member', 'record']).describe('record: derived from published sources, not entered by the organization'),
  member: z.string().nullable().describe('Key of the member whose it is'),
  organization: z.string().nullable().describe('Key of the organization on the public record that it is about, if derived from sources'),
  original: z.enum(languages).describe('The language it was written in'),
  title: text,
  concepts: z.array(z.string()).describe('Keys of concepts that it is about'),
  valid_until: z.iso.date().nullable(),
  published_at: z.iso.datetime().nullable(),
}

export const listed = z.object(base).openapi('ListedListing')

export const listing = z
  .object({
    ...base,
    body: text.describe('What is offered or needed'),
    sought: text.describe('Which partner, or what in return'),
    stage: z.enum(stages).nullable(),
    ip: z.enum(ipStates).nullable().describe('How the rights in it stand'),
    forms: z.array(z.enum(forms)),
    partner_kinds: z.array(z.enum(memberInputs.organizationKinds)),
    authorizations: z.array(z.string()).describe('Countries in which it is authorized'),
    countries_wanted: z.array(z.string()),
    countries_excluded: z.array(z.string()),
    amount: z.number().nullable(),
    unit: z.string().nullable().describe('Unit of the amount: a code of UCUM, such as {dose}/a, or the words that were typed'),
    timing: z.string().nullable(),
    sources: z.array(z.string()).describe('Keys of the sources that it is derived from'),
    version: z.int(),
  })
  .openapi('Listing')
