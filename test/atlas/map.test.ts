import { parse as parseCsv } from 'csv-parse/sync'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { arcsOf, countsOf, glyph, legendSteps, marksOf, sizeOfOne, viewShown } from '../../src/modules/atlas/rules/map.ts'
import type { PlaceCounts, PlaceLink, PlaceRef } from '../../src/modules/record/index.ts'
import { countryName } from '../../src/platform/i18n/format.ts'
import { htmlLanguage, languages } from '../../src/platform/i18n/languages.ts'
import { areaNames, areaOf, place } from '../../src/platform/ui/geo/areas.ts'
import { placeLabels } from '../../src/platform/ui/geo/labels.ts'
import land from '../../src/platform/ui/geo/land.json' with { type: 'json' }
import { readHtml } from '../support/html.ts'
import { onBothEngines, sql } from '../support/world.ts'

const havana = at('havana', 'CU', -82.38, 23.13)
const bejucal = at('bejucal', 'CU', -82.39, 22.93)
const hanoi = at('hanoi', 'VN', 105.84, 21.02)
const fangchenggang = at('fangchenggang', 'CN', 108.35, 21.69)
const paris = at('paris', 'FR', 2.35, 48.85)

function at(key: string, country: string, longitude: number, latitude: number): PlaceRef {
  return { key, names: { en: key }, country, longitude, latitude }
}
const counted = (ref: PlaceRef, organizations: number, facilities = 0): PlaceCounts => ({ ...ref, region: null, organizations, facilities })

describe('the land', () => {
  test.each(areaNames)('%s costs at most six kilobytes', (name) => {
    expect(gzipSync(land[name].land + land[name].grid).length).toBeLessThanOrEqual(6 * 1024)
  })

  test('lies with Asia on the left, the Pacific in the middle and Cuba on the right', () => {
    for (const name of ['world', 'pacific'] as const) {
      const area = areaOf(name)
      const x = (ref: PlaceRef) => (place(area, [ref.longitude, ref.latitude])?.x ?? NaN) / area.width
      expect(x(hanoi)).toBeLessThan(0.4)
      expect(x(havana)).toBeGreaterThan(0.8)
    }
  })

  test('says nothing of what lies outside of an area', () => {
    expect(place(areaOf('caribbean'), [hanoi.longitude, hanoi.latitude])).toBeUndefined()
    expect(place(areaOf('pacific'), [paris.longitude, paris.latitude])).toBeUndefined()
    expect(place(areaOf('world'), [paris.longitude, paris.latitude])).toBeDefined()
  })
})

describe('the marks', () => {
  test('stand for numbers by their area, circles and squares alike', () => {
    const one = glyph(1, 1, 3)
    expect(one.square ** 2 / (Math.PI * one.circle ** 2)).toBeCloseTo(1, 1)
    expect(glyph(4, 0, 3).circle).toBe(2 * one.circle)
    expect(glyph(0, 4, 3)).toMatchObject({ circle: 0 })
  })

  test('stay small enough for the largest place', () => {
    expect(sizeOfOne([counted(havana, 1)], 'caribbean')).toBe(3)
    expect(glyph(10_000, 0, sizeOfOne([counted(havana, 10_000)], 'caribbean')).circle).toBeLessThanOrEqual(21)
    expect(legendSteps([counted(havana, 40, 8)])).toEqual([1, 10, 40])
    expect(legendSteps([counted(havana, 12)])).toEqual([1, 10])
    expect(legendSteps([])).toEqual([])
  })

  test('join places of one country that cannot be told apart, and lose none', () => {
    const places = [counted(havana, 40, 8), counted(hanoi, 21), counted(bejucal, 1, 1), counted(fangchenggang, 0, 1)]
    const world = marksOf(places, 'world')
    expect(world.map(({ places: each }) => each.map(({ key }) => key))).toEqual([['havana', 'bejucal'], ['hanoi'], ['fangchenggang']])
    expect(world[0]).toMatchObject({ organizations: 41, facilities: 9 })
    expect(countsOf(world)).toEqual(countsOf(places))
    expect(marksOf(places, 'indochina').flatMap(({ places: each }) => each.map(({ key }) => key))).toEqual(['hanoi', 'fangchenggang'])
  })

  test('show the part of the world that the country asked for lies in', () => {
    expect(viewShown(undefined, undefined)).toBe('world')
    expect(viewShown('china', undefined)).toBe('china')
    expect(viewShown(undefined, 'VN')).toBe('viet-nam')
    expect(viewShown('china', 'CU')).toBe('cuba')
    expect(viewShown('world', 'CU')).toBe('world')
    expect(viewShown('china', 'FR')).toBe('world')
  })

  test('bear names that cover neither each other nor another mark, unless it is insisted', () => {
    const frame = { width: 200, height: 100 }
    const mark = (x: number, name: string) => ({ x, y: 50, halfWidth: 5, halfHeight: 5, name })
    expect(placeLabels([mark(100, 'Hanoi')], frame)).toEqual([{ side: 'right', narrow: true }])
    expect(placeLabels([mark(190, 'Hanoi')], frame)[0]?.side).toBe('left')
    const crowded = [mark(100, 'A very long name'), ...[60, 80, 120, 140].flatMap((x) => [38, 50, 62].map((y) => ({ ...mark(x, 'Another'), y })))]
    expect(placeLabels(crowded, frame)[0]).toBeUndefined()
    expect(placeLabels(crowded, frame, 1)[0]).toMatchObject({ side: 'below' })
  })
})

