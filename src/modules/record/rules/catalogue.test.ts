import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryKinds, type EntryKind } from '../schema.ts'
import { best, catalogueDraft, isDisputed, titleOf, type Surroundings } from './catalogue.ts'
import { kindRules } from './kinds.ts'
import type { EntryDraft, StatementDraft } from './statements.ts'
import { isTerm, kindTerms, statusTerms } from './terms.ts'

const nowhere: Surroundings = { titleOf: () => undefined, countryOf: () => undefined }
const said = (field: string, value: StatementDraft['value'], more: Partial<StatementDraft> = {}): StatementDraft => ({
  field,
  value,
  citations: [{ source: 'w001', stance: 'supports' }],
  ...more,
})
const row = (kind: EntryKind, statements: StatementDraft[], around: Partial<Surroundings> = {}) =>
  catalogueDraft({ kind, key: 'example', statements }, { ...nowhere, ...around })

describe('the statement to show', () => {
  test.each([
    ['the first', 'first', [said('place', 'first'), said('place', 'second')]],
    ['a preferred one before the first', 'second', [said('place', 'first'), said('place', 'second', { rank: 'preferred' })]],
    ['none that is held to be wrong', 'second', [said('place', 'first', { rank: 'deprecated' }), said('place', 'second')]],
    ['nothing where all is wrong', undefined, [said('place', 'first', { rank: 'deprecated' })]],
    ['nothing of another field', undefined, [said('country', 'CU')]],
  ])('%s', (_, value, statements) => {
    expect(best(statements, 'place')?.value).toBe(value)
  })
})

test.each([
  [false, said('place', 'Hanoi')],
  [false, said('place', 'Hanoi', { rank: 'preferred' })],
  [true, said('place', 'Hanoi', { rank: 'deprecated' })],
  [true, said('place', 'Hanoi', { dispute: 'k-008' })],
  [true, said('place', 'Hanoi', { citations: [...said('', '').citations, { source: 'w002', stance: 'disputes' }] })],
])('disputed is %s', (expected, statement) => {
  expect(isDisputed(statement)).toBe(expected)
  expect(row('facility', [statement, said('kind', 'plant')]).disputed).toBe(expected)
})

describe('what it is called', () => {
  const title = (kind: EntryKind, statements: StatementDraft[], around: Partial<Surroundings> = {}) =>
    titleOf({ kind, key: 'example', statements }, { ...nowhere, ...around })

  test('an organization by its names, the original being that of its country', () => {
    const names = [said('name', 'Centro', { language: 'es' }), said('name', 'Centre', { language: 'en' }), said('name', '中心', { language: 'zh' })]
    expect(title('organization', [...names, said('country', 'CU')])).toEqual({ es: 'Centro', en: 'Centre', zh: '中心', original: 'es' })
    expect(title('organization', [...names, said('country', 'CN')]).original).toBe('zh')
    expect(title('organization', names).original).toBe('en')
  })

  test('anything else by its text, the original being the language that it was written in', () => {
    expect(title('event', [said('name', { en: 'Launch', vi: 'Ra mắt' }, { language: 'en' })])).toEqual({ en: 'Launch', vi: 'Ra mắt', original: 'en' })
    expect(title('agreement', [said('title', { es: 'Acuerdo' }, { language: 'es' })])).toEqual({ es: 'Acuerdo', original: 'es' })
  })

  test('the first name of a language counts, a name that is held to be wrong never', () => {
    const names = [
      said('name', 'Wrong', { language: 'en', rank: 'deprecated' }),
      said('name', 'First', { language: 'en' }),
      said('name', 'Second', { language: 'en' }),
    ]
    expect(title('initiative', names)).toEqual({ en: 'First', original: 'en' })
  })

  test('an authorization by its product and country, in four languages', () => {
    const product = { en: 'Heberprot-P', zh: '赫伯', original: 'es' }
    const statements = [said('product', 'p-heberprot', { target: 'product:p-heberprot' }), said('country', 'VN')]
    expect(title('authorization', statements, { titleOf: (name) => (name === 'product:p-heberprot' ? product : undefined) })).toEqual({
      en: 'Heberprot-P · Viet Nam',
      es: 'Heberprot-P · Vietnam',
      zh: '赫伯 · 越南',
      vi: 'Heberprot-P · Việt Nam',
      original: 'en',
    })
    expect(title('authorization', []).en).toBe('example')
  })

  test('a flow by its ends and what it is', () => {
    const name = said('name', { en: 'Rice', es: 'Arroz' }, { language: 'en' })
    expect(title('flow', [name, said('from', 'VN'), said('to', 'CU')])).toEqual({
      en: 'Viet Nam → Cuba: Rice',
      es: 'Vietnam → Cuba: Arroz',
      zh: '越南 → 古巴: Rice',
      vi: 'Việt Nam → Cuba: Rice',
      original: 'en',
    })
    expect(title('flow', [name, said('from', 'CN'), said('from', 'CU'), said('direction', 'two-way')]).en).toBe('China ↔ Cuba: Rice')
  })

  test('a flow from an organization, or from what is no country, has a name all the same', () => {
    const name = said('name', { en: 'Rice' }, { language: 'en' })
    for (const from of [said('from', 'gei', { target: 'organization:gei' }), said('from', 'a donor')])
      expect(title('flow', [name, from, said('to', 'CU')]).en).toContain('Rice')
  })
})

