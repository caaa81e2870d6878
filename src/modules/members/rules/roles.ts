import type { Role } from '../schema/kinds.ts'

/** A role as far as these rules go; `until` empty: until it is ended. */
export type Held = { id: string; personId: string; role: Role; from: Date; until: Date | null; deputyOf: string | null }

export const isHeld = ({ from, until }: Held, at: Date): boolean => from <= at && (until === null || until > at)

/** A deputy stands in, and a guest stays, for so long at most. */
const longestDays = 366

/** Whether an organization would have nobody left who says who acts for it, were a role ended. A deputy, whose time ends by itself, does not count. */
export function leavesNoAdmin(all: readonly Held[], ended: string, at: Date): boolean {
  const admins = all.filter((held) => held.role === 'admin' && held.deputyOf === null && held.until === null && isHeld(held, at))
  return admins.some(({ id }) => id === ended) && admins.length === 1
}

/** Whether a role is one of the organization's own people, which can go to another of them; a guest's cannot, nor does a guest take one over. */
export const isOwn = ({ role }: Pick<Held, 'role'>): boolean => role !== 'guest'

/** What ends with a role: itself, and the deputies that stand in for it, over any number of steps. */
export function endsWith(all: readonly Held[], ended: string): string[] {
  const found = [ended]
  for (const id of found) found.push(...all.filter(({ deputyOf, id: own }) => deputyOf === id && !found.includes(own)).map(({ id: own }) => own))
  return found
}

/** What is wrong with the days on which a deputy is to stand in, or a guest to stay. */
export function daysIssue(from: Date, until: Date, now: Date): 'out_of_range' | undefined {
  const days = (until.getTime() - from.getTime()) / 86_400_000
  return days <= 0 || days > longestDays || until <= now ? 'out_of_range' : undefined
}
