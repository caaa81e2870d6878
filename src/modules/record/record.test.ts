import { expect, test } from 'vitest'
import { onBothEngines, sql } from '../../../test/support/world.ts'

type ListAnswer = { items: { key: string; names: Record<string, string> }[]; total: number; next: string | null; previous: string | null }

onBothEngines('reading the record', (world) => {
  const get = async <T>(path: string) => (await world().ask(path)).json() as Promise<T>

  test('counts what is in seeds/record', async () => {
    expect(await get('/api/v1/record/summary')).toEqual({ counts: { source: 277, organization: 151, agreement: 62 } })
    expect(await world().rows(sql`select count(*)::int as n from record.organization`)).toEqual([{ n: 151 }])
  })

  test('pages through all organizations once, forward and back', async () => {
    const forward: string[] = []
    let cursor: string | null = null
    let last: ListAnswer
    do {
      last = await get<ListAnswer>(`/api/v1/record/organizations${cursor === null ? '' : `?cursor=${cursor}`}`)
      forward.push(...last.items.map(({ key }) => key))
      cursor = last.next
    } while (cursor !== null)
    expect(new Set(forward).size).toBe(151)
    expect(forward).toHaveLength(151)

    const back = await get<ListAnswer>(`/api/v1/record/organizations?cursor=${last.previous}`)
    expect(back.items.map(({ key }) => key)).toEqual(forward.slice(100, 150))
    expect(await world().rows(sql`select key from record.organization order by name_sort, entry_id limit 3`)).toEqual(
      forward.slice(0, 3).map((key) => ({ key })),
    )
  })

  test('turns a list round without losing anything', async () => {
    const up = await get<ListAnswer>('/api/v1/record/agreements?sort=signed')
    const down = await get<ListAnswer>('/api/v1/record/agreements?sort=-signed')
    expect(up.total).toBe(62)
    expect(down.total).toBe(62)
    const [first] = await world().rows(
      sql<{ key: string }>`select key from record.agreement where signed_from is not null order by signed_from, entry_id limit 1`,
    )
    expect(up.items[0]?.key).toBe(first?.key)
  })

  test('filters by kind, country and words together', async () => {
    const found = await get<ListAnswer>('/api/v1/record/organizations?kind=hospital&country=VN')
    const rows = await world().rows(
      sql<{ key: string }>`select key from record.organization where kind = 'hospital' and country = 'VN' order by name_sort, entry_id`,
    )
    expect(found.items.map(({ key }) => key)).toEqual(rows.map(({ key }) => key))
    const worded = await get<ListAnswer>('/api/v1/record/organizations?country=VN&q=da+lieu')
    expect(worded.items.map(({ key }) => key)).toContain('nhdv')
  })

  test('an entry carries every statement with the sources that say it', async () => {
    const entry = await get<{
      statements: { field: string; value: unknown; target: string | null; citations: { source: string }[] }[]
      sources: { key: string }[]
    }>('/api/v1/record/organizations/cigb')
    expect(entry.statements.every(({ citations }) => citations.length > 0)).toBe(true)
    expect(entry.statements).toContainEqual(expect.objectContaining({ field: 'name', value: '古巴基因工程与生物技术中心' }))
    expect(entry.statements).toContainEqual(expect.objectContaining({ field: 'parent', target: '/organizations/biocubafarma' }))
    expect(entry.sources.map(({ key }) => key)).toContain('w022')
  })

  test('no statement on record is without a source', async () => {
    expect(await world().rows(sql`select t.id from record.statement t where not exists (select 1 from record.citation c where c.statement_id = t.id)`)).toEqual(
      [],
    )
  })

  test('a source tells what rests on it', async () => {
    const page = await (await world().ask('/en/sources/w022')).text()
    expect(page).toContain('href="/en/organizations/ccbjic"')
  })

  test.each(['en', 'es', 'zh', 'vi'])('pages speak %s', async (language) => {
    const answer = await world().ask(`/${language}/agreements/a-001`)
    const page = await answer.text()
    const [row] = await world().rows(sql<{ title: string }>`select title ->> ${language} as title from record.agreement where key = 'a-001'`)
    expect(answer.headers.get('content-language')).toBe(language === 'zh' ? 'zh-Hans' : language)
    expect(page).toContain(`<html lang="${language === 'zh' ? 'zh-Hans' : language}">`)
    expect(page).toContain(row?.title)
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
})

onBothEngines('searching the record', (world) => {
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

  test('a whole name comes before everything else', async () => {
    expect((await find('Centro de Inmunología Molecular'))[0]).toBe('/organizations/cim')
    expect((await find('华兰生物疫苗'))[0]).toBe('/organizations/hualan')
  })

  test('every name of every organization finds it, with and without accents', async () => {
    const names = await world().rows(sql<{ key: string; name: string }>`
      select e.key, t.value #>> '{}' as name from record.statement t join record.entry e on e.id = t.entry_id
      where e.kind = 'organization' and t.field in ('name', 'acronym', 'alias') and t.ended_at is null`)
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