describe('a row of a list', () => {
  test('has the country that it lies in, if that is one, and all that it concerns', () => {
    const plant = [said('country', 'CN'), said('operator', 'cim', { target: 'organization:cim' }), said('technology_origin', 'CU'), said('market', 'VN')]
    const around = { countryOf: (key: string) => (key === 'cim' ? 'CU' : undefined) }
    expect(row('facility', plant, around)).toMatchObject({ country: 'CN', countries: ['CN', 'CU', 'VN'], organizations: ['cim'] })
    expect(row('venture', [said('country', 'CN'), said('country', 'CU')])).toMatchObject({ country: undefined, countries: ['CN', 'CU'] })
  })

  test('has the date of the first field that its kind counts from', () => {
    expect(row('facility', [said('announced', '2019'), said('opened', '2021'), said('since', '2020')]).date).toBe('2020')
    expect(row('facility', [said('announced', '2019'), said('opened', '2021')]).date).toBe('2021')
    expect(row('facility', [said('since', '2020', { rank: 'deprecated' }), said('announced', '2019')]).date).toBe('2019')
    expect(row('event', [said('date', '2023-09', { rank: 'deprecated' }), said('date', '2024-09-25/2024-09-27', { rank: 'preferred' })]).date).toBe(
      '2024-09-25/2024-09-27',
    )
    expect(row('product', [said('date', '2020')]).date).toBeUndefined()
  })

  test('has its amount with unit and stage, the preferred one', () => {
    const amounts = [
      said('amount', '10000000', { qualifiers: { unit: { en: 'doses', zh: '剂' }, stage: 'announced' } }),
      said('amount', '5000000', { rank: 'preferred', qualifiers: { unit: { en: 'doses', zh: '剂' }, stage: 'committed' } }),
    ]
    expect(row('agreement', amounts)).toMatchObject({ amount: '5000000', unit: 'doses', stage: 'committed' })
  })

  test('has who takes part in the order of the roles, without those held to be wrong', () => {
    const statements = [
      said('manufacturer', 'bpl', { target: 'organization:bpl' }),
      said('developer', 'labiofam', { target: 'organization:labiofam', rank: 'deprecated' }),
      said('developer', 'icidca', { target: 'organization:icidca' }),
      said('manufacturer', 'CU'),
      said('manufacturer', { en: 'a plant' }),
      said('manufacturer', 'somebody'),
    ]
    expect(row('product', statements).parties).toEqual([
      { role: 'developer', entry: 'organization:icidca' },
      { role: 'manufacturer', entry: 'organization:bpl' },
      { role: 'manufacturer', country: 'CU' },
      { role: 'manufacturer', text: { en: 'a plant' } },
      { role: 'manufacturer', text: { en: 'somebody' } },
    ])
  })

  test('has what it belongs to, and whether it groups others', () => {
    expect(row('organization', [said('parent', 'biocubafarma', { target: 'organization:biocubafarma' })])).toMatchObject({
      parent: 'organization:biocubafarma',
      umbrella: false,
    })
    expect(row('event', [said('part_of', 'cuba-salud-2025', { target: 'event:cuba-salud-2025' })]).parent).toBe('event:cuba-salud-2025')
    expect(row('initiative', [said('includes', 'network', { target: 'initiative:network' })]).umbrella).toBe(true)
  })

  test('has a kind and a state only of the words for them', () => {
    expect(row('facility', [said('kind', 'castle'), said('status', 'haunted')])).toMatchObject({ kind: undefined, status: undefined })
    expect(row('facility', [said('kind', 'plant'), said('status', 'operating')])).toMatchObject({ kind: 'plant', status: 'operating' })
  })

  test('is ordered by its name without accents', () => {
    expect(row('event', [said('name', { en: 'Ánh sáng' })]).sort).toBe(row('event', [said('name', { en: 'anh sang' })]).sort)
  })
})