describe('the arcs', () => {
  const link = (from: PlaceRef, to: PlaceRef, n: number): PlaceLink => ({ from, to, n })

  test('are wider for more, drawn last when widest, and end at places in the picture', () => {
    const { arcs, ends } = arcsOf([link(havana, hanoi, 9), link(havana, fangchenggang, 1), link(havana, paris, 3)], 'pacific')
    expect(arcs.map(({ n }) => n)).toEqual([1, 9])
    expect(arcs[1]?.width).toBeGreaterThan(2 * (arcs[0]?.width ?? 0))
    expect(ends.map(({ place: { key }, n }) => [key, n])).toEqual([
      ['havana', 10],
      ['hanoi', 9],
      ['fangchenggang', 1],
    ])
  })

  test('take the shortest way, over the north', () => {
    const [arc] = arcsOf([link(havana, hanoi, 1)], 'pacific').arcs
    const ys = [...(arc?.path ?? '').matchAll(/-?\d+,(-?\d+)/g)].map(([, y]) => Number(y))
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(0)
    expect(Math.min(...ys)).toBeLessThan(40)
  })

  test('are none without links', () => {
    expect(arcsOf([], 'pacific')).toEqual({ arcs: [], ends: [] })
  })
})

onBothEngines('the map', (world) => {
  const pageOf = async (path: string) => {
    const answer = await world().ask(path)
    expect(answer.status, path).toBe(200)
    const html = await answer.text()
    const { elements, faults } = readHtml(html)
    expect(faults).toEqual([])
    return { html, elements, links: elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes['href'] ?? '') }
  }
  const marks = ({ elements }: Awaited<ReturnType<typeof pageOf>>) => elements.filter(({ name, attributes }) => name === 'a' && attributes['class'] === 'mark')
  const csvOf = async (path: string) => {
    const answer = await world().ask(path)
    expect(answer.status).toBe(200)
    return parseCsv<Record<string, string>>(await answer.text(), { columns: true, bom: true })
  }
  const total = (rows: Record<string, string>[], name: string) => rows.reduce((sum, row) => sum + Number(row[name]), 0)

  test.each(languages)('in %s says what it shows in that language', async (language) => {
    const page = await pageOf(`/${language}/map`)
    const picture = page.elements.find(({ name, attributes }) => name === 'svg' && attributes['class'] === 'map')
    for (const part of ['aria-labelledby', 'aria-describedby']) {
      expect(page.elements.find(({ attributes }) => attributes['id'] === picture?.attributes[part])?.text).toBeTruthy()
    }
    expect(page.html).toContain(`<html lang="${htmlLanguage[language]}"`)
    const [row] = await world().rows(sql<{ name: string }>`select names ->> ${language} as name from record.place where key = 'beijing'`)
    expect(marks(page).some(({ text }) => text.startsWith(row?.name ?? 'missing'))).toBe(true)
    expect(page.html).toContain(countryName('CU', language))
  })

  test('accounts for every organization and facility on record', async () => {
    const places = await csvOf('/map.csv')
    const [row] = await world().rows(
      sql<{ organizations: number; facilities: number }>`select count(*) filter (where entry_kind = 'organization')::int as organizations,
        count(*) filter (where entry_kind = 'facility')::int as facilities from record.catalogue where place_id is not null`,
    )
    expect({ organizations: total(places, 'organizations'), facilities: total(places, 'facilities') }).toEqual(row)
    const page = await pageOf('/en/map')
    for (const { key } of places) expect(page.links).toContain(`/en/map?place=${key}#place`)
    const marked = marks(page).flatMap(({ attributes }) => /place=([^#]+)/.exec(attributes['href'] ?? '')?.[1]?.split(',') ?? [])
    expect(new Set(marked)).toEqual(new Set(places.map(({ key }) => key)))
    expect(marked).toHaveLength(places.length)
  })

  test('lists what is at a place, at several, and what has none', async () => {
    const row = (await csvOf('/map.csv')).find(({ key }) => key === 'havana')
    const listed = (links: string[]) => links.filter((href) => /^\/en\/(organizations|facilities)\/./.test(href)).length
    expect(listed((await pageOf('/en/map?place=havana')).links)).toBe(Number(row?.['organizations']) + Number(row?.['facilities']))
    const both = await pageOf('/en/map?place=havana,bejucal')
    expect(both.elements.find(({ name }) => name === 'h2')?.text).toBe('Havana · Bejucal')
    expect(both.links).toContain('/en/organizations/cigb')
    expect(listed((await pageOf('/en/map?place=none')).links)).toBeGreaterThan(0)
    expect((await pageOf('/en/map?place=nowhere-at-all')).html).toContain('Nothing on record here fits the filters.')
  })

  test('filters by what, kind and country, on the page and in the file alike', async () => {
    const hospitals = await csvOf('/map.csv?what=organization&kind=hospital&country=VN')
    expect(hospitals.length).toBeGreaterThan(0)
    expect(hospitals.every((row) => row['country'] === 'VN' && row['facilities'] === '0')).toBe(true)
    const page = await pageOf('/en/map?what=organization&kind=hospital&country=VN')
    expect(page.links).toContain('/map.csv?what=organization&kind=hospital&country=VN'.replace('/map', '/en/map'))
    expect(page.html).toContain('<title id="map-title">Map: Viet Nam</title>')
    const none = await pageOf('/en/map?kind=bank&country=FR')
    expect(marks(none)).toEqual([])
    expect(none.html).toContain('No place fits these filters.')
    expect((await world().ask('/map?area=moon&country=cuba&place=A%20B')).status).toBe(422)
  })

  test('zooms by links that keep the filters', async () => {
    const page = await pageOf('/en/map?what=facility&area=china')
    for (const area of ['world', 'cuba', 'viet-nam']) expect(page.links).toContain(`/en/map?what=facility&area=${area}`)
    expect(
      page.elements.filter(({ name, attributes }) => name === 'input' && attributes['type'] === 'hidden').map(({ attributes }) => attributes['value']),
    ).toEqual(['china'])
    expect(marks(page).every(({ attributes }) => attributes['href']?.includes('what=facility&area=china&place='))).toBe(true)
  })

  test('weighs at most thirty kilobytes with its style', async () => {
    const style = gzipSync(world().assets.style.body).length
    for (const path of ['/en/map', '/vi/map?place=havana', '/es/map?area=viet-nam', '/zh']) {
      expect(gzipSync((await pageOf(path)).html).length + style, path).toBeLessThanOrEqual(30 * 1024)
    }
  })

  test('has its arcs on the home page, one for each pair in the table', async () => {
    const page = await pageOf('/en')
    expect(page.links).toContain('/en/map')
    expect(page.links).toContain('/en/map?place=havana#place')
    const arcs = page.elements.filter(({ name, attributes }) => name === 'path' && attributes['stroke-width'] !== undefined)
    const rows = page.elements.filter(({ name, parents }) => name === 'tr' && parents.some((parent) => parent.name === 'figure'))
    expect(arcs.length).toBeGreaterThan(10)
    expect(rows.length - 1).toBeGreaterThanOrEqual(arcs.length)
    // The pair with the most stands first; both are joined by so many agreements and ventures in the tables themselves.
    const cells = page.elements.filter(({ name, parents }) => name === 'td' && parents.some((parent) => parent === rows[1])).map(({ text }) => text)
    const [found] = await world().rows(
      sql<{ n: number }>`select count(distinct c.entry_id)::int as n from record.catalogue c where c.entry_kind in ('agreement', 'venture')
        and exists (select from record.catalogue o join record.place p on p.id = o.place_id where o.entry_id = any (c.organizations) and p.names ->> 'en' = ${cells[0] ?? ''})
        and exists (select from record.catalogue o join record.place p on p.id = o.place_id where o.entry_id = any (c.organizations) and p.names ->> 'en' = ${cells[1] ?? ''})`,
    )
    expect(Number(cells[2])).toBe(found?.n)
  })
})
