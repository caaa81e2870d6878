import type { LanguageText } from '../i18n/languages.ts'
import { foldKey } from '../text/fold.ts'
import { looksOf } from '../text/lookalike.ts'
import type { Concepts } from './concepts.ts'
import { hint, lexemesOf, marks, quoted, type Counted } from './lexemes.ts'

/** What a module hands in for each thing that a search may find. */
export type SearchDocument = {
  objectId: string
  spaceId: string
  kind: string
  /** Path of its page, without the language. */
  path: string
  title: LanguageText & { original?: string }
  detail: LanguageText
  /** Names and titles in any language; found first. */
  names: string[]
  /** Acronyms and other names; found next. */
  aliases: string[]
  /** Anything else worth finding. */
  words: string[]
  /** Whether mistyped words are mended with those of its names. Not of what may be hidden from some of its audience: the mended word would tell them of it. */
  spelled?: boolean
  /** By what a search may be narrowed, such as `country:CU`. */
  facets?: string[]
  /** Concepts that it is known to be about, beside those that are recognized in it. */
  about?: readonly string[]
  /** What it is, where that is known and need not be recognized: a concept, and those above it. */
  is?: { concept: string; above: readonly string[] }
}

/** What the terms of a row are made of, kept in the row so that they can be made anew. */
export type RowSource = Pick<SearchDocument, 'names' | 'aliases' | 'words' | 'is' | 'about'>

/** The longest name that is kept as a whole; PostgreSQL takes terms of two thousand bytes at most. */
const longestName = 400

// BM25F: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.5. Lengths are usual ones, so that no row has to be
// written anew when others come.
const saturation = 1.2
const slope = 0.75
const fields = { names: { boost: 3, usual: 10 }, aliases: { boost: 2, usual: 10 }, words: { boost: 1, usual: 120 } }

/** The row of the index that a thing becomes. */
export function rowOf(document: SearchDocument, concepts: Concepts | undefined) {
  const { names, aliases, words, is, about, facets = [] } = document
  const source: RowSource = { names, aliases, words, ...(is && { is }), ...(about && { about }) }
  return {
    object_id: document.objectId,
    space_id: document.spaceId,
    kind: document.kind,
    path: document.path,
    title: document.title,
    detail: document.detail,
    names: [...new Set([...names, ...aliases])],
    source,
    facets,
    vocabulary: is === undefined ? (concepts?.version ?? '0') : null,
    terms: termsOf(source, document.spaceId, document.kind, facets, concepts),
  }
}

/** The terms of a row, as the text of a `tsvector`. The letter A to D of a word says how much the row is about it. */
export function termsOf(source: RowSource, spaceId: string, kind: string, facets: readonly string[], concepts: Concepts | undefined): string {
  const known = source.is === undefined ? concepts : undefined
  const [names, aliases, words] = [source.names, source.aliases, source.words].map((texts) => lexemesOf(texts, known))
  if (!names || !aliases || !words) return ''
  const all = [
    { ...fields.names, ...names },
    { ...fields.aliases, ...aliases },
    { ...fields.words, ...words },
  ]
  const weights = new Map<string, number>()
  for (const { boost, usual, counted, length } of all) addTo(weights, counted, boost / (1 - slope + (slope * length) / usual))
  const named = new Set([...names.named, ...aliases.named])
  if (source.is !== undefined) {
    weights.set(marks.concept + source.is.concept, fields.names.boost)
    named.add(marks.concept + source.is.concept)
    for (const above of source.is.above) weights.set(marks.concept + above, hint)
  }
  const isMuch = 1.2
  for (const concept of source.about ?? []) {
    weights.set(marks.concept + concept, isMuch + (weights.get(marks.concept + concept) ?? 0))
    for (const above of concepts?.above.get(concept) ?? []) weights.set(marks.concept + above, Math.max(hint, weights.get(marks.concept + above) ?? 0))
  }
  const short = source.names.filter(({ length }) => length <= longestName)
  const wholes = [...short, ...source.aliases].map(foldKey).filter((name) => name !== '' && name.length <= longestName)
  const bare = [
    ...short.flatMap(looksOf).map((look) => marks.lookalike + look),
    marks.space + spaceId,
    marks.kind + kind,
    ...facets.map((facet) => marks.facet + facet),
    ...wholes.map((name) => marks.whole + name),
    ...[...named].map((lexeme) => marks.inName + lexeme),
  ]
  return [...[...new Set(bare)].map(quoted), ...[...weights].map(([lexeme, weight]) => `${quoted(lexeme)}:1${letterOf(weight)}`)].join(' ')
}

function addTo(weights: Map<string, number>, counted: Counted, factor: number) {
  for (const [lexeme, n] of counted) weights.set(lexeme, (weights.get(lexeme) ?? 0) + n * factor)
}

/** Of how much a row is about a word, a quarter, two, three or all of what is possible. */
function letterOf(weight: number): 'A' | 'B' | 'C' | 'D' {
  const quarters = (4 * weight) / (weight + saturation)
  return quarters > 2.6 ? 'A' : quarters > 1.9 ? 'B' : quarters > 1.1 ? 'C' : 'D'
}
