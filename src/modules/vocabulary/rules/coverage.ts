import { fold } from '../../../platform/text/fold.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import type { Imported } from './attach.ts'
import type { Label } from './draft.ts'
import { outOfField } from './field.ts'
import { looseKey, preferredIn } from './labels.ts'

/**
 * Of one language: how many terms of the field there are, how many of them the vocabulary knows as a whole, how many more are made of nothing but words that it knows
 * (`coronavirus outbreak` of `coronavirus` and `outbreak`), as whatever recognizes words in a text finds them, and which neither.
 */
export type Coverage = { terms: number; known: number; inParts: number; missing: string[] }
export type CoverageReport = { terms: number; outOfField: number; languages: Record<Language, Coverage> }

/** Articles with which lists of terms begin, and stops with which they end. */
const bare = (text: string) => text.replace(/^(la|el|las|los|un|una|an|a|the) /i, '').replace(/[.。]$/, '')
const nameOf = (language: Language, text: string) => looseKey(bare(text), language)

const joints = new Set(['of', 'the', 'in', 'for', 'de', 'del', 'la', 'el', 'por', 'a', 'con', 'y', 'en', 'cua', 'do'])

/** Whether a term is made of known words one after the other. In Chinese a word has two characters at least. */
function isMade(name: string, language: Language, known: ReadonlySet<string>): boolean {
  const isHan = language === 'zh'
  const pieces = isHan ? Array.from(name.replaceAll(' ', '')) : name.split(' ')
  const least = isHan ? 2 : 1
  const reached = [true]
  for (let end = 1; end <= pieces.length; end++) {
    reached[end] = reached[end - 1] === true && !isHan && joints.has(pieces[end - 1] ?? '')
    for (let start = 0; start <= end - least && !reached[end]; start++)
      reached[end] = reached[start] === true && known.has(`${language} ${pieces.slice(start, end).join(isHan ? '' : ' ')}`)
  }
  return reached[pieces.length] === true
}

/** How many terms of a list the vocabulary knows, language by language. Labels of any kind count, since all are found. */
export function coverageOf(terms: readonly Imported[], labels: readonly Label[]): CoverageReport {
  const known = new Set(labels.map(({ language, text }) => `${language} ${nameOf(language, text)}`))
  const inField = terms.filter((term) => !outOfField.has(fold(preferredIn(term.labels, 'en') ?? '')))
  const of = (language: Language): Coverage => {
    const texts = inField.flatMap((term) => {
      const own = term.labels.filter((label) => label.language === language).map(({ text }) => text)
      return own.length === 0 ? [] : [own]
    })
    const rest = texts.filter((own) => !own.some((text) => known.has(`${language} ${nameOf(language, text)}`)))
    const missing = rest.filter((own) => !own.some((text) => isMade(nameOf(language, text), language, known)))
    return { terms: texts.length, known: texts.length - rest.length, inParts: rest.length - missing.length, missing: missing.map(([text = '']) => text) }
  }
  return {
    terms: inField.length,
    outOfField: terms.length - inField.length,
    languages: Object.fromEntries(languages.map((language) => [language, of(language)])) as Record<Language, Coverage>,
  }
}
