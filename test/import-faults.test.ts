import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { complaints, copySeeds, stateOf, type Cells, type SeedFolder } from './support/sheets.ts'
import { onBothEngines } from './support/world.ts'

type Row = { sheet: string; cells: Cells }
const row = (sheet: string, cells: Cells): Row => ({ sheet, cells })

const statement = (cells: Cells): Row =>
  row('statements-seeds.csv', { entry: 'venture:v-bpl', field: 'note', value: 'x', language: 'en', rank: 'normal', sources: 'w001', ...cells })
const event = (cells: Cells): Row => row('events.csv', { id: 'e-example', kind: 'visit', name_en: 'Example', country: 'VN', source_ids: 'w001', ...cells })
const flow = (cells: Cells): Row => row('flows.csv', { id: 'x-example', kind: 'trade', from: 'CN', to: 'CU', what_en: 'Example', source_ids: 'w001', ...cells })
const venture = (shares: string, cells: Cells = {}): Row =>
  row('ventures.csv', { id: 'v-example', name_en: 'Example', country: 'VN', partners_with_shares: shares, source_ids: 'w001', ...cells })
const share = (partner: string, percent: string, valid: string, cells: Cells = {}): Row =>
  statement({ entry: 'venture:v-example', field: 'partner', value: partner, language: '', qualifiers: `share=${percent}`, valid, ...cells })
const organization = (cells: Cells): Row =>
  row('organizations.csv', { id: 'o-example', kind: 'centre', country: 'CU', name_en: 'Example', source_ids: 'w001', ...cells })
const entry = (sheet: string, cells: Cells): Row => row(sheet, { kind: 'initiative', key: 'i-example', name_en: 'Example', source_ids: 'w001', ...cells })

// What is wrong, the rows that are, and what is said of them; `$0` is where the first of the rows stands, `$1` the second.
const faults: [string, Row[], (string | RegExp)[]][] = [
  ['a date of no calendar', [event({ date: '2023-02-30' })], ['$0 date: is not a date']],
  ['a date in words', [event({ date: 'May 2023' })], ['$0 date: is not a date']],
  ['a date beyond level 1', [event({ date: '{2020,2021}' })], ['$0 date: is not a date']],
  ['a period that ends before it begins', [flow({ period: '2020/2019' })], ['$0 period: is not a date']],
  ['a statement for a time that is none', [statement({ valid: '2023-13' })], ['$0 valid: is not a date']],
  ['a statement whose value is a date that is none', [statement({ field: 'founded', value: 'about 2005', language: '' })], ['$0 value: is not a date']],
  ['a statement whose value is a number that is none', [statement({ field: 'amount', value: '1,000', language: '' })], ['$0 value: is not a number']],
  ['a country that is none', [event({ country: 'XX' })], ['$0 country: XX is not a country code of ISO 3166-1']],
  ['a party from a country that is none', [statement({ field: 'party', value: 'ZZ', language: '' })], ['$0 value: ZZ is not a country code of ISO 3166-1']],
  ['a country in words', [flow({ to: 'Cuba' })], ['$0 to: Cuba is not a country code of ISO 3166-1']],
  ['a currency that is none', [flow({ value: '5', unit: 'million ZZZ' })], ['$0 unit: million ZZZ: a unit with a currency code that ISO 4217 does not have']],
  [
    'a currency that is none in a statement',
    [statement({ field: 'amount', value: '5', language: '', qualifiers: 'unit=billion XXY per year' })],
    ['$0 qualifiers: billion XXY per year: a unit with a currency code that ISO 4217 does not have'],
  ],
  ['a statement that nobody makes', [statement({ sources: '' })], ['$0 sources: is missing']],
  ['a statement that is only disputed', [statement({ sources: '', disputed_by: 'w002' })], ['$0 sources: is missing']],
  [
    'a source that is not there, also with a place in it',
    [statement({ sources: 'w001;w9999#p. 3', disputed_by: 'w9998' })],
    ['$0 sources: w9999 is not on record', '$0 disputed_by: w9998 is not on record'],
  ],
  ['something held to be wrong without a reason', [statement({ rank: 'deprecated' })], ['$0 reason_en: is missing']],
  ['a rank that is none', [statement({ rank: 'best' })], ['$0 rank: is not one of: preferred, normal, deprecated']],
  ['a dispute that is not there', [statement({ conflict: 'k-999' })], ['$0 conflict: k-999 is not on record']],
  ['a statement about an entry of no sheet', [statement({ entry: 'venture:v-nowhere' })], ['$0 entry: v-nowhere is not on record']],
  ['a statement about a kind of entry that is none', [statement({ entry: 'castle:v-bpl' })], ['$0 entry: is not in the form expected']],
  ['a statement that points to nothing', [statement({ field: 'part_of', value: 'initiative:nowhere', language: '' })], ['$0 value: nowhere is not on record']],
  [
    'a kind that its entry cannot have',
    [statement({ field: 'kind', value: 'castle', language: '', entry: 'product:p-nimotuzumab' })],
    [/^\$0 value: is not one of: monoclonal-antibody, .*, other$/],
  ],
  [
    'a state that its entry cannot have',
    [statement({ field: 'status', value: 'registered', language: '' })],
    ['$0 value: is not one of: planned, established, building, operating, closed'],
  ],
  [
    'a state that a sheet cannot have',
    [row('facilities.csv', { id: 'f-example', kind: 'plant', name_en: 'Example', country: 'VN', status: 'half built', source_ids: 'w001' })],
    ['$0 status: is not one of: planned, building, inaugurated, operating, closed'],
  ],
  [
    'shares over a hundred in one row',
    [venture('cim=60;unnamed-cn=50')],
    ['$0 partners_with_shares: The shares come to 110 percent on one day; more than 100 cannot be'],
  ],
  [
    'shares over a hundred on the days that two statements share',
    [venture('cim='), share('organization:cim', '60', '2010/2015'), share('organization:cigb', '50', '2015/2020')],
    ['$0 partners_with_shares: The shares come to 110 percent on one day; more than 100 cannot be'],
  ],
  [
    'shares over a hundred through a statement that comes beside a row',
    [venture('cim=51;unnamed-cn=49'), share('organization:cigb', '10', '2012')],
    ['$0 partners_with_shares: The shares come to 110 percent on one day; more than 100 cannot be'],
  ],
  ['a share that is no number', [venture('cim='), share('organization:cim', 'half', '2010')], [/^\$1 qualifiers: /]],
  ['an organization under itself', [organization({ parent_id: 'o-example' })], ['$0 parent_id: o-example would be above itself']],
  [
    'organizations in a ring',
    [organization({ parent_id: 'o-example-two' }), organization({ id: 'o-example-two', parent_id: 'o-example' })],
    ['$0 parent_id: o-example would be above itself', '$1 parent_id: o-example-two would be above itself'],
  ],
  ['an id that stands twice', [event({}), event({ kind: 'fair' })], [/^\$1 id: e-example stood already in line \d+$/]],
  [
    'an entry that stands twice in a sheet',
    [entry('entries-seeds.csv', {}), entry('entries-seeds.csv', {})],
    [/^\$1 key: (initiative:)?i-example stood already in line \d+$/],
  ],
  [
    'an entry that stands in two sheets of entries',
    [entry('entries-seeds.csv', {}), entry('entries-conflicts.csv', {})],
    [/^(\$0|\$1) key: (initiative:)?i-example stood already in /],
  ],
  [
    'an entry that stands in its own sheet and in one of entries',
    [entry('entries-seeds.csv', { kind: 'organization', key: 'cigb' })],
    [/^\$0 key: (organization:)?cigb stood already in /],
  ],
  [
    'a place that two names claim',
    [row('places.csv', { id: 'example', country: 'VN', name_en: 'Example', latitude: '1', longitude: '1', also_written: 'Hanoi' })],
    [/^\$0 also_written: Hanoi stood already in line \d+$/],
  ],
  ['a character that no database keeps', [event({ description_en: 'a\u0000b' })], [/^\$0 description_en: /]],
]

