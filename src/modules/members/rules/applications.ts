import type { ApplicationState } from '../schema/kinds.ts'

export type ApplicationVerb = 'ask' | 'answer' | 'admit' | 'decline' | 'withdraw'

/** What may be done with an application in each state, and what it is then. */
const table: Record<ApplicationState, Partial<Record<ApplicationVerb, ApplicationState>>> = {
  sent: { ask: 'asked', answer: 'answered', admit: 'admitted', decline: 'declined', withdraw: 'withdrawn' },
  asked: { ask: 'asked', answer: 'answered', admit: 'admitted', decline: 'declined', withdraw: 'withdrawn' },
  answered: { ask: 'asked', answer: 'answered', admit: 'admitted', decline: 'declined', withdraw: 'withdrawn' },
  admitted: {},
  declined: {},
  withdrawn: {},
}

/** @returns the state afterwards, `undefined` when the verb does not fit */
export const nextState = (state: ApplicationState, verb: ApplicationVerb): ApplicationState | undefined => table[state][verb]

export const isOpen = (state: ApplicationState): boolean => nextState(state, 'decline') !== undefined
