import { htmlLanguage, isLanguage, type LanguageText } from '../../../platform/i18n/languages.ts'
import { plurals, type EntryKind } from '../schema.ts'
import { best } from './catalogue.ts'
import { identifierAddress, isIdentifierField } from '../../members/index.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonLd = { '@type': string; '@id': string; [key: string]: Json }

type Shown = {
  kind: EntryKind
  key: string
  title: LanguageText & { original?: string }
  statements: readonly {
    field: string
    value: string | LanguageText
    rank: string
    place?: { names: LanguageText; country: string } | null
    target?: { entry: EntryKind; key: string; title: LanguageText } | null
  }[]
  sources: readonly { title: string; publisher: string; url: string | null; published: string | null; language: string }[]
}

// schema.org types; what it has no word for is a Thing with a type of ours.
const types: Partial<Record<EntryKind, string>> = {
  organization: 'Organization',
  venture: 'Organization',
  facility: 'Place',
  product: 'Product',
  programme: 'EducationalOccupationalProgram',
  event: 'Event',
  project: 'ResearchProject',
}
const organizationTypes: Record<string, string> = {
  hospital: 'Hospital',
  university: 'CollegeOrUniversity',
  institute: 'ResearchOrganization',
  centre: 'ResearchOrganization',
  laboratory: 'ResearchOrganization',
  ministry: 'GovernmentOrganization',
  'local-government': 'GovernmentOrganization',
  regulator: 'GovernmentOrganization',
  enterprise: 'Corporation',
}

/**
 * An entry as JSON-LD in the words of schema.org, with its sources as citations.
 *
 * @param base address of the server, for the lasting address of the entry
 */
export function jsonLd(entry: Shown, base: string): JsonLd {
  const value = (field: string) => best(entry.statements, field)
  const text = (field: string) => {
    const found = value(field)?.value
    return typeof found === 'string' ? found : undefined
  }
  const place = value('place')?.place
  const parent = value('parent')?.target
  const description = value('description')?.value ?? value('subject')?.value
  return {
    '@context': 'https://schema.org',
    '@type': (entry.kind === 'organization' && organizationTypes[text('kind') ?? '']) || (types[entry.kind] ?? 'Thing'),
    '@id': `${base}/${plurals[entry.kind]}/${entry.key}`,
    url: `${base}/${plurals[entry.kind]}/${entry.key}`,
    ...(types[entry.kind] === undefined && { additionalType: entry.kind }),
    name: tagged(entry.title),
    alternateName: entry.statements.flatMap(({ field, value: name }) => ((field === 'alias' || field === 'acronym') && typeof name === 'string' ? [name] : [])),
    ...(typeof description === 'object' && { description: tagged(description) }),
    ...given('sameAs', text('website')),
    ...identified(entry.statements),
    ...given('foundingDate', text('founded')),
    ...given('startDate', entry.kind === 'event' ? text('date') : undefined),
    ...(parent && { parentOrganization: { '@id': `${base}/${plurals[parent.entry]}/${parent.key}`, name: tagged(parent.title) } }),
    ...((place || text('country')) && {
      [entry.kind === 'organization' || entry.kind === 'venture' || entry.kind === 'facility' ? 'address' : 'location']: {
        '@type': 'PostalAddress',
        ...given('addressCountry', text('country')),
        ...given('addressLocality', place?.names.en),
      },
    }),
    license: 'https://creativecommons.org/licenses/by/4.0/',
    citation: entry.sources.map(({ title, publisher, url, published, language }) => ({
      '@type': 'CreativeWork',
      name: title,
      inLanguage: language,
      publisher: { '@type': 'Organization', name: publisher },
      ...(published !== null && { datePublished: published }),
      ...(url !== null && { url }),
    })),
  }
}

/** Identifiers as schema.org has them: a ROR ID by its address, the others also under the names it knows. */
function identified(statements: Shown['statements']): { [key: string]: Json } {
  const found = statements.flatMap(({ field, value, rank }) =>
    isIdentifierField(field) && typeof value === 'string' && rank !== 'deprecated' ? [{ field, value: identifierAddress(field, value) ?? value }] : [],
  )
  if (found.length === 0) return {}
  const named = { gln: 'globalLocationNumber', lei: 'leiCode' } as const
  return {
    identifier: found.map(({ field, value }) => ({ '@type': 'PropertyValue', propertyID: field.toUpperCase(), value })),
    ...Object.fromEntries(found.flatMap(({ field, value }) => (field === 'ror' ? [] : [[named[field], value]]))),
  }
}

const given = (name: string, value: string | undefined): Record<string, string> => (value === undefined ? {} : { [name]: value })

const tagged = (text: LanguageText) =>
  Object.entries(text).flatMap(([language, words]) => (isLanguage(language) && words ? [{ '@language': htmlLanguage[language], '@value': words }] : []))
