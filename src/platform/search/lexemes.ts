import { analyse, type Analysis } from '../text/analysis/analyse.ts'
import type { Term } from '../text/analysis/index-terms.ts'
import { wordOf } from '../text/analysis/words.ts'
import type { Concepts } from './concepts.ts'

/** What marks the lexemes of an index that are no words: no letter, digit or space, so no text has them. */
export const marks = { space: '@', kind: '#', whole: '=', inName: '^', lookalike: '~', concept: '*', cognate: '/', facet: '%', near: '!' } as const

/** Below it, what was recognized is likelier something else. */
export const leastCertain = 0.5

/** A lexeme of an index, and how often a text has it; less than once for what it only hints at. */
export type Counted = Map<string, number>

/** How often a text has a concept that only stands above one that it has. */
export const hint = 0.4

/** Reads a text for the index. @param most how many UTF-16 units of it */
export const readText = (text: string, concepts: Concepts | undefined, most = 200_000): Analysis =>
  analyse(text, { most, ...(concepts && { recognizer: concepts.recognizer }) })

/**
 * What texts of one field are found by: the folded forms and stems of their words, Han characters and pairs, compounds, codes, and their concepts with all that stand
 * above these; and how long they are, in words.
 */
export function lexemesOf(texts: readonly string[], concepts: Concepts | undefined): { counted: Counted; named: Set<string>; length: number } {
  const counted: Counted = new Map()
  const named = new Set<string>()
  const add = (lexeme: string, n = 1) => counted.set(lexeme, (counted.get(lexeme) ?? 0) + n)
  let length = 0
  for (const text of texts) {
    const { terms, concepts: hits } = readText(text, concepts)
    for (const term of terms) {
      if (term.kind === 'word' || term.kind === 'character') length++
      for (const lexeme of formsOf(term)) {
        add(lexeme)
        if (!lexeme.startsWith(marks.cognate)) named.add(lexeme)
      }
    }
    for (const { concept, certainty, inner } of hits) {
      const isSure = !inner && certainty >= leastCertain
      add(marks.concept + concept, isSure ? 1 : hint * certainty)
      if (isSure) named.add(marks.concept + concept)
      for (const above of concepts?.above.get(concept) ?? []) add(marks.concept + above, hint * certainty)
    }
  }
  return { counted, named, length }
}

/** The lexemes that one term of a text becomes. */
function formsOf({ kind, text }: Term): string[] {
  if (kind === 'folded') return []
  if (kind !== 'word') return [text]
  const { folded, cognate } = wordOf(text)
  return [...(folded === '' ? [] : [folded]), ...(cognate === '' ? [] : [marks.cognate + cognate])]
}

/** A lexeme as an operand of a `tsquery` or a `tsvector`. */
export const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`
