import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { difference, entryDigest, ownLanguage, statementIdentity, together, type Citation, type StatementDraft } from './statements.ts'

const said = (field: string, value: StatementDraft['value'], sources: string[], more: Partial<StatementDraft> = {}): StatementDraft => ({
  field,
  value,
  citations: sources.map((source) => ({ source, stance: 'supports' })),
  ...more,
})

const language = fc.constantFrom('en', 'es', 'zh', 'vi')
const word = fc.constantFrom('20', '22', 'Hanoi', '2010', 'founding members')
const sources = ['w001', 'w002', 'w003', 'w004']
/** Each source once, as the database has it. */
const citations: fc.Arbitrary<Citation[]> = fc
  .uniqueArray(fc.constantFrom(...sources), { minLength: 1 })
  .chain((chosen) =>
    fc.tuple(...chosen.map((source) => fc.record({ source: fc.constant(source), stance: fc.constantFrom('supports', 'supports', 'disputes') }))),
  )
const optional = {
  target: fc.constantFrom('organization:cigb', 'organization:cim'),
  rank: fc.constantFrom('preferred', 'normal', 'deprecated'),
  reason: fc.record({ en: word }),
  qualifiers: fc.dictionary(fc.constantFrom('counts', 'unit', 'reporter'), word, { minKeys: 1 }),
  valid: fc.constantFrom('2010', '2016', '2025-08-28'),
  dispute: fc.constantFrom('k-001', 'k-004'),
}
const statement: fc.Arbitrary<StatementDraft> = fc.record(
  {
    field: fc.constantFrom('members', 'place', 'name'),
    value: fc.oneof(word, fc.dictionary(language, word, { minKeys: 1 })),
    language,
    citations,
    ...optional,
  },
  { requiredKeys: ['field', 'value', 'citations'] },
)
const statements = fc.array(statement, { maxLength: 8 })

const identity = (each: StatementDraft) => statementIdentity(each).toString('hex')

describe('the identity of a statement', () => {
  test('does not hang on the order of its sources, nor on what is left out being said', () => {
    fc.assert(
      fc.property(statement, (each) => {
        expect(identity({ ...each, citations: each.citations.toReversed() })).toBe(identity(each))
        expect(identity({ rank: 'normal', qualifiers: {}, ...each })).toBe(identity(each))
        expect(identity(structuredClone(each))).toBe(identity(each))
      }),
    )
  })

  test.each([
    ['field', { field: 'other' }],
    ['value', { value: 'other' }],
    ['text', { value: { en: 'other' } }],
    ['target', { target: 'organization:other' }],
    ['language', { language: 'pt' }],
    ['rank', { rank: 'deprecated' }],
    ['reason', { reason: { en: 'other' } }],
    ['qualifiers', { qualifiers: { counts: 'other' } }],
    ['date', { valid: '1999' }],
    ['dispute', { dispute: 'k-999' }],
    ['source', { citations: [{ source: 'w999', stance: 'supports' }] }],
    ['stance', { citations: [{ source: 'w001', stance: 'disputes' }] }],
    ['place in the source', { citations: [{ source: 'w001', stance: 'supports', locator: '7' }] }],
  ] satisfies [string, Partial<StatementDraft>][])('changes with its %s', (_, change) => {
    const before = said('members', '20', ['w001'], { rank: 'normal', valid: '2025-08-28' })
    expect(identity({ ...before, ...change })).not.toBe(identity(before))
  })

  test('two statements that differ in anything are two', () => {
    fc.assert(
      fc.property(statement, statement, (one, other) => {
        const whole = ({ rank = 'normal', qualifiers = {}, citations: voices, ...rest }: StatementDraft) => ({
          ...rest,
          rank,
          qualifiers,
          voices: voices.map(({ source, stance }) => `${source} ${stance}`).toSorted(),
        })
        // What is compared is what is said, whatever the order in which an object holds it.
        if (identity(one) === identity(other)) expect(whole(one)).toEqual(whole(other))
      }),
    )
  })

  test('an entry changes when a statement does, or comes, or goes', () => {
    const entry = (...all: StatementDraft[]) => entryDigest({ kind: 'initiative', key: 'network', statements: all }).toString('hex')
    const [one, other] = [said('members', '20', ['w001']), said('members', '22', ['w002'])]
    expect(new Set([entry(one), entry(other), entry(one, other), entry(), entry({ ...one, rank: 'preferred' }, other)]).size).toBe(5)
    expect(entry(one, other)).toBe(entry(structuredClone(one), structuredClone(other)))
  })
})

