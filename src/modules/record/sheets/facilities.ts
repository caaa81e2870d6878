import { z } from 'zod'
import type { EntryDraft } from '../rules/statements.ts'
import { key } from '../schema.ts'
import { country, inFourLanguages, keyList, optional, optionalDate, parties, required, speaker, term, texts } from './cells.ts'

/** `facilities.csv`: plants, laboratories, centres, hospitals, parks. */
export const facilitySheet = z.object({
  id: key,
  kind: term('facility', 'kind'),
  ...inFourLanguages('name', required),
  place: optional,
  country,
  owner_operator_ids: parties,
  ...inFourLanguages('field', optional),
  status: term('facility', 'status'),
  since: optionalDate,
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type FacilityRow = z.output<typeof facilitySheet>

export function facilityDraft(row: FacilityRow): EntryDraft {
  const { say, tell, involve } = speaker(row.source_ids)
  return {
    kind: 'facility',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...say('kind', row.kind),
      ...say('country', row.country),
      ...say('place', row.place),
      ...row.owner_operator_ids.flatMap((party) => involve('operator', party)),
      ...tell('field_of_work', texts(row, 'field')),
      ...say('status', row.status),
      ...say('since', row.since),
    ],
  }
}
