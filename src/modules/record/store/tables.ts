import type { ColumnType, Generated } from 'kysely'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { CorrectionOutcome } from '../schema.ts'

type Json<T> = ColumnType<T, string, string>
/** A `date` column as text; node-postgres would make a moment in the local time zone of it. */
type Day = ColumnType<string | null, string | null, string | null>

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    'record.place': {
      id: string
      space_id: string
      key: string
      country: string
      names: Json<LanguageText>
      region: string | null
      latitude: string | number
      longitude: string | number
    }
    'record.source': {
      id: string
      space_id: string
      key: string
      kind: string
      title: string
      title_sort: string
      language: string
      publisher: string
      published: string | null
      published_from: Day
      published_to: Day
      url: string | null
      digest: Buffer
      version: Generated<number>
    }
    'record.entry': { id: string; space_id: string; kind: string; key: string; digest: Buffer; recorded_at: Generated<Date>; version: Generated<number> }
    'record.correction': {
      id: string
      space_id: string
      about: string | null
      claim: string
      evidence: string | null
      contact: string | null
      language: Language
      sent_at: Generated<Date>
      outcome: CorrectionOutcome | null
      note: string | null
      closed_at: Date | null
      version: Generated<number>
    }
  }
}

/** The space of the public record; made by the first migration. */
export const recordSpace = '00000000-0000-7000-8000-000000000001'
export { deskSpace } from '../../../platform/spaces.ts'
/** The space in which the rows of merged organizations lie that lists and search read; the public does not see it. */
export const mergedSpace = '00000000-0000-7000-8000-000000000003'
