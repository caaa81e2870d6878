import type { Profile } from './weigh.ts'

/** How much words of one language may add to what concepts say, and how alike they usually are where concepts are. */
const [wordShare, usualWords] = [0.25, 0.6]
/** How much names that both have may add at most, and how much of them makes half of that. */
const [nameShare, halfNames] = [0.25, 12]

/**
 * How alike two listings are in what they are about, from 0 to 1; the same either way round.
 *
 * Concepts carry it. Two texts in one language are also compared word by word; two that share no language are taken to be as alike in their words as such texts usually
 * are, so that a text in another language neither loses nor gains by it.
 */
export function resemblance(a: Profile, b: Profile): number {
  const concepts = cosine(a.concepts, b.concepts, a.norm, b.norm)
  const words = wordsAlike(a, b) ?? usualWords * concepts
  const base = (1 - wordShare) * concepts + wordShare * words
  const shared = sharedWeight(a.names, b.names)
  return Math.min(1, 1 - (1 - base) * (1 - (nameShare * shared) / (shared + halfNames)))
}

/** How alike the words are, in the language in which that is most. @returns `undefined` if they share no language */
function wordsAlike(a: Profile, b: Profile): number | undefined {
  const languages = Object.keys(a.termNorms).filter((language) => language in b.termNorms)
  if (languages.length === 0) return undefined
  return Math.max(
    ...languages.map((language) => {
      const of = (terms: Profile['terms']) => Object.fromEntries(Object.entries(terms).filter(([key]) => key.startsWith(language)))
      return cosine(of(a.terms), of(b.terms), a.termNorms[language] ?? 0, b.termNorms[language] ?? 0)
    }),
  )
}

function cosine(a: Record<string, number>, b: Record<string, number>, normA: number, normB: number): number {
  if (normA === 0 || normB === 0) return 0
  // Sums in one order, whichever of the two comes first.
  const products = Object.keys(a)
    .filter((key) => key in b)
    .toSorted()
    .map((key) => (a[key] ?? 0) * (b[key] ?? 0))
  return Math.min(1, products.reduce((sum, each) => sum + each, 0) / (normA * normB))
}

const sharedWeight = (a: Record<string, number>, b: Record<string, number>): number =>
  Object.keys(a)
    .filter((key) => key in b)
    .toSorted()
    .reduce((sum, key) => sum + Math.min(a[key] ?? 0, b[key] ?? 0), 0)
