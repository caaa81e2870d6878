import { z } from '@hono/zod-openapi'
import { languages } from '../../../platform/i18n/languages.ts'
import { entryKinds, key, languageText, ranks, sourceKinds, stances } from '../schema.ts'

const id = z.uuid().describe('Id, UUID version 7')
const edtf = z.string().nullable().describe('Date as precise as known, EDTF level 1').openapi({ example: '2025-08-28' })
const title = z.partialRecord(z.enum([...languages, 'original']), z.string()).describe('The name by language, and which language is the original')
const kind = z.enum(entryKinds)
const text = z.union([z.string(), languageText])

export const reference = z
  .object({ entry: kind.describe('Kind of entry'), key, title, acronym: z.string().nullable(), country: z.string().nullable() })
  .openapi('EntryReference')

const role = z.string().describe('The field that names the party')
export const party = z
  .union([z.object({ role, entry: reference }), z.object({ role, country: z.string() }), z.object({ role, text: languageText })])
  .openapi('Party')

export const listed = z
  .object({
    id,
    entry: kind.describe('Kind of entry'),
    key,
    kind: z.string().nullable().describe('Kind of organization, event and so on'),
    status: z.string().nullable().describe('How far it has come, at the times asked for'),
    title,
    acronym: z.string().nullable(),
    country: z.string().nullable().describe('Where it lies, ISO 3166-1'),
    countries: z.array(z.string()).describe('All countries that it concerns'),
    place: z.object({ key, names: languageText }).nullable(),
    parent: reference.nullable(),
    parties: z.array(party),
    date: edtf,
    amount: z.string().nullable().describe('Decimal number'),
    unit: z.string().nullable().openapi({ example: 'million USD' }),
    stage: z.string().nullable().describe('announced, committed or paid, where a source says so'),
    disputed: z.boolean().describe('Sources contradict each other about it'),
    umbrella: z.boolean().describe('It groups other entries, which count on their own'),
    recorded_at: z.iso.datetime(),
  })
  .openapi('ListedEntry')

export const source = z
  .object({ id, key, kind: z.enum(sourceKinds), title: z.string(), language: z.string(), publisher: z.string(), published: edtf, url: z.string().nullable() })
  .openapi('Source')

const claim = {
  field: z.string(),
  value: text,
  target: reference.nullable().describe('The entry that the value means'),
  place: z.object({ names: languageText }).nullable().describe('The names of the place that the value means'),
  language: z.string().nullable().describe('Language of a name, or of the original of a text'),
  rank: z.enum(ranks),
  qualifiers: z.record(z.string(), text).describe('What the value holds for: measure, reporter, unit, stage, share …'),
  valid: edtf.describe('Date or period for which it is claimed, EDTF'),
}

export const statement = z
  .object({
    id,
    ...claim,
    rank_reason: languageText.nullable(),
    dispute: key.nullable().describe('The dispute that it is one side of'),
    last_known: z.boolean().describe('Claimed for an earlier date; nothing is on record for the one asked for'),
    citations: z.array(z.object({ source: key, stance: z.enum(stances), locator: z.string().nullable() })),
  })
  .openapi('Statement')

export const entry = z
  .object({
    id,
    kind,
    key,
    title,
    recorded_at: z.iso.datetime().describe('When it came on record'),
    version: z.int(),
    statements: z.array(statement),
    sources: z.array(source.omit({ id: true })),
  })
  .openapi('Entry')

export const dispute = z
  .object({
    id,
    key,
    assessment: languageText,
    sides: z.array(
      z.object({
        entry: reference,
        ...claim,
        reason: languageText.nullable(),
        citations: z.array(z.object({ source: key, stance: z.enum(stances), locator: z.string().nullable(), title: z.string(), kind: z.enum(sourceKinds) })),
      }),
    ),
  })
  .openapi('Dispute')

export const summary = z.object({ counts: z.record(z.enum(['source', ...entryKinds]), z.int()) }).openapi('RecordSummary')
