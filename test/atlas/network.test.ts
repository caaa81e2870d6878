import { expect, test } from 'vitest'
import { placeLabels, shorten, widthOf } from '../../src/modules/atlas/rules/network-labels.ts'
import { layOut, picture } from '../../src/modules/atlas/rules/network-layout.ts'
import { tiesOf } from '../../src/modules/atlas/rules/network.ts'
import { networkKinds, pillars } from '../../src/modules/atlas/schema.ts'
import { readNetwork, type NetworkRows } from '../../src/modules/record/index.ts'
import { thePublic } from '../../src/platform/access/actor.ts'
import { languages } from '../../src/platform/i18n/languages.ts'
import { readHtml } from '../support/html.ts'
import { onBothEngines, sql, type World } from '../support/world.ts'

const limits = { nodes: 150, edges: 240, entries: 8 }
const everything = { ties: tiesOf({ pillar: undefined, kind: undefined }), countries: false }

test('every pillar has its entries, and no entry has two', () => {
  expect(everything.ties).toEqual(networkKinds.map((entry) => ({ entry })))
  const claimed = pillars.flatMap((pillar) => {
    const ties = tiesOf({ pillar, kind: undefined })
    expect(ties.length).toBeGreaterThan(0)
    return ties.flatMap(({ entry, kinds }) => (kinds ?? ['*']).map((kind) => `${entry}/${kind}`))
  })
  expect(claimed.filter((each, index) => claimed.indexOf(each) !== index)).toEqual([])
  expect(tiesOf({ pillar: 'production', kind: 'agreement' })).toEqual([{ entry: 'agreement', kinds: ['joint-venture'] }])
  expect(tiesOf({ pillar: 'research', kind: 'venture' })).toEqual([])
})

test('a name is cut between words, or within Han script, to what the picture has room for', () => {
  expect(shorten('CIGB')).toBe('CIGB')
  expect(shorten('Center for Genetic Engineering and Biotechnology')).toBe('Center for Genetic…')
  expect(shorten('长治高新区长高智汇科技发展有限公司')).toBe('长治高新区长高智汇科技发…')
})

async function page(world: World, path: string) {
  const answer = await world.ask(path)
  expect([path, answer.status]).toEqual([path, 200])
  const html = await answer.text()
  const { elements, faults } = readHtml(html)
  expect(faults).toEqual([])
  const inPicture = (name: string) =>
    elements.filter((element) => element.name === name && element.parents.some(({ attributes }) => attributes['viewbox'] ?? attributes['viewBox']))
  const inTable = elements.filter(({ name, parents }) => name === 'tr' && parents.some((parent) => parent.name === 'tbody'))
  return { html, elements, nodes: inPicture('a'), ties: inPicture('path').filter(({ attributes }) => attributes['class']?.startsWith('w')), inTable }
}

async function pairs(world: World, query = ''): Promise<string[][]> {
  const answer = await world.ask(`/en/network.csv${query}`)
  expect(answer.status).toBe(200)
  return (await answer.text())
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
}

const read = (world: World, filter: Parameters<typeof readNetwork>[1] = everything, most = limits): Promise<NetworkRows> =>
  world.database.read(thePublic, (db) => readNetwork(db, filter, most))

