import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entryKinds, plurals } from '../src/modules/record/index.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { htmlLanguage, languages } from '../src/platform/i18n/languages.ts'
import { readHtml } from './support/html.ts'
import { recordOf, type Listed } from './support/record.ts'
import { copySeeds, countSeeds, examples, load, readCells, type SeedFolder } from './support/sheets.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const licence = 'https://creativecommons.org/licenses/by/4.0/'
const heads =
  'key,kind,status,title_en,title_es,title_zh,title_vi,original,acronym,country,countries,place,belongs_to,parties,date,amount,unit,stage,disputed,umbrella,address'.split(
    ',',
  )
const mostSheetRows = 5000

async function csv(world: World, path: string): Promise<string[][]> {
  const answer = await world.ask(`/api/v1/record/${path}`)
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'text/csv; charset=utf-8; header=present'])
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 3).toString('hex'), 'without this mark Excel takes Chinese for another encoding').toBe('efbbbf')
  return readCells(bytes.toString('utf8'))
}

async function xlsx(world: World, path: string): Promise<unknown[][]> {
  const answer = await world.ask(`/api/v1/record/${path}`)
  expect([path, answer.status]).toEqual([path, 200])
  const [sheet, ...more] = await readXlsxFile(Buffer.from(await answer.arrayBuffer()), { trim: false })
  expect(more).toEqual([])
  return sheet?.data ?? []
}