/** The rows of a fault under names of their own, so that all faults fit into one folder. */
const numbered = faults.map(([what, rows, said], index): (typeof faults)[number] => {
  const own = (text: string) => text.replaceAll('example', `example-${index}`)
  const cells = (each: Cells) => Object.fromEntries(Object.entries(each).map(([column, text]) => [column, own(text)]))
  const words = said.map((each) => (typeof each === 'string' ? own(each) : new RegExp(own(each.source))))
  return [what, rows.map((each) => row(each.sheet, cells(each.cells))), words]
})

onBothEngines('a record with many faults', (world) => {
  /** Where the rows of each fault stand. */
  let places: string[][]
  let complained: string[]

  beforeAll(async () => {
    const folder = copySeeds()
    places = numbered.map(([, rows]) => rows.map(({ sheet, cells }) => `${sheet}:${folder.add(sheet, cells)}`))
    const before = await stateOf(world())
    complained = await complaints(world(), folder.path)
    expect(await stateOf(world()), 'nothing is written').toBe(before)
    folder.remove()
  })

  const at = (line: string) => /^\S+:\d+/.exec(line)?.[0] ?? ''

  test.each(numbered.map(([what, , said], index) => ({ what, said, index })))('names $what', ({ said, index }) => {
    const own = places[index] ?? []
    const found = complained.filter((line) => own.includes(at(line))).map((line) => line.replace(at(line), `$${own.indexOf(at(line))}`))
    expect(found).toEqual(said.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))))
  })

  test('complains of nothing else', () => {
    expect(complained.filter((line) => !places.flat().includes(at(line)))).toEqual([])
  })
})

/** How much this process has read of files so far, where the system says it. */
const bytesRead = () => (existsSync('/proc/self/io') ? Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) : 0)

