import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { importRecord } from '../../src/modules/record/index.ts'
import { recordTexts } from '../../src/modules/record/text/index.ts'
import { fieldLabel } from '../../src/modules/record/views/labels.ts'
import { importer } from '../../src/platform/access/actor.ts'
import { platformTexts } from '../../src/platform/i18n/index.ts'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { readHtml } from '../support/html.ts'
import { inEnglish, pathOf, readRows, recordOf, seeds, shownClaims, supporters, type Listed, type Statement } from '../support/record.ts'
import { onBothEngines, sql, type World } from '../support/world.ts'

// As it was in one time, as known by another: on the API and on the pages, of entries and of lists.

const china = 'indicator:china-rank-among-partners-of-cuba'
const trade = 'indicator:trade-cn-cu'
const network = 'initiative:vn-cu-network'

const isWithin = (part: ReadonlySet<string>, whole: ReadonlySet<string>) => [...part].every((each) => whole.has(each))
const of = (statements: readonly Statement[], field: string) => statements.filter((statement) => statement.field === field)

/** The claims of a field on a page of an entry. */
async function shown(world: World, language: Language, name: string, query: string, field: string): Promise<string[]> {
  const answer = await world.ask(`/${language}/${pathOf(name)}${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return shownClaims(await answer.text()).flatMap(({ label, text }) => (label === fieldLabel(recordTexts[language], field) ? [text] : []))
}

function tellEntries(world: () => World) {
  const record = recordOf(world)

  test('in 2010 China ranks second among the partners of Cuba', async () => {
    const ranks = of((await record.entry(china, '?as_of=2010')).statements, 'rank')
    // What is claimed for no year gives way to what is claimed for this one.
    expect(ranks.map((statement) => [statement.value, statement.valid, supporters(statement), statement.last_known])).toEqual([
      ['2', '2010', ['seed-004', 'w070'], false],
    ])
    expect(inEnglish(ranks[0]?.qualifiers['basis'] ?? '')).toBe('after Venezuela')
    for (const language of languages) expect(await shown(world(), language, china, '?as_of=2010', 'rank')).toEqual([expect.stringMatching(/^2 /)])
  })

  test('in 2016 it ranks first, by exactly one source', async () => {
    const ranks = of((await record.entry(china, '?as_of=2016')).statements, 'rank')
    expect(ranks.map((statement) => [statement.value, statement.valid, supporters(statement), statement.last_known])).toEqual([['1', '2016', ['w115'], false]])
    expect(inEnglish(ranks[0]?.qualifiers['reporter'] ?? '')).toContain('National Statistics Office of Cuba')
    for (const language of languages) expect(await shown(world(), language, china, '?as_of=2016', 'rank')).toEqual([expect.stringMatching(/^1 /)])
  })

  test('between two years on record the earlier one is shown, marked as the last that was reported', async () => {
    const dated = of((await record.entry(china, '?as_of=2013')).statements, 'rank').filter(({ valid }) => valid !== null)
    expect(dated.map(({ valid, last_known }) => [valid, last_known])).toEqual([['2010', true]])
    expect((await shown(world(), 'en', china, '?as_of=2013', 'rank')).filter((text) => text.includes(recordTexts.en('times.last-known')))).toHaveLength(1)
  })

  test('the network has 20 members at its launch and, by other sources, 22 and more than 30, each with what it counts', async () => {
    const members = of((await record.entry(network, '?as_of=2025-08-28')).statements, 'members')
    expect(members.map(({ value, qualifiers }) => [value, inEnglish(qualifiers['basis'] ?? ''), inEnglish(qualifiers['counts'] ?? '')])).toEqual([
      ['20', '', expect.stringContaining('founding members at the Hanoi launch')],
      ['22', '', expect.stringContaining('late signers included')],
      ['30', 'more than', expect.stringContaining('attendees possibly included')],
    ])
    const [first, second, third] = members.map(supporters)
    expect([first, second, third]).toEqual([['seed-002', 'w001', 'w010', 'w264'], ['w008'], ['w164']])
    for (const language of ['en', 'zh'] as const) {
      const claims = await shown(world(), language, network, '?as_of=2025-08-28', 'members')
      expect(claims.map((text) => /^\d+/.exec(text)?.[0])).toEqual(['20', '22', '30'])
      for (const [index, { qualifiers }] of members.entries()) {
        const counts = qualifiers['counts']
        expect(claims[index]).toContain(typeof counts === 'object' ? counts[language] : '?')
      }
    }
  })

  test('what no source had published yet is not known', async () => {
    const names = async (query: string) =>
      of((await record.entry(network, query)).statements, 'members').map(({ value, valid }) => `${inEnglish(value)} ${valid}`)
    expect(await names('?known_at=2025-08-27')).toEqual([])
    expect(await names('?known_at=2025-08-28')).toEqual(['20 2025-08-28'])
    // Sources that name a month only are certainly out at its end.
    expect(await names('?known_at=2025-08-31')).toEqual(['20 2025-08-28', '30 2025-08-28'])
    expect((await names('?known_at=2025-10-31')).length).toBeGreaterThan(3)
    expect((await record.entry(network, '?known_at=2025-08-27')).statements).toEqual([])
    const page = await (await world().ask(`/en/${pathOf(network)}?known_at=2025-08-27`)).text()
    expect(page).toContain(recordTexts.en('entry.nothing'))
    expect(await shown(world(), 'en', network, '?known_at=2025-08-28', 'members')).toHaveLength(1)
  })

  test('both times together: of 2016, what was known at its end and a year later', async () => {
    const dated = async (query: string) =>
      of((await record.entry(china, query)).statements, 'rank').flatMap(({ value, valid, last_known }) => (valid === null ? [] : [[value, valid, last_known]]))
    expect(await dated('?as_of=2016&known_at=2016-12-31')).toEqual([['2', '2010', true]])
    expect(await dated('?as_of=2016&known_at=2017-08-16')).toEqual([['2', '2010', true]])
    expect(await dated('?as_of=2016&known_at=2017-08-17')).toEqual([['1', '2016', false]])
    expect(await dated('?as_of=2010&known_at=2010')).toEqual([['2', '2009', true]])
    expect(await dated('?as_of=2010&known_at=2009')).toEqual([])
  })

  test('a source without a date counts for nothing when it is asked what was known', async () => {
    const [known] = of((await record.entry(china, '?as_of=2010&known_at=2012')).statements, 'rank')
    expect(known?.citations.map(({ source }) => source)).toEqual(['w070'])
    expect((await record.source('seed-004')).published).toBeNull()
  })

  test('the page says which time it shows, and how to come back', async () => {
    for (const language of languages) {
      const { elements } = readHtml(await (await world().ask(`/${language}/${pathOf(china)}?as_of=2010&known_at=2012-06`)).text())
      const note = elements.find(({ attributes }) => attributes['class'] === 'note' && attributes['role'] === 'status')
      expect(note?.text).toContain('2010')
      expect(note?.text).toContain('2012')
      const back = elements.find(({ name, parents }) => name === 'a' && note !== undefined && parents[0] === note)
      expect(back?.attributes['href']).toBe(`/${language}/${pathOf(china)}`)
      for (const [field, value] of [
        ['as_of', '2010'],
        ['known_at', '2012-06'],
      ]) {
        expect(elements.find(({ name, attributes }) => name === 'input' && attributes['name'] === field)?.attributes['value']).toBe(value)
      }
    }
  })

  test('what is known only grows, and what was so is part of all that is on record', async () => {
    const wrong: string[] = []
    const publishedBy = new Map(readRows(seeds, 'sources').map(({ id, published }) => [id, published ?? '']))
    for (const { entry: kind, key } of await record.all<Listed>('indicators')) {
      const name = `${kind}:${key}`
      const ids = async (query: string) => new Set((await record.entry(name, query)).statements.map(({ id }) => id))
      const every = await ids('')
      const steps = await Promise.all(['1990', '2007', '2012', '2020-06', '2024', '2025-08-28', '9999'].map((day) => ids(`?known_at=${day}`)))
      for (const [index, step] of steps.entries()) {
        if (!isWithin(step, steps[index + 1] ?? every)) wrong.push(`${name} loses something after step ${index}`)
      }
      for (const day of ['2005', '2016', '2025-10-11']) if (!isWithin(await ids(`?as_of=${day}`), every)) wrong.push(`${name} as of ${day}`)
      const { sources } = await record.entry(name, '?known_at=2012')
      for (const { key: source } of sources) if (!/^(?:19|200|201[012])/.test(publishedBy.get(source) ?? '')) wrong.push(`${name} cites ${source} in 2012`)
    }
    expect(wrong).toEqual([])
  })
}

function tellTrade(world: () => World) {
  const record = recordOf(world)
  const prefer = (value: string, other: string) =>
    world().rows(sql`update record.statement t set rank = case t.value #>> '{}' when ${value} then 'preferred' when ${other} then 'deprecated' else t.rank end,
      rank_reason = '{"en": "for the sake of argument"}' from record.entry e where e.id = t.entry_id and e.key = 'trade-cn-cu' and t.field = 'amount' and t.value #>> '{}' in (${value}, ${other})`)

  test.each<[string, [string, string] | undefined]>([
    ['as the record has it', undefined],
    ['with the first preferred', ['777', '830']],
    ['with the second preferred', ['830', '777']],
  ])('shows both totals with whoever reports them, %s', async (_, ranks) => {
    if (ranks) await prefer(...ranks)
    for (const query of ['?as_of=2005', '']) {
      const amounts = of((await record.get<{ statements: Statement[] }>(`${pathOf(trade)}${query}`)).statements, 'amount').filter(
        ({ valid }) => valid === '2005',
      )
      expect(
        new Map(
          amounts.map((statement) => [
            statement.value,
            [statement.qualifiers['unit'], inEnglish(statement.qualifiers['reporter'] ?? ''), ...supporters(statement)],
          ]),
        ),
      ).toEqual(
        new Map([
          ['777', ['million USD', 'Wikipedia, original reporter not named', 'seed-004']],
          ['830', ['million USD', 'Ambassador of China to Cuba', 'w118']],
        ]),
      )
      if (ranks) expect(amounts.find(({ rank }) => rank === 'preferred')?.value).toBe(ranks[0])
      const english = await shown(world(), 'en', trade, query, 'amount')
      expect(english).toContainEqual(expect.stringMatching(/^777 million USD .*Wikipedia, original reporter not named/))
      expect(english).toContainEqual(expect.stringMatching(/^830 million USD .*Ambassador of China to Cuba/))
      const chinese = await shown(world(), 'zh', trade, query, 'amount')
      expect(chinese).toContainEqual(expect.stringMatching(/^7\.77亿 USD .*维基百科/))
      expect(chinese).toContainEqual(expect.stringMatching(/^8\.3亿 USD .*大使/))
    }
  })
}

/** A plant and some agreements of no country, each step told by a source of its own time. */
const example: Record<string, string> = {
  places: 'id,country,region_en,name_en,name_es,name_zh,name_vi,latitude,longitude,also_written',
  organizations: 'id,kind,country,place,name_en,name_es,name_zh,name_vi,acronym,aliases,parent_id,website,source_ids',
  sources: [
    'id,kind,title,publisher,published,url,language',
    'example-2010,press,Example of 2010,Example,2010-05,,en',
    'example-2016,press,Example of 2016,Example,2016-03-01,,en',
    'example-2024,press,Example of 2024,Example,2024,,en',
    'example-undated,press,Example without a date,Example,,,en',
  ].join('\n'),
  agreements: [
    'id,kind,title_en,title_es,title_zh,title_vi,parties,signed,place,subject_en,subject_es,subject_zh,subject_vi,status,source_ids',
    'example-early,mou,Example early,,,,CU;VN,2011-02-03,,,,,,,example-2016',
    'example-later,mou,Example later,,,,CU;VN,2019,,,,,,,example-2024',
    'example-timeless,mou,Example timeless,,,,CU;VN,,,,,,,,example-2010',
    'example-ended,mou,Example ended,,,,CU;VN,2008,,,,,,,example-2016',
    'example-unknown,mou,Example unknown,,,,CU;VN,2001,,,,,,,example-undated',
  ].join('\n'),
  facilities: [
    'id,kind,name_en,name_es,name_zh,name_vi,place,country,owner_operator_ids,field_en,field_es,field_zh,field_vi,status,since,source_ids',
    'example-plant,plant,Example plant,Planta de ejemplo,示例工厂,Nhà máy ví dụ,,VN,,,,,,,2009,example-2010',
  ].join('\n'),
  'statements-example': [
    'entry,field,value,value_es,value_zh,value_vi,language,rank,reason_en,reason_es,reason_zh,reason_vi,valid,qualifiers,sources,disputed_by,conflict,seed_statement',
    'agreement:example-ended,ended,2013-06,,,,,normal,,,,,,,example-2016,,,',
    'facility:example-plant,status,planned,,,,,normal,,,,,2009,,example-2010,,,',
    'facility:example-plant,status,building,,,,,normal,,,,,2012-03,,example-2016,,,',
    'facility:example-plant,status,operating,,,,,normal,,,,,2015,,example-2016,,,',
    'facility:example-plant,status,closed,,,,,normal,,,,,2022,,example-2024,,,',
  ].join('\n'),
}

function tellLists(world: () => World) {
  const record = recordOf(world)
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-times-'))
    for (const [name, text] of Object.entries(example)) writeFileSync(join(folder, `${name}.csv`), `${text}\n`)
    expect((await importRecord(world(), importer, folder)).issues).toEqual([])
    rmSync(folder, { recursive: true })
  })

  const agreements = async (query: string) =>
    (await record.all<Listed>(`agreements?sort=title${query}`)).flatMap(({ key }) => (key.startsWith('example-') ? [key.slice('example-'.length)] : []))

  test.each([
    ['', ['early', 'ended', 'later', 'timeless', 'unknown']],
    ['&as_of=2000', ['timeless']],
    ['&as_of=2010', ['ended', 'timeless', 'unknown']],
    ['&as_of=2011-02-02', ['ended', 'timeless', 'unknown']],
    ['&as_of=2011-02-03', ['early', 'ended', 'timeless', 'unknown']],
    ['&as_of=2013', ['early', 'ended', 'timeless', 'unknown']],
    ['&as_of=2014', ['early', 'timeless', 'unknown']],
    ['&as_of=2020', ['early', 'later', 'timeless', 'unknown']],
    ['&known_at=2010-05-30', []],
    ['&known_at=2010-05', ['timeless']],
    ['&known_at=2016-02', ['timeless']],
    ['&known_at=2016-03-01', ['early', 'ended', 'timeless']],
    ['&known_at=2024', ['early', 'ended', 'later', 'timeless']],
    ['&as_of=2020&known_at=2016', ['early', 'timeless']],
    ['&as_of=2010&known_at=2016', ['ended', 'timeless']],
    ['&as_of=2020&known_at=2010', ['timeless']],
  ])('agreements %s', async (query, expected) => {
    expect(await agreements(query)).toEqual(expected)
    const file = await record.get<{ items: { key: string }[] }>(`agreements.json?sort=title${query}`)
    expect(file.items.flatMap(({ key }) => (key.startsWith('example-') ? [key.slice('example-'.length)] : []))).toEqual(expected)
    const page = await (await world().ask(`/en/agreements?q=example&sort=title${query}`)).text()
    expect([...page.matchAll(/href="\/en\/agreements\/example-([a-z]+)"/g)].map(([, key]) => key)).toEqual(expected)
  })

  test.each([
    ['', 'closed'],
    ['?as_of=2008', undefined],
    ['?as_of=2010', 'planned'],
    ['?as_of=2012-02', 'planned'],
    ['?as_of=2012', 'building'],
    ['?as_of=2014', 'building'],
    ['?as_of=2018', 'operating'],
    ['?as_of=2023', 'closed'],
    ['?known_at=2009', undefined],
    ['?known_at=2012', 'planned'],
    ['?known_at=2016', 'operating'],
    ['?known_at=2024', 'closed'],
    ['?as_of=2018&known_at=2012', 'planned'],
    ['?as_of=2013&known_at=2016', 'building'],
    ['?as_of=2023&known_at=2020', 'operating'],
    ['?as_of=2008&known_at=2024', undefined],
  ])('the state of a plant %s is %s', async (query, status) => {
    const find = async (more: string) =>
      (await record.all<Listed>(`facilities${query === '' ? '?' : `${query}&`}q=example+plant${more}`)).find(({ key }) => key === 'example-plant')
    expect((await find(''))?.status).toBe(status)
    for (const each of ['planned', 'building', 'operating', 'closed']) expect((await find(`&status=${each}`)) !== undefined).toBe(each === status)
  })

  test('its page tells the same, step by step', async () => {
    const steps = async (query: string) =>
      of((await record.get<{ statements: Statement[] }>(`facilities/example-plant${query}`)).statements, 'status').map(({ value, last_known }) => [
        value,
        last_known,
      ])
    expect(await steps('?as_of=2010')).toEqual([['planned', true]])
    expect(await steps('?as_of=2012')).toEqual([['building', false]])
    expect(await steps('?as_of=2018')).toEqual([['operating', true]])
    expect(await steps('?as_of=2018&known_at=2012')).toEqual([['planned', true]])
    expect(await steps('?as_of=2008')).toEqual([])
    expect(await steps('')).toHaveLength(4)
    expect(await shown(world(), 'es', 'facility:example-plant', '?as_of=2012', 'status')).toEqual([expect.stringContaining(recordTexts.es('status.building'))])
  })
}