describe('of whatever statements', () => {
  const fields = [
    'name',
    'title',
    'kind',
    'status',
    'country',
    'place',
    'party',
    'operator',
    'partner',
    'from',
    'to',
    'date',
    'since',
    'signed',
    'amount',
    'includes',
    'part_of',
    'product',
  ]
  const value = fc.oneof(
    fc.constantFrom('CU', 'CN', 'VN', '2010', '2016-05', '777', 'plant', 'operating', 'signed', 'Hanoi'),
    fc.dictionary(fc.constantFrom('en', 'es', 'zh', 'vi'), fc.constantFrom('Launch', '启动', 'Ra mắt'), { minKeys: 1 }),
  )
  const statement = fc.record(
    {
      field: fc.constantFrom(...fields),
      value,
      citations: fc.constantFrom<StatementDraft['citations']>(
        [{ source: 'a', stance: 'supports' }],
        [
          { source: 'a', stance: 'supports' },
          { source: 'b', stance: 'disputes' },
        ],
      ),
      target: fc.constantFrom('organization:cigb', 'organization:cim', 'product:p-abdala', 'event:e-001'),
      language: fc.constantFrom('en', 'es', 'zh', 'vi'),
      rank: fc.constantFrom('preferred', 'normal', 'deprecated'),
      qualifiers: fc.constant({ unit: 'million USD' }),
      dispute: fc.constant('k-001'),
    },
    { requiredKeys: ['field', 'value', 'citations'] },
  ) as fc.Arbitrary<StatementDraft>
  /** Names of entries are made of countries, so a country is one here. */
  const withCountry = fc.tuple(statement, fc.constantFrom('CU', 'CN', 'VN')).map(([{ target, ...rest }, code]): StatementDraft => {
    if (['country', 'from', 'to'].includes(rest.field)) return { ...rest, value: code }
    return { ...rest, ...(target !== undefined && { target }) }
  })
  const drafts: fc.Arbitrary<EntryDraft> = fc.record({
    kind: fc.constantFrom(...entryKinds),
    key: fc.constant('example'),
    statements: fc.array(withCountry, { maxLength: 10 }),
  })
  const around: Surroundings = { titleOf: () => ({ en: 'Abdala' }), countryOf: (key) => (key === 'cigb' ? 'CU' : undefined) }
  const holds = (check: (draft: EntryDraft, made: ReturnType<typeof catalogueDraft>) => void) =>
    fc.assert(
      fc.property(drafts, (draft) => check(draft, catalogueDraft(draft, around))),
      { numRuns: 400 },
    )

  test('a row tells nothing that no statement says', () => {
    holds(({ kind, statements }, made) => {
      const standing = (field: string) => statements.filter((each) => each.field === field && each.rank !== 'deprecated').map((each) => each.value)
      for (const field of ['kind', 'status', 'place', 'amount'] as const) if (made[field] !== undefined) expect(standing(field)).toContain(made[field])
      if (made.date !== undefined) expect(kindRules[kind].dates.flatMap(standing)).toContain(made.date)
      if (made.country !== undefined) expect(statements.map((each) => each.value)).toContain(made.country)
      if (made.parent !== undefined) expect(statements.map((each) => each.target)).toContain(made.parent)
      if (made.unit !== undefined) expect(statements.some((each) => each.qualifiers?.['unit'] === made.unit)).toBe(true)
    })
  })

  test('its fields are those of the statements, each once, in order', () => {
    holds(({ statements }, made) => {
      expect(made.fields).toEqual([...new Set(statements.map(({ field }) => field))].toSorted((a, b) => (a < b ? -1 : 1)))
    })
  })

  test('its organizations are those that any statement names, and theirs are among its countries', () => {
    holds(({ statements }, made) => {
      const named = statements.flatMap(({ target }) => (target?.startsWith('organization:') ? [target.slice(13)] : []))
      expect(made.organizations).toEqual([...new Set(named)])
      expect(made.countries).toEqual([...new Set(made.countries)].toSorted((a, b) => (a < b ? -1 : 1)))
      if (made.organizations.includes('cigb')) expect(made.countries).toContain('CU')
      if (made.country !== undefined && /^[A-Z]{2}$/.test(made.country)) expect(made.countries).toContain(made.country)
    })
  })

  test('it is disputed when a statement is, and its parties are those that stand', () => {
    holds(({ kind, statements }, made) => {
      expect(made.disputed).toBe(statements.some(isDisputed))
      expect(made.parties.length).toBe(statements.filter(({ field, rank }) => kindRules[kind].parties.includes(field) && rank !== 'deprecated').length)
    })
  })

  test('it always has a title that says its original, and the same statements make the same row', () => {
    holds((draft, made) => {
      expect(made.title.original).toMatch(/^(en|es|zh|vi)$/)
      expect(made.title).toEqual(titleOf(draft, around))
      expect(catalogueDraft(structuredClone(draft), around)).toEqual(made)
    })
  })
})

test('every word for a kind or a state is written as addresses are, once a ladder', () => {
  for (const kind of entryKinds) {
    for (const [field, terms] of [
      ['kind', kindTerms[kind]],
      ['status', statusTerms[kind]],
    ] as const) {
      expect(new Set<string>(terms).size).toBe(terms.length)
      for (const term of terms) expect([term, /^[a-z]+(-[a-z]+)*$/.test(term), isTerm(kind, field, term)]).toEqual([term, true, true])
    }
  }
})
