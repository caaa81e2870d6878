import type { StandingState } from '../schema/kinds.ts'

/** How an organization may stand next in a network. Who left comes back by a new application, but may be admitted again at once if it was a slip. */
const table: Record<StandingState, readonly StandingState[]> = { admitted: ['suspended', 'left'], suspended: ['admitted', 'left'], left: ['admitted'] }

export const mayStandNext = (from: StandingState, to: StandingState): boolean => table[from].includes(to)
export const nextStandings = (from: StandingState): readonly StandingState[] => table[from]

type Stands = { network: string; state: StandingState; until: string | null }

/** Whether an organization is in a network now, be it suspended: it has come in and has not left. */
export const standsIn = (standings: readonly Stands[], network: string): boolean =>
  standings.some((each) => each.network === network && each.until === null && each.state !== 'left')
