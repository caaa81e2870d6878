import { expect, test } from 'vitest'
import { publishedJob, tellJob } from '../src/modules/atlas/actions/tell-published.ts'
import { atlasTexts } from '../src/modules/atlas/index.ts'
import { recordSpace } from '../src/modules/record/store/tables.ts'
import { importer } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { indexDocuments, type SearchDocument } from '../src/platform/search/search.ts'
import { command } from './support/command.ts'
import { doJobs, until } from './support/jobs.ts'
import { lettersTo, makeSomebody, settings, statusAndPlace, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const mailOf = ({ id }: Somebody) => `${id}@example.org`
const thing = (text: string, over: Partial<SearchDocument> = {}): SearchDocument => {
  const objectId = newId()
  return {
    objectId,
    spaceId: recordSpace,
    kind: 'listing',
    path: `/listings/${objectId}`,
    title: { es: text, original: 'es' },
    detail: {},
    names: [text],
    aliases: [],
    words: [],
    ...over,
  }
}
const publish = (world: World, ...documents: SearchDocument[]) => world.database.write(importer, (db) => indexDocuments(db, documents))
const save = async (who: Somebody, fields: Record<string, string>) => {
  const id = fields['id'] ?? newId()
  return { id, answer: await who.post('/en/account/searches', { id, name: 'Mine', often: 'at-once', ...fields }) }
}
const page = async (who: Somebody, path: string) => (await who.get(path)).text()
const verbs = async (world: World, id: string) =>
  (await world.rows(sql<{ verb: string; actor: string }>`select verb, actor from app.log_entry where object_id = ${id} order by position`)).map(
    ({ verb, actor }) => `${verb} ${actor.split(':')[0]}`,
  )
const waiting = (world: World) =>
  world.rows(sql`select from app.job where kind in ('search.published', 'search.tell') and done_at is null and failed_at is null and run_at <= now()`)

/** Does what is due, and waits until nothing is. */
async function work(world: World) {
  const runner = await doJobs(world, [publishedJob, tellJob])
  await until('all is told', async () => (await waiting(world)).length === 0)
  await runner.idle()
  await runner.stop()
}

onBothEngines(
  'somebody keeps a search',
  (world) => {
    test('it is kept once, renamed, listed page by page and removed, for its person alone', async () => {
      const [chi, dora] = [await makeSomebody(world(), 'Chi', []), await makeSomebody(world(), 'Dora', [])]
      expect(statusAndPlace(await world().ask('/en/account/searches/new?q=dengue'))).toEqual([
        303,
        `/en/sign-in?next=${encodeURIComponent('/account/searches/new?q=dengue')}`,
      ])
      expect(await (await world().ask('/en/search?q=dengue&country=CU')).text()).toContain('href="/en/account/searches/new?q=dengue&amp;country=CU"')
      expect(await page(chi, '/en/account/searches/new?q=dengue&country=CU')).toMatch(/name="country" value="CU"[\s\S]*name="q"[^>]*value="dengue"/)
      expect(await page(chi, '/en/account')).toContain('href="/en/account/searches"')

      const wrong = await save(chi, { q: '', name: '', often: 'hourly', kind: 'listing' })
      expect([wrong.answer.status, (await wrong.answer.text()).includes('3 things need your attention')]).toEqual([422, true])
      const id = newId()
      const fields = { id, q: 'dengue', name: 'Dengue', often: 'weekly', kind: 'listing', country: 'CU' }
      const twice = await Promise.all([save(chi, fields), save(chi, fields)])
      expect(twice.map(({ answer }) => statusAndPlace(answer))).toEqual([
        [303, '/en/account/searches?done=saved'],
        [303, '/en/account/searches?done=saved'],
      ])
      expect(await world().rows(sql`select name, words, kind, facets, often, person_id from app.saved_search`)).toEqual([
        { name: 'Dengue', words: 'dengue', kind: 'listing', facets: ['country:CU'], often: 'weekly', person_id: chi.id },
      ])
      expect(await page(chi, '/zh/account/searches')).toMatch(/href="\/zh\/search\?q=dengue&amp;kind=listing&amp;country=CU"[\s\S]*每周一次/)

      const place = `/en/account/searches/${id}`
      expect(await page(dora, '/en/account/searches')).toContain(atlasTexts.en('saved.none'))
      expect((await dora.get(place)).status).toBe(404)
      expect((await dora.post(place, { name: 'Hers', often: 'never', version: '1' })).status).toBe(404)
      expect((await dora.post(`${place}/end`, {})).status).toBe(404)

      expect(statusAndPlace(await chi.post(place, { name: 'Dengue in Cuba', often: 'daily', version: '1' }))).toEqual([
        303,
        '/en/account/searches?done=changed',
      ])
      const stale = await chi.post(place, { name: 'Else', often: 'daily', version: '1' })
      expect([stale.status, (await stale.text()).includes(atlasTexts.en('saved.stale'))]).toEqual([409, true])
      expect(await page(chi, place)).toContain('Dengue in Cuba')
      for (let n = 0; n < 20; n++) await save(chi, { q: `word${n}`, often: 'never' })
      const first = await page(chi, '/en/account/searches')
      expect([first.includes('word19'), first.includes('word0”'), first.includes('Dengue in Cuba')]).toEqual([true, true, false])
      const next = /href="([^"]*cursor=[^"]*)" *rel="next"|rel="next" href="([^"]*)"/.exec(first)
      expect(await page(chi, (next?.[1] ?? next?.[2] ?? '').replaceAll('&amp;', '&'))).toContain('Dengue in Cuba')

      expect(statusAndPlace(await chi.post(`${place}/end`, {}))).toEqual([303, '/en/account/searches?done=removed'])
      expect([(await chi.get(place)).status, (await chi.post(`${place}/end`, {})).status]).toEqual([404, 404])
      expect(await verbs(world(), id)).toEqual(['search.saved person', 'search.changed person', 'search.removed person'])
    })

    test('no more than a hundred', async () => {
      const chi = await makeSomebody(world(), 'Chi', [])
      await world().rows(sql`insert into app.saved_search (id, space_id, person_id, name, words, often)
        select gen_random_uuid(), s.id, ${chi.id}::uuid, 'x', 'x', 'never' from app.space s, generate_series(1, 100) where s.name = 'person-' || ${chi.id} returning id`)
      expect((await save(chi, { q: 'one more' })).answer.status).toBe(409)
    })
  },
  settings,
)

