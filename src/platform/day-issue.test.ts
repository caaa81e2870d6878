import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayAfter, dayIssue, lastDayIssue } from './day-issue.ts'

test('a last day is today or later, at most a year from now, and what it passes is told', () => {
  expect(lastDayIssue('until', '2026-11-21', '2026-11-22')).toEqual({ path: 'until', code: 'day_too_early', params: { day: '2026-11-22' } })
  expect(lastDayIssue('until', '2026-11-22', '2026-11-22')).toBeUndefined()
  expect(lastDayIssue('until', '2027-11-23', '2026-11-22')).toBeUndefined()
  expect(lastDayIssue('until', '2027-11-24', '2026-11-22')).toEqual({ path: 'until', code: 'day_too_late', params: { day: '2027-11-23' } })
})

test('a day that is moved to the one which it passes is right', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((n) => dayAfter('2000-01-01', n))
  fc.assert(
    fc.property(days, days, days, (day, one, other) => {
      const [first = '', last = ''] = [one, other].toSorted()
      const issue = dayIssue('x', day, { first, last })
      expect(issue === undefined).toBe(first <= day && day <= last)
      if (issue) expect(dayIssue('x', String(issue.params?.['day']), { first, last })).toBeUndefined()
    }),
  )
  expect(dayIssue('x', '1999-01-01', {})).toBeUndefined()
})