describe('the difference between what is on record and what is proposed', () => {
  /** What stands after a difference is written. */
  const written = (current: ReadonlyMap<string, string>, proposed: readonly StatementDraft[]) => {
    const { add, end } = difference(current, proposed)
    const after = new Map([...current].filter(([, id]) => !end.includes(id)))
    for (const each of add) after.set(each.identity.toString('hex'), `new ${each.position}`)
    return after
  }
  const onRecord = (all: readonly StatementDraft[]) => new Map(all.map((each, index) => [identity(each), `old ${index}`]))

  test('once written, there is none', () => {
    fc.assert(
      fc.property(statements, statements, (before, proposed) => {
        const after = written(onRecord(before), proposed)
        expect(difference(after, proposed)).toEqual({ add: [], end: [] })
        expect(new Set(after.keys())).toEqual(new Set(proposed.map(identity)))
      }),
    )
  })

  test('what stays is not touched, what is added is new, what is ended is not wanted', () => {
    fc.assert(
      fc.property(statements, statements, statements, (kept, gone, come) => {
        const current = onRecord([...kept, ...gone])
        const proposed = [...kept, ...come]
        const { add, end } = difference(current, proposed)
        const wanted = new Set(proposed.map(identity))
        expect(add.every((each) => !current.has(each.identity.toString('hex')) && identity(each.statement) === each.identity.toString('hex'))).toBe(true)
        expect(add.map(({ position }) => proposed[position])).toEqual(add.map((each) => each.statement))
        expect(new Set(end)).toEqual(new Set([...current].flatMap(([name, id]) => (wanted.has(name) ? [] : [id]))))
      }),
    )
  })

  test('of nothing everything is added, and for nothing everything is ended', () => {
    fc.assert(
      fc.property(statements, (all) => {
        expect(difference(new Map(), all).add.length).toBe(new Set(all.map(identity)).size)
        expect(difference(onRecord(all), []).end.length).toBe(new Set(all.map(identity)).size)
      }),
    )
  })
})

