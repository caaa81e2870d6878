import { z } from 'zod'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryDraft } from '../rules/statements.ts'
import { isCurrencyUnit } from '../rules/units.ts'
import { key } from '../schema.ts'
import { country, inFourLanguages, keyList, list, optional, optionalDate, optionalNumber, optionalUnit, speaker, term, texts } from './cells.ts'

/** `flows.csv`: trade, credit, investment, donation and aid. `to` is a country, or `two-way` for what `from` exchange with each other. */
export const flowSheet = z.object({
  id: key,
  kind: term('flow', 'kind'),
  from: list.pipe(z.array(country).min(1)),
  to: z.union([z.literal('two-way'), country]),
  period: optionalDate,
  value: optionalNumber,
  unit: optionalUnit,
  ...inFourLanguages('what', optional),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type FlowRow = z.output<typeof flowSheet>

/** @param phrases units by their English wording */
export function flowDraft(row: FlowRow, phrases: ReadonlyMap<string, LanguageText>): EntryDraft {
  const { say, tell } = speaker(row.source_ids)
  return {
    kind: 'flow',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'what')),
      ...say('kind', row.kind),
      ...row.from.flatMap((code) => say('from', code)),
      ...say(row.to === 'two-way' ? 'direction' : 'to', row.to),
      ...say('period', row.period),
      // A quantity that is not stated is in the name; zero would be a claim.
      ...say('amount', row.value, {
        ...(row.unit && { qualifiers: { unit: isCurrencyUnit(row.unit) ? row.unit : (phrases.get(row.unit) ?? row.unit) } }),
        ...(row.period && { valid: row.period }),
      }),
    ],
  }
}
