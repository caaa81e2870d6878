import { describe, expect, test } from 'vitest'
import { layOut, reachOf, readingUnit, ticksUpTo, wrap } from '../../src/modules/record/rules/charts.ts'
import { countriesOf, nearness } from '../../src/modules/record/rules/matrix.ts'
import { bars, branches, type Holder } from '../../src/modules/record/rules/ownership.ts'
import { statusTerms } from '../../src/modules/record/rules/terms.ts'

const figure = (value: string, period: string | null, from: string | null = period && `${period}-01-01`, to: string | null = period && `${period}-12-31`) => ({
  value,
  period,
  from,
  to,
})

describe('what time a figure covers', () => {
  test.each([
    ['2005', '2005-01-01', '2005-12-31', 'year'],
    ['2006-01/2006-07', '2006-01-01', '2006-07-31', 'part'],
    ['2006-01/2006-12', '2006-01-01', '2006-12-31', 'year'],
    ['2015/2020', '2015-01-01', '2020-12-31', 'span'],
    ['2025-11', '2025-11-01', '2025-11-30', 'year'],
    [null, null, null, 'undated'],
  ])('%s', (period, from, to, reach) => expect(reachOf({ period, from, to })).toBe(reach))
})

describe('a chart', () => {
  const measures = { left: 40, top: 20, height: 100, roomFor: () => 80 }

  test('sets figures of one year side by side in its band, in proportion from zero', () => {
    const { marks, bands, base, top } = layOut([figure('50', '2005'), figure('100', '2005'), figure('100', '2006')], measures)
    expect(bands.map(({ years }) => years)).toEqual([
      [2005, 2005],
      [2006, 2006],
    ])
    expect(new Set(marks.map(({ x }) => x)).size).toBe(3)
    expect(marks.every(({ x }, index) => index === 0 || x > (marks[index - 1]?.x ?? 0))).toBe(true)
    expect(marks.map(({ y }) => y)).toEqual([base - 50, top, top])
  })

  test('keeps years without a figure, many of them as one stretch, and what has no date apart', () => {
    const { bands } = layOut([figure('1', '2000'), figure('1', '2002'), figure('1', '2010'), figure('1', null)], measures)
    expect(bands.map(({ years }) => years)).toEqual([[2000, 2000], [2001, 2001], [2002, 2002], [2003, 2009], [2010, 2010], null])
    for (const [index, band] of bands.entries()) if (index > 0) expect(band.x).toBeCloseTo((bands[index - 1]?.x ?? 0) + (bands[index - 1]?.width ?? 0))
  })

  test('lays a figure of several years across them', () => {
    const { marks, bands } = layOut([figure('1', '2015/2020', '2015-01-01', '2020-12-31'), figure('2', '2017')], measures)
    const span = marks.find(({ reach }) => reach === 'span')
    expect(span?.x).toBeGreaterThanOrEqual(bands[0]?.x ?? Infinity)
    expect((span?.x ?? 0) + (span?.width ?? 0)).toBeGreaterThan(bands.at(-1)?.x ?? Infinity)
  })

  test.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [2585, [0, 1000, 2000, 3000]],
    [0.35, [0, 0.1, 0.2, 0.3, 0.4]],
  ])('has round ticks up to %d', (highest, ticks) => expect(ticksUpTo(highest)).toEqual(ticks))

  test('counts money in hundreds of millions for those who do', () => {
    expect(readingUnit('million USD', true)).toMatchObject({ currency: 'USD', factor: 0.01 })
    expect(readingUnit('million USD', false)).toMatchObject({ currency: 'USD', factor: 1 })
    expect(readingUnit({ en: 'buses', zh: '辆客车' }, true)).toEqual({ words: { en: 'buses', zh: '辆客车' } })
  })

  test('breaks labels into lines, and never begins one with a closing mark', () => {
    expect(wrap('Ambassador of China to Cuba', 13, 4)).toEqual(['Ambassador of', 'China to Cuba'])
    expect(wrap('one two three four', 5, 2)).toEqual(['one', 'two…'])
    expect(wrap('募捐最终总额，捐款者超过', 12, 3)).toEqual(['募捐最终总', '额，捐款者超', '过'])
    expect(wrap('', 12, 3)).toEqual([])
  })
})

describe('who holds a venture', () => {
  const share = (percent: number | null, valid: string | null = null, deprecated = false) => ({ percent, valid, deprecated })

  test('is a bar for each time, with what nobody speaks of as the rest', () => {
    expect(bars([share(51), share(null), share(60, '2010'), share(40, '2010'), share(70, '2010', true)])).toMatchObject([
      { valid: null, rest: 49, isOver: false, parts: [{ from: 0, percent: 51 }] },
      {
        valid: '2010',
        rest: 0,
        isOver: false,
        parts: [
          { from: 0, percent: 60 },
          { from: 60, percent: 40 },
        ],
      },
    ])
    expect(bars([share(60), share(60)])).toMatchObject([{ isOver: true }])
    expect(bars([share(null)])).toEqual([])
  })

  test('grows upwards as a tree from each partner', () => {
    const holder = (...path: string[]): Holder => ({
      id: path.at(-1) ?? '',
      path,
      bond: path.length === 1 ? 'partner' : 'parent',
      share: null,
      venture: null,
      entry: { entry: 'organization', key: path.at(-1) ?? '', title: {}, acronym: null, country: null },
    })
    const trees = branches([holder('a', 'b', 'c'), holder('a'), holder('a', 'b'), holder('d'), holder('d', 'b'), holder('d')])
    expect(trees).toMatchObject([
      { id: 'a', above: [{ id: 'b', above: [{ id: 'c', above: [] }] }] },
      { id: 'd', above: [{ id: 'b', above: [] }] },
    ])
  })
})

test('every state of an authorization has its mark; the countries with most products come first', () => {
  expect(new Set(statusTerms.authorization.map(nearness))).toEqual(new Set(['use', 'way', 'plan']))
  expect(nearness(null)).toBe('unsaid')
  const rows = [
    { cells: [{ country: 'CU' }, { country: 'CU' }] },
    { cells: [{ country: 'CU' }, { country: 'VN' }] },
    { cells: [{ country: 'DZ' }, { country: null }] },
  ]
  expect(
    countriesOf(
      rows,
      (code) => code,
      (a, b) => a.localeCompare(b),
    ),
  ).toEqual(['CU', 'DZ', 'VN'])
})
