import { languages, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'

type Texts = { original: Language; title: LanguageText; body: LanguageText; sought: LanguageText }
type Made = { title: string | null; body: string | null; sought: string | null }
const fields = ['title', 'body', 'sought'] as const

/** Whether something that a listing says in its own language is missing in the reader's. */
export const lacks = (listing: Texts, language: Language): boolean =>
  fields.some((field) => listing[field][listing.original] !== undefined && listing[field][language] === undefined)

/** A listing with what a machine made of it where its people wrote nothing in that language. */
export function withTranslation<L extends Texts>(listing: L, language: Language, made: Made): L {
  const filled = fields.map((field) => [field, { ...(made[field] !== null && { [language]: made[field] }), ...listing[field] }])
  return { ...listing, ...(Object.fromEntries(filled) as Pick<Texts, (typeof fields)[number]>) }
}

/** A listing in its own words alone. */
export function inOriginal<L extends Texts>(listing: L): L {
  const others = languages.filter((language) => language !== listing.original)
  const own = (text: LanguageText) => Object.fromEntries(Object.entries(text).filter(([language]) => !others.some((other) => other === language)))
  const kept = fields.map((field) => [field, own(listing[field])])
  return { ...listing, ...(Object.fromEntries(kept) as Pick<Texts, (typeof fields)[number]>) }
}
