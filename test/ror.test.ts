import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { command } from './support/command.ts'
import { complaints, copySeeds, csvLine, load, readCells, stateOf, type Cells } from './support/sheets.ts'
import { onBothEngines, sql } from './support/world.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A ROR ID made of a number. */
function rorId(n: number): string {
  let [digits, rest] = ['', n]
  for (let place = 0; place < 6; place++) [digits, rest] = [`${alphabet[rest % 32] ?? ''}${digits}`, Math.floor(rest / 32)]
  return `0${digits}${String(98 - ((n * 100) % 97)).padStart(2, '0')}`
}

type Name = [value: string, types?: string, lang?: string | null]
const record = (n: number, country: string, names: Name[], more: object = {}) => ({
  id: `https://ror.org/${rorId(n)}`,
  status: 'active',
  types: ['other'],
  names: names.map(([value, types = 'label', lang = null]) => ({ value, types: types.split(' '), lang })),
  locations: [{ geonames_id: 1, geonames_details: { country_code: country, country_name: country, lat: 1, lng: 1, name: 'Example' } }],
  links: [],
  established: null,
  external_ids: [{ type: 'isni', all: ['0000 0001 2348 0690'], preferred: null }],
  admin: { created: { date: '2018-11-14', schema_version: '1.0' }, last_modified: { date: '2026-01-29', schema_version: '2.1' } },
  ...more,
})

const registry = [
  record(
    101,
    'CU',
    [
      ['Finlay Vaccine Institute', 'label ror_display', 'en'],
      ['Instituto Finlay de Vacunas', 'label', 'es'],
      ['IFV', 'acronym'],
      ['Institut Finlay', 'alias', 'fr'],
    ],
    {
      established: 1991,
      links: [{ type: 'website', value: 'https://www.example.org/finlay' }],
    },
  ),
  record(102, 'CN', [['三诺生物传感股份有限公司', 'label ror_display', 'zh']]),
  record(103, 'VN', [['Benh vien Da lieu Trung uong', 'label ror_display']]),
  record(104, 'VN', [['Bệnh viện Tuệ Tinh', 'label ror_display', 'vi']]),
  record(105, 'ES', [['World Health Organization', 'label ror_display', 'en']]),
  record(106, 'CU', [
    ['A wholly other name', 'label ror_display', 'en'],
    ['CIM', 'acronym'],
  ]),
  record(107, 'FR', [['Abivax (France)', 'label ror_display', 'en']]),
  record(108, 'VN', [['Viglacera', 'label ror_display']]),
  record(109, 'VN', [['Tổng công ty Viglacera', 'label ror_display', 'vi']]),
  record(110, 'KR', [['Raydel', 'label ror_display']], { status: 'inactive' }),
  record(111, 'CU', [['Hermanos Ameijeiras Clinical Hospital', 'label ror_display', 'en']]),
  record(112, 'CU', [['Tecnosuma', 'label ror_display']], { status: 'withdrawn' }),
]

type Row = Partial<Record<string, string>>

