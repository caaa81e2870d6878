import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { countryName } from '../../platform/i18n/format.ts'
import { htmlLanguage, languages, type LanguageText } from '../../platform/i18n/languages.ts'
import { foldKey } from '../../platform/text/fold.ts'
import { readHtml } from '../../../test/support/html.ts'
import { recordOf, shownClaims, type Listed } from '../../../test/support/record.ts'
import { everything } from '../../../test/support/share.ts'
import { countSeeds } from '../../../test/support/sheets.ts'
import { onBothEngines, sql } from '../../../test/support/world.ts'
import { entryKinds, plurals, type EntryKind } from './schema.ts'
import { recordTexts } from './text/index.ts'

type ListAnswer = { items: Listed[]; total: number; next: string | null; previous: string | null }

onBothEngines('reading the record', (world) => {
  const { get, entry } = recordOf(world)

  test('counts what is in seeds/record', async () => {
    const counts = Object.fromEntries((['source', ...entryKinds] as const).map((kind) => [kind, countSeeds(kind)]))
    expect(await get('summary')).toEqual({ counts })
    for (const kind of entryKinds) expect(await get(plurals[kind])).toMatchObject({ total: counts[kind] })
    expect(await get('sources')).toMatchObject({ total: counts['source'] })
    const page = await (await world().ask('/es/record')).text()
    for (const kind of entryKinds) expect(page).toMatch(new RegExp(`href="/es/${plurals[kind]}">[^<]+</a></dt><dd><b>${counts[kind]}</b>`))
  })

  test('an entry carries every statement with the sources that say it', async () => {
    const cigb = await entry('organization:cigb')
    expect(cigb.statements.every(({ citations }) => citations.length > 0)).toBe(true)
    expect(cigb.statements).toContainEqual(expect.objectContaining({ field: 'name', value: '古巴基因工程与生物技术中心', language: 'zh' }))
    expect(cigb.statements).toContainEqual(
      expect.objectContaining({ field: 'parent', target: expect.objectContaining({ entry: 'organization', key: 'biocubafarma' }) as unknown }),
    )
    expect(cigb.sources.map(({ key }) => key)).toContain('w022')
  })

  test('no statement on record is without a source that supports it', async () => {
    const unsupported = sql`select t.id from record.statement t where not exists (select from record.citation c where c.statement_id = t.id and c.stance = 'supports')`
    expect(await world().rows(unsupported)).toEqual([])
  })

  test('what is unknown has no statement', async () => {
    expect(await world().rows(sql`select id from record.statement where value in ('"unknown"', '"not stated"', '""')`)).toEqual([])
  })

  test('a source tells what rests on it', async () => {
    const page = await (await world().ask('/en/sources/w022')).text()
    expect(page).toContain('href="/en/organizations/ccbjic"')
  })

  test('without a language in the address the browser decides', async () => {
    const answer = await world().ask('/organizations', { headers: { 'accept-language': 'vi-VN,en;q=0.5' } })
    expect(answer.headers.get('vary')).toContain('Accept-Language')
    expect(await answer.text()).toContain('<html lang="vi">')
  })

  test('an unchanged page is not sent again', async () => {
    const first = await world().ask('/en/organizations/cigb')
    const tag = first.headers.get('etag') ?? ''
    const second = await world().ask('/en/organizations/cigb', { headers: { 'if-none-match': tag } })
    expect([tag === '', second.status, await second.text()]).toEqual([false, 304, ''])
  })

  test('an answer is kept for those who ask the same, until something changes', async () => {
    const ask = async (path: string, init?: RequestInit) => {
      world().logged.length = 0
      const answer = await world().ask(path, init)
      return { answer, text: await answer.text(), queries: world().logged.find(({ msg }) => msg === 'request')?.['queries'] }
    }
    const path = '/en/organizations/finlay?kept=here'
    const [first, second] = [await ask(path), await ask(path)]
    expect([Number(first.queries) > 3, second.queries, second.text === first.text]).toEqual([true, 3, true])
    expect(second.answer.headers.get('etag')).toBe(first.answer.headers.get('etag'))
    const [one, two] = [first, second].map(({ answer }) => answer.headers)
    expect([...(two?.keys() ?? [])]).toEqual([...(one?.keys() ?? [])])
    expect([one?.get('x-request-id') === two?.get('x-request-id'), two?.get('content-security-policy')]).toEqual([false, one?.get('content-security-policy')])
    const zipped = await world().ask(path, { headers: { 'accept-encoding': 'gzip' } })
    expect([zipped.headers.get('content-encoding'), gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()]).toEqual(['gzip', first.text])
    const head = await ask(path, { method: 'HEAD' })
    expect([head.answer.status, head.text, head.queries, head.answer.headers.get('content-type')]).toEqual([200, '', 3, 'text/html; charset=UTF-8'])
    for (const other of ['/es/organizations/finlay?kept=here', 'http://other.example.org/en/organizations/finlay?kept=here', '/organizations/finlay?kept=here'])
      expect(Number((await ask(other)).queries)).toBeGreaterThan(3)
    await world().rows(sql`update record.statement set value = '"FVI-NEW"' where field = 'acronym' and ended_at is null
      and entry_id = (select id from record.entry where kind = 'organization' and key = 'finlay')`)
    const third = await ask(path)
    expect([Number(third.queries) > 3, third.text.includes('FVI-NEW')]).toEqual([true, true])
  })

  test('a refusal and a page with an id of its own are not kept', async () => {
    const id = async () => /name="id" value="([^"]+)"/.exec(await (await world().ask('/en/corrections/new')).text())?.[1]
    const ids = [await id(), await id()]
    expect([ids[0] === undefined, new Set(ids).size]).toEqual([false, 2])
    expect([(await world().ask('/en/nowhere')).status, (await world().ask('/en/nowhere')).status]).toEqual([404, 404])
  })

  test('what belonged to one kind is not there under another', async () => {
    for (const path of ['/en/agreements/cigb', '/api/v1/record/agreements/cigb', '/en/organizations/a-001', '/api/v1/record/ventures/cigb/json-ld'])
      expect([path, (await world().ask(path)).status]).toEqual([path, 404])
  })
})

