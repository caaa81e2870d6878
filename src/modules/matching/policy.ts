import type { Actor } from '../../platform/access/actor.ts'
import { mayReview, mayWriteFor, sidesOf, type Listing } from '../exchange/index.ts'
import type { Hats } from '../members/index.ts'

/** Says that a counterpart is not relevant for a listing: who writes for its organization. */
export const maySayUnfit = (hats: Hats, { organization }: Pick<Listing, 'organization'>): boolean => organization !== null && mayWriteFor(hats, organization.id)

/** For which organizations somebody answers, and so is told of what is found for their listings. */
export const answersFor = (hats: Hats): string[] => [...hats.roles.keys()].filter((organization) => mayWriteFor(hats, organization))

/** Sees at a glance what was found for all listings of an organization: its people, in whatever role. */
export const mayOverlook = (hats: Hats, organization: string): boolean => hats.roles.has(organization)

/** Is shown the introductions of the desk: who runs a network, whichever. */
export const mayReadIntroductions = (actor: Actor): boolean => mayReview(actor)

/** Brings two listings together, one of a network that they run. */
export const mayIntroduce = (hats: Hats, listing: Listing, other: Listing): boolean => [listing, other].some((each) => sidesOf(hats, each).has('desk'))

/** Has all counterparts looked for anew. */
export const mayRebuild = (actor: Actor): boolean => actor.kind === 'system' && actor.name === 'operator'
