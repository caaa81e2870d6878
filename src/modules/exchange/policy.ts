import { holdsRole, type Actor } from '../../platform/access/actor.ts'
import { mayRunNetwork, type Hats, type Role } from '../members/index.ts'
import { isOpen, mayNow, type Side, type Verb } from './rules/lifecycle.ts'
import type { ListingState } from './schema/terms.ts'

/** A listing as far as rights go. What is derived from the record belongs to nobody. */
type Whose = { organization: { id: string } | null; network: string | null; state: ListingState }

const holds = (hats: Hats, id: string, ...wanted: Role[]) => wanted.some((role) => hats.roles.get(id)?.has(role) === true)

/** Writes listings of an organization: its admins and editors. */
export const mayWriteFor = (hats: Hats, organization: string): boolean => holds(hats, organization, 'admin', 'editor')

/** On which sides of a listing somebody stands. */
export function sidesOf(hats: Hats, { organization, network }: Whose): ReadonlySet<Side> {
  const sides = new Set<Side>()
  if (organization !== null && mayWriteFor(hats, organization.id)) sides.add('writer')
  if (organization !== null && holds(hats, organization.id, 'admin')) sides.add('admin')
  if (network !== null && mayRunNetwork(hats, network)) sides.add('desk')
  return sides
}

/** Does something with a listing as it stands. */
export const mayDo = (hats: Hats, listing: Whose, verb: Verb): boolean => mayNow(listing.state, verb, sidesOf(hats, listing))

/** Writes a listing that is open. */
export const mayWrite = (hats: Hats, listing: Whose): boolean => sidesOf(hats, listing).has('writer') && isOpen(listing.state)

/** Takes over what sources say of an organization: whoever writes for the member that is linked to it on the record. */
export const mayTakeOver = (hats: Hats, { origin }: { origin: 'member' | 'record' }, linked: string): boolean =>
  origin === 'record' && mayWriteFor(hats, linked)

/** An interest as far as rights go: who sent it, and who answers it, a member or the desk of a network. */
type InterestOf = { organization: { id: string }; receiver: { id: string } | null; network: string | null }

/** Takes an interest back: whoever writes for the member that sent it. */
export const mayWithdrawInterest = (hats: Hats, { organization }: InterestOf): boolean => mayWriteFor(hats, organization.id)

/** Answers an interest: whoever writes for the member that it went to, or runs the network whose desk it went to. */
export const mayAnswerInterest = (hats: Hats, { receiver, network }: InterestOf): boolean =>
  receiver === null ? network !== null && mayRunNetwork(hats, network) : mayWriteFor(hats, receiver.id)

/** Keeps the confidential part of a listing, and records who gave an undertaking. */
export const mayKeepConfidential = (hats: Hats, listing: Whose): boolean => sidesOf(hats, listing).has('writer')

/** Is shown the queue of listings at the desk: who runs a network, whichever. */
export const mayReview = (actor: Actor): boolean => holdsRole(actor, ['administrator', 'secretariat'])

/** Loads what published sources say that organizations offer and need. */
export const mayLoad = (actor: Actor): boolean => actor.kind === 'system' && actor.name === 'importer'
