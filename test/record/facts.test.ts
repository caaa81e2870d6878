import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { termOf } from '../../src/modules/record/rules/terms.ts'
import { facts, hasFacts, inEnglish, readRows, recordOf, says, seeds, supporters, targetName, type Entry, type Statement } from '../support/record.ts'
import { onBothEngines } from '../support/world.ts'

// Every row of the facts is on record under its id, every cell of it as a statement, resting on the sources of the row.

/** What a statement has to say for a cell: its field and value, and what else; `sources` when they are not all those of the row. */
type Expected = { field: string; value: string; language?: string; qualifiers?: Record<string, string>; valid?: string; sources?: string[] }
type Cells = Record<string, (cell: string, row: Record<string, string>) => Expected[]>

const list = (cell: string) => cell.split(';').map((part) => part.trim())
const as = (field: string) => (value: string) => [{ field, value }]
const term = (field: string) => (cell: string) => (cell === 'unknown' ? [] : [{ field, value: termOf(cell) }])
/** Countries, organizations, or somebody of a country whom no source names. */
const party = (field: string, cell: string, more: Partial<Expected> = {}): Expected[] => {
  if (/^[A-Z]{2}$/.test(cell)) return [{ field, value: cell, ...more }]
  const unnamed = /^unnamed-([a-z]{2})$/.exec(cell)
  return [unnamed ? { field, value: unnamed[1]?.toUpperCase() ?? '', ...more } : { field, value: `organization:${cell}`, ...more }]
}
const parties = (field: string) => (cell: string) => list(cell).flatMap((each) => party(field, each))
const name = (language: string) => (value: string) => [{ field: 'name', value, language }]
const nothing = () => []

/** What becomes of the columns of each sheet, and the kind of entry that a row is. */
const sheets: Record<string, { kind: string; cells: Cells }> = {
  organizations: {
    kind: 'organization',
    cells: {
      kind: as('kind'),
      country: as('country'),
      city: as('place'),
      name_en: name('en'),
      name_es: name('es'),
      name_zh: name('zh'),
      name_vi: name('vi'),
      acronym: as('acronym'),
      parent_id: (cell) => party('parent', cell),
      website: as('website'),
    },
  },
  agreements: {
    kind: 'agreement',
    cells: {
      kind: as('kind'),
      title: as('title'),
      parties: parties('party'),
      signed: as('signed'),
      place: (cell) => (cell === 'not stated' ? [] : [{ field: 'place', value: cell }]),
      subject: as('subject'),
      status: term('status'),
    },
  },
  ventures: {
    kind: 'venture',
    cells: {
      name: as('name'),
      country: (cell) => list(cell).flatMap(as('country')),
      org_id: (cell) => party('organization', cell),
      partners_with_shares: (cell) =>
        list(cell).flatMap((each) => {
          const [partner = '', share = ''] = each.split('=')
          return party('partner', partner, share === '' ? {} : { qualifiers: { share } })
        }),
      founded: (value, row) => [{ field: 'founded', value, qualifiers: { basis: row['founded_note'] ?? '' } }],
      // Says what the date means; without a date it has nothing to say it of.
      founded_note: nothing,
      field: as('field_of_work'),
      products: as('products'),
      status: term('status'),
    },
  },
  facilities: {
    kind: 'facility',
    cells: {
      kind: as('kind'),
      name: as('name'),
      place: (cell) => (cell === 'not stated' ? [] : as('place')(cell)),
      country: as('country'),
      owner_operator_ids: parties('operator'),
      field: as('field_of_work'),
      status: term('status'),
      // It was announced more than once, each source of the row telling of its own time.
      since: (cell) => [
        cell.endsWith(' announced') ? { field: 'announced', value: cell.replace(' announced', ''), sources: [] } : { field: 'since', value: cell },
      ],
    },
  },
  products: {
    kind: 'product',
    cells: {
      name: as('name'),
      inn_or_active: as('active_ingredient'),
      kind: term('kind'),
      developer_org_id: (cell) => party('developer', cell),
      indications: as('indication'),
      name_zh: name('zh'),
      name_es: name('es'),
      name_vi: name('vi'),
      // Entries of their own, below.
      authorizations: nothing,
      manufacturer_org_ids: parties('manufacturer'),
      storage: as('storage'),
      atc: (cell) => list(cell).flatMap(as('atc')),
    },
  },
  projects: {
    kind: 'project',
    cells: {
      name: as('name'),
      parties: parties('party'),
      start: as('started'),
      status: as('progress'),
      field: as('field_of_work'),
      description: as('description'),
    },
  },
  training: {
    kind: 'programme',
    cells: {
      name: as('name'),
      kind: term('kind'),
      parties: parties('party'),
      start: as('started'),
      end: as('ended'),
      level: as('level'),
      description: as('description'),
    },
  },
  events: {
    kind: 'event',
    cells: {
      kind: term('kind'),
      name: as('name'),
      date: as('date'),
      place: as('place'),
      country: as('country'),
      participants: parties('participant'),
      description: as('description'),
    },
  },
  flows: {
    kind: 'flow',
    cells: {
      kind: as('kind'),
      from: parties('from'),
      to: (cell) => (cell === 'two-way' ? [{ field: 'direction', value: cell }] : party('to', cell)),
      period: as('period'),
      value: (value, row) => [
        {
          field: 'amount',
          value,
          ...(row['period'] && { valid: row['period'] }),
          ...(row['unit'] && row['unit'] !== 'not stated' && { qualifiers: { unit: row['unit'] } }),
        },
      ],
      // Stands with the value.
      unit: nothing,
      what: as('name'),
    },
  },
}

