/** Why it is urgent. */
export const kinds = ['outbreak', 'shortage', 'disaster', 'other'] as const
export type CallKind = (typeof kinds)[number]

/** `due`: the last day is over, and the outcome is not told yet. */
export const callStates = ['draft', 'requested', 'returned', 'open', 'due', 'closed', 'withdrawn'] as const
export type CallState = (typeof callStates)[number]

/** The states in which its audience sees a call. */
export const shownStates = ['open', 'due', 'closed'] as const satisfies readonly CallState[]

export const outcomes = ['met', 'partly-met', 'not-met', 'called-off'] as const
export type Outcome = (typeof outcomes)[number]

/** Who writes a call before it is opened. */
export const origins = ['desk', 'member'] as const
export type Origin = (typeof origins)[number]

export const audiences = ['everybody', 'network'] as const
export type Audience = (typeof audiences)[number]

export const pledgeStates = ['offered', 'accepted', 'declined', 'withdrawn', 'delivered'] as const
export type PledgeState = (typeof pledgeStates)[number]

/** Why the secretariat does not take what is pledged. */
export const declineCodes = ['covered', 'unfit', 'too-late', 'conditions', 'not-authorized', 'logistics', 'other'] as const
export type DeclineCode = (typeof declineCodes)[number]

export const stepKinds = ['opened', 'update', 'extended', 'due', 'closed'] as const
export type StepKind = (typeof stepKinds)[number]