onBothEngines(
  'what is published is told of',
  (world) => {
    test('at once, once, in the language of the person', async () => {
      const bao = await makeSomebody(world(), 'Bảo', [], 'vi')
      await publish(world(), thing('Vacuna qvtx antigua'))
      const { id } = await save(bao, { q: 'qvtx', name: 'Qvtx', country: 'CU' })
      await work(world())
      expect(await lettersTo(world, mailOf(bao))).toEqual([])

      const facets = ['country:CU']
      const [seen, other] = [thing('Vacuna qvtx', { facets }), thing('Vacuna qvtx de otro país', { facets: ['country:VN'] })]
      await publish(world(), seen, other, thing('Otra vacuna', { facets }))
      await work(world())
      const [letter, ...more] = await lettersTo(world, mailOf(bao))
      expect([letter?.language, letter?.subject, more]).toEqual(['vi', 'Qvtx: 1 kết quả mới', []])
      expect(letter?.text).toContain(`/vi${seen.path}`)
      expect(letter?.text).toContain(`/vi/account/searches/${id}`)
      expect(letter?.text).not.toContain(other.path)

      // The same written anew is no news, and neither is a second look.
      await publish(world(), seen)
      await work(world())
      expect(await lettersTo(world, mailOf(bao))).toHaveLength(1)
      await publish(world(), thing('Qvtx segunda', { facets }), thing('Qvtx tercera', { facets }))
      await publish(world(), thing('Qvtx cuarta', { facets }))
      await work(world())
      const subjects = (await lettersTo(world, mailOf(bao))).map(({ subject }) => subject)
      expect(subjects.toSorted()).toEqual(['Qvtx: 1 kết quả mới', 'Qvtx: 3 kết quả mới'])
      expect(await verbs(world(), id)).toEqual(['search.saved person', 'search.told system', 'search.told system'])
    })

    test('once a day when the day is over, by the rights of that moment; a job of an earlier turn does nothing', async () => {
      const chi = await makeSomebody(world(), 'Chi', [])
      const { id } = await save(chi, { q: 'wrtq', often: 'daily' })
      const [open, closed] = [thing('Wrtq abierto'), thing('Wrtq cerrado')]
      await publish(world(), open, closed)
      await work(world())
      expect(await lettersTo(world, mailOf(chi))).toEqual([])
      const [space] = await world().rows(sql<{ id: string }>`select id from app.space where name = 'outbox'`)
      await world().rows(sql`update app.search_row set space_id = ${space?.id ?? null}::uuid where object_id = ${closed.objectId} returning object_id`)
      const overdue = () =>
        world().rows(sql`update app.job set run_at = now() where kind = 'search.tell' and input ->> 'search' = ${id} and done_at is null returning id`)
      expect(await overdue()).toHaveLength(1)
      await work(world())
      expect((await lettersTo(world, mailOf(chi))).map(({ text }) => [text.includes(open.path), text.includes(closed.path)])).toEqual([[true, false]])

      // A process was killed after the commit and before the end of the job was noted: it is done again, and finds another turn.
      await world().rows(
        sql`update app.job set done_at = null, run_at = now() where kind = 'search.tell' and input ->> 'search' = ${id} and done_at is not null returning id`,
      )
      await work(world())
      expect(await lettersTo(world, mailOf(chi))).toHaveLength(1)
      expect(await overdue()).toHaveLength(1)
      await work(world())
      expect(await lettersTo(world, mailOf(chi))).toHaveLength(1)
    })

    test('a slip of the pen is mended as the search mends it, also when the right word comes later; what nobody looks for takes nobody’s turn', async () => {
      const [chi, dora] = [await makeSomebody(world(), 'Chi', []), await makeSomebody(world(), 'Dora', [])]
      const [slip, other] = [await save(chi, { q: 'vacuna hwqzandi', name: 'Slip' }), await save(dora, { q: 'hwqzanti queso', name: 'Other' })]
      const turns = async () =>
        (await world().rows(sql<{ turn: number }>`select turn from app.saved_search where id in (${slip.id}, ${other.id}) order by id`)).map(({ turn }) => turn)
      const before = await turns()
      await publish(world(), thing('Nada de eso'))
      await work(world())
      expect(await turns()).toEqual(before)
      const first = thing('Vacuna hwqzanti')
      await publish(world(), first)
      await work(world())
      const [letter, ...more] = await lettersTo(world, mailOf(chi))
      expect([letter?.subject, letter?.text.includes(first.path), more]).toEqual(['Slip: one new result', true, []])
      expect(await lettersTo(world, mailOf(dora))).toEqual([])
      expect((await turns())[1]).toBe(before[1])
      expect(await page(chi, '/en/search?q=vacuna%20hwqzandi')).toContain(first.path)

      // Once somebody does write it so, that is what is looked for.
      const right = thing('Vacuna hwqzandi')
      await publish(world(), right, thing('Otra vacuna hwqzanti'))
      await work(world())
      const [next] = await lettersTo(world, mailOf(chi))
      expect([next?.subject, next?.text.includes(right.path)]).toEqual(['Slip: one new result', true])
    })

    test('what is searched for is read anew when the vocabulary has changed', async () => {
      const chi = await makeSomebody(world(), 'Chi', [])
      const { id } = await save(chi, { q: 'monoclonal antibodies', name: 'Antibodies' })
      const gate = async () =>
        (await world().rows(sql<{ gate: string[]; read: string }>`select gate, read_with as read from app.saved_search where id = ${id}`))[0]
      const made = await gate()
      expect(made?.gate).toContain('*monoclonal-antibody')
      await world().rows(sql`update app.saved_search set gate = '{}', needs = '{}', read_with = 'an older one' where id = ${id} returning id`)
      await publish(world(), thing('Anticuerpos monoclonales yqxw'))
      await work(world())
      expect(await gate()).toEqual(made)
      expect(await lettersTo(world, mailOf(chi))).toHaveLength(1)
    })

    test('not when it is never wanted, removed, or the account is closed', async () => {
      const [chi, dora, emil] = [await makeSomebody(world(), 'Chi', []), await makeSomebody(world(), 'Dora', []), await makeSomebody(world(), 'Emil', [])]
      await save(chi, { q: 'jxqv', often: 'never' })
      const removed = await save(dora, { q: 'jxqv' })
      await dora.post(`/en/account/searches/${removed.id}/end`, {})
      await save(emil, { q: 'jxqv' })
      expect((await command(world(), 'person close', [mailOf(emil)])).code).toBe(0)
      expect(await world().rows(sql`select from app.saved_search where person_id = ${emil.id}::uuid and ended_at is null`)).toEqual([])
      const after = (await lettersTo(world, mailOf(emil))).length
      await publish(world(), thing('Jxqv'))
      await work(world())
      expect([await lettersTo(world, mailOf(chi)), await lettersTo(world, mailOf(dora))]).toEqual([[], []])
      expect(await lettersTo(world, mailOf(emil))).toHaveLength(after)
    })
  },
  settings,
)

onBothEngines('the feed of a search', (world) => {
  test('has what the public sees, the newest first, and is linked on the page', async () => {
    const [first, second, hidden] = [thing('Zqkw uno'), thing('Zqkw dos'), thing('Zqkw tres')]
    for (const each of [first, second, hidden]) await publish(world(), each)
    await world().rows(
      sql`update app.search_row set space_id = (select id from app.space where name = 'outbox') where object_id = ${hidden.objectId} returning object_id`,
    )
    expect(await (await world().ask('/es/search?q=zqkw')).text()).toContain('type="application/atom+xml" title="zqkw · Búsqueda" href="/es/search.atom?q=zqkw"')
    const answer = await world().ask('/es/search.atom?q=zqkw&kind=listing')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8'])
    const feed = await answer.text()
    expect([...feed.matchAll(/<id>urn:uuid:([^<]*)<\/id>/g)].map(([, id]) => id)).toEqual([second.objectId, first.objectId])
    expect(feed).toContain('<title>Zqkw uno</title>')
    expect((await (await world().ask('/es/search.atom')).text()).includes('<entry')).toBe(false)
    expect((await world().ask('/es/search.atom?kind=nothing')).status).toBe(422)
  })
})