/** Cells that the record puts otherwise than the facts, by id and column, as the record has them. */
const otherwise: Record<string, string> = {
  // Finer kinds: not every public body is a ministry.
  'yongzhou-gov kind': 'local-government',
  'yongzhou-stb kind': 'local-government',
  'stcsm kind': 'local-government',
  'shijiazhuang-hitech kind': 'local-government',
  'wuhan-donghu kind': 'local-government',
  'lamdong-pc kind': 'local-government',
  'dongnai-pc kind': 'local-government',
  'quangtri-pc kind': 'local-government',
  'hcmc-pc kind': 'local-government',
  'igc-vn-cu kind': 'intergovernmental-body',
  'who kind': 'intergovernmental-body',
  'paho kind': 'intergovernmental-body',
  // Its second name, in brackets in the facts, is an alias.
  'anhui-eye name_zh': '安徽省眼科医院',
  // Words that a reader of the record understands without the facts.
  'a-002 title': 'Launch of the Vietnam–Cuba biotechnology network in Havana with the Cuban institutions',
  'e-002 name': 'Havana launch of the Vietnam–Cuba agricultural biotechnology and natural health network',
  'e-043 description': 'Registration complete; Radio Habana Cuba places the opening at the end of 2024',
  'f-changheber-plant field': 'interferon, vaccine trials (Quimi-Hib)',
  'v-bcf-shijiazhuang field': 'import-export of pharmaceuticals and consulting; and, as Radio Habana Cuba has it, research projects',
  'w001 title': 'Vietnam and Cuba launch joint biotechnology network in Hanoi (web copy)',
  'x-001 what': 'Total trade',
  'x-009 what': 'Total trade',
  'x-016 what': 'Cuban imports from China',
  'x-026 what': 'Cuban imports from China',
  'x-046 what': 'Solar panels',
}

function isMet({ field, value, language, qualifiers = {}, valid }: Expected, statement: Statement): boolean {
  const hasValue =
    says(statement, value) ||
    (language !== undefined &&
      typeof statement.value === 'object' &&
      Object.entries(statement.value).some(([each, text]) => each === language && text === value))
  return (
    statement.field === field &&
    hasValue &&
    (language === undefined || typeof statement.value === 'object' || statement.language === language) &&
    (valid === undefined || statement.valid === valid) &&
    Object.entries(qualifiers).every(([each, text]) => inEnglish(statement.qualifiers[each] ?? '') === text)
  )
}

