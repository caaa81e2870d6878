import { expect, test } from 'vitest'
import { command } from './support/command.ts'
import { copySeeds, countSeeds, load, stateOf } from './support/sheets.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const [kept, gone] = ['cim', 'cimab']

/** What lists, search and counts read, row by row. */
const projected = (world: World) =>
  world.rows(sql<{ row: string }>`
    select 'listed ' || c::text as row from record.catalogue c union all select 'found ' || (to_jsonb(r) - 'published_at' - 'source')::text from app.search_row r
    union all select 'counted ' || y::text from record.tally y order by 1`)

const merge = (world: World, one = kept, other = gone) => command(world, 'merge organization', [one, other], { reason: 'The same, for a test.' })
const unmerge = (world: World, key = gone) => command(world, 'unmerge organization', [key], { reason: 'Not the same after all.' })

type Answer = { statements: { field: string; value: unknown; target: { key: string } | null; citations: unknown[] }[] }

onBothEngines('two organizations that are one', (world) => {
  const data = async (path: string) => (await (await world().ask(`/api/v1/${path}`)).json()) as never
  const acts = async () =>
    (await world().rows(sql<{ verb: string }>`select verb from app.log_entry where verb like 'record.organization.%' order by position`)).map(
      ({ verb }) => verb,
    )

  test('the page of the one that is gone leads to the other, which says what both said; nothing is lost and all comes back', async () => {
    const before = await projected(world())
    const own: Answer = await data(`record/organizations/${kept}`)
    const other: Answer = await data(`record/organizations/${gone}`)
    const [naming, same]: { total: number }[] = [await data(`record/ventures?organization=${gone}`), await data(`record/products?organization=${gone}`)]
    const statements = await world().rows(sql<{ state: string }>`select md5(string_agg(t::text, '' order by id)) as state from record.statement t`)

    expect(await merge(world())).toMatchObject({ code: 0, out: [expect.stringMatching(/^cimab is now cim: \d+ entries are shown anew\.$/)] })
    for (const [path, to] of [
      [`/zh/organizations/${gone}`, `/zh/organizations/${kept}`],
      [`/api/v1/record/organizations/${gone}`, `/api/v1/record/organizations/${kept}`],
      [`/api/v1/record/organizations/${gone}/json-ld`, `/api/v1/record/organizations/${kept}/json-ld`],
    ] as const) {
      const answer = await world().ask(path)
      expect([path, answer.status, new URL(answer.headers.get('location') ?? '', 'http://localhost').pathname]).toEqual([path, 301, to])
    }
    const both: Answer = await data(`record/organizations/${kept}`)
    for (const statement of [...own.statements, ...other.statements])
      expect(both.statements.map(({ field, value, citations }) => ({ field, value, citations }))).toContainEqual({
        field: statement.field,
        value: statement.value,
        citations: statement.citations,
      })
    expect(await data('record/organizations')).toMatchObject({ total: countSeeds('organization') - 1 })
    expect(await data('record/summary')).toMatchObject({ counts: { organization: countSeeds('organization') - 1 } })
    const found: { items: { path: string }[] } = await data('search?q=CIMAB')
    expect(found.items.map(({ path }) => path)).toContain(`/organizations/${kept}`)
    expect(found.items.map(({ path }) => path)).not.toContain(`/organizations/${gone}`)
    expect(await data(`record/ventures?organization=${gone}`)).toMatchObject({ total: 0 })
    for (const key of [kept, gone]) expect((await world().ask(`/en/organizations/${key}/history`)).status).toBe(200)
    for (const path of ['/en/organizations', '/en/map', '/en/network', '/en/sitemap.xml', '/en/products', `/en/organizations/${kept}`])
      expect([path, (await (await world().ask(path)).text()).includes(`/organizations/${gone}"`)]).toEqual([path, false])

    expect(await unmerge(world())).toMatchObject({ code: 0, out: [expect.stringMatching(/^cimab stands by itself again/)] })
    expect(await projected(world())).toEqual(before)
    expect(await world().rows(sql`select md5(string_agg(t::text, '' order by id)) as state from record.statement t`)).toEqual(statements)
    expect(await data(`record/organizations/${gone}`)).toEqual(other)
    expect(await data(`record/organizations/${kept}`)).toEqual(own)
    expect([await data(`record/ventures?organization=${gone}`), await data(`record/products?organization=${gone}`)]).toEqual([naming, same])
    expect(await acts()).toEqual(['record.organization.merged', 'record.organization.unmerged'])
    expect(await world().rows(sql`select reason, end_reason, ended_at is null as stands from record.merge`)).toEqual([
      { reason: 'The same, for a test.', end_reason: 'Not the same after all.', stands: false },
    ])
  })

  test('whatever named the one that is gone means the other', async () => {
    await merge(world(), 'changheber', 'bpl')
    const venture: Answer = await data('record/ventures/v-bpl')
    expect(venture.statements.find(({ field }) => field === 'organization')?.target).toMatchObject({ key: 'changheber' })
    const list: { items: { key: string }[] } = await data('record/ventures?organization=changheber')
    expect(list.items.map(({ key }) => key)).toEqual(expect.arrayContaining(['v-bpl', 'v-changheber']))
    const below: { items: { key: string; parent: { key: string } | null }[] } = await data('record/organizations?q=abiotech')
    expect(below.items.find(({ key }) => key === 'abiotech')?.parent).toMatchObject({ key: 'changheber' })
    for (const path of ['/en/ventures/v-bpl', '/en/sources/w062', '/en/disputes', '/en/organizations/abiotech', '/en/ventures/v-bpl/history', '/en/map'])
      expect([path, await (await world().ask(path)).text()]).toEqual([path, expect.not.stringContaining('/organizations/bpl"')])
    const state = await projected(world())
    // Loading the same sheets again, or changed ones, leaves the merge standing.
    const folder = copySeeds()
    folder.add('statements-seeds.csv', { entry: 'organization:bpl', field: 'note', value: 'An example', language: 'en', rank: 'normal', sources: 'w001' })
    expect((await load(world(), folder.path)).changes['organizations']).toEqual({ added: 0, changed: 1 })
    folder.remove()
    expect((await world().ask('/en/organizations/bpl')).status).toBe(301)
    expect(await (await world().ask('/en/organizations/changheber')).text()).toContain('An example')
    expect((await projected(world())).filter(({ row }) => row.startsWith('counted'))).toEqual(state.filter(({ row }) => row.startsWith('counted')))
    await unmerge(world(), 'bpl')
  })

  test('any two come apart as they were', async () => {
    for (const [one, other] of [
      ['biocubafarma', 'cigb'],
      ['moh-vn', 'minsap'],
      ['yongzhou-gov', 'ccbjic'],
    ] as const) {
      const before = await projected(world())
      expect((await merge(world(), one, other)).code).toBe(0)
      for (const path of ['/en/organizations', `/en/organizations/${one}`, '/en/agreements', '/en/network', '/en/timeline', '/api/v1/record/disputes'])
        expect([path, (await world().ask(path)).status]).toEqual([path, 200])
      expect((await unmerge(world(), other)).code).toBe(0)
      const after = await projected(world())
      expect(after.filter(({ row }, index) => row !== before[index]?.row)).toEqual([])
      expect(after).toHaveLength(before.length)
    }
  })

  test('what cannot be merged is refused, and nothing is written', async () => {
    await merge(world(), 'cigb', 'heber-biotec')
    const before = await stateOf(world())
    const refusals: [string, () => Promise<{ code: number; err: string[] }>, RegExp][] = [
      ['itself', () => merge(world(), 'cigb', 'cigb'), /into itself/],
      ['unknown', () => merge(world(), 'cigb', 'nobody'), /the key nobody/],
      ['twice', () => merge(world(), 'cim', 'heber-biotec'), /merged into cigb already/],
      ['round', () => merge(world(), 'heber-biotec', 'cigb'), /heber-biotec is merged into cigb/],
      ['a chain', () => merge(world(), 'cim', 'cigb'), /Others are merged into cigb: heber-biotec/],
      ['no merge', () => unmerge(world(), 'cim'), /cim is not merged/],
      ['no reason', () => command(world(), 'merge organization', ['cim', 'cimab']), /--reason/],
    ]
    for (const [what, attempt, sentence] of refusals) {
      const said = await attempt()
      expect([what, said.code > 0, said.err.join(' ')]).toEqual([what, true, expect.stringMatching(sentence)])
    }
    expect(await stateOf(world())).toBe(before)
  })
})
