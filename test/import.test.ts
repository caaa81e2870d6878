import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importRecord } from '../src/modules/record/index.ts'
import { importer, operator, thePublic } from '../src/platform/access/actor.ts'
import { root } from '../src/platform/root.ts'
import { onBothEngines, sql } from './support/world.ts'

const organization = (id: string, change: Partial<Record<string, string>> = {}) => {
  const cells = {
    id,
    kind: 'hospital',
    country: 'VN',
    place: 'hanoi',
    name_en: `Example Hospital ${id}`,
    name_es: '',
    name_zh: '',
    name_vi: '',
    acronym: '',
    aliases: '',
    parent_id: '',
    website: '',
    source_ids: 'w001',
    ...change,
  }
  return `${Object.values(cells).join(',')}\n`
}

onBothEngines('importing the record', (world) => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'puente-import-'))
    cpSync(join(root, 'seeds', 'record'), folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const file = (name: string) => join(folder, name)
  const load = () => importRecord(world(), importer, folder)
  /** A number that changes when anything that an import writes changes. */
  const state = async () =>
    (
      await world().rows(sql<{ state: string }>`select md5(string_agg(row, ',' order by row)) as state from (
      select x::text as row from record.entry x union all select x::text from record.statement x union all select x::text from record.citation x union all select x::text from record.source x
      union all select x::text from record.place x union all select x::text from record.organization x union all select x::text from record.agreement x
      union all select x::text from app.search_row x union all select x::text from app.log_entry x union all select x::text from app.file x) rows`)
    )[0]?.state
  const complaints = async () => (await load()).issues.map(({ file: name, line, issue }) => `${name}:${line} ${issue.path}: ${issue.code}`)

  test('a second time changes nothing, not even the log', async () => {
    const before = await state()
    expect(await load()).toEqual({
      issues: [],
      changes: { sources: { added: 0, changed: 0 }, organizations: { added: 0, changed: 0 }, agreements: { added: 0, changed: 0 } },
    })
    expect(await state()).toBe(before)
  })

  test('a new row comes on record with its statements, its search row and one log entry', async () => {
    appendFileSync(file('organizations.csv'), organization('example-hospital-one', { aliases: 'Bệnh viện Ví dụ' }))
    expect((await load()).changes.organizations).toEqual({ added: 1, changed: 0 })
    const answer = await world().ask('/api/v1/search?q=benh+vien+vi+du')
    expect(await answer.json()).toMatchObject({ items: [{ path: '/organizations/example-hospital-one' }] })
    const [entry] = await world().rows(
      sql<{
        verb: string
        actor: string
        payload: string
      }>`select e.verb, e.actor, p.payload from app.log_entry e join app.log_payload p on p.entry_id = e.id order by e.position desc limit 1`,
    )
    expect(entry).toMatchObject({ verb: 'record.imported', actor: 'system:importer' })
    expect(JSON.parse(entry?.payload ?? '')).toMatchObject({ changes: { organizations: { added: 1, changed: 0 } } })
  })

  test('a changed name ends the old statement and adds the new one', async () => {
    writeFileSync(
      file('organizations.csv'),
      readFileSync(file('organizations.csv'), 'utf8').replace('Center of Molecular Immunology', 'Centre of Molecular Immunology'),
    )
    expect((await load()).changes.organizations.changed).toBeGreaterThan(0)
    const names = await world().rows(sql<{ value: string; current: boolean }>`
      select t.value #>> '{}' as value, t.ended_at is null as current from record.statement t join record.entry e on e.id = t.entry_id where e.key = 'cim' and t.field = 'name' and t.language = 'en' order by t.id`)
    expect(names).toEqual([
      { value: 'Center of Molecular Immunology', current: false },
      { value: 'Centre of Molecular Immunology', current: true },
    ])
    expect(await (await world().ask('/en/organizations/cim')).text()).not.toContain('Center of Molecular')
  })

  test('every wrong row is named, all at once, and nothing is written', async () => {
    const lines = readFileSync(file('organizations.csv'), 'utf8').trimEnd().split('\n').length
    appendFileSync(
      file('organizations.csv'),
      [
        organization('Bad Id', { kind: 'castle', country: 'XX' }),
        organization('example-two', { place: 'atlantis', parent_id: 'nobody', source_ids: 'w001;w999' }),
        organization('example-three', { source_ids: '' }),
        organization('cigb'),
        organization('example-four', { parent_id: 'example-five' }),
        organization('example-five', { parent_id: 'example-four' }),
        'too,few,cells\n',
        organization('example-six', { website: 'ftp://example.org' }),
      ].join(''),
    )
    appendFileSync(file('sources.csv'), 'x-1,press,Example,Example,2023-13,https://example.org,en\n')
    const before = await state()
    const at = (n: number) => `organizations.csv:${lines + n}`
    expect(await complaints()).toEqual([
      `sources.csv:279 published: not_a_date`,
      `${at(1)} id: wrong_form`,
      `${at(1)} kind: not_one_of`,
      `${at(1)} country: unknown_country`,
      `${at(3)} source_ids: out_of_range`,
      `${at(7)} : wrong_cells`,
      `${at(8)} website: not_an_address`,
      `${at(4)} id: repeated`,
      `${at(2)} place: unknown_reference`,
      `${at(2)} parent_id: unknown_reference`,
      `${at(2)} source_ids: unknown_reference`,
      `${at(5)} parent_id: circular`,
      `${at(6)} parent_id: circular`,
    ])
    expect(await state()).toBe(before)
  })

  test('a file that is missing, has other columns, or is not UTF-8 is named', async () => {
    rmSync(file('places.csv'))
    writeFileSync(file('sources.csv'), 'id,title\nw001,x\n')
    writeFileSync(file('agreements.csv'), Buffer.concat([readFileSync(file('agreements.csv')), Buffer.from([0xe9, 0x2c, 0x0a])]))
    const before = await state()
    const found = await complaints()
    expect(found).toContain('places.csv:1 : file_missing')
    expect(found).toContain('sources.csv:1 : wrong_columns')
    expect(found.some((line) => /^agreements\.csv:\d+ : not_utf8$/.test(line))).toBe(true)
    expect(await state()).toBe(before)
  })

  test('only the importer may', async () => {
    for (const actor of [thePublic, operator]) await expect(importRecord(world(), actor, folder)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('whatever bytes stand in a file, it is all or nothing', async () => {
    const good = readFileSync(file('organizations.csv'))
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 }), async (position, bytes) => {
        const spoiled = Buffer.concat([good.subarray(0, position), bytes, good.subarray(position + bytes.length)])
        writeFileSync(file('organizations.csv'), spoiled)
        const before = await state()
        const { issues } = await load()
        if (issues.length > 0) expect(await state()).toBe(before)
      }),
      { numRuns: 15 },
    )
  })
})
