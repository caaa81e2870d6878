import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alike, comparedBy, likeness } from './likeness.ts'

const filling = {
  title: { en: 'Filling of vials under good manufacturing practice' },
  body: { en: 'A line that fills vials with vaccines and antibodies, free from next spring, for orders of up to five million doses.' },
  concepts: ['vaccine', 'fill-finish'],
}
const score = (a: Parameters<typeof comparedBy>[0], b: Parameters<typeof comparedBy>[0]) => likeness(comparedBy(a), comparedBy(b))

describe('what may be the same', () => {
  test('is the same text, one that was changed a little, and one in another language about the same', () => {
    expect(score(filling, filling).score).toBeGreaterThan(0.8)
    const changed = {
      ...filling,
      title: { en: 'Vial filling under good manufacturing practices' },
      body: { en: `${filling.body.en} Quality control included.` },
    }
    const found = score(filling, changed)
    expect(found.score).toBeGreaterThan(alike)
    expect(found.concepts).toEqual(['vaccine', 'fill-finish'])
    expect(found.words.slice(0, 3)).toEqual(['filling', 'vials', 'under'])
    const chinese = { title: { zh: '西林瓶灌装' }, body: { zh: '按照药品生产质量管理规范灌装疫苗。' }, concepts: ['vaccine', 'fill-finish', 'vial'] }
    expect(score({ ...filling, concepts: ['vaccine', 'fill-finish', 'vial'] }, chinese).score).toBeGreaterThan(alike)
    expect(score(chinese, { ...chinese, title: { zh: '西林瓶灌装服务' } }).score).toBeGreaterThan(alike)
  })

  test('is not what is about the same one thing, or shares common words', () => {
    const training = {
      title: { en: 'Training in vaccine trials' },
      body: { en: 'Seats for doctors who lead clinical trials of vaccines in hospitals.' },
      concepts: ['vaccine'],
    }
    expect(score({ ...filling, concepts: ['vaccine'] }, training).score).toBeLessThan(alike)
    expect(score({ ...filling, concepts: ['vaccine'] }, { title: { vi: 'Đào tạo về vắc xin' }, body: {}, concepts: ['vaccine'] }).score).toBeLessThan(alike)
    expect(
      score({ title: { en: 'The offer' }, body: {}, concepts: [] }, { title: { en: 'An offer of the' }, body: {}, concepts: [] }).score,
    ).toBeLessThanOrEqual(1)
  })
})

const word = fc.constantFrom('filling', 'vials', 'antibody', 'training', 'hospital', 'transfer', 'fermentation', 'purification', 'insulin')
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '))
const listing = fc
  .record({
    en: fc.option(text, { nil: undefined }),
    es: fc.option(text, { nil: undefined }),
    body: text,
    concepts: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }),
  })
  .filter(({ en, es }) => en !== undefined || es !== undefined)
  .map(({ en, es, body, concepts }) => ({ title: { ...(en && { en }), ...(es && { es }) }, body: { en: body }, concepts }))

test('the likeness of any two is the same either way, between 0 and 1, and never more than that of one with itself', () => {
  fc.assert(
    fc.property(listing, listing, (a, b) => {
      const [there, back, self] = [score(a, b), score(b, a), score(a, a)]
      expect(there.score).toBeCloseTo(back.score, 12)
      expect(there.score).toBeGreaterThanOrEqual(0)
      expect(there.score).toBeLessThanOrEqual(self.score + 1e-12)
      expect(self.score).toBeLessThanOrEqual(1)
      expect([...there.concepts].sort()).toEqual([...back.concepts].sort())
      expect(there.concepts.every((key) => (a.concepts as string[]).includes(key) && (b.concepts as string[]).includes(key))).toBe(true)
    }),
    { numRuns: 200 },
  )
})