onBothEngines('the lists as files', (world) => {
  const { all, get, entry } = recordOf(world)

  describe.each(entryKinds)('%s', (kind) => {
    test('CSV, XLSX and JSON hold what the list holds, in its order', async () => {
      const plural = plurals[kind]
      const listed = await all<Listed>(plural)
      expect(listed).toHaveLength(countSeeds(kind))
      const [first, ...rows] = await csv(world(), `${plural}.csv`)
      expect(first).toEqual(heads)
      expect(rows.map(([key]) => key)).toEqual(listed.map(({ key }) => key))
      expect(rows.every((row) => row.length === heads.length)).toBe(true)
      // Cells that a spreadsheet program would run.
      expect(rows.flat().filter((cell) => /^[\s\p{C}]*[=+\-@\t\r＝＋－＠]/u.test(cell) && !/^-\d+(\.\d+)?$/.test(cell))).toEqual([])

      const [sheetHeads, ...sheetRows] = await xlsx(world(), `${plural}.xlsx`)
      expect(sheetHeads).toEqual(heads)
      expect(sheetRows.map((row) => heads.map((_, index) => (row[index] ?? '') as string | number).map(String))).toEqual(
        rows.map((row) => row.map((cell, index) => (heads[index] === 'amount' && cell !== '' ? String(Number(cell)) : cell.replace(/^'/, '')))),
      )
      expect(await get(`${plural}.json`)).toEqual({ licence, kind, items: listed })
    })
  })

  const filtered = [
    'organizations?kind=hospital&country=VN',
    'agreements?organization=cigb&sort=date',
    'events?period=2019/2023&sort=-title',
    'facilities?disputed=yes',
    'facilities?as_of=2016',
    'flows?known_at=2010&q=trade',
    'products?q=zzzz',
  ]
  test.each(filtered)('%s: filters and order hold for the file too', async (query) => {
    const listed = await all<Listed>(query)
    const [plural = '', rest] = query.split('?')
    const [, ...rows] = await csv(world(), `${plural}.csv?${rest}`)
    expect(rows.map(([key, , status]) => [key, status])).toEqual(listed.map(({ key, status }) => [key, status ?? '']))
    const [, ...sheetRows] = await xlsx(world(), `${plural}.xlsx?${rest}`)
    expect(sheetRows.map(([key]) => key)).toEqual(listed.map(({ key }) => key))
    expect(await get(`${plural}.json?${rest}`)).toMatchObject({ licence, items: listed })
    expect(listed.length).toBeLessThan((await all(plural)).length)
  })

  test('a file has a name, a type and its licence', async () => {
    const types = {
      csv: 'text/csv; charset=utf-8; header=present',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      json: 'application/json',
    }
    for (const [form, type] of Object.entries(types)) {
      const { headers } = await world().ask(`/api/v1/record/country-relations.${form}`)
      expect([headers.get('content-type'), headers.get('link')]).toEqual([type, `<${licence}>; rel="license"`])
      expect(headers.get('content-disposition')).toBe(`attachment; filename="country-relations.${form}"; filename*=UTF-8''country-relations.${form}`)
    }
  })

  test('what a cell says is what the entry says', async () => {
    const [first, ...rows] = await csv(world(), 'organizations.csv')
    const cell = (key: string, head: string) => rows.find(([each]) => each === key)?.[first?.indexOf(head) ?? -1]
    expect(heads.map((head) => cell('cigb', head))).toEqual(
      expect.arrayContaining([
        'cigb',
        'Centro de Ingeniería Genética y Biotecnología',
        '古巴基因工程与生物技术中心',
        'CIGB',
        'CU',
        'biocubafarma',
        'http://localhost/organizations/cigb',
      ]),
    )
    const [ventureHeads, ...ventures] = await csv(world(), 'ventures.csv')
    expect(ventures.find(([key]) => key === 'v-bpl')?.[ventureHeads?.indexOf('parties') ?? -1]).toBe('partner: cim; partner: CN')
    const [flowHeads, ...flows] = await csv(world(), 'flows.csv')
    const amount = flows
      .find(([key]) => key === 'x-001')
      ?.slice(flowHeads?.indexOf('amount') ?? -1)
      .slice(0, 2)
    expect(amount).toEqual(['777', 'million USD'])
    expect((await xlsx(world(), 'flows.xlsx')).find(([key]) => key === 'x-001')?.[heads.indexOf('amount')]).toBe(777)
  })

  test('a list page leads to its files, with the filters that it has', async () => {
    for (const query of ['', '?kind=hospital&country=VN&q=&sort=-title', '?country=VN&utm_source=mail']) {
      const { elements } = readHtml(await (await world().ask(`/zh/organizations${query}`)).text())
      const links = elements.flatMap(({ name, attributes }) => (name === 'a' && 'download' in attributes ? (attributes['href'] ?? []) : []))
      expect(links).toHaveLength(3)
      for (const link of links) expect([link, (await world().ask(link)).status]).toEqual([link, 200])
      const listed = await all(`organizations${query.replace('&utm_source=mail', '')}`)
      expect(await (await world().ask(links.find((link) => link.includes('.json')) ?? '')).json()).toMatchObject({ items: listed })
    }
  })

  test('whoever hangs up in the middle leaves nothing open', async () => {
    for (let time = 0; time < 30; time++) {
      const answer = await world().ask('/api/v1/record/organizations.csv')
      const reader = answer.body?.getReader()
      await reader?.read()
      await reader?.cancel()
    }
    expect((await csv(world(), 'organizations.csv')).length).toBe(countSeeds('organization') + 1)
    expect(world().logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  describe.each(entryKinds)('%s as JSON-LD', (kind) => {
    test('is whole: a type, its lasting address, its names, its licence, its sources', async () => {
      const answer = await world().ask(`/api/v1/record/${plurals[kind]}/${examples[kind]}/json-ld`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/ld+json'])
      const found = (await answer.json()) as Record<string, unknown> & {
        '@type': string
        name: { '@language': string; '@value': string }[]
        citation: Record<string, unknown>[]
      }
      const { title, sources } = await entry(`${kind}:${examples[kind]}`)
      expect(found).toMatchObject({ '@context': 'https://schema.org', '@id': `http://localhost/${plurals[kind]}/${examples[kind]}`, license: licence })
      expect(found['@type']).toMatch(/^[A-Z][A-Za-z]+$/)
      expect(Object.fromEntries(found.name.map((each) => [each['@language'], each['@value']]))).toEqual(
        Object.fromEntries(languages.flatMap((language) => (title[language] ? [[htmlLanguage[language], title[language]]] : []))),
      )
      expect(found.name.length).toBeGreaterThan(1)
      expect(found.citation.map((each) => [each['@type'], each['name'], each['url']])).toEqual(
        sources.map((source) => ['CreativeWork', source.title, source.url ?? undefined]),
      )
      expect(found.citation.length).toBeGreaterThan(0)
      expect(JSON.stringify(found)).not.toMatch(/undefined|\[object|null/)
    })
  })

  test('JSON-LD calls things what schema.org calls them', async () => {
    const types = await Promise.all(
      [
        'organizations/cigb',
        'organizations/nhdv',
        'organizations/cecmed',
        'events/e-001',
        'products/p-nimotuzumab',
        'facilities/f-bpl-beijing',
        'flows/x-001',
      ].map(async (path) => (await get<{ '@type': string }>(`${path}/json-ld`))['@type']),
    )
    expect(types).toEqual(['ResearchOrganization', 'Hospital', 'GovernmentOrganization', 'Event', 'Product', 'Place', 'Thing'])
    expect(await get('organizations/cigb/json-ld')).toMatchObject({
      parentOrganization: { '@id': 'http://localhost/organizations/biocubafarma' },
      address: { '@type': 'PostalAddress', addressCountry: 'CU', addressLocality: 'Havana' },
    })
    expect(await get('events/e-001/json-ld')).toMatchObject({ startDate: '2025-08-28' })
  })
})

onBothEngines('a record with cells that spreadsheets run', (world) => {
  let folder: SeedFolder
  beforeAll(async () => {
    folder = copySeeds()
    const names = ['=HYPERLINK("http://www.example.org")', '+84 24 3825', '-2+3', '@SUM(A1)', '＝1+1', '-12.5']
    names.forEach((name, index) =>
      folder.add('organizations.csv', {
        id: `o-formula-${index}`,
        kind: 'centre',
        country: 'SG',
        name_en: name,
        name_es: `\u200b${name}`,
        acronym: name,
        source_ids: 'w001',
      }),
    )
    expect((await load(world(), folder.path)).issues).toEqual([])
  })
  afterAll(() => folder.remove())

  test('gives them out so that none is run', async () => {
    const [, ...rows] = await csv(world(), 'organizations.csv?country=SG&sort=title')
    const ours = rows.filter(([key]) => key?.startsWith('o-formula-')).toSorted(([a = ''], [b = '']) => a.localeCompare(b))
    expect(ours.map((row) => row[heads.indexOf('acronym')])).toEqual([
      '\'=HYPERLINK("http://www.example.org")',
      "'+84 24 3825",
      "'-2+3",
      "'@SUM(A1)",
      "'＝1+1",
      '-12.5',
    ])
    expect(ours.flat().filter((cell) => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell) && cell !== '-12.5' && cell !== '\u200b-12.5')).toEqual([])
    const sheet = await xlsx(world(), 'organizations.xlsx?country=SG&sort=title')
    expect(sheet.find(([key]) => key === 'o-formula-0')?.[heads.indexOf('acronym')]).toBe('=HYPERLINK("http://www.example.org")')
    expect(await (await world().ask('/en/organizations/o-formula-0')).text()).toContain('=HYPERLINK(&quot;http://www.example.org&quot;)')
  })
})

onBothEngines('a list longer than a spreadsheet may be', (world) => {
  const fill = (from: number, to: number) =>
    world().rows(sql`
      with made as (insert into record.entry (id, space_id, kind, key, digest)
        select gen_random_uuid(), space_id, kind, 'many-' || n, digest from record.entry, generate_series(${from}::int, ${to}::int) n where kind = 'indicator' and key = ${examples.indicator} returning id, space_id, key)
      insert into record.catalogue (entry_id, space_id, entry_kind, key, title, title_sort, countries, organizations, parties, fields, disputed, umbrella)
        select id, space_id, 'indicator', key, jsonb_build_object('en', 'Many ' || key, 'original', 'en'), key, '{}', '{}', '[]', '{name}', false, false from made`)
  const wanted = () => mostSheetRows - countSeeds('indicator')

  test('fits with its last row', async () => {
    await fill(1, wanted())
    expect(await xlsx(world(), 'indicators.xlsx')).toHaveLength(mostSheetRows + 1)
  })

  test('is refused with one row more, in the language asked for, and says what to do', async () => {
    await fill(wanted() + 1, wanted() + 1)
    const titles: string[] = []
    for (const language of languages) {
      const answer = await world().ask('/api/v1/record/indicators.xlsx', { headers: { 'accept-language': language } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json; charset=utf-8'])
      const problem = (await answer.json()) as { title: string; code: string }
      expect(problem).toMatchObject({ code: 'download_too_large', title: platformTexts[language]('refusal.download_too_large', { n: mostSheetRows }) })
      expect(problem.title).toContain('CSV')
      titles.push(problem.title)
    }
    expect(new Set(titles).size).toBe(languages.length)
    expect((await xlsx(world(), 'indicators.xlsx?q=trading')).length).toBeLessThan(20)
  })

  test('comes whole as CSV and JSON, each row once', async () => {
    const keys = (await csv(world(), 'indicators.csv')).slice(1).map(([key]) => key)
    expect(keys).toHaveLength(mostSheetRows + 1)
    expect(new Set(keys).size).toBe(mostSheetRows + 1)
    const whole = (await (await world().ask('/api/v1/record/indicators.json?sort=-title')).json()) as { items: { key: string }[] }
    expect(new Set(whole.items.map(({ key }) => key))).toEqual(new Set(keys))
    expect(whole.items).toHaveLength(mostSheetRows + 1)
  })
})