onBothEngines('pages of every kind', (world) => {
  const { all, entry } = recordOf(world)
  const inAll = ({ title }: Listed) => languages.every((language) => title[language])

  describe.each(entryKinds)('%s', (kind) => {
    test.each(languages)('speak %s', async (language) => {
      const say = recordTexts[language]
      const listed = await all<Listed>(plurals[kind])
      const one = listed.find((item) => inAll(item) && item.kind !== null) ?? listed.find(inAll)
      if (!one) throw new Error(`no ${kind} has a title in four languages`)
      const { heading, texts } = await look(`/${language}/${plurals[kind]}`, language)
      expect(heading).toBe(say(`plural.${kind}`))
      const titles = (await (await world().ask(`/api/v1/record/${plurals[kind]}`)).json()) as ListAnswer
      expect(titles.items.length).toBeGreaterThan(0)
      for (const { title } of titles.items) expect(texts).toContain(title[language] ?? title[(title.original ?? 'en') as 'en'] ?? title.en)

      const page = await look(`/${language}/${plurals[kind]}/${one.key}`, language)
      expect(page.heading).toBe(one.title[language])
      const { statements } = await entry(`${kind}:${one.key}`)
      expect(new Set(page.claims.map(({ label }) => label))).toEqual(new Set(statements.map(({ field }) => say(`field.${field as 'name'}`))))
      const said = (field: 'kind' | 'status' | 'country') => page.claims.filter(({ label }) => label === say(`field.${field}`)).map(({ text }) => text)
      if (one.kind !== null) expect(said('kind')).toContain(say(`kind.${one.kind as 'other'}`))
      if (one.status !== null) expect(said('status').some((text) => text.startsWith(say(`status.${one.status as 'ended'}`)))).toBe(true)
      if (one.country !== null) expect(said('country')).toContain(countryName(one.country, language))
    })
  })

  test('the Chinese title stands on the Chinese page, the Vietnamese on the Vietnamese', async () => {
    const [zh, vi] = await Promise.all(['zh', 'vi'].map(async (language) => (await look(`/${language}/agreements/a-001`, language as 'zh')).heading))
    expect(zh).toMatch(/^\p{Script=Han}/u)
    expect(vi).toMatch(/^Thỏa thuận/)
  })

  /** What a page says, and that it is in its language and shows no name of ours where words belong. */
  async function look(path: string, language: (typeof languages)[number]) {
    const answer = await world().ask(path)
    expect([path, answer.status, answer.headers.get('content-language')]).toEqual([path, 200, htmlLanguage[language]])
    const html = await answer.text()
    const { elements } = readHtml(html)
    expect(elements[0]?.attributes['lang']).toBe(htmlLanguage[language])
    const texts = elements.map(({ text }) => text)
    const tags = elements.filter(({ attributes }) => /^tag\b/.test(attributes['class'] ?? '')).map(({ text }) => text)
    expect(tags.filter((text) => /^[a-z]+(-[a-z]+)+$/.test(text))).toEqual([])
    expect(texts.filter((text) => /^(kind|status|field|plural|lead|stage|qualifier|entry)\.[a-z-]+$/.test(text))).toEqual([])
    return { heading: elements.find(({ name }) => name === 'h1')?.text, texts, claims: shownClaims(html) }
  }
})

