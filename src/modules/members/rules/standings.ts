import type { StandingState } from '../schema/kinds.ts'

/** How an organization may stand next in a network. Who left comes back by a new application, but may be admitted again at once if it was a slip. */
const table: Record<StandingState, readonly StandingState[]> = { admitted: ['suspended', 'left'], suspended: ['admitted', 'left'], left: ['admitted'] }

export const mayStandNext = (from: StandingState, to: StandingState): boolean => table[from].includes(to)
export const nextStandings = (from: StandingState): readonly StandingState[] => table[from]
