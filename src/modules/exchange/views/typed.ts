import { countryName } from '../../../platform/i18n/format.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { textField } from '../schema/listings.ts'
import { unitWord } from '../rules/units.ts'
import type { Listing } from '../store/listings.ts'

/** What stands in the fields of a form: boxes of the same name are several. */
export type Typed = Partial<Record<string, string[]>>

export const one = (typed: Typed, name: string): string | undefined => typed[name]?.[0]
export const isOf = (typed: Typed, name: string, value: string): boolean => typed[name]?.includes(value) === true

const some = (value: string | number | null): string[] => (value === null ? [] : [String(value)])

/** A listing as its form shows it; countries by their names. */
export function typedOf(listing: Listing, language: Language): Typed {
  const countries = (codes: readonly string[]) => [codes.map((code) => countryName(code, language).replaceAll(/[,，]/g, ' ')).join(', ')]
  return {
    direction: [listing.direction],
    pillar: [listing.pillar],
    original: [listing.original],
    ...Object.fromEntries(
      (['title', 'body', 'sought'] as const).flatMap((field) =>
        languages.flatMap((each) => (listing[field][each] === undefined ? [] : [[textField(field, each), [listing[field][each]]]])),
      ),
    ),
    stage: some(listing.stage),
    ip: some(listing.ip),
    forms: listing.forms,
    partner_kinds: listing.partnerKinds,
    authorizations: countries(listing.authorizations),
    countries_wanted: countries(listing.countriesWanted),
    countries_excluded: countries(listing.countriesExcluded),
    amount: some(listing.amount),
    unit: some(listing.unit === null ? null : unitWord(listing.unit, language)),
    timing: some(listing.timing),
    audience: [listing.isPublic ? 'everybody' : 'network'],
    hidden_from: [listing.hiddenFrom.map(({ key }) => key).join(', ')],
    valid_until: some(listing.validUntil),
    concepts: listing.concepts,
  }
}
