import type { Scope } from '../../../platform/db/database.ts'
import { alike, comparedBy, likeness, type Likeness } from '../rules/likeness.ts'
import { likelyTheSame, type Candidate } from '../store/likely.ts'
import type { Listing } from '../store/listings.ts'

export type Likely = Candidate & Likeness
const mostShown = 5

/** The listings that may be the same as one that is written or reviewed, the likeliest first. It stops nobody: who looks decides. */
export async function findLikely(db: Scope, listing: Listing): Promise<Likely[]> {
  const own = comparedBy(listing)
  return (await likelyTheSame(db, listing))
    .map((candidate) => ({ ...candidate, ...likeness(own, comparedBy(candidate)) }))
    .filter(({ score }) => score >= alike)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, mostShown)
}
