import type { Relations } from '../../vocabulary/index.ts'
import type { Features } from './features.ts'

/**
 * What a listing says, weighed: how much each feature tells it from other listings. Kept with the listing, so that comparing two is a walk along both.
 * `concepts`: also those above and beside the ones it speaks of, at a discount. `own`: the ones it speaks of itself, with the words that led there.
 */
export type Profile = {
  concepts: Record<string, number>
  own: Record<string, string[]>
  names: Record<string, number>
  terms: Record<string, number>
  /** Lengths of `concepts` and of `terms` of each language as vectors. */
  norm: number
  termNorms: Record<string, number>
}

/** In how many of all listings each feature stands, as far as is known. */
export type Counts = { total: number; of: ReadonlyMap<string, number> }

export const conceptKey = (key: string): string => `c ${key}`
export const nameKey = (key: string): string => `n ${key}`
export const termKey = (key: string): string => `t ${key}`

/** Of what stands one, two, three steps above; further up is too wide to say anything. */
const upwards = [0.6, 0.3, 0.15]
const beside = 0.3
/** As if so many listings had been seen before the first: until there are many, the vocabulary itself says what is rare. */
const seenBefore = 200
const [leastShare, wordShare] = [0.004, 0.01]

/** How much it tells that a listing has a feature: the rarer, the more. A wide concept is common before anybody has used it. */
const tells = (count: number, total: number, share: number) => Math.log((total + seenBefore) / (count + seenBefore * share))

export function tellsConcept(key: string, { total, of }: Counts, relations: Relations): number {
  const share = Math.min(0.9, leastShare + relations.below(key) / Math.max(relations.size, 1))
  return Math.max(0, tells(of.get(conceptKey(key)) ?? 0, total, share))
}

const most = { concepts: 80, terms: 60 }
const rounded = (weight: number) => Math.round(weight * 1000) / 1000

/** Every feature that listings are counted by, for `Counts`. */
export const keysOf = ({ concepts, names, terms }: Pick<Profile, 'concepts' | 'names' | 'terms'>): string[] => [
  ...Object.keys(concepts).map(conceptKey),
  ...Object.keys(names).map(nameKey),
  ...Object.keys(terms).map(termKey),
]

/** The concepts that a listing speaks of, those above and those beside, each with how strongly. */
export function spread({ concepts }: Features, relations: Relations): Map<string, number> {
  const reached = new Map<string, number>()
  const raise = (key: string, strength: number) => reached.set(key, Math.max(reached.get(key) ?? 0, strength))
  for (const [key, { strength }] of concepts) {
    raise(key, strength)
    for (const [wider, steps] of relations.above(key)) raise(wider, strength * (upwards[steps - 1] ?? 0))
    for (const other of relations.near(key)) raise(other, strength * beside)
  }
  for (const [key, strength] of reached) if (strength <= 0) reached.delete(key)
  return reached
}

/** Weighs what a listing says. The order in which features come does not matter. */
export function weigh(features: Features, counts: Counts, relations: Relations): Profile {
  const reached = [...spread(features, relations)].map(([key, strength]): [string, number] => [key, strength * tellsConcept(key, counts, relations)])
  const concepts = strongest(reached, most.concepts)
  const word = (key: string) => Math.max(0, tells(counts.of.get(key) ?? 0, counts.total, wordShare))
  const names = strongest(
    [...features.names].map(([key, strength]) => [key, strength * word(nameKey(key))]),
    most.terms,
  )
  const terms = strongest(
    [...features.terms].map(([key, strength]) => [key, strength * word(termKey(key))]),
    most.terms,
  )
  const termNorms: Record<string, number> = {}
  for (const [key, weight] of Object.entries(terms)) termNorms[key.slice(0, 2)] = (termNorms[key.slice(0, 2)] ?? 0) + weight ** 2
  return {
    concepts,
    own: Object.fromEntries([...features.concepts].map(([key, { words }]) => [key, words])),
    names,
    terms,
    norm: rounded(Math.hypot(...Object.values(concepts))),
    termNorms: Object.fromEntries(Object.entries(termNorms).map(([language, sum]) => [language, rounded(Math.sqrt(sum))])),
  }
}

const strongest = (weights: [string, number][], n: number): Record<string, number> =>
  Object.fromEntries(
    weights
      .map(([key, weight]): [string, number] => [key, rounded(weight)])
      .filter(([, weight]) => weight > 0)
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, n),
  )