/** What is missing of a row: a value, a source that bears it, a supporter of it. */
function missing(row: Record<string, string>, cells: Cells, { statements }: Entry): string[] {
  const sources = list(row['source_ids'] ?? '')
  return Object.entries(row).flatMap(([column, cell]) => {
    if (cell === '' || column === 'id' || column === 'source_ids') return []
    const make = cells[column]
    if (make === undefined) return [`${row['id']} ${column}: the test does not know this column`]
    return make(otherwise[`${row['id']} ${column}`] ?? cell, row).flatMap((expected) => {
      const found = statements.filter((statement) => isMet(expected, statement))
      if (found.length === 0) return [`${row['id']} ${column}: ${expected.field} = ${expected.value}`]
      const cited = new Set(found.flatMap(({ citations }) => citations.map(({ source }) => source)))
      if (!found.some((statement) => supporters(statement).length > 0)) return [`${row['id']} ${column}: nobody supports it`]
      return (expected.sources ?? sources).filter((source) => !cited.has(source)).map((source) => `${row['id']} ${column}: ${source} is not cited`)
    })
  })
}

describe.skipIf(!hasFacts)('the facts', () => {
  test('are all looked at: what is not here is in the tests of the mapping and of disputes; offers and needs are no part of the record', () => {
    const files = readdirSync(facts).flatMap((file) => (file.endsWith('.csv') ? [file.slice(0, -4)] : []))
    expect(new Set(files)).toEqual(new Set([...Object.keys(sheets), 'sources', 'conflicts', 'seed_statements', 'offers_needs']))
  })

  onBothEngines('are on record', (world) => {
    const record = recordOf(world)

    test.each(Object.keys(sheets))('%s, every row and every cell', async (file) => {
      const { kind, cells } = sheets[file] ?? { kind: '', cells: {} }
      const wrong: string[] = []
      for (const row of readRows(facts, file)) wrong.push(...missing(row, cells, await record.entry(`${kind}:${row['id']}`)))
      expect(wrong).toEqual([])
    })

    test('sources, each with its title, publisher, date, address and language', async () => {
      const wrong: string[] = []
      const rows = readRows(facts, 'sources')
      for (const { id = '', title, publisher, date, url, language } of rows) {
        const source = await record.source(id)
        const said = [source.title, source.publisher, source.published ?? '', source.url ?? '', source.language]
        if (JSON.stringify(said) !== JSON.stringify([otherwise[`${id} title`] ?? title, publisher, date, url, language]))
          wrong.push(`${id}: ${said.join(' · ')}`)
      }
      expect(wrong).toEqual([])
      expect(rows).toHaveLength(277)
    })

    test('authorizations, each for its country, date, number and regulator', async () => {
      const byProduct = new Map<string, Entry[]>()
      for (const { id = '' } of readRows(seeds, 'authorizations')) {
        const entry = await record.entry(`authorization:${id}`)
        const product = entry.statements.map((statement) => (statement.field === 'product' ? targetName(statement) : undefined)).find(Boolean) ?? ''
        byProduct.set(product, [...(byProduct.get(product) ?? []), entry])
      }
      const wrong: string[] = []
      for (const row of readRows(facts, 'products')) {
        const held = byProduct.get(`product:${row['id']}`) ?? []
        for (const claim of authorizationsIn(row['authorizations'] ?? '')) {
          if (!held.some((entry) => claim.every((part) => tells(entry, part)))) wrong.push(`${row['id']}: ${claim.join(' ')}`)
        }
      }
      expect(wrong).toEqual([])
    })

    test.each(elsewhere)('$product, “$text”, stands elsewhere: $entry $field', async ({ product, text, entry, field, pattern }) => {
      expect(readRows(facts, 'products').find(({ id }) => id === product)?.['authorizations']).toContain(text)
      const found = (await record.entry(entry)).statements.filter((statement) => statement.field === field)
      expect(
        found.map((statement) => `${inEnglish(statement.value)} ${Object.values(statement.qualifiers).map(inEnglish).join(' ')} ${statement.valid ?? ''}`),
      ).toContainEqual(expect.stringMatching(pattern))
    })
  })
})

