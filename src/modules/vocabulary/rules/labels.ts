import { htmlLanguage, languages, type Language } from '../../../platform/i18n/languages.ts'
import { isTraditional } from '../../../platform/text/analysis/traditional.ts'
import { fold } from '../../../platform/text/fold.ts'
import type { Label } from './draft.ts'

/**
 * A text as it is compared with others of its language: without case, width, hyphens and, but in Vietnamese, accents. There they make other words: `bò` and `bơ`.
 */
export function labelKey(text: string, language: Language): string {
  const folded = language === 'vi' ? text.normalize('NFKC').toLowerCase() : fold(text)
  const key = folded.replace(/[-\s]+/g, ' ').trim()
  // Between the two scripts of Chinese texts some set a space and some do not: "CHO 细胞".
  return language === 'zh' ? key.replace(/(?<=\p{Script=Han}) (?=\S)|(?<=\S) (?=\p{Script=Han})/gu, '') : key
}

const singular: Partial<Record<Language, (word: string) => string>> = {
  en: (word) =>
    word
      .replace(/([a-z]{2})ies$/, '$1y')
      .replace(/(ss|x|zz|ch|sh|[lnprt]us)es$/, '$1')
      .replace(/([^sui])s$/, '$1'),
  es: (word) =>
    word
      .replace(/ces$/, 'z')
      .replace(/([bdfglmnrjy])es$/, '$1')
      .replace(/([aeo])s$/, '$1'),
}

/** A text as it is compared where one author writes the plural and another the singular. For comparing alone: what is left need not be a word. */
export function looseKey(text: string, language: Language): string {
  const one = singular[language]
  const key = labelKey(text, language)
  return one === undefined
    ? key
    : key
        .split(' ')
        .map((word) => (word.length > 3 ? one(word) : word))
        .join(' ')
}

/** Reads a cell or a field: labels with ` | ` between them, the first preferred, those with `~` before them hidden. A label that comes twice counts once. */
export function parseLabels(cell: string, language: Language): Label[] {
  const found = new Map<string, Label>()
  for (const [index, part] of cell
    .split(/\||\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .entries()) {
    const isHidden = part.startsWith('~')
    const text = part.replace(/^~\s*/, '').normalize('NFC')
    if (text !== '' && !found.has(text)) found.set(text, { language, kind: isHidden ? 'hidden' : index === 0 ? 'preferred' : 'alternative', text })
  }
  return [...found.values()]
}

const order = { preferred: 0, alternative: 1, hidden: 2 }

/** The labels of one language as a cell has them. */
export const formatLabels = (labels: readonly Label[], language: Language): string =>
  labels
    .filter((label) => label.language === language)
    .toSorted((a, b) => order[a.kind] - order[b.kind])
    .map(({ kind, text }) => (kind === 'hidden' ? `~${text}` : text))
    .join(' | ')

/** Reads the fields of the four languages. */
export const labelsOfFields = (fields: Partial<Record<Language, string>>): Label[] =>
  languages.flatMap((language) => parseLabels(fields[language] ?? '', language))

/** What a concept is called in one language. */
export const preferredIn = (labels: readonly Label[], language: Language): string | undefined =>
  labels.find((label) => label.language === language && label.kind === 'preferred')?.text

/** A key made of an English label: `Monoclonal antibodies` becomes `monoclonal-antibodies`. */
export const keyOfLabel = (text: string): string =>
  fold(text)
    .replace(/'/g, '')
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 100)
    .replace(/-$/, '')

/** The labels of one language as the field of a form has them, a line each. */
export const labelLines = (labels: readonly Label[], language: Language): string => formatLabels(labels, language).split(' | ').join('\n')

/** What stands in the `lang` attribute of a label: of Chinese, which of the two scripts it is in. */
export const languageTag = ({ language, text }: Pick<Label, 'language' | 'text'>): string =>
  language === 'zh' && isTraditional(text) ? 'zh-Hant' : htmlLanguage[language]