onBothEngines('the registry of organizations', (world) => {
  let folder = ''
  const file = (name: string) => join(folder, name)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'puente-ror-'))
    writeFileSync(file('ror.jsonl'), registry.map((each) => `${JSON.stringify(each)}\n`).join(''))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const report = async (name: string, from = 'ror.jsonl') => {
    const said = await command(world(), 'import ror', [file(from)], { report: file(name) })
    expect(said).toMatchObject({ code: 0 })
    return parse<Row>(readFileSync(file(name)), { columns: true, bom: true }).map((row) => ({
      row,
      n: registry.findIndex(({ id }) => id.endsWith(row['ror'] ?? '-')) + 101,
    }))
  }
  const apply = (name: string) => command(world(), 'import ror', [file('ror.jsonl')], { apply: file(name) })

  test('a report says who is certainly whom and whom to look at, with reasons, and writes nothing else', async () => {
    const before = await stateOf(world())
    const rows = await report('report.csv')
    expect(await stateOf(world())).toBe(before)
    const told = Object.fromEntries(rows.map(({ row, n }) => [`${row['organization']} ${n}`, `${row['decision']}: ${row['reasons']}`]))
    expect(told).toMatchObject({
      'finlay 101': 'same: a name is the same; the acronym is the same',
      'sinocare 102': 'same: a name is the same',
      'nhdv 103': 'same: a name is the same but for its accents',
      'tuetinh 104': 'look: the accents of the names differ; a name is much alike',
      'who 105': 'look: a name is the same; another country',
      'cim 106': 'look: the acronym is the same',
      'abivax 107': 'same: a name is the same but for the country or acronym behind it',
      'viglacera 108': 'look: a name is the same; other candidates fit as well',
      'viglacera 109': 'look: a name is the same; other candidates fit as well',
      'raydel 110': 'look: a name is the same; the acronym is the same; the registry says that it is not active',
      'ameijeiras 111': 'look: a name is much alike',
    })
    expect(rows.some(({ n }) => n === 112)).toBe(false)
    const finlay = rows.find(({ n }) => n === 101)?.row
    expect(finlay).toMatchObject({ organization_country: 'CU', ror_country: 'CU', ror_modified: '2026-01-29' })
    expect(finlay).toMatchObject({ organization_names: expect.stringContaining('Viện Finlay'), ror_names: expect.stringContaining('Institut Finlay') })
    // The whole registry is one list, not a record a line.
    writeFileSync(file('ror.json'), JSON.stringify(registry, null, 2))
    expect(await report('other.csv', 'ror.json')).toEqual(rows)
    expect((await command(world(), 'import ror', [file('ror.jsonl')], { report: file('report.csv') })).err.join()).toContain('already')
  })

  test('what the report calls the same comes on record with its source, once, and is found', async () => {
    await report('report.csv')
    const entries = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from app.log_entry`))[0]?.n ?? 0
    const logged = await entries()
    expect(await apply('report.csv')).toMatchObject({ code: 0, out: [expect.stringMatching(/^\d+ statements were added to 4 organizations\.$/)] })
    expect(await entries()).toBe(logged + 1)
    const after = await stateOf(world())
    expect(await apply('report.csv')).toMatchObject({ code: 0, out: ['0 statements were added to 0 organizations.'] })
    expect(await stateOf(world())).toBe(after)

    const id = rorId(101)
    const said = await world().rows(sql<{ field: string; value: string; language: string | null; source: string; locator: string }>`
      select t.field, t.value #>> '{}' as value, t.language, s.key as source, c.locator from record.statement t join record.entry e on e.id = t.entry_id
      join record.citation c on c.statement_id = t.id join record.source s on s.id = c.source_id
      where e.key = 'finlay' and t.origin = 'registry' and t.ended_at is null order by t.position`)
    const cited = { source: 'ror', locator: `${id}, 2026-01-29` }
    expect(said).toEqual([
      { field: 'ror', value: id, language: null, ...cited },
      { field: 'alias', value: 'Institut Finlay', language: 'fr', ...cited },
      { field: 'website', value: 'https://www.example.org/finlay', language: null, ...cited },
      { field: 'founded', value: '1991', language: null, ...cited },
    ])
    const page = await (await world().ask('/en/organizations/finlay')).text()
    expect(page).toContain(`<a href="https://ror.org/${id}"`)
    expect(page).toContain('ROR ID')
    expect(await (await world().ask('/api/v1/record/organizations/finlay/json-ld')).json()).toMatchObject({
      identifier: [{ '@type': 'PropertyValue', propertyID: 'ROR', value: `https://ror.org/${id}` }],
    })
    // "Institut" is the stem of its name in other languages as well: others whose words are these follow.
    for (const [q, exactly] of [
      [id, 1],
      [`https://ror.org/${id}`, 1],
      ['institut finlay', undefined],
    ] as const) {
      const { items } = (await (await world().ask(`/api/v1/search?q=${encodeURIComponent(q)}`)).json()) as { items: { path: string }[] }
      expect(items[0]?.path).toBe('/organizations/finlay')
      if (exactly !== undefined) expect(items).toHaveLength(exactly)
    }
    expect(await (await world().ask('/api/v1/record/organizations?q=institut+finlay')).json()).toMatchObject({ items: [{ key: 'finlay', date: '1991' }] })
    expect((await report('again.csv')).find(({ n }) => n === 101)?.row).toMatchObject({ decision: 'same', reasons: expect.stringContaining('has this ROR ID') })

    // The sheets say nothing of it, and leave it standing.
    const sheets = copySeeds()
    sheets.add('statements-seeds.csv', { entry: 'organization:finlay', field: 'note', value: 'An example', language: 'en', rank: 'normal', sources: 'w001' })
    expect((await load(world(), sheets.path)).changes['organizations']).toEqual({ added: 0, changed: 1 })
    sheets.add('statements-ror.csv', { entry: 'organization:cim', field: 'ror', value: id, rank: 'normal', sources: 'ror' })
    expect(await complaints(world(), sheets.path)).toEqual([expect.stringMatching(/^statements-ror\.csv:\d+ value: \w+ is claimed for finlay already$/)])
    sheets.remove()
    expect(((await (await world().ask('/api/v1/search?q=institut+finlay')).json()) as { items: { path: string }[] }).items[0]?.path).toBe(
      '/organizations/finlay',
    )
    expect(await (await world().ask('/en/organizations/finlay')).text()).toContain(`https://ror.org/${id}`)
  })

  test('a row that no longer fits is refused by its line, and nothing is written', async () => {
    await report('report.csv')
    const [columns = [], ...rows] = readCells(readFileSync(file('report.csv'), 'utf8'))
    const rowOf = (key: string, change: Cells = {}) =>
      columns.map((column, index) => change[column] ?? (column === 'decision' ? 'same' : (rows.find(([organization]) => organization === key)?.[index] ?? '')))
    const changed = [
      rowOf('ameijeiras', { state: '0123456789abcdef' }),
      rowOf('raydel', { ror_modified: '2020-01-01' }),
      rowOf('cim', { organization: 'nobody' }),
      rowOf('who', { ror: rorId(999) }),
      rowOf('viglacera'),
      rowOf('viglacera'),
      rowOf('cim', { ror: rorId(101) }),
      rowOf('tuetinh', { decision: 'different', state: '0123456789abcdef' }),
    ]
    writeFileSync(file('changed.csv'), [columns, ...changed].map(csvLine).join(''))
    const before = await stateOf(world())
    const said = await apply('changed.csv')
    expect(said).toMatchObject({ code: 3 })
    expect(said.out.map((line) => line.replace(/(?<=: )\w+:? .*/, (text) => text.replace(/^0\w{8}/, 'ID')))).toEqual([
      expect.stringMatching(/^changed\.csv:2 state: ameijeiras: the record or the registry says something else/),
      expect.stringMatching(/^changed\.csv:3 ror_modified: /),
      'changed.csv:4 organization: nobody is not on record',
      'changed.csv:5 ror: ID is not on record',
      'changed.csv:7 organization: viglacera stood already in line 6',
      'changed.csv:8 ror: ID is claimed for finlay already',
    ])
    expect(await stateOf(world())).toBe(before)
  })

  test('a file that is not the registry’s is refused line by line', async () => {
    const wrong = [{ ...registry[0], id: `https://ror.org/${rorId(101).slice(0, 8)}x` }, { ...registry[1], status: 'gone' }, registry[2]]
    writeFileSync(file('wrong.jsonl'), `${wrong.map((each) => JSON.stringify(each)).join('\n')}\n{"id": 1\n`)
    const said = await command(world(), 'import ror', [file('wrong.jsonl')])
    expect(said.code).toBe(3)
    expect(said.out).toEqual([
      expect.stringMatching(/^wrong\.jsonl:1 id: .* its form or its check digits are wrong$/),
      'wrong.jsonl:2 status: is not one of: active, inactive, withdrawn',
      expect.stringMatching(/^wrong\.jsonl:\d : is not in the form expected$/),
    ])
    writeFileSync(file('bytes.jsonl'), Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))
    for (const [name, sentence] of [
      ['bytes.jsonl', 'the file is not UTF-8 text'],
      ['missing.jsonl', 'the file is missing'],
    ] as const)
      expect((await command(world(), 'import ror', [file(name)])).out).toEqual([`${name}:1 : ${sentence}`])
    expect((await command(world(), 'import ror', [file('ror.jsonl')], { report: file('a.csv'), apply: file('b.csv') })).err.join()).toContain('not with both')
    expect(existsSync(file('a.csv'))).toBe(false)
  })

  test('an identifier in the sheets is kept in its form; a wrong one and one claimed twice are refused by their lines', async () => {
    const sheets = copySeeds()
    const add = (entry: string, field: string, value: string, rank = 'normal', more: Cells = {}) =>
      sheets.add('statements-ror.csv', { entry, field, value, rank, sources: 'w001', ...more })
    add('organization:cim', 'gln', '(414) 4012345 00000 9')
    add('organization:cim', 'lei', '5067 00ge 1g29 325q x363')
    add('organization:cim', 'ror', `https://ror.org/${rorId(500).toUpperCase()}`)
    expect(await complaints(world(), sheets.path)).toEqual([])
    const { statements } = (await (await world().ask('/api/v1/record/organizations/cim')).json()) as { statements: { field: string; value: string }[] }
    const kept = statements.filter(({ field }) => ['ror', 'gln', 'lei'].includes(field)).map(({ field, value }) => [field, value])
    expect(kept).toEqual([
      ['gln', '4012345000009'],
      ['lei', '506700GE1G29325QX363'],
      ['ror', rorId(500)],
    ])
    expect(await (await world().ask('/api/v1/record/organizations/cim/json-ld')).json()).toMatchObject({
      globalLocationNumber: '4012345000009',
      leiCode: '506700GE1G29325QX363',
    })
    for (const q of ['4012345000009', '506700GE1G29325QX363'])
      expect(await (await world().ask(`/api/v1/search?q=${q}`)).json()).toMatchObject({ items: [{ path: '/organizations/cim' }] })
    const lines = [
      add('organization:cigb', 'gln', '4012345000008'),
      add('organization:cigb', 'lei', '506700GE1G29325QX363'),
      add('organization:cigb', 'ror', 'x'),
    ]
    add('organization:finlay', 'gln', '4012345000009', 'deprecated', { reason_en: 'That of another.' })
    const before = await stateOf(world())
    expect(await complaints(world(), sheets.path)).toEqual([
      `statements-ror.csv:${lines[0]} value: 4012345000008 is no such identifier: its form or its check digits are wrong`,
      `statements-ror.csv:${lines[1]} value: 506700GE1G29325QX363 is claimed for cim already`,
      `statements-ror.csv:${lines[2]} value: x is no such identifier: its form or its check digits are wrong`,
    ])
    expect(await stateOf(world())).toBe(before)
    sheets.remove()
  })
})
