import { fuse, likenessOf, type Embedding } from './embedding.ts'
import { factorOf, findingsOf, isExcluded, type Facts } from './fit.ts'
import { resemblance } from './resemble.ts'
import type { Profile } from './weigh.ts'

/** A listing as it is compared: what it says, weighed, its fields, and what a model makes of it, where there is one. */
export type Compared = { profile: Profile; facts: Facts; embedding?: Embedding | null | undefined }

/** Below this, two listings have no more in common than any two. */
export const leastScore = 0.04

/** How well an offer and a need go together, from 0 to 1; 0 if they may not meet, or go the same way. The same either way round. */
export function scoreOf(a: Compared, b: Compared): number {
  if (a.facts.direction === b.facts.direction || isExcluded(a.facts, b.facts)) return 0
  const score = Math.min(1, fuse(resemblance(a.profile, b.profile), likenessOf(a.embedding, b.embedding)) * factorOf(findingsOf(a.facts, b.facts)))
  return Math.round(score * 10_000) / 10_000
}

/** Under which features a listing is looked for: its most telling ones, each with how much of it that is. Few, so that looking is bounded. */
export function postingsOf({ concepts, names, terms, norm, termNorms }: Profile): { key: string; weight: number }[] {
  const strongest = (weights: Record<string, number>, prefix: string, most: number, part: (key: string) => number) =>
    Object.entries(weights)
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([key, weight]) => ({ key: `${prefix} ${key}`, weight: Math.round(weight * part(key) * 1000) / 1000 }))
  const share = (length: number | undefined) => (length === undefined || length === 0 ? 0 : 1 / length)
  return [
    ...strongest(concepts, 'c', 20, () => share(norm)),
    // Of a name it is enough that it is there.
    ...strongest(names, 'n', 6, () => 0.04),
    ...strongest(terms, 't', 10, (key) => 0.4 * share(termNorms[key.slice(0, 2)])),
  ]
}
