import type { CallState, Origin } from '../schema/terms.ts'

/** What may be done with a call beyond writing it. `recall`: a member takes its request back; `return`: the desk sends it back. */
export const verbs = ['request', 'recall', 'return', 'open', 'extend', 'close', 'withdraw'] as const
export type Verb = (typeof verbs)[number]

/** Who does something: whoever writes for the member that asks for the call, whoever works at the desk that runs it. */
export type Side = 'member' | 'desk'
type Step = { to: CallState; by: readonly Side[]; of?: Origin }

const request: Step = { to: 'requested', by: ['member'], of: 'member' }
const going: Partial<Record<Verb, Step>> = { extend: { to: 'open', by: ['desk'] }, close: { to: 'closed', by: ['desk'] } }

/** What each side may do in each state, and what the call is then. Its last day ends the time for pledges by itself (`calls.come_due`). */
const table: Record<CallState, Partial<Record<Verb, Step>>> = {
  draft: { request, open: { to: 'open', by: ['desk'], of: 'desk' }, withdraw: { to: 'withdrawn', by: ['member', 'desk'] } },
  returned: { request, withdraw: { to: 'withdrawn', by: ['member'] } },
  requested: { open: { to: 'open', by: ['desk'] }, return: { to: 'returned', by: ['desk'] }, recall: { to: 'draft', by: ['member'] } },
  open: going,
  due: going,
  closed: {},
  withdrawn: {},
}

type Stands = { state: CallState; origin: Origin }
const stepOf = ({ state, origin }: Stands, verb: Verb): Step | undefined => {
  const step = table[state][verb]
  return step?.of === undefined || step.of === origin ? step : undefined
}

/** @returns the state afterwards, `undefined` when the verb does not fit, whoever asks */
export const nextState = (call: Stands, verb: Verb): CallState | undefined => stepOf(call, verb)?.to

/** Whether one of these sides may do it now. */
export const mayNow = (call: Stands, verb: Verb, sides: ReadonlySet<Side>): boolean => stepOf(call, verb)?.by.some((side) => sides.has(side)) === true

const writers: Partial<Record<CallState, readonly Side[]>> = { draft: ['member', 'desk'], returned: ['member'], requested: ['desk'] }

/** Whether one of these sides may write it now: whoever began it, and the desk what was asked of it. */
export const isWritable = (state: CallState, sides: ReadonlySet<Side>): boolean => writers[state]?.some((side) => sides.has(side)) === true

/** Whether the desk sees it: what a member has not sent is that member's own. */
export const isAtDesk = ({ state, origin }: Stands): boolean => origin === 'desk' || (state !== 'draft' && state !== 'withdrawn')