onBothEngines('a record with faults', (world) => {
  let folder: SeedFolder
  let untouched: string
  beforeAll(async () => {
    untouched = await stateOf(world())
  })
  beforeEach(() => {
    folder = copySeeds()
  })
  afterEach(() => folder.remove())

  const latin = Buffer.from('e-latin,visit,Visita a Camag\xfcey,,,,2023,,CU,,,,,,w001\n', 'latin1')
  const spoiled: [string, (text: Buffer) => Buffer][] = [
    ['at the end', (text) => Buffer.concat([text, latin])],
    ['in the first row', (text) => Buffer.concat([text.subarray(0, text.indexOf(10) + 1), latin, text.subarray(text.indexOf(10) + 1)])],
    ['in the heads', (text) => Buffer.concat([Buffer.from([0xe9]), text])],
    ['cut off in the middle of a character', (text) => Buffer.concat([text, Buffer.from('e-cut,visit,中', 'utf8').subarray(0, -1)])],
    ['written in UTF-16', (text) => Buffer.from(`\ufeff${text.toString('utf8')}`, 'utf16le')],
  ]
  test.each(spoiled)('a file in mixed encodings, %s, is named', async (_, spoil) => {
    writeFileSync(folder.file('events.csv'), spoil(readFileSync(folder.file('events.csv'))))
    expect((await complaints(world(), folder.path))[0]).toMatch(/^events\.csv:\d+ : the file is not UTF-8 text$/)
  })

  test('a wrong byte is named with its own line', async () => {
    const text = readFileSync(folder.file('events.csv'))
    writeFileSync(folder.file('events.csv'), Buffer.concat([text, latin]))
    expect((await complaints(world(), folder.path))[0]).toBe(`events.csv:${text.toString('utf8').split('\n').length} : the file is not UTF-8 text`)
  })

  test('a quote that is never closed is named', async () => {
    writeFileSync(folder.file('flows.csv'), `${readFileSync(folder.file('flows.csv'), 'utf8')}x-quote,trade,CN,CU,2005,1,,"never closed,,,,w001\n`)
    expect((await complaints(world(), folder.path))[0]).toMatch(/^flows\.csv:\d+ : is not in the form expected$/)
  })

  test('a file of a gigabyte is refused without being read', async () => {
    copyFileSync(folder.file('statements-seeds.csv'), folder.file('statements-huge.csv'))
    for (const name of ['flows.csv', 'statements-huge.csv']) truncateSync(folder.file(name), 2 ** 30)
    const before = bytesRead()
    const found = await complaints(world(), folder.path)
    expect(found.filter((line) => line.endsWith('the file is larger than 256 MB'))).toEqual([
      'flows.csv:1 : the file is larger than 256 MB',
      'statements-huge.csv:1 : the file is larger than 256 MB',
    ])
    expect(bytesRead() - before).toBeLessThan(2 ** 26)
  })

  test('a folder without a record is named sheet by sheet', async () => {
    const needed = ['places.csv', 'sources.csv', 'organizations.csv', 'agreements.csv']
    for (const name of needed) rmSync(folder.file(name))
    expect((await complaints(world(), folder.path)).slice(0, 4)).toEqual(needed.map((name) => `${name}:1 : the file is missing`))
    expect(await complaints(world(), join(folder.path, 'nowhere'))).toEqual(needed.map((name) => `${name}:1 : the file is missing`))
  })

  test('of all these nothing was written', async () => {
    expect(await stateOf(world())).toBe(untouched)
  })

  // The rows above must be refused for their fault, not for being what they are.
  test('the same rows without a fault come on record', async () => {
    const sound = [
      event({}),
      flow({ value: '5', unit: 'million USD', period: '2019/2020' }),
      venture('cim=60;unnamed-cn=40'),
      organization({}),
      entry('entries-seeds.csv', {}),
      statement({ rank: 'deprecated', reason_en: 'Because.', conflict: 'k-001', value: 'y' }),
      statement({ field: 'amount', value: '5', language: '', qualifiers: 'unit=billion VND per year', sources: 'w001#p. 3', disputed_by: 'w002' }),
      statement({ field: 'part_of', value: 'initiative:vn-cu-network', language: '' }),
      statement({ field: 'founded', value: '2005~', language: '', valid: '2018/..' }),
    ]
    for (const { sheet, cells } of sound) folder.add(sheet, cells)
    expect(await complaints(world(), folder.path)).toEqual([])
    expect(await stateOf(world())).not.toBe(untouched)
  })

  test('shares that follow one another, and what is held to be wrong, are no fault', async () => {
    const shares = [
      venture('cim=51;unnamed-cn=49'),
      share('organization:cim', '30', '2010/2014'),
      share('organization:cim', '60', '2015/2020', { rank: 'deprecated', reason_en: 'A slip of the pen.' }),
      share('CN', '70', '2010/2014'),
    ]
    for (const { sheet, cells } of shares) folder.add(sheet, cells)
    expect(await complaints(world(), folder.path)).toEqual([])
  })
})
