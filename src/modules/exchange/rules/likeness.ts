import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { analyse, type Analysis } from '../../../platform/text/analysis/analyse.ts'

/** What a listing is compared by: what it is about, and in each language it is written in the marks of its words, each with how it stands there. */
export type Compared = { concepts: readonly string[]; words: Partial<Record<Language, Words>> }
type Marks = ReadonlyMap<string, string>
type Words = { title: Marks; all: Marks }

/** How alike two listings are, from 0 to 1, and what they share: keys of concepts, words as the first has them. */
export type Likeness = { score: number; concepts: string[]; words: string[] }

/** From here on somebody should look whether both are the same. */
export const alike = 0.4
/** Of each text, so many UTF-16 units are compared. */
const longest = 1500
const kinds: ReadonlySet<Analysis['terms'][number]['kind']> = new Set(['stem', 'pair', 'code'])

/** Makes ready what a listing is compared by. */
export function comparedBy({ title, body, concepts }: { title: LanguageText; body: LanguageText; concepts: readonly string[] }): Compared {
  const words = languages.flatMap((language): [Language, Words][] => {
    const own = marksOf(title[language] ?? '', language)
    return own.size === 0 ? [] : [[language, { title: own, all: new Map([...marksOf(body[language] ?? '', language), ...own]) }]]
  })
  return { concepts, words: Object.fromEntries(words) }
}

function marksOf(text: string, language: Language): Marks {
  const marks = new Map<string, string>()
  for (const term of analyse(text, { language, most: longest }).terms)
    if (!term.stop && kinds.has(term.kind) && !marks.has(term.text)) marks.set(term.text, text.slice(term.start, term.end))
  return marks
}

/** Of two sets the share that both have (Jaccard). */
const share = (a: Marks, b: Marks): number => {
  const both = [...a.keys()].filter((mark) => b.has(mark)).length
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

/**
 * Compares two listings. Where both are written in a language, by the words of title and text there, and by what they are about; else by what they are about alone.
 * One concept that both share says less than three: half the offers of a network may be about vaccines.
 */
export function likeness(a: Compared, b: Compared): Likeness {
  const concepts = a.concepts.filter((key) => b.concepts.includes(key))
  const union = new Set([...a.concepts, ...b.concepts]).size
  const about = concepts.length / (union + 1)
  let [words, shared, isRead]: [number, string[], boolean] = [0, [], false]
  for (const language of languages) {
    const [here, there] = [a.words[language], b.words[language]]
    if (here === undefined || there === undefined) continue
    isRead = true
    const likeHere = (share(here.title, there.title) + share(here.all, there.all)) / 2
    if (likeHere > words) [words, shared] = [likeHere, sharedWords(here, there)]
  }
  return { score: isRead ? 0.6 * words + 0.4 * about : 0.7 * about, concepts, words: shared }
}

/** The words that both have, those of the title first. */
const sharedWords = (here: Words, there: Words): string[] => [
  ...new Set([...here.title, ...here.all].filter(([mark]) => there.all.has(mark)).map(([, word]) => word.toLowerCase())),
]
