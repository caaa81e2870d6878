import { z } from '@hono/zod-openapi'
import { languages } from '../../../platform/i18n/languages.ts'
import { labelKinds } from '../rules/draft.ts'
import { conceptKey, conceptStates } from '../schema.ts'

const area = z.string().describe('Key of the top concept, or of the scheme it was imported from')
const state = z.enum(conceptStates).describe('A retired concept is offered no more')

export const listed = z
  .object({ id: z.uuid(), key: conceptKey, area, state, names: z.partialRecord(z.enum(languages), z.string()).describe('The preferred labels') })
  .openapi('ListedConcept')

export const concept = z
  .object({
    key: conceptKey,
    area,
    scheme: z.string().describe('puente: built in; own: made here; else an imported scheme'),
    state,
    replaced_by: conceptKey.nullable().describe('The concept that it was merged into'),
    labels: z.array(z.object({ language: z.enum(languages), kind: z.enum(labelKinds), text: z.string() })),
    broader: z.array(conceptKey),
    related: z.array(conceptKey),
    codes: z.array(z.object({ register: z.string(), code: z.string() })),
    exact_matches: z.array(z.string()).describe('Addresses of the same concept in imported schemes'),
    note: z.string().nullable(),
  })
  .openapi('Concept')
