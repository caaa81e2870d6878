import { z } from 'zod'
import type { EntryDraft } from '../rules/statements.ts'
import { kindTerms } from '../rules/terms.ts'
import { key } from '../schema.ts'
import { inFourLanguages, keyList, optional, optionalDate, parties, required, speaker, term, texts } from './cells.ts'

/** `agreements.csv`: `title_en` and `subject_en` are the originals, the other languages translations. A party is an organization's id or a country code. */
export const agreementSheet = z.object({
  id: key,
  kind: z.enum(kindTerms.agreement),
  ...inFourLanguages('title', required),
  parties: parties.pipe(z.array(z.string()).min(1)),
  signed: optionalDate,
  place: optional,
  ...inFourLanguages('subject', optional),
  status: term('agreement', 'status'),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type AgreementRow = z.output<typeof agreementSheet>

export function agreementDraft(row: AgreementRow): EntryDraft {
  const { say, tell, involve } = speaker(row.source_ids)
  return {
    kind: 'agreement',
    key: row.id,
    statements: [
      ...tell('title', texts(row, 'title')),
      ...say('kind', row.kind),
      ...row.parties.flatMap((party) => involve('party', party)),
      ...say('signed', row.signed),
      ...say('place', row.place),
      ...tell('subject', texts(row, 'subject')),
      ...say('status', row.status),
    ],
  }
}