describe('sheets together', () => {
  test('the same value said again is one statement with both sources', () => {
    expect(together([said('place', 'Hanoi', ['w001'])], [said('place', 'Hanoi', ['w002'])])).toEqual([said('place', 'Hanoi', ['w002', 'w001'])])
  })

  test('the closer look gives rank and reason; what it says in a narrower sense stands apart', () => {
    const narrower = said('founded', '2012', ['w002'], { qualifiers: { basis: 'decree' } })
    expect(together([said('founded', '2012', ['w001'])], [narrower])).toEqual([said('founded', '2012', ['w001']), narrower])
    const closer = said('founded', '2012', ['w002'], { rank: 'preferred', reason: { en: 'Founded then.' }, dispute: 'k-040' })
    expect(together([said('founded', '2012', ['w001'])], [closer])).toEqual([{ ...closer, citations: said('', '', ['w002', 'w001']).citations }])
  })

  test('a text keeps its translations when it is said again in one language', () => {
    const told = said('description', { en: 'Launch', zh: '启动' }, ['w001'], { language: 'en' })
    expect(together([told], [said('description', { en: 'Launch' }, ['w002'], { language: 'en' })])[0]?.value).toEqual({ en: 'Launch', zh: '启动' })
  })

  test('another value stands beside, and so does the same name in another language', () => {
    expect(together([said('place', 'Hanoi', ['w001'])], [said('place', 'Havana', ['w002'])])).toHaveLength(2)
    expect(together([said('name', 'CIGB', ['w001'], { language: 'en' })], [said('name', 'CIGB', ['w001'], { language: 'es' })])).toHaveLength(2)
  })

  test('what points to an entry is the same only if it points to the same', () => {
    const operator = said('operator', 'usst', ['w001'], { target: 'organization:usst' })
    expect(together([operator], [said('operator', 'usst', ['w002'])])).toHaveLength(2)
    expect(together([operator], [said('operator', 'usst', ['w002'], { target: 'organization:usst' })])).toHaveLength(1)
  })

  test('two sides of a dispute that say the same at two dates stay two', () => {
    const sides = [
      said('members', '22', ['w008'], { valid: '2025-08-28', dispute: 'k-004' }),
      said('members', '22', ['w004'], { valid: '2025-10-11', dispute: 'k-004' }),
    ]
    expect(together([], sides)).toEqual(sides)
    expect(together([said('members', '22', ['w005'])], sides)).toHaveLength(3)
  })

  test('whoever disputes it now is no longer cited for it', () => {
    const [joined] = together(
      [said('since', '2019', ['w001', 'w002'])],
      [{ ...said('since', '2019', ['w003']), citations: [...said('', '', ['w003']).citations, { source: 'w002', stance: 'disputes' }] }],
    )
    expect(joined?.citations).toEqual([
      { source: 'w003', stance: 'supports' },
      { source: 'w002', stance: 'disputes' },
      { source: 'w001', stance: 'supports' },
    ])
  })

  test('nothing added changes nothing, and nothing before leaves what comes as it is', () => {
    fc.assert(
      fc.property(statements, (all) => {
        expect(together(all, [])).toEqual(all)
        expect(together([], all)).toEqual(all)
      }),
    )
  })

  test('whatever is said stays said: the field and value, by whoever supports it, in its rank and for its date', () => {
    fc.assert(
      fc.property(statements, statements, (first, further) => {
        const joined = together(first, further)
        const english = (value: StatementDraft['value']) => (typeof value === 'string' ? value : (value.en ?? JSON.stringify(value)))
        const isTold = (each: StatementDraft) =>
          joined.some(
            (found) =>
              found.field === each.field &&
              found.target === each.target &&
              (each.target !== undefined || english(found.value) === english(each.value)) &&
              each.citations.every(({ source }) => found.citations.some((voice) => voice.source === source)),
          )
        expect([...first, ...further].filter((each) => !isTold(each))).toEqual([])
        const isWhole = ({ value: _, citations: voices, ...rest }: StatementDraft) =>
          joined.some(
            (found) =>
              Object.entries(rest).every(([name, text]) => Object.is(found[name as keyof typeof found], text)) &&
              voices.every((voice) => found.citations.includes(voice)),
          )
        expect(further.filter((each) => !isWhole(each))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('there are never more than both, never fewer than the first, each source once, and the first keep their places', () => {
    fc.assert(
      fc.property(statements, statements, (first, further) => {
        const joined = together(first, further)
        expect(joined.length).toBeGreaterThanOrEqual(Math.max(first.length, further.length))
        expect(joined.length).toBeLessThanOrEqual(first.length + further.length)
        for (const [index, each] of first.entries()) expect([joined[index]?.field, joined[index]?.target]).toEqual([each.field, each.target])
        for (const { citations: voices } of joined) expect(new Set(voices.map(({ source }) => source)).size).toBe(voices.length)
      }),
    )
  })

  test('neither list is changed', () => {
    fc.assert(
      fc.property(statements, statements, (first, further) => {
        const before = structuredClone([first, further])
        together(first, further)
        expect([first, further]).toEqual(before)
      }),
    )
  })
})

test('an organization writes its name in the language of its country', () => {
  expect(['CU', 'CN', 'VN', 'ES', 'US', ''].map(ownLanguage)).toEqual(['es', 'zh', 'vi', 'es', 'en', 'en'])
})