/** What a cell of authorizations claims: for each country its code, the dates, the numbers and the regulator that it names. */
function authorizationsIn(cell: string): string[][] {
  return list(cell).flatMap((segment) => {
    const countries = [...segment.matchAll(/(?<![\w/-])[A-Z]{2}(?![\w/-])/g)].map(([code]) => code).filter((code) => code !== 'AP')
    const dates = [...segment.matchAll(/\b(?:19|20)\d\d(?:-\d\d){0,2}\b/g)].map(([date]) => date)
    const numbers = [...segment.matchAll(/(?:no\.|nos\.|and|decision) ([A-Z\d][\w/-]*\d[\w/-]*)/g)].map(([, number]) => number ?? '')
    const regulator = /, ([A-Z]{3,})$/.exec(segment)?.slice(1) ?? []
    // Two numbers are two authorizations.
    return countries.flatMap((country) =>
      numbers.length === 0 ? [[country, ...dates, ...regulator]] : numbers.map((number) => [country, ...dates, number, ...regulator]),
    )
  })
}

/** Whether an authorization says a country, a date, a number or a regulator; a year may stand in its note. */
const tells = (entry: Entry, part: string): boolean =>
  entry.statements.some((statement) =>
    statement.field === 'note'
      ? /^\d{4}$/.test(part) && inEnglish(statement.value).includes(part)
      : statement.target?.acronym === part || (['country', 'date', 'number'].includes(statement.field) && statement.value === part),
  )

/** What the column of authorizations holds besides authorizations. */
const elsewhere = [
  { product: 'p-heberprot', text: '23 countries by 2021', entry: 'product:p-heberprot', field: 'count', pattern: /^23 countries where registered 2021/ },
  {
    product: 'p-cimavax',
    text: 'manufacture being transferred to BPL 2025',
    entry: 'authorization:z-024',
    field: 'note',
    pattern: /transferred to BPL \(2025\)/,
  },
  {
    product: 'p-heberbiovac',
    text: 'WHO prequalified 2001–2003',
    entry: 'product:p-heberbiovac',
    field: 'distinction',
    pattern: /World Health Organization.*2001\/2003/,
  },
  { product: 'p-peptide', text: 'under joint development since 2023', entry: 'project:r-013', field: 'started', pattern: /^2023/ },
  { product: 'p-propolis-cn', text: 'planned', entry: 'authorization:z-050', field: 'status', pattern: /^planned/ },
  { product: 'p-biorat', text: 'banned in many countries per AP 2013', entry: 'product:p-biorat', field: 'safety', pattern: /banned in many countries.*2013/ },
  { product: 'p-bactivec', text: 'Latin America and Africa', entry: 'product:p-bactivec', field: 'note', pattern: /Latin America and Africa/ },
  {
    product: 'p-klamic',
    text: 'several Latin American countries: registered',
    entry: 'product:p-klamic',
    field: 'note',
    pattern: /Registered .*several Latin American countries/,
  },
  { product: 'p-vidatox', text: 'first export to Europe 2012', entry: 'product:p-vidatox', field: 'note', pattern: /First export to Europe.*2012/ },
  { product: 'p-phycocyanin', text: 'research', entry: 'authorization:z-080', field: 'status', pattern: /^in-research/ },
  { product: 'p-hiv-cand', text: 'research', entry: 'authorization:z-081', field: 'status', pattern: /^in-research/ },
  { product: 'p-dengue-inh', text: 'research', entry: 'authorization:z-082', field: 'status', pattern: /^in-research/ },
]
