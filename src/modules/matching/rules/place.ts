/** What the organization of a listing has said of a counterpart, or done about it. */
export type Said = 'unfit' | 'declined' | 'interested' | 'accepted'

/**
 * How far that moves a counterpart in the list of that organization, where scores go from 0 to 1: first what has accepted its interest, then what it has shown interest
 * in, then what nothing was said of; then what was declined to it, and last what it does not want.
 */
export const lifts: Readonly<Record<Said, number>> = { accepted: 2, interested: 1, declined: -1, unfit: -2 }

/** Where a counterpart stands in the list: the higher the further in front. What was said to be unfit stays so, whatever else there is. */
export const placeOf = (score: number, said: ReadonlySet<Said>): number => {
  const first = (['unfit', 'accepted', 'interested', 'declined'] as const).find((each) => said.has(each))
  return score + (first === undefined ? 0 : lifts[first])
}
