import { statusTerms } from './terms.ts'

/** The steps of an agreement, the first first; `unknown` for those of which no source says how far they have come. */
export const ladderSteps = [...statusTerms.agreement, 'unknown'] as const
export type LadderStep = (typeof ladderSteps)[number]

/** The state that stands for a step in the record. */
export const statusOf = (step: LadderStep): string | null => (step === 'unknown' ? null : step)
