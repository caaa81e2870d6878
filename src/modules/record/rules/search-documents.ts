import { countryName } from '../../../platform/i18n/format.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import type { SearchDocument } from '../../../platform/search/search.ts'
import type { AgreementProjection } from '../sheets/agreements.ts'
import { texts } from '../sheets/cells.ts'
import type { OrganizationProjection } from '../sheets/organizations.ts'
import type { PlaceRow } from '../sheets/places.ts'
import type { SourceRow } from '../sheets/sources.ts'
import { ownLanguage, type EntryDraft } from './statements.ts'

type Place = { space: string; id: string }

const inEveryLanguage = (say: (language: (typeof languages)[number]) => string): LanguageText =>
  Object.fromEntries(languages.map((language) => [language, say(language)]))

const nonEmpty = (...lists: (string | undefined)[]) => lists.filter((text): text is string => Boolean(text))

export function organizationDocument({ space, id }: Place, draft: EntryDraft<OrganizationProjection>, place: PlaceRow | undefined): SearchDocument {
  const { names, acronym, aliases, country } = draft.projection
  const placeNames: LanguageText = place ? texts(place, 'name') : {}
  return {
    objectId: id,
    spaceId: space,
    kind: 'organization',
    path: `/organizations/${draft.key}`,
    title: { ...names, original: ownLanguage(country) },
    detail: inEveryLanguage((language) => [acronym, placeNames[language] ?? placeNames.en, countryName(country, language)].filter(Boolean).join(', ')),
    names: Object.values(names),
    aliases: [...nonEmpty(acronym), ...aliases],
    words: [...Object.values(placeNames), ...languages.map((language) => countryName(country, language))],
  }
}

/** @param parties names and acronyms of the organizations that are parties */
export function agreementDocument(
  { space, id }: Place,
  draft: EntryDraft<AgreementProjection>,
  parties: string[],
  place: PlaceRow | undefined,
): SearchDocument {
  const { title, subject } = draft.projection
  return {
    objectId: id,
    spaceId: space,
    kind: 'agreement',
    path: `/agreements/${draft.key}`,
    title: { ...title, original: 'en' },
    detail: subject,
    names: Object.values(title),
    aliases: [],
    words: [...Object.values(subject), ...parties, ...(place ? Object.values(texts(place, 'name')) : [])],
  }
}

export function sourceDocument({ space, id }: Place, row: SourceRow): SearchDocument {
  return {
    objectId: id,
    spaceId: space,
    kind: 'source',
    path: `/sources/${row.id}`,
    title: { en: row.title, original: row.language },
    detail: { en: row.publisher },
    names: [row.title],
    aliases: [],
    words: [row.publisher],
  }
}
