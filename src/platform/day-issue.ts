import type { Issue } from './errors.ts'

/**
 * Whether a day lies within two others, and if not, which of them it passes.
 *
 * @param path the field of the form
 * @param day `2026-11-22`
 * @param first the first day that may be, if one is
 * @param last the last one that may be, if one is
 * @returns the issue, which names the day that it passes; `undefined` when it lies within
 */
export function dayIssue(path: string, day: string, { first, last }: { first?: string | undefined; last?: string | undefined }): Issue | undefined {
  if (first !== undefined && day < first) return { path, code: 'day_too_early', params: { day: first } }
  if (last !== undefined && day > last) return { path, code: 'day_too_late', params: { day: last } }
  return undefined
}

/** The day so many days after another one. @param from `2026-11-22` */
export const dayAfter = (from: string, days: number): string => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)

/** Whether a last day is to come, and not later than in a year. @param today `2026-11-22` */
export const lastDayIssue = (path: string, day: string, today: string): Issue | undefined => dayIssue(path, day, { first: today, last: dayAfter(today, 366) })
