import type { PledgeState } from '../schema/terms.ts'

/** What may be done with a pledge. */
export const pledgeVerbs = ['change', 'withdraw', 'accept', 'decline', 'deliver'] as const
export type PledgeVerb = (typeof pledgeVerbs)[number]

/** Who does something: whoever writes for the member that pledges, whoever works at the desk of the call. */
export type PledgeSide = 'pledger' | 'desk'
const byWhom: Record<PledgeVerb, PledgeSide> = { change: 'pledger', withdraw: 'pledger', accept: 'desk', decline: 'desk', deliver: 'desk' }

/** What each verb makes of each state. What is changed is decided on anew. */
const table: Record<PledgeState, Partial<Record<PledgeVerb, PledgeState>>> = {
  offered: { change: 'offered', withdraw: 'withdrawn', accept: 'accepted', decline: 'declined' },
  accepted: { change: 'offered', withdraw: 'withdrawn', decline: 'declined', deliver: 'delivered' },
  declined: { change: 'offered', accept: 'accepted' },
  withdrawn: { change: 'offered' },
  delivered: { deliver: 'delivered' },
}

/** @param isOpen whether the call takes pledges. @returns the state afterwards, `undefined` when the verb does not fit, whoever asks */
export const nextPledge = (state: PledgeState, verb: PledgeVerb, isOpen: boolean): PledgeState | undefined =>
  byWhom[verb] === 'pledger' && !isOpen ? undefined : table[state][verb]

/** Whether one of these sides may do it now. */
export const mayPledgeNow = (state: PledgeState, verb: PledgeVerb, isOpen: boolean, sides: ReadonlySet<PledgeSide>): boolean =>
  nextPledge(state, verb, isOpen) !== undefined && sides.has(byWhom[verb])
