import { countryName } from '../../../platform/i18n/format.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import type { SearchDocument } from '../../../platform/search/search.ts'
import { plurals } from '../schema.ts'
import type { PlaceRow } from '../sheets/places.ts'
import type { SourceRow } from '../sheets/sources.ts'
import { texts } from '../sheets/cells.ts'
import type { CatalogueDraft, Surroundings } from './catalogue.ts'
import { identifierAddress, isIdentifierField } from '../../members/index.ts'
import type { EntryDraft } from './statements.ts'

/** The columns of a place that hold its names. */
export type PlaceNames = Pick<PlaceRow, 'name_en' | 'name_es' | 'name_zh' | 'name_vi'>

type Where = { space: string; id: string }

// Texts that tell something about an entry without being its name.
const told = new Set(['subject', 'description', 'field_of_work', 'products', 'indication', 'active_ingredient', 'purpose', 'note', 'technology'])

/** @param place where it lies, if the table of places knows it */
export function entryDocument(
  { space, id }: Where,
  draft: EntryDraft,
  row: CatalogueDraft,
  place: PlaceNames | undefined,
  around: Surroundings,
): SearchDocument {
  const placeNames: LanguageText = place ? texts(place, 'name') : {}
  const { original: _, ...names } = row.title
  const subject = draft.statements.find(({ field, value }) => told.has(field) && typeof value === 'object')?.value
  return {
    objectId: id,
    spaceId: space,
    kind: draft.kind,
    path: `/${plurals[draft.kind]}/${draft.key}`,
    title: row.title,
    detail: typeof subject === 'object' && row.acronym === undefined ? subject : whereabouts(row, placeNames),
    facets: row.countries.filter((code) => /^[A-Z]{2}$/.test(code)).map((code) => `country:${code}`),
    names: [...languages.flatMap((language) => names[language] ?? []), ...stringsOf(draft, 'name')],
    aliases: [...(row.acronym === undefined ? [] : [row.acronym]), ...stringsOf(draft, 'alias')],
    words: [
      ...draft.statements.flatMap(({ field, value }) => (told.has(field) && typeof value === 'object' ? Object.values(value) : [])),
      ...draft.statements.flatMap(({ field, value, rank }) =>
        isIdentifierField(field) && typeof value === 'string' && rank !== 'deprecated' ? [value, identifierAddress(field, value) ?? ''] : [],
      ),
      ...Object.values(placeNames),
      ...row.countries.filter((code) => /^[A-Z]{2}$/.test(code)).flatMap((code) => languages.map((language) => countryName(code, language))),
      ...row.parties.flatMap((party) => ('entry' in party ? namesOf(around.titleOf(party.entry)) : [])),
    ],
  }
}

function whereabouts(row: CatalogueDraft, place: LanguageText): LanguageText {
  const say = (language: (typeof languages)[number]) =>
    [row.acronym, place[language] ?? place.en, row.country && (/^[A-Z]{2}$/.test(row.country) ? countryName(row.country, language) : row.country)]
      .filter(Boolean)
      .join(', ')
  return Object.fromEntries(languages.map((language) => [language, say(language)]).filter(([, text]) => text !== ''))
}

const stringsOf = (draft: EntryDraft, wanted: string) =>
  draft.statements.flatMap(({ field, value }) => (field === wanted && typeof value === 'string' ? [value] : []))

const namesOf = (title: (LanguageText & { original?: string }) | undefined) =>
  Object.entries(title ?? {}).flatMap(([language, name]) => (language === 'original' || name === undefined ? [] : [name]))

export function sourceDocument({ space, id }: Where, row: SourceRow): SearchDocument {
  return {
    objectId: id,
    spaceId: space,
    kind: 'source',
    path: `/sources/${row.id}`,
    title: { en: row.title, original: row.language },
    detail: { en: row.publisher },
    ...(row.language !== null && { facets: [`language:${row.language}`] }),
    // What is on record comes before the documents that say so.
    names: [],
    aliases: [row.title],
    words: [row.publisher],
  }
}
