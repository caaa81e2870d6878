import { z } from '@hono/zod-openapi'
import { agreementKinds, agreementStatuses, entryKinds, key, languageText, organizationKinds, ranks, sourceKinds, stances } from '../schema.ts'

const id = z.uuid().describe('Id, UUID version 7')
const edtf = z.string().nullable().describe('Date as precise as known, EDTF level 1').openapi({ example: '2025-08-28' })

export const organizationRef = z.object({ key, names: languageText, acronym: z.string().nullable() }).openapi('OrganizationReference')

export const organization = z
  .object({
    id,
    key,
    kind: z.enum(organizationKinds),
    country: z.string(),
    place: z.object({ key, names: languageText }).nullable(),
    names: languageText,
    acronym: z.string().nullable(),
    parent: organizationRef.nullable(),
  })
  .openapi('Organization')

export const agreement = z
  .object({
    id,
    key,
    kind: z.enum(agreementKinds),
    status: z.enum(agreementStatuses),
    title: languageText,
    signed: edtf,
    parties: z.array(z.union([z.object({ organization: organizationRef.extend({ country: z.string() }) }), z.object({ country: z.string() })])),
  })
  .openapi('Agreement')

export const source = z
  .object({ id, key, kind: z.enum(sourceKinds), title: z.string(), language: z.string(), publisher: z.string(), published: edtf, url: z.string().nullable() })
  .openapi('Source')

export const statement = z
  .object({
    id,
    field: z.string(),
    value: z.union([z.string(), languageText]),
    target: z.string().nullable().describe('Path of the entry that the value means'),
    language: z.string().nullable().describe('Language of a name, or of the original of a text'),
    rank: z.enum(ranks),
    citations: z.array(z.object({ source: key, stance: z.enum(stances), locator: z.string().nullable() })),
  })
  .openapi('Statement')

export const entry = z
  .object({
    id,
    kind: z.enum(entryKinds),
    key,
    recorded_at: z.iso.datetime().describe('When it came on record'),
    version: z.int(),
    statements: z.array(statement),
    sources: z.array(source.omit({ id: true })),
  })
  .openapi('Entry')

export const summary = z.object({ counts: z.object({ source: z.int(), organization: z.int(), agreement: z.int() }) }).openapi('RecordSummary')
