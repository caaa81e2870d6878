import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pledgeStates } from '../schema/terms.ts'
import { missingIn } from './complete.ts'
import { mayPledgeNow, nextPledge, pledgeVerbs, type PledgeSide } from './pledges.ts'
import { likelyOutcome, percent } from './progress.ts'

test('all that becomes of a pledge', () => {
  const lines = pledgeStates.flatMap((state) =>
    pledgeVerbs.flatMap((verb) => {
      const [open, over] = [nextPledge(state, verb, true), nextPledge(state, verb, false)]
      return open === undefined ? [] : [`${state}: ${verb} → ${open}${over === undefined ? ' while the call is open' : ''}`]
    }),
  )
  expect(lines).toEqual([
    'offered: change → offered while the call is open',
    'offered: withdraw → withdrawn while the call is open',
    'offered: accept → accepted',
    'offered: decline → declined',
    'accepted: change → offered while the call is open',
    'accepted: withdraw → withdrawn while the call is open',
    'accepted: decline → declined',
    'accepted: deliver → delivered',
    'declined: change → offered while the call is open',
    'declined: accept → accepted',
    'withdrawn: change → offered while the call is open',
    'delivered: deliver → delivered',
  ])
})

test('whoever pledges never decides, whoever decides never changes what is pledged, and what was delivered stays', () => {
  const any = fc.record({ state: fc.constantFrom(...pledgeStates), verb: fc.constantFrom(...pledgeVerbs), open: fc.boolean() })
  fc.assert(
    fc.property(any, ({ state, verb, open }) => {
      const by = (side: PledgeSide) => mayPledgeNow(state, verb, open, new Set([side]))
      expect(by('pledger') && by('desk')).toBe(false)
      if (by('pledger')) expect(['offered', 'withdrawn']).toContain(nextPledge(state, verb, open))
      if (by('desk')) expect(['accepted', 'declined', 'delivered']).toContain(nextPledge(state, verb, open))
      if (state === 'delivered') expect(nextPledge(state, verb, open) ?? 'delivered').toBe('delivered')
    }),
  )
})

test('a hundred per cent is said of what is whole alone', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e15, noNaN: true }), fc.double({ min: 0, max: 1e15, noNaN: true }), (target, reached) => {
      const n = percent(target, reached)
      expect(Number.isInteger(n) && n >= 0 && n <= 999).toBe(true)
      if (n >= 100) expect(reached).toBeGreaterThanOrEqual(target)
    }),
  )
  expect([percent(3, 1), percent(10, 10), percent(10, 9.999), percent(0, 5), percent(1, 1e12)]).toEqual([33, 100, 99, 0, 999])
})

test('the figures speak for an outcome', () => {
  const line = (amount: number, delivered: number) => ({ amount, pledged: 0, accepted: 0, delivered })
  expect(likelyOutcome([])).toBe('not-met')
  expect(likelyOutcome([line(5, 0)])).toBe('not-met')
  expect(likelyOutcome([line(5, 5), line(5, 0)])).toBe('partly-met')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 })), { minLength: 1 }), (pairs) => {
      const isWhole = pairs.every(([amount, delivered]) => delivered >= amount)
      expect(likelyOutcome(pairs.map(([amount, delivered]) => line(amount, delivered))) === 'met').toBe(isWhole)
    }),
  )
})

test('what a call lacks is told all at once, and a last day is to come within a year', () => {
  const none = { original: 'en', title: {}, body: {}, deadline: null, lines: [] } as const
  expect(missingIn(none, '2026-11-22').map(({ path }) => path)).toEqual(['title_en', 'body_en', 'deadline', 'lines'])
  const some = { ...none, title: { en: 'x' }, body: { en: 'x' }, deadline: '2026-11-22', lines: [{ concepts: [] }] }
  expect(missingIn(some, '2026-11-22')).toEqual([{ path: 'concepts', code: 'required' }])
  expect(missingIn({ ...some, lines: [{ concepts: ['vaccine'] }] }, '2026-11-22')).toEqual([])
  const late = { ...some, lines: [{ concepts: ['vaccine'] }], deadline: '2026-11-21' }
  expect(missingIn(late, '2026-11-22')).toEqual([{ path: 'deadline', code: 'day_too_early', params: { day: '2026-11-22' } }])
  expect(missingIn({ ...late, deadline: '2028-01-01' }, '2026-11-22').map(({ code }) => code)).toEqual(['day_too_late'])
})
