import { expect, test } from 'vitest'
import { countriesIn } from './countries.ts'
import { listingInput, queryOf } from './listings.ts'

test.each([
  ['2.5', 2.5],
  ['2,5', 2.5],
  ['0,125', undefined],
  ['2,5000', 2.5],
  ['1,000', undefined],
  ['1.000,5', undefined],
  ['dos', undefined],
])('an amount typed as %s is %s', (typed, amount) => {
  const { data, error } = listingInput.safeParse({
    direction: 'offer',
    pillar: 'research',
    original: 'es',
    audience: 'everybody',
    unit: 'kg',
    version: '1',
    amount: typed,
  })
  expect([data?.amount, error?.issues.map(({ path }) => path.join('.'))]).toEqual(amount === undefined ? [undefined, ['amount']] : [amount, undefined])
})

test('countries go by the short names that people use', () => {
  expect(countriesIn('USA, EEUU, EE. UU., UK; Viet Nam、中国')).toEqual({ codes: ['US', 'GB', 'VN', 'CN'], unknown: [] })
  expect(countriesIn('Atlantis')).toEqual({ codes: [], unknown: ['Atlantis'] })
})

test('a feed has the filters of its page, and not the place in the list', () => {
  const none = {
    q: undefined,
    direction: undefined,
    pillar: undefined,
    country: undefined,
    language: undefined,
    concept: undefined,
    state: undefined,
    cursor: undefined,
  }
  expect(queryOf(none)).toBe('')
  expect(queryOf({ ...none, q: 'vắc xin', country: 'VN', cursor: 'x' })).toBe('?q=v%E1%BA%AFc+xin&country=VN')
})
