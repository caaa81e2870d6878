import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { span } from '../../../platform/text/edtf.ts'
import { atTimes, type AskedTimes } from './times.ts'

type Citation = { source: string; stance: 'supports' | 'disputes' }
type Claim = {
  id: number
  field: string
  valid: string | null
  valid_from: string | null
  valid_to: string | null
  qualifiers: Record<string, string>
  citations: Citation[]
}

const supports = (...sources: string[]): Citation[] => sources.map((source) => ({ source, stance: 'supports' }))
const disputes = (...sources: string[]): Citation[] => sources.map((source) => ({ source, stance: 'disputes' }))

let id = 0
const claim = (field: string, valid: string | null, citations: Citation[], qualifiers: Record<string, string> = {}): Claim => {
  const days = valid === null ? undefined : span(valid)
  return { id: id++, field, valid, valid_from: days?.from ?? null, valid_to: days?.to ?? null, qualifiers, citations }
}
const ids = (claims: readonly Claim[]) => claims.map((each) => each.id)
const at = (asOf?: string, knownAt?: string): AskedTimes => ({
  ...(asOf !== undefined && { asOf: span(asOf) }),
  ...(knownAt !== undefined && { knownAt: span(knownAt) }),
})

describe('what was so', () => {
  const of2009 = claim('rank', '2009', supports('a'))
  const of2010 = claim('rank', '2010', supports('a', 'b'))
  const ofNoYear = claim('rank', null, supports('c'))
  const of2016 = claim('rank', '2016', supports('d'))
  const name = claim('name', null, supports('a'))
  const partner = claim('partner', '2014/..', supports('a'))
  const all = [name, of2009, of2010, ofNoYear, of2016, partner]
  const told = (asOf: string) => atTimes(all, new Map(), at(asOf)).map((each) => [each.id, each.last_known])

  test('then: a figure of that year, and what has no year where a year hardly matters', () => {
    expect(told('2010')).toEqual([
      [name.id, false],
      [of2010.id, false],
    ])
    expect(told('2016-07-14')).toEqual([
      [name.id, false],
      [of2016.id, false],
      [partner.id, false],
    ])
  })

  test('two counts of different things do not stand for each other', () => {
    const patients = claim('count', '2023-06', supports('a'), { counts: 'patients' })
    const countries = claim('count', '2021', supports('a'), { counts: 'registrations' })
    expect(atTimes([patients, countries], new Map(), at('2023-06')).map((each) => [each.id, each.last_known])).toEqual([
      [patients.id, false],
      [countries.id, true],
    ])
  })

  test('between two figures: the latest earlier one, marked, and the one of no year', () => {
    expect(told('2013')).toEqual([
      [name.id, false],
      [of2010.id, true],
      [ofNoYear.id, false],
    ])
  })

  test('in a period: every figure that falls into it', () => {
    expect(told('2009/2016').map(([each]) => each)).toEqual([name.id, of2009.id, of2010.id, of2016.id, partner.id])
    expect(told('../2009').map(([each]) => each)).toEqual([name.id, of2009.id])
    expect(told('2015/..').map(([each]) => each)).toEqual([name.id, of2016.id, partner.id])
  })

  test('before the first figure: none that is dated', () => {
    expect(told('2001').map(([each]) => each)).toEqual([name.id, ofNoYear.id])
  })

  test('what goes on without an end is not over, and what had not begun was not yet', () => {
    expect(told('2099')).toContainEqual([partner.id, false])
    expect(told('2013').map(([each]) => each)).not.toContain(partner.id)
  })
})

describe('what was known', () => {
  const published = new Map([
    ['may', '2010-05-31'],
    ['june', '2010-06-15'],
    ['undated', null],
  ])
  const known = (claims: Claim[], knownAt: string) => atTimes(claims, published, at(undefined, knownAt))

  test('a source counts once it was certainly out', () => {
    const one = claim('rank', '2009', supports('may'))
    expect([known([one], '2010-05-30'), known([one], '2010-05'), known([one], '2010-05-31')].map(ids)).toEqual([[], [one.id], [one.id]])
  })

  test('a source without a date, or that is not on record, never', () => {
    expect(known([claim('rank', '2009', supports('undated')), claim('rank', '2009', supports('nowhere'))], '9999')).toEqual([])
  })

  test('whoever contradicts later does not yet, and alone bears nothing', () => {
    const both = claim('rank', '2009', [...supports('may'), ...disputes('june')])
    expect(known([both], '2010-06-01')[0]?.citations).toEqual(supports('may'))
    expect(known([both], '2010-06-15')[0]?.citations).toEqual(both.citations)
    expect(known([claim('rank', '2009', [...disputes('may'), ...supports('june')])], '2010-06-01')).toEqual([])
  })

  test('the last that was known, not the last that was so', () => {
    const early = claim('rank', '2009', supports('may'))
    const late = claim('rank', '2010-01', supports('june'))
    const told = (knownAt: string) => atTimes([early, late], published, at('2010-02', knownAt)).map((each) => [each.id, each.last_known])
    expect(told('2010-06-01')).toEqual([[early.id, true]])
    expect(told('2010-07')).toEqual([[late.id, true]])
  })
})

