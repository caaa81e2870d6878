import type { Language } from '../../../platform/i18n/languages.ts'
import type { Analysis } from '../../../platform/text/analysis/analyse.ts'
import { cognateKey } from '../../../platform/text/analysis/cognate.ts'

/** A text of a listing, read. `weight`: how much what stands in it counts; a title says more than what follows. */
export type ReadText = { language: Language; text: string; weight: number; analysis: Analysis }

/**
 * What a listing says, counted. `concepts`: how strongly it speaks of each, from 0 to 1, and the words that led there. `names`: what is written alike in several
 * languages: codes, figures with their units, cognates. `terms`: words of one language, `es:vacun`.
 */
export type Features = {
  concepts: Map<string, { strength: number; words: string[] }>
  names: Map<string, number>
  terms: Map<string, number>
}

/** Below this, what was recognized is likelier something else. */
const leastCertain = 0.5
/** What lies within a longer name is a wider concept: it says less. */
const innerShare = 0.4
const half = 1.5
const most = { concepts: 24, names: 24, terms: 60, words: 3 }
const termKinds = { en: ['stem'], es: ['stem'], zh: ['pair', 'compound'], vi: ['pair', 'compound'] } as const

/** Said once counts much, said again ever less: from 0 to 1. */
const saturated = (times: number) => times / (times + half)

/**
 * Counts what the texts of a listing say. A text in several languages says the same in each, so the language that says it most often counts, not the sum.
 *
 * @param confirmed concepts that somebody confirmed
 */
export function featuresOf(texts: readonly ReadText[], confirmed: readonly string[] = []): Features {
  const concepts = new Map<string, Map<Language, number>>()
  const words = new Map<string, Set<string>>()
  const names = new Map<string, Map<Language, number>>()
  const terms = new Map<string, number>()
  for (const { language, text, weight, analysis } of texts) {
    for (const hit of analysis.concepts) {
      if (hit.certainty < leastCertain) continue
      add(concepts, hit.concept, language, weight * hit.certainty * (hit.inner ? innerShare : 1))
      words.set(hit.concept, (words.get(hit.concept) ?? new Set()).add(text.slice(hit.start, hit.end)))
    }
    for (const term of analysis.terms) {
      if (term.stop) continue
      const name = nameOf(term)
      if (name !== undefined) add(names, name, language, weight)
      const own = term.language === 'unknown' ? language : term.language
      if (termKinds[own].some((kind) => kind === term.kind) && term.text.length > 1) {
        const key = `${own}:${term.text}`
        terms.set(key, (terms.get(key) ?? 0) + weight)
      }
    }
  }
  for (const key of confirmed)
    if (concepts.has(key)) for (const language of concepts.get(key)?.keys() ?? []) add(concepts, key, language, 1)
    else concepts.set(key, new Map([['en', 1.5]]))
  return {
    concepts: new Map(
      top(new Map([...concepts].map(([key, times]) => [key, saturated(Math.max(...times.values()))])), most.concepts).map(([key, strength]) => [
        key,
        { strength, words: distinct(words.get(key)) },
      ]),
    ),
    names: new Map(top(new Map([...names].map(([key, times]) => [key, saturated(Math.max(...times.values()))])), most.names)),
    terms: new Map(top(new Map([...terms].map(([key, times]) => [key, saturated(times)])), most.terms)),
  }
}

function add(into: Map<string, Map<Language, number>>, key: string, language: Language, times: number) {
  const of = into.get(key) ?? new Map<Language, number>()
  into.set(key, of.set(language, (of.get(language) ?? 0) + times))
}

/** Ways of writing that differ in more than capitals. */
const distinct = (words: Iterable<string> = []): string[] =>
  [...new Map([...words].toSorted().map((word) => [word.toLowerCase(), word])).values()].slice(0, most.words)

/** Codes as they are, and words of Latin letters by what their cognates share. */
function nameOf({ text, kind, language }: Analysis['terms'][number]): string | undefined {
  if (kind === 'code') return text
  if (kind !== 'word' || language === 'vi' || !/^[a-zà-ÿ]+$/.test(text)) return undefined
  const key = cognateKey(text.normalize('NFD').replaceAll(/\p{M}/gu, ''))
  return key === '' ? undefined : `~${key}`
}

/** The strongest, in an order that does not depend on that of the texts. */
function top(counted: ReadonlyMap<string, number>, n: number): [string, number][] {
  return [...counted].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, n)
}
