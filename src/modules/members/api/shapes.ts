import { z } from '@hono/zod-openapi'
import { languages } from '../../../platform/i18n/languages.ts'
import { organizationKinds, pillars, standings } from '../schema/kinds.ts'

const text = z.partialRecord(z.enum(languages), z.string())
const base = {
  id: z.uuid(),
  key: z.string().describe('The last part of its address'),
  name: text.describe('The name by language'),
  original: z.enum(languages).describe('Which of them is the original'),
  kind: z.enum(organizationKinds),
  country: z.string().describe('ISO 3166-1 code'),
}

const standing = z.object({
  network: z.string(),
  state: z.enum(standings),
  founding: z.boolean().describe('It founded the network'),
  since: z.iso.date(),
})

export const member = z
  .object({ ...base, strong_in: z.array(z.enum(pillars)).describe('The pillars in which it says what it is strong at'), standings: z.array(standing) })
  .openapi('Member')

export const organization = z
  .object({
    ...base,
    website: z.string().nullable(),
    ror: z.string().nullable(),
    gln: z.string().nullable(),
    lei: z.string().nullable(),
    profile: text,
    strengths: z.partialRecord(z.enum(pillars), text),
    parent: z.string().nullable().describe('Key of the member it belongs to'),
    parts: z.array(z.string()).describe('Keys of the members that belong to it'),
    entry: z.string().nullable().describe('Key of its entry on the public record, verified by the secretariat'),
    logo: z.string().nullable().describe('Address of its logo'),
    kept_by: z.enum(['organization', 'secretariat']).describe('Who wrote it last'),
    standings: z.array(standing.extend({ until: z.iso.date().nullable() })),
    version: z.int(),
  })
  .openapi('MemberOrganization')
