import type { ListingState } from '../schema/terms.ts'

/** What may be done with a listing beyond writing it. `recall`: take it back from a review. */
export const verbs = ['submit', 'send', 'recall', 'return', 'publish', 'renew', 'match', 'close', 'revise', 'withdraw'] as const
export type Verb = (typeof verbs)[number]

/** Who does something: whoever writes for the organization, whoever decides for it, whoever works at the desk of its network. */
export type Side = 'writer' | 'admin' | 'desk'
type Step = { to: ListingState; by: readonly Side[] }

const recall: Step = { to: 'draft', by: ['writer'] }
const withdraw: Step = { to: 'withdrawn', by: ['writer'] }
// An admin's word is the organization's own review.
const open = { submit: { to: 'own-review', by: ['writer'] }, send: { to: 'desk-review', by: ['admin'] }, withdraw } as const satisfies Partial<
  Record<Verb, Step>
>
const close: Step = { to: 'closed', by: ['writer', 'desk'] }
const revise: Step = { to: 'draft', by: ['writer'] }

/** What each side may do in each state, and what the listing is then. What expires does so by itself (`exchange.come_due`). */
const table: Record<ListingState, Partial<Record<Verb, Step>>> = {
  draft: open,
  returned: open,
  'own-review': { send: open.send, return: { to: 'draft', by: ['admin'] }, recall, withdraw },
  'desk-review': { publish: { to: 'published', by: ['desk'] }, return: { to: 'returned', by: ['desk'] }, recall, withdraw },
  published: { renew: { to: 'published', by: ['writer'] }, match: { to: 'matched', by: ['writer'] }, close, revise },
  matched: { renew: { to: 'published', by: ['writer'] }, close, revise },
  expired: { renew: { to: 'published', by: ['writer'] }, close, revise },
  closed: {},
  withdrawn: {},
}

/** @returns the state afterwards, `undefined` when the verb does not fit, whoever asks */
export const nextState = (state: ListingState, verb: Verb): ListingState | undefined => table[state][verb]?.to

/** Whether one of these sides may do it now. */
export const mayNow = (state: ListingState, verb: Verb, sides: ReadonlySet<Side>): boolean => table[state][verb]?.by.some((side) => sides.has(side)) === true

/** Whether it can be written: before it is sent, and after it was sent back. */
export const isOpen = (state: ListingState): boolean => state === 'draft' || state === 'returned'
