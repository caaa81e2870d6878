import { expect, test } from 'vitest'
import { importer } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { jobActor } from '../src/platform/access/actor.ts'
import { recordSpace } from '../src/modules/record/store/tables.ts'
import { renewSearch, rowsToRenew } from '../src/platform/search/renew.ts'
import { indexDocuments, type SearchDocument } from '../src/platform/search/search.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const listing = (text: string, rest: Partial<SearchDocument> = {}): SearchDocument => ({
  objectId: newId(),
  spaceId: recordSpace,
  kind: 'listing',
  path: `/listings/${newId()}`,
  title: { es: text, original: 'es' },
  detail: {},
  names: [text],
  aliases: [],
  words: [],
  ...rest,
})
const put = (world: World, documents: SearchDocument[]) => world.database.write(importer, (db) => indexDocuments(db, documents))
type Answer = {
  items: { path: string }[]
  counts: { kind: string; n: number }[]
  facets: { facet: string; n: number }[]
  concepts: { concept: string; words: string }[]
  total: number
  partly: boolean
  nearest: { path: string }[]
}
/** Names with many words that no other has, in one order or the other. */
const manyWords = (isReversed: boolean, turn: number) => {
  const words = Array.from({ length: 400 }, (_, n) => `wxq${turn}${String(n).padStart(3, '0')}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? ''))
  return (isReversed ? words.toReversed() : words).join(' ')
}
const asked = async (world: World, query: string): Promise<Answer> => (await (await world.ask(`/api/v1/search?${query}`)).json()) as Answer

onBothEngines('search across languages', (world) => {
  test('finds by the concept what is written in another language, and says what was understood', async () => {
    const made = listing('Producción de anticuerpos monoclonales para terceros')
    await put(world(), [made])
    for (const q of ['单克隆抗体', 'kháng thể đơn dòng', 'khang the don dong', 'mAbs', 'monoclonal antibody']) {
      const found = await asked(world(), `q=${encodeURIComponent(q)}&kind=listing`)
      expect([q, found.items.map(({ path }) => path).includes(made.path)]).toEqual([q, true])
      expect(found.concepts.map(({ concept }) => concept)).toEqual(['monoclonal-antibody'])
    }
    const { dom, text } = await pageOf(world(), `/zh/search?q=${encodeURIComponent('单克隆抗体')}`)
    expect(text).toContain('理解为： 单克隆抗体')
    expect(dom).toContain('href="/zh/concepts/monoclonal-antibody"')
    expect(dom).toContain('<mark>anticuerpos monoclonales</mark>')
  })

  test('finds by a wider concept, after what names it', async () => {
    const [narrow, wide] = [listing('Anticuerpo monoclonal xqz'), listing('Anticuerpo xqz')]
    await put(world(), [narrow, wide])
    const { items } = await asked(world(), 'q=xqz+抗体&kind=listing')
    expect(items.map(({ path }) => path)).toEqual([wide.path, narrow.path])
  })

  test('another form of a word is found, and the word as typed first', async () => {
    const [many, one] = [listing('Fermentadores zzyx'), listing('Fermentador zzyx')]
    await put(world(), [many, one])
    expect((await asked(world(), 'q=zzyx+fermentador')).items.map(({ path }) => path)).toEqual([one.path, many.path])
  })

  test('a mistyped word is mended before concepts are recognized, so that other languages are found too', async () => {
    const [spanish, english] = [listing('Anticuerpo monoclonal zzmq'), listing('Monoclonal antibody zzmq')]
    await put(world(), [spanish, english])
    for (const q of ['zzmq monclonal antibody', 'zzmq monoclonal antibdy']) {
      const { items, concepts } = await asked(world(), `q=${encodeURIComponent(q)}`)
      expect([q, items.map(({ path }) => path).toSorted(), concepts.map(({ concept }) => concept)]).toEqual([
        q,
        [spanish.path, english.path].toSorted(),
        ['monoclonal-antibody'],
      ])
    }
  })

  test('what has most of many words is shown where nothing has all', async () => {
    const made = listing('Qwxz liofilización de péptidos')
    await put(world(), [made])
    const found = await asked(world(), `q=${encodeURIComponent('qwxz liofilización aeroespacial submarina')}`)
    expect([found.items[0]?.path, found.partly]).toEqual([made.path, true])
    expect((await pageOf(world(), '/en/search?q=qwxz+aeroespacialx')).text).toContain('What has most of “qwxz aeroespacialx”, the best first:')
  })
})

onBothEngines('what comes nearest', (world) => {
  test('follows what has all of it, told apart and not counted', async () => {
    const [all, most, other] = [listing('Wzkq liofilizado tropical'), listing('Wzkq liofilizado'), listing('Otra cosa bjq')]
    await put(world(), [all, most, other])
    const found = await asked(world(), 'q=wzkq+liofilizado+tropical')
    expect([found.items.map(({ path }) => path), found.total, found.partly]).toEqual([[all.path], 1, false])
    const paths = found.nearest.map(({ path }) => path)
    expect([paths[0], paths.includes(all.path), paths.includes(other.path)]).toEqual([most.path, false, false])
    const { text } = await pageOf(world(), '/en/search?q=wzkq+liofilizado+tropical')
    expect(text.indexOf('One result for')).toBeLessThan(text.indexOf('And these have most of “wzkq liofilizado tropical”'))
  })

  test('is there too where a filter leaves nothing that has all, and obeys the filter', async () => {
    const [all, most] = [listing('Vjxq brillante azulado', { facets: ['country:CU'] }), listing('Vjxq azulado', { facets: ['country:VN'] })]
    await put(world(), [all, most, listing('Vjxq brillante', { kind: 'concept' })])
    for (const filter of ['country=VN', 'country=VN&kind=listing', 'country=VN&page=1']) {
      const { items, nearest, partly } = await asked(world(), `q=vjxq+brillante+azulado&${filter}`)
      expect([filter, (partly ? items : nearest).map(({ path }) => path)]).toEqual([filter, [most.path]])
    }
    const ofKind = await asked(world(), 'q=vjxq+brillante+azulado&kind=concept')
    expect([ofKind.items.length, ofKind.total, ofKind.partly, ofKind.nearest.length]).toEqual([0, 0, false, 1])
  })

  test('is nothing of one word, nor on a second page', async () => {
    await put(world(), [listing('Nqzv wqlj'), listing('Nqzv verde')])
    expect((await asked(world(), 'q=nqzv')).nearest).toEqual([])
    expect((await asked(world(), 'q=nqzv+wqlj')).nearest).toHaveLength(1)
    expect((await asked(world(), 'q=nqzv+wqlj&page=2')).nearest).toEqual([])
  })
})

onBothEngines('what is found is narrowed', (world) => {
  test('by country, language, direction and field, with the counts that each choice would leave', async () => {
    const facets = (country: string, direction: string) => ({ facets: [`country:${country}`, `direction:${direction}`, 'pillar:research', 'language:es'] })
    await put(world(), [listing('Kzwq uno', facets('CU', 'offer')), listing('Kzwq dos', facets('CU', 'need')), listing('Kzwq tres', facets('VN', 'offer'))])
    const all = await asked(world(), 'q=kzwq')
    expect(all.facets).toEqual([
      { facet: 'language:es', n: 3 },
      { facet: 'pillar:research', n: 3 },
      { facet: 'country:CU', n: 2 },
      { facet: 'direction:offer', n: 2 },
      { facet: 'country:VN', n: 1 },
      { facet: 'direction:need', n: 1 },
    ])
    const cuban = await asked(world(), 'q=kzwq&country=CU')
    expect([cuban.total, cuban.counts]).toEqual([2, [{ kind: 'listing', n: 2 }]])
    expect(cuban.facets).toEqual(
      expect.arrayContaining([
        { facet: 'country:VN', n: 1 },
        { facet: 'direction:offer', n: 1 },
      ]),
    )
    expect((await asked(world(), 'q=kzwq&country=CU&direction=need')).total).toBe(1)
    expect((await asked(world(), 'q=kzwq&country=CU&direction=need&language=zh')).total).toBe(0)
    const { text, dom } = await pageOf(world(), '/en/search?q=kzwq&country=CU')
    expect(text).toContain('Viet Nam (1)')
    expect(dom).toMatch(/<option value="CU" selected=""[^>]*>Cuba \(2\)/)
    expect((await world().ask('/api/v1/search?q=x&country=cuba')).status).toBe(422)
  })

  test('counts stay exact past the cap for what is chosen', async () => {
    const many = Array.from({ length: 1010 }, (_, at) => listing(`Gzzk ${at}`, { facets: [at < 3 ? 'country:VN' : 'country:CU'] }))
    await put(world(), many)
    expect((await asked(world(), 'q=gzzk')).total).toBe(1000)
    expect((await asked(world(), 'q=gzzk&country=VN')).total).toBe(3)
  })
})

onBothEngines('words that led there', (world) => {
  test('are shown from the text where neither name nor detail has them, without what might be a tag', async () => {
    await put(world(), [
      listing('Sin nada', { words: [`${'palabras vacías '.repeat(30)}<script>alert(1)</script> una bioimpresora wkzq ${'y más '.repeat(50)}`] }),
    ])
    const { dom } = await pageOf(world(), '/es/search?q=wkzq')
    expect(dom).toMatch(/&lt;script&gt;alert\(1\)&lt;\/script&gt; una bioimpresora <mark>wkzq<\/mark>/)
    expect(dom).not.toContain('<script>alert')
  })
})

onBothEngines('when the vocabulary has changed', (world) => {
  test('rows are made anew, those that were not yet, also after it was stopped in between', async () => {
    const left = () => world().database.read(jobActor, (db) => rowsToRenew(db))
    expect(await left()).toBe(0)
    const stale = Array.from({ length: 450 }, (_, at) => listing(`Hqqz 单克隆抗体 ${at}`))
    await world().database.write(importer, async (db) => {
      await indexDocuments(db, stale)
      await sql`update app.search_row set vocabulary = 'old', terms = ${'@x'}::tsvector where object_id = any (${stale.map(({ objectId }) => objectId)}::uuid[])`.execute(
        db,
      )
    })
    expect(await left()).toBe(450)
    const stop = new AbortController()
    const stopping = {
      get aborted() {
        return false
      },
      throwIfAborted: () => (calls++ > 1 ? stop.abort() : undefined, stop.signal.throwIfAborted()),
    }
    let calls = 0
    await expect(renewSearch(world().database, stopping as unknown as AbortSignal)).rejects.toThrow()
    expect(await left()).toBe(50)
    expect(await renewSearch(world().database, new AbortController().signal)).toBe(50)
    expect(await left()).toBe(0)
    expect((await asked(world(), 'q=hqqz+anticuerpo+monoclonal')).total).toBe(450)
  })

  test('nobody but the part of the system that does jobs may make them', async () => {
    const call = sql`select * from app.search_to_renew('x', '00000000-0000-0000-0000-000000000000', 1)`
    await expect(world().database.write(importer, (db) => call.execute(db))).rejects.toThrow(/jobs/)
    await expect(world().database.write(importer, (db) => sql`select app.renew_search('[]', 'x')`.execute(db))).rejects.toThrow(/jobs/)
  })
})

onBothEngines('who publishes at the same time', (world) => {
  test('never waits for the other in a circle, whatever the order of the words', async () => {
    for (let turn = 0; turn < 5; turn++)
      await Promise.all([false, true, false, true].map((isReversed) => put(world(), [listing(manyWords(isReversed, turn)), listing('Wxzz junto')])))
    expect((await asked(world(), 'q=wxzz')).total).toBe(20)
  })
})

async function pageOf(world: World, path: string): Promise<{ dom: string; text: string }> {
  const answer = await world.ask(path)
  const dom = await answer.text()
  expect(answer.status).toBe(200)
  return { dom, text: dom.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ') }
}
