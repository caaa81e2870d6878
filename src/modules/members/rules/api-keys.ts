/** Keys of one owner that work at the same time, at most. */
export const mostKeys = 50
/** A key works for so many days if its maker says nothing else, and at most. */
export const keyDays = { usual: 90, longest: 366 }

const day = 86_400_000

/** The last day that a form proposes. */
export const usualEnd = (now: Date): string => new Date(now.getTime() + keyDays.usual * day).toISOString().slice(0, 10)

/** When a key stops working whose last day is named, in UTC; `undefined` when that day is over already, or too far away. */
export function keyEnd(lastDay: string, now: Date): Date | undefined {
  const end = new Date(Date.parse(`${lastDay}T00:00:00Z`) + day)
  return end > now && end.getTime() <= now.getTime() + keyDays.longest * day ? end : undefined
}
