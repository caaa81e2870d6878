import { fold } from '../../../platform/text/fold.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import type { Imported } from './attach.ts'
import type { Label } from './draft.ts'
import { outOfField } from './field.ts'
import { looseKey, preferredIn } from './labels.ts'

/** Of one language: how many terms of the field there are, how many of them the vocabulary knows, and which not. */
export type Coverage = { terms: number; known: number; missing: string[] }
export type CoverageReport = { terms: number; outOfField: number; languages: Record<Language, Coverage> }

/** Articles with which lists of terms begin, and stops with which they end. */
const bare = (text: string) => text.replace(/^(la|el|las|los|un|una|an|a|the) /i, '').replace(/[.。]$/, '')
const nameOf = (language: Language, text: string) => looseKey(bare(text), language)

/** How many terms of a list the vocabulary knows, language by language. Labels of any kind count, since all are found. */
export function coverageOf(terms: readonly Imported[], labels: readonly Label[]): CoverageReport {
  const known = new Set(labels.map(({ language, text }) => `${language} ${nameOf(language, text)}`))
  const inField = terms.filter((term) => !outOfField.has(fold(preferredIn(term.labels, 'en') ?? '')))
  const of = (language: Language): Coverage => {
    const texts = inField.flatMap((term) => {
      const own = term.labels.filter((label) => label.language === language).map(({ text }) => text)
      return own.length === 0 ? [] : [own]
    })
    const missing = texts.filter((own) => !own.some((text) => known.has(`${language} ${nameOf(language, text)}`)))
    return { terms: texts.length, known: texts.length - missing.length, missing: missing.map(([text = '']) => text) }
  }
  return {
    terms: inField.length,
    outOfField: terms.length - inField.length,
    languages: Object.fromEntries(languages.map((language) => [language, of(language)])) as Record<Language, Coverage>,
  }
}