describe('of whatever statements', () => {
  const sources = ['a', 'b', 'c', 'd', 'e']
  const fields = ['rank', 'count', 'status', 'partner', 'description']
  const changing = new Set(['rank', 'count', 'status'])
  const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(Date.UTC(2000, n * 3, 1)).toISOString().slice(0, 10))
  const valid = fc.oneof(
    fc.constant(null),
    day,
    fc.tuple(day, day).map(([one, other]) => (one < other ? `${one}/${other}` : `${other}/${one}`)),
    day.map((from) => `${from}/..`),
    day.map((to) => `../${to}`),
  )
  const citation: fc.Arbitrary<Citation> = fc.record({ source: fc.constantFrom(...sources), stance: fc.constantFrom('supports', 'disputes') })
  const claims = fc.array(
    fc
      .record({ field: fc.constantFrom(...fields), valid, citations: fc.array(citation, { minLength: 1, maxLength: 4 }) })
      .map((each) => claim(each.field, each.valid, each.citations)),
    { maxLength: 12 },
  )
  const published = fc.tuple(...sources.map(() => fc.option(day))).map((days) => new Map(sources.map((source, index) => [source, days[index] ?? null])))
  const asked = fc.oneof(
    day,
    day.map((each) => each.slice(0, 4)),
    day.map((each) => `${each}/..`),
    day.map((each) => `../${each}`),
  )
  const holds = (check: (statements: Claim[], publishedTo: Map<string, string | null>, one: string, other: string) => void) =>
    fc.assert(fc.property(claims, published, asked, asked, check), { numRuns: 150 })
  const meets = (each: Claim, when: string) => {
    const days = span(when)
    return (each.valid_from ?? '0000') <= (days?.to ?? '9999') && (each.valid_to ?? '9999') >= (days?.from ?? '0000')
  }

  test('without times everything stays as it is', () => {
    holds((statements, publishedTo) => {
      expect(atTimes(statements, publishedTo, {})).toEqual(statements.map((each) => ({ ...each, last_known: false })))
    })
  })

  test('a later day never knows less', () => {
    holds((statements, publishedTo, one, other) => {
      const [earlier, later] = [one, other].sort((a, b) => ((span(a)?.to ?? '9999') < (span(b)?.to ?? '9999') ? -1 : 1))
      const before = atTimes(statements, publishedTo, at(undefined, earlier))
      const after = new Map(atTimes(statements, publishedTo, at(undefined, later)).map((each) => [each.id, each]))
      for (const each of before) expect(after.get(each.id)?.citations).toEqual(expect.arrayContaining(each.citations))
    })
  })

  test('nothing is known but by whoever supports it and was out', () => {
    holds((statements, publishedTo, when) => {
      const last = span(when)?.to ?? '9999-12-31'
      for (const { citations } of atTimes(statements, publishedTo, at(undefined, when))) {
        expect(citations.some(({ stance }) => stance === 'supports')).toBe(true)
        for (const { source } of citations) expect((publishedTo.get(source) ?? '9999-12-32') <= last).toBe(true)
      }
    })
  })

  test('what was so is part of what is on record, in its order, untouched', () => {
    holds((statements, publishedTo, when) => {
      const found = atTimes(statements, publishedTo, at(when))
      expect(ids(found)).toEqual(ids(statements).filter((each) => ids(found).includes(each)))
      for (const { last_known: _, ...each } of found) expect(each).toEqual(statements.find((one) => one.id === each.id))
    })
  })

  test('what meets the date is there, and not as the last known', () => {
    holds((statements, publishedTo, when) => {
      const found = new Map(atTimes(statements, publishedTo, at(when)).map((each) => [each.id, each.last_known]))
      for (const each of statements) if (each.valid !== null && meets(each, when)) expect(found.get(each.id)).toBe(false)
    })
  })

  test('the last known stands only where nothing meets the date: the latest that was over, all of it', () => {
    holds((statements, publishedTo, when) => {
      const found = atTimes(statements, publishedTo, at(when))
      for (const field of fields) {
        const dated = statements.filter((each) => each.field === field && each.valid !== null)
        const over = dated.filter((each) => (each.valid_to ?? '9999') < (span(when)?.from ?? '0000'))
        const latest = over.map((each) => each.valid_to ?? '').sort((a, b) => (a < b ? 1 : -1))[0]
        const expected = dated.some((each) => meets(each, when)) ? [] : over.filter((each) => each.valid_to === latest)
        expect(ids(found.filter((each) => each.field === field && each.last_known))).toEqual(ids(expected))
      }
    })
  })

  test('what has no date goes only where a figure or a state gives way to one that has', () => {
    holds((statements, publishedTo, when) => {
      const found = new Set(ids(atTimes(statements, publishedTo, at(when))))
      for (const each of statements.filter((one) => one.valid === null)) {
        const givesWay = changing.has(each.field) && statements.some((one) => one.field === each.field && one.valid !== null && meets(one, when))
        expect(found.has(each.id)).toBe(!givesWay)
      }
    })
  })

  test('both times are one after the other: first what was known, of that what was so', () => {
    holds((statements, publishedTo, when, then) => {
      const known = atTimes(statements, publishedTo, at(undefined, then)).map(({ last_known: _, ...each }) => each)
      expect(atTimes(statements, publishedTo, at(when, then))).toEqual(atTimes(known, publishedTo, at(when)))
    })
  })

  test('asking the answer again gives the answer', () => {
    holds((statements, publishedTo, when, then) => {
      const once = atTimes(statements, publishedTo, at(when, then))
      expect(atTimes(once, publishedTo, at(when, then))).toEqual(once)
    })
  })
})
