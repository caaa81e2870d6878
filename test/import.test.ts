import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importRecord, entryKinds, plurals } from '../src/modules/record/index.ts'
import { loadBuiltIn } from '../src/modules/vocabulary/index.ts'
import { importer, operator, thePublic } from '../src/platform/access/actor.ts'
import { readConfig } from '../src/platform/config.ts'
import { Database } from '../src/platform/db/database.ts'
import { openEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { openPostgres } from '../src/platform/db/postgres.ts'
import { FileStore } from '../src/platform/files/files.ts'
import { emptyEnvironment } from './support/empty.ts'
import { seeds } from './support/record.ts'
import { complaints, copySeeds, countSeeds, load, stateOf, type Cells, type SeedFolder } from './support/sheets.ts'
import { vocabularySample } from './support/vocabulary-sample.ts'
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

/** What lists and search say of every entry, with keys for the ids that differ from one database to another. */
const projected = sql<{ path: string; row: string }>`
  with named as (select entry_id as id, entry_kind || ':' || key as name from record.catalogue)
  select r.path, jsonb_build_object('found', to_jsonb(r) - 'object_id' - 'published_at' - 'vocabulary' - 'source',
    'listed', (to_jsonb(c) - 'entry_id' - 'place_id' - 'parent_id' - 'organizations' - 'parties') || jsonb_build_object(
      'place', (select key from record.place where id = c.place_id), 'parent', (select name from named where id = c.parent_id),
      'organizations', array(select name from named where id = any (c.organizations) order by 1),
      'parties', (select jsonb_agg(party || jsonb_build_object('entry', (select name from named where id = (party ->> 'entry')::uuid)) order by n) from jsonb_array_elements(c.parties) with ordinality p (party, n))))::text as row
  from app.search_row r left join record.catalogue c on c.entry_id = r.object_id`

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
    const held = entryKinds.filter((kind) => countSeeds(kind) > 0).map((kind) => plurals[kind])
    expect(held.length).toBeGreaterThan(13)
    const { issues, changes } = await load(world(), seeds)
    expect(issues).toEqual([])
    expect(Object.keys(changes)).toEqual(expect.arrayContaining(['sources', ...held]))
    for (const [what, change] of Object.entries(changes)) expect([what, change]).toEqual([what, { added: 0, changed: 0 }])
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
    const { items } = (await (await world().ask('/api/v1/search?q=centre+of+molecular+immunology')).json()) as { items: { path: string }[] }
    expect(items[0]?.path).toBe('/organizations/cim')
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

  test.each([
    ['a place', 'places.csv', 'Hanoi,Hanói,河内', 'Hanoi,Hanói,河內'],
    ['a dispute', 'conflicts.csv', '2025-01-01 is right: the category did not exist in 2023.', '2025-01-01 is right.'],
  ])('%s changed is an act like any other: it is counted and stands in the log', async (_, name, from, to) => {
    const entries = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from app.log_entry`))[0]?.n ?? 0
    const [before, logged] = [await stateOf(world()), await entries()]
    change(name, from, to)
    const { changes } = await load(world(), folder.path)
    expect(await stateOf(world())).not.toBe(before)
    expect(Object.values(changes).reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(0)
    expect(await entries()).toBe(logged + 1)
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

  test('what lists and search say of an entry follows what it rests on, as if all were loaded anew', async () => {
    change('organizations.csv', 'Center for Genetic Engineering and Biotechnology', 'Centre of Genes')
    change('organizations.csv', 'cigb,centre,CU,', 'cigb,centre,ES,')
    change('products.csv', 'Nimotuzumab (CIMAher; 泰欣生 in China; also TheraCIM h-R3)', 'Nimotuzumab')
    change('places.csv', 'Havana,La Habana,哈瓦那', 'Havana,La Habana,夏湾拿')
    change('sources.csv', ',Radio Habana Cuba,2025-04,', ',Radio Habana Cuba,1999,')
    expect((await load(world(), folder.path)).issues).toEqual([])
    const { env, drop } = await emptyEnvironment(world().engine)
    const config = readConfig(env)
    const database = new Database(config.postgres ? await openPostgres(config.postgres) : await openEmbedded(config.data))
    await migrate(database)
    await loadBuiltIn(database, importer, vocabularySample)
    expect((await importRecord({ database, files: new FileStore(config.data) }, importer, folder.path)).issues).toEqual([])
    const anew = await database.asOwner((db) => projected.execute(db))
    await database.close()
    await drop()
    const fresh = new Map(anew.rows.map(({ path, row }) => [path, row]))
    // What the files no longer hold stays on record, so only what is in them is compared.
    const rows = (await world().rows(projected)).filter(({ path }) => fresh.has(path))
    expect(rows).toHaveLength(fresh.size)
    expect(rows.filter(({ path, row }) => fresh.get(path) !== row).map(({ path }) => path)).toEqual([])
  })

  test('only the importer may', async () => {
    for (const actor of [thePublic, operator]) await expect(importRecord(world(), actor, folder.path)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
