import { holdsRole, type Actor } from '../../platform/access/actor.ts'
import { mayRunNetwork, type Hats } from '../members/index.ts'
import { isAtDesk, isWritable, mayNow, type Side, type Verb } from './rules/lifecycle.ts'
import { mayPledgeNow, type PledgeSide, type PledgeVerb } from './rules/pledges.ts'
import type { CallState, Origin, PledgeState } from './schema/terms.ts'

/** A call as far as rights go. */
type Whose = { organization: { id: string } | null; network: string; state: CallState; origin: Origin }

/** Asks for a call, and pledges, for an organization: its admins and editors. */
export const mayActFor = (hats: Hats, organization: string): boolean =>
  hats.roles.get(organization)?.has('admin') === true || hats.roles.get(organization)?.has('editor') === true

/** Runs calls of a network. */
export const mayRunCalls = (hats: Hats, network: string): boolean => mayRunNetwork(hats, network)

/** On which sides of a call somebody stands. */
export function sidesOf(hats: Hats, call: Whose): ReadonlySet<Side> {
  const sides = new Set<Side>()
  if (call.origin === 'member' && call.organization !== null && mayActFor(hats, call.organization.id)) sides.add('member')
  if (mayRunNetwork(hats, call.network) && isAtDesk(call)) sides.add('desk')
  return sides
}

/** Does something with a call as it stands. */
export const mayDo = (hats: Hats, call: Whose, verb: Verb): boolean => mayNow(call, verb, sidesOf(hats, call))

/** Writes a call before it is opened. */
export const mayWrite = (hats: Hats, call: Whose): boolean => isWritable(call.state, sidesOf(hats, call))

/** Says how a call goes on, and makes it known to members. */
export const mayTell = (hats: Hats, call: Whose): boolean => mayRunNetwork(hats, call.network) && (call.state === 'open' || call.state === 'due')

/** A pledge as far as rights go. */
type Pledged = { organization: { id: string }; network: string; state: PledgeState; isOpen: boolean }

export function pledgeSides(hats: Hats, { organization, network }: Pledged): ReadonlySet<PledgeSide> {
  const sides = new Set<PledgeSide>()
  if (mayActFor(hats, organization.id)) sides.add('pledger')
  if (mayRunNetwork(hats, network)) sides.add('desk')
  return sides
}

/** Does something with a pledge as it stands. */
export const mayDoPledge = (hats: Hats, pledge: Pledged, verb: PledgeVerb): boolean =>
  mayPledgeNow(pledge.state, verb, pledge.isOpen, pledgeSides(hats, pledge))

/** Is shown the queue of calls at the desk: who runs a network, whichever. */
export const mayReadQueue = (actor: Actor): boolean => holdsRole(actor, ['administrator', 'secretariat'])
