import { expect, test } from 'vitest'
import { keyEnd, usualEnd } from './api-keys.ts'

const now = new Date('2026-03-01T10:00:00Z')

test('a key works to the end of its last day, which is today at the earliest and a year away at most', () => {
  expect(keyEnd('2026-03-01', now)?.toISOString()).toBe('2026-03-02T00:00:00.000Z')
  expect(keyEnd('2026-02-28', now)).toBeUndefined()
  expect(keyEnd('2027-03-01', now)?.toISOString()).toBe('2027-03-02T00:00:00.000Z')
  expect(keyEnd('2027-03-02', now)).toBeUndefined()
  expect(usualEnd(now)).toBe('2026-05-30')
})
