import type { Language } from '../../i18n/languages.ts'
import { indexTerms, type Term } from './index-terms.ts'
import { passageOf, stretches, type Passage } from './language.ts'
import { read, usualMost } from './read.ts'
import type { Hit } from './recognizer/choose.ts'
import type { Recognizer } from './recognizer/recognizer.ts'

/** What a text is made of, for whoever indexes it, asks with it or matches it. All places are in UTF-16 units of the text as it was given. */
export type Analysis = {
  passages: Passage[]
  terms: Term[]
  concepts: Hit[]
  /** Whether the text was longer than was read. */
  cut: boolean
}

export type AnalysisOptions = {
  /** In which language the text is likely to be: decides for words that say nothing by themselves. */
  language?: Language
  /** Whose concepts to look for; without one there are none, and no compounds among the terms. */
  recognizer?: Recognizer
  /** How many UTF-16 units to read, a million if not given. */
  most?: number
}

/**
 * Reads a text once: its passages with their languages, the terms under which it is found, the concepts it speaks of. Queries and what they are to find go through
 * the same function, so that what is equal in one is equal in the other.
 *
 * Any string is a text. Time is in proportion to its length.
 *
 * @example analyse('Vacunas contra la rabia').terms.find(({ kind }) => kind === 'stem') // { text: 'vacun', kind: 'stem', language: 'es', start: 0, end: 7, … }
 */
export function analyse(text: string, { language, recognizer, most = usualMost }: AnalysisOptions = {}): Analysis {
  const reading = read(text, most)
  const found = stretches(reading, language)
  const concepts = recognizer?.recogniseIn(reading, found).hits ?? []
  return { passages: found.map((stretch) => passageOf(reading, stretch)), terms: indexTerms(reading, found, concepts), concepts, cut: text.length > most }
}