onBothEngines('lists', (world) => {
  const { all, get } = recordOf(world)
  const keys = (items: readonly Listed[]) => items.map(({ key }) => key)

  describe.each(entryKinds)('of %s', (kind) => {
    test('reach every entry exactly once in each order, and turn round', async () => {
      const list = (sort: string) => all<Listed>(`${plurals[kind]}?sort=${sort}`)
      const [up, down, oldest, newest] = [await list('title'), await list('-title'), await list('date'), await list('-date')]
      const present = (await world().rows(sql<{ key: string }>`select key from record.entry where kind = ${kind}`)).map(({ key }) => key).toSorted()
      expect(present).toHaveLength(countSeeds(kind))
      for (const items of [up, down, oldest, newest]) expect(keys(items).toSorted()).toEqual(present)
      const names = up.map(({ title, key }) => foldKey(title.en ?? Object.values(title)[0] ?? key))
      expect(names).toEqual(names.toSorted())
      expect(keys(down)).toEqual(keys(up).toReversed())
      // What has no date comes last in both directions.
      const dated = (items: Listed[]) => items.filter(({ date }) => date !== null)
      for (const items of [oldest, newest]) expect(keys(items.slice(0, dated(items).length))).toEqual(keys(dated(items)))
      expect(keys(dated(newest))).toEqual(keys(dated(oldest)).toReversed())
      const years = dated(oldest).map(({ date }) => /\d{3}[\dX]/.exec(date ?? '')?.[0]?.replace('X', '0') ?? '')
      expect(years).toEqual(years.toSorted())
    })
  })

  test('page back as they page forward', async () => {
    const forward: string[][] = []
    let page = await get<ListAnswer>('organizations')
    for (; page.next !== null; page = await get<ListAnswer>(`organizations?cursor=${page.next}`)) forward.push(keys(page.items))
    const back: string[][] = []
    while (page.previous !== null) {
      page = await get<ListAnswer>(`organizations?cursor=${page.previous}`)
      back.push(keys(page.items))
    }
    expect(forward.length).toBeGreaterThan(2)
    expect(back.toReversed()).toEqual(forward)
  })

  const inYears = (from: string, to: string, date: string | null) => {
    const years = date?.match(/\d{3}[\dX]/g) ?? []
    return years.length > 0 && (years[0]?.replace('X', '0') ?? '') <= to && (years.at(-1)?.replace('X', '9') ?? '') >= from
  }
  // What a filter lets through, told from what each entry shows of itself.
  const visible: [string, string, (item: Listed) => boolean][] = [
    ['organizations', 'kind=hospital', ({ kind }) => kind === 'hospital'],
    ['organizations', 'country=VN', ({ country }) => country === 'VN'],
    ['organizations', 'kind=hospital&country=VN', ({ kind, country }) => kind === 'hospital' && country === 'VN'],
    ['agreements', 'country=VN', ({ countries }) => countries.includes('VN')],
    ['agreements', 'status=in-force', ({ status }) => status === 'in-force'],
    ['agreements', 'kind=mou&period=2023', ({ kind, date }) => kind === 'mou' && inYears('2023', '2023', date)],
    ['ventures', 'status=operating', ({ status }) => status === 'operating'],
    ['facilities', 'kind=plant&disputed=yes', ({ kind, disputed }) => kind === 'plant' && disputed],
    ['facilities', 'disputed=no', ({ disputed }) => !disputed],
    ['events', 'kind=visit', ({ kind }) => kind === 'visit'],
    ['events', 'period=2014/2019', ({ date }) => inYears('2014', '2019', date)],
    ['events', 'period=2025-09-04', ({ date }) => /^2025-(09-04|(08-\d\d|09-0[1-4])\/2025-(09-0[4-9]|09-[123]\d|1\d-\d\d))$/.test(date ?? '')],
    ['flows', 'kind=trade&period=2005', ({ kind, date }) => kind === 'trade' && inYears('2005', '2005', date)],
    ['products', 'kind=vaccine', ({ kind }) => kind === 'vaccine'],
    ['authorizations', 'country=CN&status=approved', ({ countries, status }) => countries.includes('CN') && status === 'approved'],
    ['initiatives', 'kind=proposal', ({ kind }) => kind === 'proposal'],
    ['programmes', 'country=CN', ({ countries }) => countries.includes('CN')],
  ]
  test.each(visible)('%s?%s', async (plural, query, fits) => {
    const everything = await all<Listed>(plural)
    const through = await all<Listed>(`${plural}?${query}`)
    expect(keys(through).toSorted()).toEqual(keys(everything.filter(fits)).toSorted())
    expect([through.length > 0, through.length < everything.length]).toEqual([true, true])
    expect(await get(`${plural}?${query}`)).toMatchObject({ total: through.length })
  })

  const current = sql`record.entry e join record.statement t on t.entry_id = e.id and t.ended_at is null`
  // The same told from the statements.
  const claimed: [string, EntryKind, string, ReturnType<typeof sql>][] = [
    [
      'agreements',
      'agreement',
      'organization=cigb',
      sql`select e.key from ${current} where t.target_id = (select id from record.entry where kind = 'organization' and key = 'cigb')`,
    ],
    [
      'products',
      'product',
      'organization=cigb',
      sql`select e.key from ${current} where t.target_id = (select id from record.entry where kind = 'organization' and key = 'cigb')`,
    ],
    ['facilities', 'facility', 'field=partner', sql`select e.key from ${current} where t.field = 'partner'`],
    ['agreements', 'agreement', 'field=amount', sql`select e.key from ${current} where t.field = 'amount'`],
    [
      'agreements',
      'agreement',
      'known_at=2015',
      sql`select e.key from ${current} join record.citation c on c.statement_id = t.id and c.stance = 'supports' join record.source s on s.id = c.source_id where s.published_to <= '2015-12-31'`,
    ],
    [
      'facilities',
      'facility',
      'as_of=2010',
      sql`select e.key from record.entry e where not exists (select from record.statement t where t.entry_id = e.id and t.ended_at is null and t.field in ('since', 'opened', 'started', 'announced') and t.value #>> '{}' >= '2011')`,
    ],
  ]
  test.each(claimed)('%s (%s) ?%s', async (plural, kind, query, statement) => {
    const through = await all<Listed>(`${plural}?${query}`)
    const said = await world().rows(sql<{ key: string }>`select distinct key from (${statement}) said join record.entry using (key) where kind = ${kind}`)
    expect(keys(through).toSorted()).toEqual(said.map(({ key }) => key).toSorted())
    expect([through.length > 0, through.length < countSeeds(kind)]).toEqual([true, true])
  })

  test('the state on a list is the one that the entry shows for the same time', async () => {
    const wrong: string[] = []
    let compared = 0
    for (const plural of ['agreements', 'ventures', 'facilities', 'initiatives'])
      for (const query of ['', 'as_of=2016', 'as_of=2025-04', 'known_at=2023-06', 'as_of=2024&known_at=2024'])
        for (const { key, status } of await all<Listed>(`${plural}?${query}`)) {
          const { statements } = await get<{ statements: { field: string; rank: string; value: unknown; language: string | null }[] }>(
            `${plural}/${key}?${query}`,
          )
          const states = statements.filter(({ field, rank, language }) => field === 'status' && rank !== 'deprecated' && language === null)
          const shown = (states.find(({ rank }) => rank === 'preferred') ?? states[0])?.value ?? null
          if (shown !== status) wrong.push(`${plural}/${key}?${query}: ${status} on the list, ${JSON.stringify(shown)} on its page`)
          compared += 1
        }
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(100)
  })

  test('words narrow a list, with and without accents, and nothing else slips in', async () => {
    const found = await all<Listed>('organizations?country=VN&q=da+lieu')
    expect(keys(found)).toContain('nhdv')
    expect(keys(await all<Listed>('organizations?country=VN&q=Da+liễu'))).toEqual(keys(found))
    expect(await get('organizations?country=CU&q=da+lieu')).toMatchObject({ total: 0, items: [], next: null })
    expect(await get('organizations?q=%26%7C!')).toMatchObject({ total: 0 })
  })

  test('the page shows what the API lists, with the filters that made it', async () => {
    const query = 'kind=hospital&country=VN&sort=-title'
    const { elements } = readHtml(await (await world().ask(`/vi/organizations?${query}`)).text())
    const shown = elements.filter(({ name, parents }) => name === 'tr' && parents.some((parent) => parent.name === 'tbody')).map(({ text }) => text)
    const listed = await all<{ title: LanguageText; key: string }>(`organizations?${query}`)
    expect(shown).toHaveLength(listed.length)
    listed.forEach(({ title }, index) => expect(shown[index]).toContain(title.vi))
    const chosen = elements.filter(({ name, attributes }) => name === 'option' && 'selected' in attributes).map(({ attributes }) => attributes['value'])
    expect(chosen).toEqual(expect.arrayContaining(['hospital', 'VN']))
    expect(elements.find(({ attributes }) => attributes['name'] === 'sort')?.attributes['value']).toBe('-title')
  })
})

