import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sheetFiles } from '../src/modules/record/sheets/index.ts'
import { everything } from './support/share.ts'
import { copySeeds, csvLine, load, readCells, stateOf, type SeedFolder } from './support/sheets.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const runs = everything ? 60 : 30
/** So many rows of each sheet are enough to hurt; of what others name, all. */
const rowsOfSheet = 10
const isWhole = (name: string) => /^(places|sources|phrases|conflicts|statements.*)\.csv$/.test(name)

// Values that a cell may be given: what people type, what fits elsewhere, and what hurts.
const sensible = [
  '',
  '2019',
  '2005~',
  '2018/..',
  'VN',
  'CU;CN',
  'cigb',
  'cim;cigb',
  'w001;w002',
  'Hà Nội',
  '哈瓦那',
  'other',
  'in force',
  'unknown',
  '12.5',
  'million USD',
]
const hurtful = [
  '\u0000',
  '\ufeff',
  '\u200b',
  '\u202edesrever',
  '=1+1',
  "'; drop table record.entry; --",
  '<script>alert(1)</script>',
  '{"a":1}',
  'null',
  '𠮷'.repeat(700),
  'x'.repeat(4000),
  'a b '.repeat(1000),
  '1e309',
  '-0',
  '9'.repeat(15),
  '0000',
  '9999/..',
  '../2005',
  '201X',
  'a=b;c=d;=e',
  'organization:cigb',
  'unnamed-xx',
  'cim=;cim=;cim=',
  '"',
  'e\u0301\u0301',
]
/** A text that no compression makes smaller. */
const noise = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1000, maxLength: 1900 }).map((codes) => String.fromCodePoint(...codes))
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...sensible) },
  { weight: 4, arbitrary: fc.constantFrom(...hurtful) },
  { weight: 1, arbitrary: noise },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)
const mutation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('cell' as const), row: fc.nat(), column: fc.nat(), value }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('line' as const), line: fc.nat(), how: fc.constantFrom('drop', 'twice', 'cut', 'join') }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('bytes' as const), at: fc.nat(), take: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) }) },
)
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never

/** What becomes of a file. */
function mutate(file: Buffer, change: Mutation): Buffer | string {
  switch (change.what) {
    case 'cell': {
      const rows = readCells(file.toString('utf8'))
      const row = rows[1 + (change.row % (rows.length - 1))] ?? []
      row[change.column % row.length] = change.value
      return rows.map(csvLine).join('')
    }
    case 'line': {
      const lines = file.toString('utf8').trimEnd().split('\n')
      const at = change.line % lines.length
      const line = lines[at] ?? ''
      const instead = { drop: [], twice: [line, line], cut: [line.slice(0, line.length >> 1)], join: [line + (lines[at + 1] ?? '')] }
      lines.splice(at, 1, ...instead[change.how])
      return `${lines.join('\n')}\n`
    }
    case 'bytes': {
      const at = change.at % file.length
      return Buffer.concat([file.subarray(0, at), change.put, file.subarray(at + change.take)])
    }
  }
}