onBothEngines('the network', (world) => {
  test('a pair counts the entries that name both', async () => {
    const { edges, allEdges } = await read(world())
    expect(edges).toHaveLength(allEdges)
    const said = await world().rows(sql<{ a: string; b: string; n: number }>`
      select a.key as a, b.key as b, count(*)::int as n from record.catalogue c
      join record.catalogue a on a.entry_kind = 'organization' and c.organizations @> array[a.entry_id]
      join record.catalogue b on b.entry_kind = 'organization' and c.organizations @> array[b.entry_id] and b.key collate "C" > a.key collate "C"
      where c.entry_kind in ('agreement', 'venture', 'facility', 'technology-transfer', 'project', 'programme') group by 1, 2`)
    const name = ({ a, b, n }: { a: string; b: string; n: number }) => `${a} ${b} ${n}`
    expect(edges.map(name).toSorted()).toEqual(said.map(name).toSorted())
    expect(edges.map(({ n }) => n)).toEqual(edges.map(({ n }) => n).toSorted((a, b) => b - a))
  })

  test('past the limits the strongest stay', async () => {
    const whole = await read(world())
    const part = await read(world(), everything, { nodes: 10, edges: 5, entries: 1 })
    expect(part).toMatchObject({ allNodes: whole.allNodes })
    expect([part.nodes.length, part.edges.length]).toEqual([10, 5])
    const weakest = Math.min(...part.nodes.map(({ n }) => n))
    expect(whole.nodes.filter(({ n }) => n > weakest).length).toBeLessThan(10)
    expect(part.edges.every(({ entries }) => entries.length === 1)).toBe(true)
  })

  test('the picture is the same at every visit, within its frame, and its names do not lie on each other', async () => {
    const rows = await read(world(), { ...everything, countries: true })
    const [first, second] = [await layOut(rows), await layOut(structuredClone(rows))]
    expect(first).toEqual(second)
    expect(first.nodes.every(({ x, y }) => x >= 0 && x <= picture.width && y >= 0 && y <= picture.height)).toBe(true)
    expect(new Set(first.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(first.nodes.length)
    const nameOf = (node: (typeof first.nodes)[number]) => shorten(node.acronym ?? node.title?.en ?? node.id)
    const labels = placeLabels(first.nodes, nameOf)
    const boxes = first.nodes.flatMap((node) => {
      const label = labels.get(node.id)
      if (!label?.shown) return []
      const width = widthOf(nameOf(node))
      const left = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - width : label.x - width / 2
      return [{ id: node.id, left, right: left + width, top: label.y - 10, bottom: label.y + 3 }]
    })
    const strongest = first.nodes.toSorted((a, b) => b.n - a.n).slice(0, 5)
    expect(boxes.map(({ id }) => id)).toEqual(expect.arrayContaining(strongest.map(({ id }) => id)))
    for (const a of boxes) {
      expect(
        boxes.filter((b) => b !== a && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map(({ id }) => `${a.id} ${id}`),
      ).toEqual([])
    }
    expect(await layOut({ nodes: [], edges: [], allNodes: 0, allEdges: 0 })).toMatchObject({ nodes: [] })
  })

  test('every sign is a link, every line says what it stands for, the file has every pair', async () => {
    const rows = await read(world())
    const { nodes, ties, inTable, html } = await page(world(), '/en/network')
    expect(nodes.map(({ attributes }) => attributes['href'] ?? '').toSorted()).toEqual(rows.nodes.map(({ id }) => `/en/organizations/${id}`).toSorted())
    expect(ties).toHaveLength(rows.edges.length)
    expect(ties.every(({ text }) => / – .+: (one entry|\d+ entries)\n/.test(text))).toBe(true)
    expect(inTable).toHaveLength(40)
    expect(await pairs(world())).toHaveLength(rows.edges.length)
    expect((await page(world(), '/en/network')).html).toBe(html)
  })

  test('a pillar, a kind, a period and a country narrow it; countries come beside the organizations', async () => {
    const all = (await pairs(world())).length
    for (const query of ['?pillar=research', '?kind=venture', '?period=2025', '?country=VN']) {
      const found = (await pairs(world(), query)).length
      expect([query, found > 0 && found < all]).toEqual([query, true])
    }
    expect((await pairs(world(), '?countries=yes')).length).toBeGreaterThan(all)
    const { nodes } = await page(world(), '/en/network?countries=yes&kind=technology-transfer')
    expect(nodes.map(({ attributes }) => attributes['href'])).toContain('/en/organizations?country=CU')
    const authorized = await pairs(world(), '?kind=authorization&countries=yes')
    expect(authorized.length).toBeGreaterThan(0)
    expect(authorized.map(([, , , b]) => b)).not.toContain('cecmed')
  })

  test('where nothing fits it says so and offers the countries', async () => {
    const { elements } = await page(world(), '/en/network?kind=authorization')
    expect(elements.some(({ text }) => text === 'Nothing on record joins two participants under these filters.')).toBe(true)
    expect(elements.some(({ attributes }) => attributes['href'] === '/en/network?kind=authorization&countries=yes')).toBe(true)
    expect(await pairs(world(), '?kind=authorization')).toEqual([])
  })

  test('is there in each language, and refuses what it does not know', async () => {
    for (const language of languages) expect((await page(world(), `/${language}/network`)).nodes.length).toBeGreaterThan(50)
    for (const query of ['pillar=gossip', 'kind=event', 'period=yesterday', 'country=Cuba', 'countries=maybe'])
      expect([query, (await world().ask(`/en/network?${query}`)).status]).toEqual([query, 422])
  })
})
