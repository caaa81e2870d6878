import { z } from '@hono/zod-openapi'
import { languages } from '../../../platform/i18n/languages.ts'
import { callStates, kinds, outcomes, stepKinds } from '../schema/terms.ts'

const text = z.partialRecord(z.enum(languages), z.string())
const language = z.enum(languages)
const base = {
  id: z.uuid(),
  number: z.string().nullable().describe('The number that people quote'),
  kind: z.enum(kinds),
  state: z.enum(callStates).describe('due: the last day is over, and the outcome is not told yet'),
  outcome: z.enum(outcomes).nullable(),
  member: z.string().nullable().describe('Key of the member behind it; none where the network itself calls'),
  original: language.describe('The language it was written in'),
  title: text,
  countries: z.array(z.string()).describe('Countries that need it, ISO 3166-1'),
  place: z.string().nullable(),
  deadline: z.iso.date().nullable().describe('The last day on which pledges are taken'),
  opened_at: z.iso.datetime().nullable(),
}

export const listed = z.object(base).openapi('ListedCall')

const totals = z.object({ pledged: z.number(), accepted: z.number(), delivered: z.number() })
const line = z.object({
  id: z.uuid(),
  original: language,
  item: text.describe('What is needed'),
  amount: z.number().describe('How much of it'),
  unit: z.string(),
  concepts: z.array(z.string()).describe('Keys of concepts that it is about'),
  totals: totals.nullable().describe('How much of it is pledged, accepted and delivered, if the call shows it'),
})
const step = z.object({
  what: z.enum(stepKinds),
  original: language.nullable(),
  text: text.nullable(),
  deadline: z.iso.date().nullable().describe('The new last day, where it was put off'),
  made_at: z.iso.datetime(),
})

export const call = z
  .object({
    ...base,
    body: text.describe('What has happened, and what is asked for'),
    lines: z.array(line),
    steps: z.array(step).describe('What happened, the newest first'),
    report: text.nullable().describe('The report of the outcome'),
    report_original: language.nullable(),
    version: z.int(),
  })
  .openapi('Call')
