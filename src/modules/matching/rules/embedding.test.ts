import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrationTexts } from './calibration-texts.ts'
import { calibrate, cosineOf, fuse, likenessOf, quantize, type Embedding } from './embedding.ts'

const values = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 24, maxLength: 24 })
  .filter((all) => all.some((value) => Math.abs(value) > 1e-3))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const exact = (a: readonly number[], b: readonly number[]) => {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, each, at) => sum + each * (y[at] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
const embedding = (vector: number[], over: Partial<Embedding> = {}): Embedding => ({ model: 'm', floor: 0.2, ceiling: 0.8, vector: quantize(vector), ...over })

describe('an embedding of bytes', () => {
  test('keeps cosines within a hundredth, whatever the length of the vectors', () => {
    fc.assert(
      fc.property(values, values, fc.double({ min: 0.001, max: 1000, noNaN: true }), (a, b, length) => {
        expect(Math.abs(cosineOf(quantize(a), quantize(b.map((value) => value * length))) - exact(a, b))).toBeLessThan(0.01)
      }),
    )
  })

  test('says nothing of vectors of unlike dimensions', () => {
    expect(cosineOf(quantize([1, 2]), quantize([1, 2, 3]))).toBe(0)
  })
})

describe('how alike a model finds two texts', () => {
  test('is the same either way round, and from 0 to 1', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const likeness = likenessOf(embedding(a), embedding(b))
        expect(likeness).toBe(likenessOf(embedding(b), embedding(a)))
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect(likenessOf(embedding(a), embedding(a))).toBe(1)
      }),
    )
  })

  test('is not told of two models, nor of one that has not read both', () => {
    const [one, two] = [embedding([1, 0, 2]), embedding([1, 0, 2], { model: 'n' })]
    expect([likenessOf(one, two), likenessOf(one, null), likenessOf(undefined, one), likenessOf(one, embedding([1, 2]))]).toEqual(Array(4).fill(undefined))
  })
})

describe('a fused score', () => {
  test('lifts and never lowers, the more the more alike, and stays from 0 to 1', () => {
    fc.assert(
      fc.property(share, share, share, (resemblance, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        expect(fuse(resemblance, less)).toBeGreaterThanOrEqual(resemblance - 1e-12)
        expect(fuse(resemblance, more)).toBeGreaterThanOrEqual(fuse(resemblance, less) - 1e-12)
        expect(fuse(resemblance, more)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('is what it was without a model, and keeps the order of two that a model finds as alike', () => {
    fc.assert(
      fc.property(share, share, share, (a, b, likeness) => {
        expect(fuse(a, undefined)).toBe(a)
        expect(fuse(a, 0)).toBeCloseTo(a, 12)
        if (a <= b) expect(fuse(a, likeness)).toBeLessThanOrEqual(fuse(b, likeness) + 1e-12)
      }),
    )
  })

  test('of texts alike that share no concept stays below that of half a resemblance', () => {
    expect(fuse(0, 1)).toBeLessThan(0.3)
    expect(fuse(0, 1)).toBeLessThan(fuse(0.5, 0))
  })
})

describe('a model is measured', () => {
  const near = (at: number, turn: number) => quantize(Array.from({ length: 16 }, (_, i) => (i === at ? 1 : 0.5 + 0.05 * Math.sin(turn * 7 + i))))

  test('by how much nearer translations are than other texts, however near it finds any two', () => {
    const found = calibrate([0, 1, 2].map((at) => [1, 2, 3, 4].map((turn) => near(at, turn))))
    expect(found?.floor).toBeGreaterThan(0.8)
    expect(found?.ceiling).toBeGreaterThan(found?.floor ?? 1)
  })

  test('and is of no use if it finds all alike, or all at random', () => {
    const random = (seed: number) => quantize(Array.from({ length: 64 }, (_, i) => Math.sin(seed * 131 + i * i)))
    expect(calibrate([0, 1].map(() => [1, 2].map(() => near(0, 1))))).toBeUndefined()
    expect(calibrate([0, 1, 2, 3].map((at) => [0, 1, 2, 3].map((turn) => random(at * 4 + turn))))).toBeUndefined()
  })

  test('on texts in the four languages, each about something else', () => {
    for (const translations of calibrationTexts) expect(new Set(translations).size).toBe(4)
    expect(new Set(calibrationTexts.flat()).size).toBe(calibrationTexts.length * 4)
  })
})
