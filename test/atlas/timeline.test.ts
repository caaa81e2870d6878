import { expect, test } from 'vitest'
import { chartOf, periodAt, unitFor, wider } from '../../src/modules/atlas/rules/timeline.ts'
import { timelineKinds } from '../../src/modules/atlas/schema.ts'
import type { TimelineCount } from '../../src/modules/record/index.ts'
import { importer, thePublic } from '../../src/platform/access/actor.ts'
import { languages } from '../../src/platform/i18n/languages.ts'
import { Kept } from '../../src/platform/log/kept.ts'
import { logAct, logPosition } from '../../src/platform/log/log.ts'
import { recordSpace } from '../../src/modules/record/store/tables.ts'
import { readHtml } from '../support/html.ts'
import { onBothEngines, type World } from '../support/world.ts'

const count = (at: string, n = 1, more: Partial<TimelineCount> = {}): TimelineCount => ({ kind: 'event', at, vague: false, n, ...more })
const today = '2026-06-15'

test('bars go from decades to years to months to days, without a gap', () => {
  const decades = chartOf([count('1879'), count('2025', 4)], undefined, timelineKinds, today)
  expect(decades.level).toBe('decade')
  expect(decades.buckets.map(({ period }) => period)).toHaveLength(16)
  expect(decades.buckets.filter(({ total }) => total > 0).map(({ period, total }) => [period, total])).toEqual([
    ['187X', 1],
    ['202X', 4],
  ])
  expect(chartOf([count('1995')], '199X', timelineKinds, today).buckets.map(({ period }) => period)).toEqual(
    Array.from({ length: 10 }, (_, year) => `199${year}`),
  )
  expect(chartOf([count('1995-03')], '1995', timelineKinds, today).buckets.map(({ period }) => period)).toHaveLength(12)
  expect(chartOf([count('2024-02-03')], '2024-02', timelineKinds, today).buckets.at(-1)?.period).toBe('2024-02-29')
  expect(chartOf([count('0004'), count('2025')], undefined, timelineKinds, today).level).toBe('century')
  expect(chartOf([], '1925', timelineKinds, today).buckets).toEqual([])
})

test('a date that is less exact than the bars stands apart from them', () => {
  const months = chartOf([count('2025-01', 2, { vague: true }), count('2025-01')], '2025', timelineKinds, today)
  expect(months.buckets[0]?.total).toBe(1)
  expect(months.vague?.total).toBe(2)
  const decades = chartOf([count('1990', 1, { vague: true }), count('2020')], undefined, timelineKinds, today)
  expect(decades.vague).toBeUndefined()
  expect(decades.buckets[0]).toMatchObject({ period: '199X', total: 1 })
})

test('no bar is drawn for a time that is still to come, unless something stands there', () => {
  expect(chartOf([count('2025')], '202X', timelineKinds, today).buckets.at(-1)?.period).toBe('2026')
  expect(chartOf([count('2025'), count('2028')], '202X', timelineKinds, today).buckets.at(-1)?.period).toBe('2028')
})

test('a time knows what it lies in', () => {
  expect(wider('2025-08')).toEqual(['202X', '2025'])
  expect(wider('202X')).toEqual([])
  expect(periodAt('decade', '1879-05')).toBe('187X')
  expect([undefined, '199X', '1995', '2016/2018', '2025-08', '2025-08-28', '2018/..'].map(unitFor)).toEqual([
    'year',
    'year',
    'month',
    'month',
    'day',
    'day',
    'year',
  ])
})

