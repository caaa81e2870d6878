import type { Outcome } from '../schema/terms.ts'

export type Totals = { amount: number; pledged: number; accepted: number; delivered: number }

/** How much of a line is covered, in whole per cent: rounded down, so that 100 says that all of it is. */
export const percent = (target: number, reached: number): number => (target <= 0 ? 0 : Math.min(999, Math.max(0, Math.floor((reached / target) * 100))))

/** The outcome that the figures speak for; the secretariat decides. */
export function likelyOutcome(lines: readonly Totals[]): Exclude<Outcome, 'called-off'> {
  if (lines.length > 0 && lines.every(({ amount, delivered }) => delivered >= amount)) return 'met'
  return lines.some(({ delivered }) => delivered > 0) ? 'partly-met' : 'not-met'
}
