import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roles } from '../schema/kinds.ts'
import { daysIssue, endsWith, isHeld, leavesNoAdmin, type Held } from './roles.ts'

const at = new Date('2026-06-01T00:00:00Z')
const days = (n: number) => new Date(at.getTime() + n * 86_400_000)

/** Roles of an organization, in which a deputy stands in for an earlier one. */
const organization = fc
  .array(
    fc.record({
      personId: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom(...roles),
      from: fc.integer({ min: -400, max: 30 }),
      length: fc.option(fc.integer({ min: 0, max: 400 })),
      deputyOf: fc.option(fc.nat(20)),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ personId, role, from, length, deputyOf }, index): Held => {
      const stands = deputyOf !== null && deputyOf < index
      return {
        id: String(index),
        personId,
        role,
        from: days(from),
        until: stands || length !== null ? days(from + (length ?? 10)) : null,
        deputyOf: stands ? String(deputyOf) : null,
      }
    }),
  )

const lasting = (all: readonly Held[]) => all.filter((held) => held.role === 'admin' && held.deputyOf === null && held.until === null && isHeld(held, at))

test('ending a role is refused just when it takes the last lasting admin', () => {
  fc.assert(
    fc.property(organization, fc.nat(20), (all, n) => {
      const id = String(n % all.length)
      const left = lasting(all.filter((held) => held.id !== id))
      expect(leavesNoAdmin(all, id, at)).toBe(lasting(all).length > 0 && left.length === 0)
    }),
  )
})

test('with a role end its deputies and theirs, each once, and no other', () => {
  fc.assert(
    fc.property(organization, fc.nat(20), (all, n) => {
      const id = String(n % all.length)
      const ended = endsWith(all, id)
      expect(new Set(ended).size).toBe(ended.length)
      const under = (held: Held): boolean => held.id === id || (held.deputyOf !== null && all.some((above) => above.id === held.deputyOf && under(above)))
      expect(ended.toSorted()).toEqual(
        all
          .filter(under)
          .map((held) => held.id)
          .toSorted(),
      )
    }),
  )
})

test.each([
  [0, 1, undefined],
  [0, 366, undefined],
  [0, 367, 'out_of_range'],
  [3, 3, 'out_of_range'],
  [5, 2, 'out_of_range'],
  [-3, 0, 'out_of_range'],
  [-3, 1, undefined],
])('a deputy from day %d to day %d: %s', (from, until, issue) => {
  expect(daysIssue(days(from), days(until), at)).toBe(issue)
})
