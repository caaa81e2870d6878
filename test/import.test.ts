import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importRecord, entryKinds, plurals } from '../src/modules/record/index.ts'
import { operator, thePublic } from '../src/platform/access/actor.ts'
import { complaints, copySeeds, countSeeds, load, stateOf, type Cells, type SeedFolder } from './support/sheets.ts'
import { onBothEngines, sql } from './support/world.ts'

const organization = (id: string, change: Cells = {}): Cells => ({
  id,
  kind: 'hospital',
  country: 'VN',
  place: 'hanoi',
  name_en: `Example Hospital ${id}`,
  source_ids: 'w001',
  ...change,
})

onBothEngines('importing the record', (world) => {
  let folder: SeedFolder
  beforeEach(() => {
    folder = copySeeds()
  })
  afterEach(() => folder.remove())

  const change = (name: string, from: string, to: string) => {
    const text = readFileSync(folder.file(name), 'utf8')
    expect(text).toContain(from)
    writeFileSync(folder.file(name), text.replaceAll(from, to))
  }

  test('a second time changes nothing, not even the log', async () => {
    const before = await stateOf(world())
    const nothing = { added: 0, changed: 0 }
    const held = entryKinds.filter((kind) => countSeeds(kind) > 0)
    expect(held.length).toBeGreaterThan(13)
    expect(await load(world(), folder.path)).toEqual({
      issues: [],
      changes: { sources: nothing, ...Object.fromEntries(held.map((kind) => [plurals[kind], nothing])) },
    })
    expect(await stateOf(world())).toBe(before)
  })

  test('a new row comes on record with its statements, its place in lists, its search row and one log entry', async () => {
    folder.add('organizations.csv', organization('example-hospital-one', { aliases: 'Bệnh viện Ví dụ' }))
    expect((await load(world(), folder.path)).changes['organizations']).toEqual({ added: 1, changed: 0 })
    const answer = await world().ask('/api/v1/search?q=benh+vien+vi+du')
    expect(await answer.json()).toMatchObject({ items: [{ path: '/organizations/example-hospital-one' }] })
    const list = await world().ask('/api/v1/record/organizations?q=benh+vien+vi+du')
    expect(await list.json()).toMatchObject({ total: 1, items: [{ key: 'example-hospital-one', kind: 'hospital', country: 'VN', place: { key: 'hanoi' } }] })
    expect(await (await world().ask('/api/v1/record/summary')).json()).toMatchObject({ counts: { organization: countSeeds('organization') + 1 } })
    const [entry] = await world().rows(
      sql<{ verb: string; actor: string; payload: string }>`
        select e.verb, e.actor, p.payload from app.log_entry e join app.log_payload p on p.entry_id = e.id order by e.position desc limit 1`,
    )
    expect(entry).toMatchObject({ verb: 'record.imported', actor: 'system:importer' })
    expect(JSON.parse(entry?.payload ?? '')).toMatchObject({ changes: { organizations: { added: 1, changed: 0 } } })
  })

  test('a changed name ends the old statement and adds the new one', async () => {
    change('organizations.csv', 'Center of Molecular Immunology', 'Centre of Molecular Immunology')
    expect((await load(world(), folder.path)).changes['organizations']).toEqual({ added: 0, changed: 1 })
    const names = await world().rows(sql<{ value: string; current: boolean }>`
      select t.value #>> '{}' as value, t.ended_at is null as current from record.statement t join record.entry e on e.id = t.entry_id where e.key = 'cim' and t.field = 'name' and t.language = 'en' order by t.id`)
    expect(names).toEqual([
      { value: 'Center of Molecular Immunology', current: false },
      { value: 'Centre of Molecular Immunology', current: true },
    ])
    expect(await (await world().ask('/en/organizations/cim')).text()).not.toContain('Center of Molecular')
    expect(await (await world().ask('/api/v1/search?q=centre+of+molecular+immunology')).json()).toMatchObject({ items: [{ path: '/organizations/cim' }] })
  })

  test('the same value said by a further sheet is one statement with the sources of both', async () => {
    folder.add('statements-seeds.csv', {
      entry: 'agreement:a-001',
      field: 'kind',
      value: 'network-membership',
      rank: 'preferred',
      reason_en: 'Looked at again.',
      sources: 'w001#p. 2',
    })
    await load(world(), folder.path)
    const entry = (await (await world().ask('/api/v1/record/agreements/a-001')).json()) as {
      statements: { field: string; rank: string; citations: { source: string; locator: string }[] }[]
    }
    const kinds = entry.statements.filter(({ field }) => field === 'kind')
    expect(kinds).toHaveLength(1)
    expect(kinds[0]).toMatchObject({ rank: 'preferred', value: 'network-membership' })
    expect(kinds[0]?.citations.find(({ source }) => source === 'w001')?.locator).toBe('p. 2')
    expect(kinds[0]?.citations.length).toBeGreaterThan(1)
  })

  test('what a state is unknown of has none; a word of several parts is one term', async () => {
    folder.add('facilities.csv', { id: 'f-example', kind: 'plant', name_en: 'Example plant', country: 'VN', status: 'unknown', source_ids: 'w001' })
    folder.add('agreements.csv', { id: 'a-example', kind: 'mou', title_en: 'Example', parties: 'VN;CU', status: 'in force', source_ids: 'w001' })
    await load(world(), folder.path)
    expect(await (await world().ask('/api/v1/record/facilities?q=example+plant')).json()).toMatchObject({ items: [{ key: 'f-example', status: null }] })
    const fields = await world().rows(
      sql<{ field: string }>`select t.field from record.statement t join record.entry e on e.id = t.entry_id where e.key = 'f-example' order by 1`,
    )
    expect(fields.map(({ field }) => field)).toEqual(['country', 'kind', 'name'])
    expect(await (await world().ask('/api/v1/record/agreements?status=in-force&period=&q=example')).json()).toMatchObject({
      items: [{ key: 'a-example', status: 'in-force' }],
    })
  })

  test('what the files no longer hold stays on record', async () => {
    folder.add('projects.csv', { id: 'r-example', name_en: 'Example project', parties: 'VN', source_ids: 'w001' })
    expect((await load(world(), folder.path)).changes['projects']).toEqual({ added: 1, changed: 0 })
    folder.remove()
    folder = copySeeds()
    expect((await load(world(), folder.path)).changes['projects']).toEqual({ added: 0, changed: 0 })
    expect((await world().ask('/en/projects/r-example')).status).toBe(200)
  })

  test('every wrong row is named, all at once, and nothing is written', async () => {
    const bad = [
      organization('Bad Id', { kind: 'castle', country: 'XX' }),
      organization('example-two', { place: 'atlantis', parent_id: 'nobody', source_ids: 'w001;w999' }),
      organization('example-three', { source_ids: '' }),
      organization('cigb'),
      organization('example-four', { parent_id: 'example-five' }),
      organization('example-five', { parent_id: 'example-four' }),
      organization('example-six', { website: 'ftp://example.org' }),
    ].map((cells) => `organizations.csv:${folder.add('organizations.csv', cells)}`)
    const source = folder.add('sources.csv', {
      id: 'x-1',
      kind: 'press',
      title: 'Example',
      publisher: 'Example',
      published: '2023-13',
      url: 'https://example.org',
      language: 'en',
    })
    writeFileSync(folder.file('places.csv'), `${readFileSync(folder.file('places.csv'), 'utf8')}too,few,cells\n`)
    const before = await stateOf(world())
    const found = await complaints(world(), folder.path)
    expect(found.map((line) => line.replace(/(not one of|name the columns).*/s, '$1 …'))).toEqual([
      expect.stringMatching(/^places\.csv:\d+ : the row has 3 cells instead of 10$/),
      `sources.csv:${source} published: is not a date`,
      `${bad[0]} id: is not in the form expected`,
      `${bad[0]} kind: is not one of …`,
      `${bad[0]} country: XX is not a country code of ISO 3166-1`,
      `${bad[2]} source_ids: is out of range`,
      `${bad[6]} website: is not a complete address`,
      expect.stringMatching(new RegExp(`^${bad[3]} id: cigb stood already in line \\d+$`)),
      `${bad[1]} parent_id: nobody is not on record`,
      `${bad[1]} place: atlantis is not on record`,
      `${bad[1]} source_ids: w999 is not on record`,
      `${bad[4]} parent_id: example-four would be above itself`,
      `${bad[5]} parent_id: example-five would be above itself`,
    ])
    expect(await stateOf(world())).toBe(before)
  })

  test('a file that is missing or has other columns is named; those that may be missing are not missed', async () => {
    for (const name of ['places.csv', 'events.csv', 'phrases.csv']) rmSync(folder.file(name))
    writeFileSync(folder.file('sources.csv'), 'id,title\nw001,x\n')
    const before = await stateOf(world())
    const found = await complaints(world(), folder.path)
    expect(found.slice(0, 2)).toEqual([
      'places.csv:1 : the file is missing',
      'sources.csv:1 : the first line must name the columns id,kind,title,publisher,published,url,language',
    ])
    expect(found.filter((line) => /^(events|phrases)\.csv/.test(line))).toEqual([])
    expect(await stateOf(world())).toBe(before)
  })

  test('only the importer may', async () => {
    for (const actor of [thePublic, operator]) await expect(importRecord(world(), actor, folder.path)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
