import { expect, test } from 'vitest'
import { languages } from '../src/platform/i18n/languages.ts'
import { expectApproved } from './support/approved.ts'
import { columnsOf, markAll, misplaced, readable, type Marked } from './support/canary.ts'

import { crawl, lookBehind, walkTheRest, type Met, type Walked } from './support/canary-crawl.ts'
import { withDemo } from './support/demo.ts'
import { hiddenEntry } from './support/hidden.ts'
import { setStage, type Stage } from './support/stage.ts'
import { onBothEngines, sql } from './support/world.ts'

const legend = [
  '# Who meets what text: of each column that not everybody may read, how many rows are marked, and how many of the markers each kind of actor meets on a walk',
  '# over the whole site. Written by test/canary.test.ts (APPROVE=1). What the database does not let somebody read fails the test, whatever stands here.',
  '# The actors are those of permissions.txt.',
]

/** Exact while small: of what the jobs of the server write there is one more or less, depending on when they ran. */
const count = (n: number) => (n === 0 ? '-' : n < 10 ? String(n) : '10+')

/** Keys that walk, those of whom meets most. */
const withKeys = new Set(['key-desk', 'key-member'])
const onEmbedded = new Set(['guest', 'secretariat'])

onBothEngines(
  'the canary',
  (world) => {
    let stage: Stage | undefined
    let marked: Marked[] = []

    test('every column that could hold words is placed', async () => {
      expect(misplaced(await columnsOf(world()))).toEqual([])
    })

    test(
      'nobody meets a text that is not for them: on pages, in data, downloads, feeds, file names, refusals, counts or search',
      { timeout: 1_500_000 },
      async () => {
        stage = await setStage(world())
        marked = await markAll(world())
        const wanted = marked.filter(({ number }) => number < 900_000).map(({ number }) => `zq${number}r1z`)
        const walks = new Map<string, Met>()
        const walked: Walked = new Map()
        // The embedded engine is the slower; that it gives each actor the same is shown by the grids, so some walk there for all.
        const { engine } = world()
        const walkers = stage.askers.filter(({ name, key }) =>
          key ? engine === 'postgres' && withKeys.has(name) : engine === 'postgres' || onEmbedded.has(name),
        )
        for (const asker of walkers) walks.set(asker.name, await crawl(world(), stage, asker, wanted, walked))
        // On the engine on which everybody walks, each kind of page is walked in each language by somebody.
        const rest = engine === 'postgres' ? await walkTheRest(world(), walked) : []
        for (const { actor, met } of rest) for (const [marker, path] of met) walks.get(actor)?.set(marker, path)
        if (engine === 'postgres') expect([...walked.values()].filter((each) => each.languages.size === languages.length).length).toBeGreaterThan(80)
        const may = await readable(world(), marked, walkers, stage.targets)
        const byNumber = new Map(marked.map((column) => [String(column.number), column.name]))
        const nameOf = (marker: string) => byNumber.get(/zq(\d+)r/.exec(marker)?.[1] ?? '') ?? marker
        const leaks = [...walks].flatMap(([actor, met]) =>
          [...met]
            .filter(([marker]) => may.get(actor)?.has(marker) !== true)
            .map(([marker, path]) => `${actor} meets ${nameOf(marker)} (${marker}) at ${path}`),
        )
        expect(leaks).toEqual([])
        if (engine === 'embedded') return
        const lines = marked.map(({ name, number, rows }) => {
          const counts = walkers.map(
            (asker) => [...(walks.get(asker.name) ?? new Map<string, string>()).keys()].filter((marker) => marker.startsWith(`zq${number}r`)).length,
          )
          return `${name.padEnd(34)} ${count(rows).padEnd(5)}${counts.map((n) => count(n).padEnd(5)).join('')}`.trimEnd()
        })
        const heads = `${''.padEnd(35)}rows ${walkers.map(({ head }) => head.padEnd(5)).join('')}`.trimEnd()
        expectApproved('canary.txt', `${[...legend, heads, ...lines].join('\n')}\n`)
      },
    )

    test('it would: a grant that outlives its end, a policy that is open, a search that forgets for whom', { timeout: 600_000 }, async () => {
      if (!stage) throw new Error('the walk comes first')
      const { by } = stage
      const [row] = await world().rows(sql<{ word: string }>`select names[1] as word from app.search_row where object_id = ${hiddenEntry}`)
      const word = row?.word ?? ''
      // Beside what is hidden everybody meets their own name.
      const hidden = new Set(marked.filter(({ table }) => /^(record\.|app\.search)/.test(table)).map(({ number }) => String(number)))
      const meets = async (name: string) => {
        await world().rows(sql`update app.space set name = name`)
        return [...(await lookBehind(world(), by(name), word)).keys()].some((marker) => hidden.has(/zq(\d+)r/.exec(marker)?.[1] ?? ''))
      }
      expect([await meets('public'), await meets('former'), await meets('guest')]).toEqual([false, false, true])
      const cut = async (name: string, condition: string, instead: string) => {
        const [found] = await world().rows(sql<{ text: string }>`select pg_get_functiondef(${name}::regprocedure) as text`)
        await world().rows(sql.raw(found?.text.replace(condition, instead) ?? ''))
      }
      await cut('app.first_spaces(text)', 'and (g.valid_to is null or g.valid_to > now())', '')
      expect([await meets('public'), await meets('former')]).toEqual([false, true])
      await world().rows(sql`alter policy read on app.search_row using (true)`)
      expect(await meets('public')).toBe(false)
      await cut(
        'app.search(text,tsquery,tsquery,tsquery,tsquery,json,boolean,tsquery,integer)',
        'unnest(spaces) s',
        '(select id as s from app.space) all_spaces',
      )
      expect(await meets('public')).toBe(true)
      for (const table of ['entry', 'statement', 'catalogue']) await world().rows(sql`alter policy read on record.${sql.raw(table)} using (true)`)
      const places = [...(await lookBehind(world(), by('public'), word)).values()]
      expect(places.some((path) => path.startsWith('/en/organizations/'))).toBe(true)
    })
  },
  { PUENTE_PROXIES: '1' },
  withDemo,
)
