import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yearSteps } from './years.ts'

test('each year once, in order, what is not known left out', () => {
  expect(yearSteps(['2010-05-01', null, '1986-07-01', '2010-12-31'])).toEqual(['1986', '2010'])
})

test('never more than fourteen, the first and the last among them, all of them years that were given', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1000, max: 2999 }), { minLength: 1 }), (years) => {
      const steps = yearSteps(years.map((year) => `${year}-01-01`))
      return (
        steps.length === Math.min(14, new Set(years).size) &&
        steps[0] === String(Math.min(...years)) &&
        (years.length === 1 || steps.at(-1) === String(Math.max(...years))) &&
        steps.every((step) => years.includes(Number(step)))
      )
    }),
  )
})
