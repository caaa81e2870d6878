import { countryCodes } from '../../../platform/i18n/countries.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { languageNames, languages, pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { organizationKinds, type OrganizationKind } from '../schema/kinds.ts'
import type { MembersSay } from '../text/index.ts'

/** A name in the reader's language, else in its own. */
export const nameIn = (name: LanguageText, language: Language, original?: string): string => pickText(name, language, original)?.text ?? ''

/** The names of something, its own first. */
export const namesOf = (name: LanguageText, original: string): [string, string][] =>
  Object.entries(name).toSorted(([a], [b]) => Number(b === original) - Number(a === original))

/** How wide a name is, in Latin letters: a Chinese character stands for two. */
const widthOf = (name: string) => name.length + (name.match(/\p{Script=Han}/gu)?.length ?? 0)

/** The class of a heading that is a name: a very long one is set smaller. */
export const headClass = (name: string): 'small-title' | undefined => (widthOf(name) > 72 ? 'small-title' : undefined)

const sorted = (options: { value: string; label: string }[], language: Language) => options.toSorted((a, b) => a.label.localeCompare(b.label, language))

export const countryOptions = (language: Language, codes: readonly string[] = countryCodes) =>
  sorted(
    codes.map((value) => ({ value, label: countryName(value, language) })),
    language,
  )

export const kindOptions = (say: MembersSay, kinds: readonly OrganizationKind[] = organizationKinds) =>
  kinds.map((value) => ({ value, label: say(`kind.${value}`) }))

export const languageOptions = languages.map((value) => ({ value, label: languageNames[value] }))

/** The last day of what ends at a moment, as `2026-11-22`: what ends at midnight has the day before. */
export const lastDayOf = (end: Date): string => new Date(end.getTime() - 1).toISOString().slice(0, 10)
