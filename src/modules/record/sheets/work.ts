import { z } from 'zod'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryDraft } from '../rules/statements.ts'
import { key } from '../schema.ts'
import { country, inFourLanguages, keyList, optional, optionalDate, parties, required, speaker, term, texts } from './cells.ts'

const sources = keyList.pipe(z.array(z.string()).min(1))

/** `projects.csv`: joint research and development. */
export const projectSheet = z.object({
  id: key,
  ...inFourLanguages('name', required),
  parties,
  start: optionalDate,
  ...inFourLanguages('status', optional),
  ...inFourLanguages('field', optional),
  ...inFourLanguages('description', optional),
  source_ids: sources,
})

export function projectDraft(row: z.output<typeof projectSheet>): EntryDraft {
  const { say, tell, involve } = speaker(row.source_ids)
  return {
    kind: 'project',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...row.parties.flatMap((party) => involve('party', party)),
      ...say('started', row.start),
      ...tell('progress', texts(row, 'status')),
      ...tell('field_of_work', texts(row, 'field')),
      ...tell('description', texts(row, 'description')),
    ],
  }
}

/** `programmes.csv`: training. */
export const programmeSheet = z.object({
  id: key,
  ...inFourLanguages('name', required),
  kind: term('programme', 'kind'),
  parties,
  start: optionalDate,
  end: optionalDate,
  level: optional,
  ...inFourLanguages('description', optional),
  source_ids: sources,
})

/** @param phrases levels by their English wording */
export function programmeDraft(row: z.output<typeof programmeSheet>, phrases: ReadonlyMap<string, LanguageText>): EntryDraft {
  const { say, tell, involve } = speaker(row.source_ids)
  return {
    kind: 'programme',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...say('kind', row.kind),
      ...row.parties.flatMap((party) => involve('party', party)),
      ...say('started', row.start),
      ...say('ended', row.end),
      ...(row.level === undefined ? [] : tell('level', phrases.get(row.level) ?? { en: row.level })),
      ...tell('description', texts(row, 'description')),
    ],
  }
}

/** `events.csv`: visits, signings, inaugurations. */
export const eventSheet = z.object({
  id: key,
  kind: term('event', 'kind'),
  ...inFourLanguages('name', required),
  date: optionalDate,
  place: optional,
  country,
  participants: parties,
  ...inFourLanguages('description', optional),
  source_ids: sources,
})

export function eventDraft(row: z.output<typeof eventSheet>): EntryDraft {
  const { say, tell, involve } = speaker(row.source_ids)
  return {
    kind: 'event',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...say('kind', row.kind),
      ...say('date', row.date),
      ...say('place', row.place),
      ...say('country', row.country),
      ...row.participants.flatMap((party) => involve('participant', party)),
      ...tell('description', texts(row, 'description')),
    ],
  }
}
