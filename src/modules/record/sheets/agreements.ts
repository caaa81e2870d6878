import { z } from 'zod'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryDraft, StatementDraft } from '../rules/statements.ts'
import { agreementKinds, agreementStatuses, key } from '../schema.ts'
import { keyList, list, optional, optionalDate, required, supportedBy, texts } from './cells.ts'

/** `agreements.csv`: `title_en` and `subject_en` are the originals, the other languages translations. A party is an organization's id or a country code. */
export const agreementSheet = z.object({
  id: key,
  kind: z.enum(agreementKinds),
  title_en: required,
  title_es: optional,
  title_zh: optional,
  title_vi: optional,
  parties: list.pipe(z.array(z.union([z.string().regex(/^[A-Z]{2}$/), key])).min(1)),
  signed: optionalDate,
  place: optional,
  subject_en: optional,
  subject_es: optional,
  subject_zh: optional,
  subject_vi: optional,
  status: z.enum(agreementStatuses),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type AgreementRow = z.output<typeof agreementSheet>

export type AgreementProjection = {
  kind: string
  status: string
  title: LanguageText
  subject: LanguageText
  signed: string | undefined
  place: string | undefined
  /** In the order of the document: an organization's key, or a country. */
  parties: ({ organization: string } | { country: string })[]
}

export const isCountryParty = (party: string) => /^[A-Z]{2}$/.test(party)

/** @param place key of the place, or the words of the source where they name no one place */
export function agreementDraft(row: AgreementRow, place: string | undefined): EntryDraft<AgreementProjection> {
  const citations = supportedBy(row.source_ids)
  const [title, subject] = [texts(row, 'title'), texts(row, 'subject')]
  const say = (field: string, value: StatementDraft['value'] | undefined, more: Partial<StatementDraft> = {}): StatementDraft[] =>
    value === undefined || (typeof value === 'object' && Object.keys(value).length === 0) ? [] : [{ field, value, citations, ...more }]
  return {
    kind: 'agreement',
    key: row.id,
    statements: [
      ...say('title', title, { language: 'en' }),
      ...say('kind', row.kind),
      ...row.parties.flatMap((party) => say('party', party, isCountryParty(party) ? {} : { target: `organization:${party}` })),
      ...say('signed', row.signed),
      ...say('place', place ?? row.place),
      ...say('subject', subject, { language: 'en' }),
      ...say('status', row.status),
    ],
    projection: {
      kind: row.kind,
      status: row.status,
      title,
      subject,
      signed: row.signed,
      place,
      parties: row.parties.map((party) => (isCountryParty(party) ? { country: party } : { organization: party })),
    },
  }
}
