import type { LanguageText } from '../platform/i18n/languages.ts'

/** A text in several languages as the fields of a form have it: `title_en`, `title_es` and so on. */
export const fieldsOf = (name: string, text: LanguageText) =>
  Object.fromEntries(Object.entries(text).map(([language, words]) => [`${name}_${language}`, words]))

/** A concept that any vocabulary of this field has. */
export const lastResort = 'vaccine'