test('what is kept is made once, the longest unused goes first, a failure is not kept', async () => {
  const kept = new Kept<number>(2)
  let made = 0
  const make = async () => ++made
  const owner = {}
  expect(await Promise.all([kept.get(owner, 'a', make), kept.get(owner, 'a', make)])).toEqual([1, 1])
  expect(await kept.get({}, 'a', make)).toBe(2)
  await kept.get(owner, 'b', make)
  await kept.get(owner, 'a', make)
  await kept.get(owner, 'c', make)
  expect(await kept.get(owner, 'a', make)).toBe(1)
  expect(await kept.get(owner, 'b', make)).toBe(5)
  await expect(kept.get(owner, 'd', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await kept.get(owner, 'd', make)).toBe(6)
})

async function page(world: World, path: string) {
  const answer = await world.ask(path)
  expect([path, answer.status]).toEqual([path, 200])
  const { elements, faults } = readHtml(await answer.text())
  expect(faults).toEqual([])
  return elements
}

/** The bars that lead closer: where to, and what they say. */
async function bars(world: World, path: string): Promise<Map<string, number>> {
  const links = (await page(world, path)).filter(({ name, attributes }) => name === 'a' && attributes['aria-label']?.includes(': '))
  return new Map(
    links.map(({ attributes }) => [attributes['href'] ?? '', Number(/(\d+|one) entr/.exec(attributes['aria-label'] ?? '')?.[1]?.replace('one', '1'))]),
  )
}

async function rows(world: World, path: string): Promise<string[][]> {
  const answer = await world.ask(path.replace('/timeline', '/timeline.csv'))
  expect(answer.status).toBe(200)
  const lines = (await answer.text()).trim().split('\r\n')
  return lines.slice(1).map((line) => [line.split(',')[0] ?? '', line.split(',')[1] ?? '', line.split('/').at(-1) ?? ''])
}

onBothEngines('the timeline', (world) => {
  test('each bar holds what the list behind it holds, from all years to a month', async () => {
    let path = '/en/timeline'
    for (const next of ['period=202X', 'period=2025', 'period=2025-08']) {
      const found = await bars(world(), path)
      const [link, n] = [...found].find(([href]) => href.endsWith(next)) ?? ['', 0]
      expect(n).toBeGreaterThan(0)
      expect(await rows(world(), link)).toHaveLength(n)
      path = link
    }
    const all = await bars(world(), '/en/timeline')
    expect([...all.values()].reduce((sum, n) => sum + n, 0)).toBe((await rows(world(), '/en/timeline')).length)
  })

  test('what is known to the year only is in the year and in none of its months', async () => {
    const year = await rows(world(), '/en/timeline?period=2025')
    const vague = year.filter(([date]) => date === '2025')
    expect(vague.length).toBeGreaterThan(0)
    const january = await rows(world(), '/en/timeline?period=2025-01')
    expect(january.every(([date]) => date?.startsWith('2025-01'))).toBe(true)
    expect((await rows(world(), '/en/timeline?period=1990')).map(([, , key]) => key)).not.toContain('special-period')
    expect((await rows(world(), '/en/timeline?period=199X')).map(([, , key]) => key)).toContain('special-period')
  })

  test.each(['-date', 'date'])('the pages in order %s show every entry once, and lead back', async (sort) => {
    const keys: string[] = []
    let next: string | undefined = `/en/timeline?period=202X&sort=${sort}`
    let back: string | undefined
    while (next !== undefined) {
      const elements = await page(world(), next)
      const titles = elements.filter(
        ({ name, parents }) => name === 'a' && parents.some(({ name: parent, attributes }) => parent === 'ol' && attributes['class'] === 'events'),
      )
      keys.push(...titles.map(({ attributes }) => attributes['href']?.split('/').at(-1) ?? ''))
      const pager = (rel: string) => elements.find(({ attributes }) => attributes['rel'] === rel && attributes['href']?.includes('cursor'))?.attributes['href']
      back = pager('prev')
      next = pager('next')
    }
    expect(keys).toEqual((await rows(world(), `/en/timeline?period=202X&sort=${sort}`)).map(([, , key]) => key))
    expect(new Set(keys).size).toBe(keys.length)
    expect(back).toBeDefined()
    await page(world(), back ?? '')
  })

  test('several kinds, a country and an organization narrow it', async () => {
    const kinds = await rows(world(), '/en/timeline?kind=venture&kind=agreement')
    expect(new Set(kinds.map(([, entry]) => entry))).toEqual(new Set(['venture', 'agreement']))
    const all = (await rows(world(), '/en/timeline')).length
    const vietnam = (await rows(world(), '/en/timeline?country=VN')).length
    const cigb = (await rows(world(), '/en/timeline?country=VN&organization=cigb')).length
    expect(cigb).toBeGreaterThan(0)
    expect(vietnam).toBeGreaterThan(cigb)
    expect(all).toBeGreaterThan(vietnam)
    expect((await bars(world(), '/en/timeline?kind=venture&country=CN')).keys().next().value).toContain('kind=venture&country=CN')
  })

  test('an empty time says so and leads to the nearest that is not', async () => {
    const elements = await page(world(), '/en/timeline?period=1925')
    expect(elements.some(({ text }) => text === 'Nothing on record begins in this time.')).toBe(true)
    const beside = elements.filter(({ attributes }) => attributes['rel'] === 'prev' || attributes['rel'] === 'next')
    expect(beside.map(({ attributes }) => attributes['href'])).toEqual(['/en/timeline?period=1902', '/en/timeline?period=1960'])
    expect(await rows(world(), '/en/timeline?period=1925')).toEqual([])
    await page(world(), '/en/timeline?organization=nobody-of-that-name')
  })

  test('is there in each language, and refuses what it does not know', async () => {
    for (const language of languages) await page(world(), `/${language}/timeline?period=2025`)
    for (const query of ['kind=gossip', 'period=yesterday', 'cursor=zzz', 'country=Cuba', 'sort=title']) {
      expect([query, (await world().ask(`/en/timeline?${query}`)).status >= 400]).toEqual([query, true])
    }
  })

  test('the position of the log moves with every act that the actor may see, and with what it may see', async () => {
    const position = () => world().database.read(thePublic, logPosition)
    const before = await position()
    expect(await position()).toBe(before)
    expect(await world().database.read(importer, logPosition)).not.toBe(before)
    await world().database.write(importer, (db) =>
      logAct(db, { chain: 'network', spaceId: recordSpace, verb: 'record.imported', object: { kind: 'record' }, payload: {} }),
    )
    expect(await position()).not.toBe(before)
  })
})