function tellRefusals(world: () => World) {
  const wrong = ['2010-13', '2010-02-30', 'yesterday', '28/08/2025', '20100101', '2012/2010', '..', '2010 ']

  describe.each(languages)('in %s', (language) => {
    const sentence = platformTexts[language]('issue.not_a_date')

    test.each(['agreements', 'facilities', pathOf(china), 'organizations/cigb'])('are refused for %s, each by its name', async (path) => {
      // One language hears them all.
      for (const date of language === 'en' ? wrong : wrong.slice(0, 3)) {
        const query = `as_of=${encodeURIComponent(date)}&known_at=${encodeURIComponent(date)}`
        const page = await world().ask(`/${language}/${path}?${query}`)
        expect([date, page.status]).toEqual([date, 422])
        const { elements } = readHtml(await page.text())
        const lines = elements.flatMap(({ name, text }) => (name === 'li' ? [text.replaceAll(/\s+/g, ' ')] : []))
        for (const field of ['as_of', 'known_at']) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`${field}.*${sentence}`)))

        const answer = await world().ask(`/api/v1/record/${path}?${query}`, { headers: { 'accept-language': language } })
        expect([date, answer.status, answer.headers.get('content-type')]).toEqual([date, 422, 'application/problem+json; charset=utf-8'])
        const problem = (await answer.json()) as { code: string; issues: { path: string; code: string; message: string }[] }
        expect([problem.code, problem.issues]).toEqual([
          'invalid_input',
          ['as_of', 'known_at'].map((field) => ({ path: field, code: 'not_a_date', message: sentence })),
        ])
      }
    })
  })

  test('and dates that are some are not', async () => {
    for (const date of ['2010', '2010-05', '2010-05-31', '201X', '2005~', '2008/2012', '2008/..', '../2012', '']) {
      for (const path of ['/en/agreements', `/en/${pathOf(china)}`, '/api/v1/record/agreements', `/api/v1/record/${pathOf(china)}`]) {
        const answer = await world().ask(`${path}?as_of=${encodeURIComponent(date)}&known_at=${encodeURIComponent(date)}`)
        expect([path, date, answer.status]).toEqual([path, date, 200])
      }
    }
  })
}

onBothEngines('the record at a time', (world) => {
  describe('of entries', () => tellEntries(world))
  describe('the trade of 2005', () => tellTrade(world))
  describe('of lists', () => tellLists(world))
  describe('that is none', () => tellRefusals(world))
})