onBothEngines('searching the record', (world, engine) => {
  const find = async (typed: string) => {
    const answer = await world().ask(`/api/v1/search?q=${encodeURIComponent(typed)}`)
    return ((await answer.json()) as { items: { path: string }[] }).items.map(({ path }) => path)
  }

  test.each([
    ['CIGB', '/organizations/cigb'],
    ['Center for Genetic Engineering and Biotechnology', '/organizations/cigb'],
    ['Centro de Ingeniería Genética y Biotecnología', '/organizations/cigb'],
    ['centro de ingenieria genetica y biotecnologia', '/organizations/cigb'],
    ['古巴基因工程与生物技术中心', '/organizations/cigb'],
    ['Trung tâm Kỹ thuật Di truyền và Công nghệ Sinh học', '/organizations/cigb'],
    ['trung tam ky thuat di truyen va cong nghe sinh hoc', '/organizations/cigb'],
    ['China-Cuba Biotechnology Joint Innovation Center', '/organizations/ccbjic'],
    ['Centro de Innovación Biotecnológica China-Cuba', '/organizations/ccbjic'],
    ['中国古巴生物技术联合创新中心', '/organizations/ccbjic'],
    ['CCBJIC', '/organizations/ccbjic'],
    ['Yongzhou', '/organizations/ccbjic'],
    ['永州', '/organizations/ccbjic'],
    ['Vietnam–Cuba biotechnology network', '/agreements/a-001'],
    ['Red de Biotecnología Vietnam-Cuba', '/agreements/a-001'],
    ['越南—古巴生物技术网络', '/agreements/a-001'],
    ['Mạng lưới Công nghệ sinh học Việt Nam - Cuba', '/agreements/a-001'],
    ['mang luoi cong nghe sinh hoc viet nam cuba', '/agreements/a-001'],
  ])('%s', async (typed, path) => {
    expect(await find(typed)).toContain(path)
  })

  test.each([
    ['biotecnolgia', 'biotecnologia'],
    ['Centro de Inmunlogia Molecualr', 'inmunologia'],
    ['trung tâm công ngeh sinh học', 'nghe'],
    ['Heberprto', 'heberprot'],
  ])('%s has a slip in it, and is found as %s', async (typed, meant) => {
    const found = (await (await world().ask(`/api/v1/search?q=${encodeURIComponent(typed)}`)).json()) as { items: unknown[]; instead: string[] }
    expect(found.instead).toContain(meant)
    expect(found.items.length).toBeGreaterThan(0)
    const page = await (await world().ask(`/es/search?q=${encodeURIComponent(typed)}`)).text()
    expect(page).toContain('No hay nada escrito así')
    expect(page).toContain('<mark>')
  })

  test('a word that stands nowhere beside one with a slip: what has the other is shown, and said to have part of it only', async () => {
    const found = await (await world().ask('/api/v1/search?q=farmer+vacicne')).json()
    expect(found).toMatchObject({ partly: true })
  })

  test('a result shows what was found in it, and under which other name', async () => {
    const page = await (await world().ask('/en/search?q=永州')).text()
    expect(page).toContain('also: ')
    expect(page).toMatch(/<mark>永州<\/mark>/)
    expect(await (await world().ask('/vi/search?q=benh+vien')).text()).toContain('<mark>Bệnh</mark> <mark>viện</mark>')
  })

  test('a whole name comes before everything else', async () => {
    expect((await find('Centro de Inmunología Molecular'))[0]).toBe('/organizations/cim')
    expect((await find('华兰生物疫苗'))[0]).toBe('/organizations/hualan')
  })

  test('every name of every organization finds it, with and without accents', async () => {
    const all = await world().rows(sql<{ key: string; name: string }>`
      select e.key, t.value #>> '{}' as name from record.statement t join record.entry e on e.id = t.entry_id
      where e.kind = 'organization' and t.field in ('name', 'acronym', 'alias') and t.ended_at is null order by e.key, name`)
    // The words are cut in the program: of a share, each name is looked for on one engine.
    const names = everything ? all : all.filter((_, at) => (at % 3 === 0) === (engine === 'embedded'))
    expect(names.length).toBeGreaterThan(100)
    const missed: string[] = []
    for (const { key, name } of names) {
      const bare = name
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .replace(/đ/g, 'd')
        .replace(/Đ/g, 'D')
      for (const typed of new Set([name, bare])) if (!(await find(typed)).includes(`/organizations/${key}`)) missed.push(`${key}: ${typed}`)
    }
    expect(missed).toEqual([])
  })

  test('counts by kind, narrows to one kind, and says so when nothing is found', async () => {
    const all = (await (await world().ask('/api/v1/search?q=cuba')).json()) as { counts: { kind: string; n: number }[] }
    const sources = (await (await world().ask('/api/v1/search?q=cuba&kind=source')).json()) as { items: { kind: string }[]; counts: unknown }
    expect(sources.counts).toEqual(all.counts)
    expect(new Set(sources.items.map(({ kind }) => kind))).toEqual(new Set(['source']))
    expect(await (await world().ask('/es/search?q=zzzz')).text()).toContain('No se encontró nada')
  })

  test.each(["'", '\\', '& | !', ':*', '%', '<script>', '\u0000', 'a'.repeat(200), '؟ ¿? 。'])('survives %j', async (typed) => {
    const answer = await world().ask(`/en/search?q=${encodeURIComponent(typed)}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain('<script>')
  })
})