/** What lists, counts and search say that does not follow from the statements. */
async function contradictions(world: World): Promise<string[]> {
  const found = await world.rows(sql<{ fault: string }>`
    with claims as (select t.*, e.kind as entry_kind from record.statement t join record.entry e on e.id = t.entry_id where t.ended_at is null),
      said as (select entry_id, array_agg(distinct field order by field) as fields,
          coalesce(array_agg(distinct target_id) filter (where target_id in (select id from record.entry where kind = 'organization')), '{}') as organizations,
          bool_or(rank = 'deprecated' or dispute_id is not null or exists (select from record.citation c where c.statement_id = claims.id and c.stance = 'disputes')) as disputed,
          bool_or(field = 'includes') as umbrella
        from claims group by entry_id),
      best as (select distinct on (entry_id, field) entry_id, field, value #>> '{}' as value from claims
        where field in ('kind', 'acronym') and rank <> 'deprecated' and jsonb_typeof(value) = 'string' order by entry_id, field, rank = 'preferred' desc, position)
    select 'no list has ' || e.kind || ' ' || e.key as fault from record.entry e left join record.catalogue c on c.entry_id = e.id where (c.entry_kind, c.key) is distinct from (e.kind, e.key)
    union all select 'no search finds ' || e.kind || ' ' || e.key from record.entry e left join app.search_row r on r.object_id = e.id where r.kind is distinct from e.kind or r.path not like '%/' || e.key
    union all select 'no search finds source ' || s.key from record.source s left join app.search_row r on r.object_id = s.id where r.path is distinct from '/sources/' || s.key
    union all select 'search says too much of ' || r.path from app.search_row r where r.kind not in ('member', 'concept', 'listing', 'call') and not exists (select from record.entry where id = r.object_id) and not exists (select from record.source where id = r.object_id)
    union all select 'list and search call it differently: ' || r.path from app.search_row r join record.catalogue c on c.entry_id = r.object_id where r.title <> c.title
    union all select 'nothing is claimed of ' || e.key from record.entry e where not exists (select from claims where entry_id = e.id)
    union all select 'fields of ' || c.key from record.catalogue c join said s using (entry_id) where c.fields <> s.fields
    union all select 'organizations of ' || c.key from record.catalogue c join said s using (entry_id) where not (c.organizations @> s.organizations and s.organizations @> c.organizations)
    union all select 'disputed ' || c.key from record.catalogue c join said s using (entry_id) where c.disputed <> s.disputed
    union all select 'umbrella ' || c.key from record.catalogue c join said s using (entry_id) where c.umbrella <> s.umbrella
    union all select b.field || ' of ' || c.key from record.catalogue c join best b using (entry_id) where b.value is distinct from case b.field when 'kind' then coalesce(c.kind, b.value) else c.acronym end
    union all select 'count of ' || coalesce(t.kind, n.kind) || ': ' || coalesce(t.n, 0) || ' instead of ' || coalesce(n.n, 0)
      from (select kind, n from record.tally) t full join (select kind, count(*) as n from record.entry group by 1 union all select 'source', count(*) from record.source) n on n.kind = t.kind where t.n is distinct from n.n
    union all select 'nobody says ' || t.field || ' of ' || t.entry_id from claims t where not exists (select from record.citation c where c.statement_id = t.id and c.stance = 'supports')`)
  return found.map(({ fault }) => fault)
}

/** The seed record cut short: some rows of each sheet, without those that name what is not there any more. */
async function shortRecord(world: World): Promise<SeedFolder> {
  const folder = copySeeds()
  const sheets = new Map<string, string[][]>()
  for (const name of await sheetFiles(folder.path)) {
    const rows = readCells(readFileSync(folder.file(name), 'utf8'))
    sheets.set(name, isWhole(name) ? rows : rows.slice(0, rowsOfSheet + 1))
  }
  for (;;) {
    for (const [name, rows] of sheets) writeFileSync(folder.file(name), rows.map(csvLine).join(''))
    const { issues } = await load(world, folder.path)
    if (issues.length === 0) return folder
    for (const [name, rows] of sheets) {
      const wrong = new Set(issues.filter(({ file }) => file === name).map(({ line }) => line))
      sheets.set(
        name,
        rows.filter((_, index) => !wrong.has(index + 1)),
      )
    }
  }
}

onBothEngines('a record that something happened to on its way', (world) => {
  let folder: SeedFolder
  let names: string[]
  let sound: Map<string, Buffer>
  beforeAll(async () => {
    folder = await shortRecord(world())
    names = await sheetFiles(folder.path)
    sound = new Map(names.map((name) => [name, readFileSync(folder.file(name))]))
    expect(names.length).toBeGreaterThan(15)
    expect(names.filter((name) => readCells(readFileSync(folder.file(name), 'utf8')).length < 2)).toEqual([])
  })
  afterAll(() => folder.remove())

  test('what it checks afterwards holds for the good record', async () => {
    expect(await contradictions(world())).toEqual([])
  })

  test(`is refused with nothing written, or comes on record whole, ${runs} times`, { timeout: 300_000 }, async () => {
    const outcomes = { refused: 0, taken: 0 }
    let state = await stateOf(world())
    await fc.assert(
      fc.asyncProperty(fc.nat(), mutation, async (which, change) => {
        const name = names[which % names.length] ?? ''
        const before = sound.get(name) ?? Buffer.alloc(0)
        try {
          writeFileSync(folder.file(name), mutate(before, change))
          const { issues } = await load(world(), folder.path)
          const after = await stateOf(world())
          if (issues.length > 0) {
            outcomes.refused += 1
            for (const { line, issue } of issues) expect([line > 0, issue.code]).toEqual([true, expect.stringMatching(/^[a-z0-9_]+$/)])
            expect(after).toBe(state)
            return
          }
          outcomes.taken += 1
          state = after
          expect(await contradictions(world())).toEqual([])
          expect((await load(world(), folder.path)).issues).toEqual([])
          expect(await stateOf(world())).toBe(state)
        } finally {
          writeFileSync(folder.file(name), before)
        }
      }),
      { numRuns: runs, endOnFailure: true },
    )
    // A story in which everything is refused, or nothing, tells nothing.
    expect(Math.min(outcomes.refused, outcomes.taken)).toBeGreaterThan(5)
  })
})
