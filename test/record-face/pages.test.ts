import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/platform/i18n/languages.ts'
import { readHtml } from '../support/html.ts'
import { onBothEngines, sql, type World } from '../support/world.ts'

const pages: [string, number][] = [
  ['/flows/charts', 4],
  ['/flows/charts?chart=trade.CN-CU.two-way.million-usd', 3],
  ['/flows/charts?kind=donation&country=VN', 4],
  ['/products/matrix', 4],
  ['/products/matrix?status=registered&kind=vaccine', 4],
  ['/agreements/ladder', 4],
  ['/agreements/ladder?step=unknown', 4],
  ['/ventures/v-abiotech', 5],
  ['/ventures/v-abiotech/history', 4],
  ['/sources/seed-004', 4],
]

const textOf = async (world: World, path: string) => {
  const answer = await world.ask(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}
const rowsOf = async (world: World, path: string): Promise<Record<string, string>[]> => parse(await textOf(world, path), { columns: true, bom: true })
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

onBothEngines('the pictures of the record', (world) => {
  test.each(pages)('%s asks %d things, and is light in every language', async (path, queries) => {
    const style = gzipSync(world().assets.style.body).length
    // What stands at the foot of every page is asked once after each change, by whichever page comes first.
    await world().ask('/en/nowhere')
    for (const language of languages) {
      world().logged.length = 0
      const html = await textOf(world(), `/${language}${path}`)
      expect(world().logged.find(({ msg }) => msg === 'request')?.['queries']).toBeLessThanOrEqual(queries + 3) // with the question whether the answer is kept
      expect(gzipSync(html).length + style).toBeLessThan(30 * 1024)
      expect(readHtml(html).faults).toEqual([])
    }
  })

  describe('charts of flows', () => {
    const path = '/en/flows/charts?chart=trade.CN-CU.two-way.million-usd'

    test('show every figure of a measure once as a mark and once in the table, and no line between them', async () => {
      const { elements } = readHtml(await textOf(world(), path))
      const marks = elements.filter(
        ({ name, attributes, parents }) => name === 'path' && attributes['class']?.startsWith('mark') && parents.some(({ name: each }) => each === 'a'),
      )
      const rows = elements.filter(({ name, parents }) => name === 'tr' && parents.some(({ name: each }) => each === 'tbody'))
      const figures = await rowsOf(world(), '/en/flows/charts.csv?chart=trade.CN-CU.two-way.million-usd')
      expect(marks).toHaveLength(figures.length)
      expect(rows).toHaveLength(figures.length)
      expect(elements.filter(({ name }) => name === 'polyline' || name === 'line')).toEqual([])
      // What is drawn beside the marks are the axes and a stem below each: straight up or straight across.
      const strokes = elements.filter(
        ({ name, attributes, parents }) =>
          name === 'path' && !attributes['class']?.startsWith('mark') && parents.some((each) => each.attributes['class'] === 'chart'),
      )
      expect(strokes.map(({ attributes }) => attributes['d']).filter((d) => !/^M[\d.]+ [\d.]+[HVv][\d.]+$/.test(d ?? ''))).toEqual([])
    })

    test('label competing figures of one year with who reports each, and its source', async () => {
      const { elements } = readHtml(await textOf(world(), path))
      const labels = elements
        .filter(({ name, attributes }) => name === 'text' && attributes['text-anchor'] === 'middle' && attributes['class'] === undefined)
        .map(({ text }) => plain(text))
      expect(labels.filter((label) => label.startsWith('≠ 777'))).toHaveLength(1)
      expect(labels.find((label) => label.startsWith('≠ 830'))).toMatch(/Ambassador.*\[\d+\]/)
      expect(labels.find((label) => label.startsWith('890'))).toMatch(/Jan 2006/)
    })

    test('have the same figures as a file, in the unit of the source whatever the language', async () => {
      const figures = await rowsOf(world(), '/zh/flows/charts.csv?kind=trade')
      expect(figures.find(({ address }) => address?.endsWith('/x-003'))).toMatchObject({
        amount: '830',
        unit: 'million USD',
        reporter: 'Ambassador of China to Cuba',
        disputed: 'yes',
        dispute: 'k-027',
        sources: 'w118',
      })
      expect(figures.every(({ kind }) => kind === 'trade')).toBe(true)
      const perChart = Map.groupBy(figures, ({ chart }) => chart)
      expect([...perChart.values()].every((each) => each.length > 1 && new Set(each.map(({ from, to, unit }) => `${from} ${to} ${unit}`)).size === 1)).toBe(
        true,
      )
    })

    test('are paged, and each measure has an address of its own', async () => {
      const seen: string[] = []
      for (let next: string | undefined = '/en/flows/charts'; next !== undefined;) {
        const { elements } = readHtml(await textOf(world(), next))
        seen.push(
          ...elements
            .filter(({ name, attributes }) => name === 'section' && attributes['class']?.startsWith('measure'))
            .map(({ attributes }) => attributes['id'] ?? ''),
        )
        next = elements.find(({ attributes }) => attributes['rel'] === 'next')?.attributes['href']
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(new Set((await rowsOf(world(), '/en/flows/charts.csv')).map(({ chart }) => chart))).toEqual(new Set(seen))
    })
  })

  test('the matrix has a row for each product with an authorization, and each authorization in the cell of its country', async () => {
    const { elements } = readHtml(await textOf(world(), '/en/products/matrix'))
    const cells = await rowsOf(world(), '/en/products/matrix.csv')
    expect(elements.filter(({ attributes }) => attributes['role'] === 'rowheader')).toHaveLength(new Set(cells.map(({ product }) => product)).size)
    const link = elements.find(({ attributes }) => attributes['href']?.endsWith('/authorizations/z-003'))
    expect(link?.parents.find(({ name }) => name === 'td')?.attributes['data-label']).toBe('China')
    expect(link?.text).toMatch(/●\sapproved/)
    const filtered = await rowsOf(world(), '/en/products/matrix.csv?status=conditional')
    expect(filtered.length).toBeGreaterThan(0)
    expect(filtered.every(({ status }) => status === 'conditional')).toBe(true)
  })

  test('the ladder counts each agreement on one step, and says how many have no known state', async () => {
    const { elements } = readHtml(await textOf(world(), '/en/agreements/ladder'))
    const counts = elements
      .filter(({ name, parents }) => name === 'b' && parents.some(({ attributes }) => attributes['class'] === 'ladder'))
      .map(({ text }) => Number(text))
    const all = (await (await world().ask('/api/v1/record/agreements')).json()) as { total: number }
    expect(counts).toHaveLength(7)
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all.total)
    const unknown = readHtml(await textOf(world(), '/en/agreements/ladder?step=unknown')).elements
    expect(unknown.filter(({ name, parents }) => name === 'li' && parents.some(({ attributes }) => attributes['class'] === 'events'))).toHaveLength(
      counts.at(-1) ?? 0,
    )
    expect((await world().ask('/en/agreements/ladder?step=nonsense')).status).toBe(422)
  })

  test('a venture says what each partner holds, what nobody knows, and who stands above', async () => {
    const known = plain(
      readHtml(await textOf(world(), '/en/ventures/v-camariocas')).elements.find(({ attributes }) => attributes['class'] === 'stack holders')?.text ?? '',
    )
    expect(known).toMatch(/Cubaníquel 51 %/)
    const unknown = plain(
      readHtml(await textOf(world(), '/en/ventures/v-abiotech')).elements.find(({ attributes }) => attributes['class'] === 'stack holders')?.text ?? '',
    )
    expect(unknown).toContain('No source on record says who holds how much.')
    expect(unknown).toMatch(/joint company of Center of Molecular Immunology .*belongs to BioCubaFarma/)
    expect(await rowsOf(world(), '/en/ventures/v-camariocas/holders.csv')).toMatchObject([
      { partner: 'cubaniquel', share_percent: '51' },
      { partner: 'minmetals', share_percent: '49' },
    ])
    expect((await world().ask('/en/ventures/nowhere/holders.csv')).status).toBe(404)
  })

  test('a source shows the statements that it supports and those that it disputes', async () => {
    const said = readHtml(await textOf(world(), '/en/sources/w034')).elements.filter(({ attributes }) => attributes['class'] === 'said')
    expect(said.length).toBeGreaterThan(0)
    expect(said.map(({ text }) => plain(text)).some((text) => /Biotech Pharmaceutical.*supports/.test(text))).toBe(true)
    const disputed = await world().rows(
      sql<{
        key: string
      }>`select s.key from record.citation c join record.source s on s.id = c.source_id group by 1 having bool_or(c.stance = 'disputes') order by count(*), 1 limit 1`,
    )
    expect(await textOf(world(), `/en/sources/${disputed[0]?.key}`)).toContain('≠ disputes')
  })

  test('the history of an entry tells what was added and what ended, with the entry of the log', async () => {
    const before = plain(readHtml(await textOf(world(), '/en/agreements/a-001/history')).elements.find(({ name }) => name === 'main')?.text ?? '')
    expect(before).toContain('log entry 1 of the chain “network”')
    await world().rows(
      sql`update record.statement set ended_at = now() where field = 'status' and entry_id = (select id from record.entry where kind = 'agreement' and key = 'a-001') returning 1`,
    )
    const { elements } = readHtml(await textOf(world(), '/en/agreements/a-001/history'))
    expect(elements.filter(({ name }) => name === 'h2')).toHaveLength(2)
    expect(elements.filter(({ attributes }) => attributes['class'] === 'tag').map(({ text }) => text)).toEqual(['ended'])
    expect((await world().ask('/en/agreements/nowhere/history')).status).toBe(404)
  })
})
