import { pino } from 'pino'
import { afterAll, afterEach, expect, test } from 'vitest'
import { beginEmbedding, settleEmbeddings } from '../src/modules/matching/actions/begin-embedding.ts'
import { embedJob, embedListings } from '../src/modules/matching/actions/embed-listings.ts'
import { matchJob } from '../src/modules/matching/actions/match-listing.ts'
import { rebuildJob, rebuildMatches } from '../src/modules/matching/actions/rebuild.ts'
import type { Actor } from '../src/platform/access/actor.ts'
import type { EmbeddingsSettings } from '../src/platform/config.ts'
import { command } from './support/command.ts'
import { embeddingFor, embeddings, say, startEmbedder, troubles } from './support/embedder.ts'
import { doJobs, until } from './support/jobs.ts'
import { listingVersion, publishListing } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const embedder = await startEmbedder()
afterAll(() => embedder.close())
afterEach(() => {
  embedder.answer = embedder.usual
  embedder.received.length = 0
  embedder.meanings = []
})

const service = (model = 'example-model'): EmbeddingsSettings => ({ url: embedder.url, model, key: 'an example key' })
/** The same world with a service, or without one. */
const withService = (world: World, settings?: EmbeddingsSettings): World => ({ ...world, config: { ...world.config, embeddings: settings } })
const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

const offer = (over: Record<string, string> = {}) => ({
  original: 'es',
  title_en: '',
  body_en: '',
  sought_en: '',
  title_es: 'Vacuna recombinante',
  body_es: 'Ofrecemos la vacuna recombinante con suministro estable.',
  sought_es: 'Un comprador.',
  ...over,
})
const need = (over: Record<string, string> = {}) => ({
  direction: 'need',
  original: 'vi',
  title_en: '',
  body_en: '',
  sought_en: '',
  title_vi: 'Cần vắc xin cho tiêm chủng',
  body_vi: 'Trung tâm cần nguồn vắc xin ổn định cho trẻ em.',
  sought_vi: 'Một nhà cung cấp.',
  ...over,
})

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Hospital')]
  return { desk, own, other, admin: await makeMemberPerson(world, own, 'Bảo', 'admin'), buyer: await makeMemberPerson(world, other, 'Dora', 'admin') }
}

/** Does what is queued, until nothing waits. */
async function doMatching(world: World) {
  const jobs = await doJobs(world, [matchJob, rebuildJob, embedJob])
  await jobs.idle()
  await jobs.stop()
}

const actorOf = ({ id }: Somebody): Actor => ({ kind: 'person', id, name: '', language: 'en', session: '' })

type Kept = { other: string; score: number }
const matchesOf = (world: World, id: string) =>
  world.rows(sql<Kept>`select other_id as other, score::float8 from matching.match where listing_id = ${id} order by score desc, other_id`)
const allMatches = (world: World) => world.rows(sql`select listing_id, other_id, score from matching.match order by 1, 2`)
const models = (world: World) =>
  world.rows(
    sql<{
      name: string
      dimensions: number
      ended: boolean
    }>`select name, dimensions, ended_at is not null as ended from matching.embedding_model order by begun_at, id`,
  )
const readBy = (world: World) =>
  world.rows(
    sql<{
      name: string
      n: number
    }>`select m.name, count(e.vector)::int as n from matching.embedding e join matching.embedding_model m on m.id = e.model_id group by m.name`,
  )
const published = async (world: World) => (await world.rows(sql<{ n: number }>`select count(*)::int as n from matching.profile`))[0]?.n ?? 0

onBothEngines('what a model finds alike', (world) => {
  test('moves a counterpart up, says so as a weak reason in the reader’s language, and leaves the hard rules alone', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publishListing(
      world(),
      { admin: buyer, desk, member: other },
      need({ body_vi: 'Trung tâm cần nguồn vắc xin ổn định cho trẻ em khuvanh.' }),
    )
    const by = { admin, desk, member: own }
    const alike = await publishListing(
      world(),
      by,
      offer({ body_es: 'Ofrecemos la vacuna recombinante con suministro estable zumbrela.', amount: '', unit: '' }),
    )
    // Of the two, the other one says that its quantity is enough.
    const first = await publishListing(world(), by, offer())
    const excluding = await publishListing(world(), by, offer({ title_es: 'Vacuna zumbrela', countries_excluded: 'Viet Nam' }))
    const hidden = await publishListing(world(), by, offer({ title_es: 'Vacuna zumbrela', audience: 'network', hidden_from: other }))
    const mine = await publishListing(world(), by, need({ title_vi: 'Cần vắc xin khuvanh' }))
    await doMatching(world())
    const before = await matchesOf(world(), wanted)
    const place = (list: Kept[], id: string) => list.findIndex((each) => each.other === id)
    expect(place(before, first)).toBeLessThan(place(before, alike))

    embedder.meanings = [[/zumbrela|khuvanh/, 'what no concept names']]
    await settleEmbeddings(world().database, { embeddings: service() })
    await doMatching(withService(world(), service()))
    const after = await matchesOf(world(), wanted)
    expect(place(after, alike)).toBeLessThan(place(after, first))
    const score = (list: Kept[], id: string) => list.find((each) => each.other === id)?.score ?? 0
    expect(score(after, alike)).toBeGreaterThan(score(before, alike))
    expect(score(after, alike)).toBeLessThanOrEqual(score(before, alike) + 0.25)
    // Kept in the other's list with the same score.
    expect(score(await matchesOf(world(), alike), wanted)).toBe(score(after, alike))
    for (const never of [excluding, hidden, mine]) expect(place(after, never)).toBe(-1)
    expect(place(await matchesOf(world(), mine), alike)).toBe(-1)

    for (const [language, words] of [
      ['en', 'Similar text according to the model example-model; a weaker hint than shared concepts'],
      ['es', 'Texto parecido según el modelo example-model; es un indicio más débil que los conceptos comunes'],
      ['zh', '据模型 example-model 判断，两段文字相近；此依据弱于共同概念，仅供参考'],
      ['vi', 'Nội dung gần giống nhau theo mô hình example-model; dấu hiệu này yếu hơn khái niệm chung'],
    ])
      expect(wordsOf(await (await world().ask(`/${language}/listings/${wanted}/matches`)).text())).toContain(words)
    const { items } = (await (await world().ask(`/api/v1/listings/${wanted}/matches`)).json()) as { items: { id: string; similar: unknown }[] }
    expect(items.find(({ id }) => id === alike)?.similar).toEqual({ model: 'example-model', likeness: expect.closeTo(1, 0) as number })
    expect(items.find(({ id }) => id === first)?.similar).toBeNull()
    // Each request bears the key, and is of the form that such services take.
    for (const { headers, body } of embedder.received) {
      expect(headers).toMatchObject({ authorization: 'Bearer an example key', 'content-type': 'application/json' })
      expect(JSON.parse(body)).toEqual({ model: 'example-model', input: expect.any(Array) as unknown })
    }
  }, 240_000)

  test('is read of what is published alone: no byte of a confidential part or of a draft is sent, and what is hidden is read by nobody else', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const by = { admin, desk, member: own }
    const listing = await publishListing(world(), by, offer({ title_es: 'Jeringas raras', audience: 'network', hidden_from: other }))
    expect((await admin.post(`/en/listings/${listing}/confidential`, { text: 'El precio secreto es 7.', language: 'es', version: '0' })).status).toBe(303)
    const back = await publishListing(world(), by, offer({ title_es: 'Título retirado' }))
    expect((await admin.post(`/en/listings/${back}/revision`, { version: await listingVersion(world(), back) })).status).toBe(303)
    await doMatching(withService(world(), service()))
    const sent = embedder.received.map(({ headers, body }) => JSON.stringify(headers) + body).join('\n')
    expect(sent).toContain('Jeringas raras')
    for (const never of ['precio secreto', 'Título retirado', admin.id, own]) expect(sent).not.toContain(never)
    expect(embedder.texts().filter((text) => text.startsWith('Jeringas'))).toEqual([
      'Jeringas raras\nOfrecemos la vacuna recombinante con suministro estable.\nUn comprador.',
    ])

    const seen = (actor: Actor) =>
      world().database.read(actor, async (db) => (await sql`select vector from matching.embedding where listing_id = ${listing}`.execute(db)).rows.length)
    expect([await seen(actorOf(admin)), await seen(actorOf(buyer)), await seen({ kind: 'public' })]).toEqual([1, 0, 0])
    for (const call of [
      'matching.without_embedding(10)',
      `matching.embeddings('{${listing}}')`,
      `matching.kept('${listing}')`,
      'matching.embedding_progress()',
      'matching.end_embedding_model()',
    ])
      await expect(world().database.read(actorOf(admin), (db) => sql`select * from ${sql.raw(call)}`.execute(db))).rejects.toMatchObject({ code: '42501' })
    // Taken back, nothing is kept of it.
    expect((await admin.post(`/en/listings/${listing}/revision`, { version: await listingVersion(world(), listing) })).status).toBe(303)
    expect(await world().rows(sql`select from matching.embedding where listing_id = ${listing}`)).toEqual([])
  }, 240_000)

  test('is worked out anew with another model, also one that answers otherwise under the same name; without a service all is as before', async () => {
    const { database } = world()
    const n = await published(world())
    await embedListings(database, service())
    expect(await readBy(world())).toEqual([{ name: 'example-model', n }])
    await settleEmbeddings(database, { embeddings: service('other-model') })
    await doMatching(withService(world(), service('other-model')))
    expect(await readBy(world())).toEqual([{ name: 'other-model', n }])
    embedder.answer = ({ input }, response) => say(response, 200, embeddings(input.map((text) => embeddingFor(text, [], 'wide', 96))))
    expect((await command(withService(world(), service('other-model')), 'matches embeddings', [], { renew: true })).code).toBe(0)
    await doMatching(withService(world(), service('other-model')))
    expect((await models(world())).filter(({ ended }) => !ended)).toEqual([{ name: 'other-model', dimensions: 96, ended: false }])
    // Replaced behind its name, it is noticed by its dimensions at the next listing.
    embedder.answer = embedder.usual
    await world().rows(sql`delete from matching.embedding where listing_id = (select min(listing_id::text)::uuid from matching.embedding)`)
    await embedListings(database, service('other-model'))
    expect((await models(world())).filter(({ ended }) => !ended)).toEqual([{ name: 'other-model', dimensions: 48, ended: false }])
    expect(await readBy(world())).toEqual([{ name: 'other-model', n }])

    await settleEmbeddings(database, { embeddings: undefined })
    await doMatching(world())
    expect(await readBy(world())).toEqual([])
    // What is rare is weighed by how many listings there are by now.
    await rebuildMatches(database)
    const without = await allMatches(world())
    embedder.meanings = [[/./, 'anything']]
    await embedListings(database, service())
    expect(await allMatches(world())).not.toEqual(without)
    await settleEmbeddings(database, { embeddings: undefined })
    await doMatching(world())
    expect(await allMatches(world())).toEqual(without)
  }, 600_000)
})

onBothEngines('a service in trouble', (world) => {
  test('is no trouble for matching, and the operator is told', async () => {
    const { database } = world()
    const { desk, own, other, admin, buyer } = await cast(world())
    const gone = await startEmbedder()
    await gone.close()
    const silent = withService(world(), { url: gone.url, model: 'example-model', key: undefined })
    const wanted = await publishListing(world(), { admin: buyer, desk, member: other }, need())
    const given = await publishListing(world(), { admin, desk, member: own }, offer())
    const jobs = await doJobs(silent, [matchJob, embedJob], { pause: () => 60 })
    await until('it is matched', async () => (await matchesOf(world(), wanted)).some((each) => each.other === given))
    await jobs.idle()
    await jobs.stop()
    const { out, code } = await command(silent, 'matches embeddings', [])
    expect([code, out]).toEqual([
      0,
      [`Service: ${gone.url}, model example-model.`, expect.stringMatching(/^In the way: the embedding service does not answer: ECONNREFUSED$/)],
    ])
    const logged: string[] = []
    await beginEmbedding({ config: silent.config, database, logger: pino({ level: 'warn' }, { write: (line) => void logged.push(line) }) })()
    expect(logged).toEqual([
      expect.stringMatching(/"reason":"the embedding service does not answer: ECONNREFUSED".*embeddings: not all listings are read by the model/),
    ])

    const before = await allMatches(world())
    for (const [trouble, answer] of Object.entries(troubles)) {
      embedder.answer = answer
      await expect(embedListings(database, service()), trouble).rejects.toMatchObject({ name: 'TryLater' })
      expect([trouble, await models(world()), await readBy(world())]).toEqual([trouble, [], []])
    }
    expect(await allMatches(world())).toEqual(before)
    embedder.answer = embedder.usual
    await embedListings(database, service())
    const n = await published(world())
    expect((await command(withService(world(), service()), 'matches embeddings', [])).out[2]).toBe(`Read: ${n} of ${n} published listings.`)
    // The same troubles once a model holds: what was read stays, and nothing else is taken for it.
    await world().rows(sql`delete from matching.embedding where listing_id = ${given}`)
    for (const [trouble, answer] of Object.entries(troubles)) {
      if (trouble === 'the same for every text' || trouble === 'numbers by chance') continue
      embedder.answer = answer
      await expect(embedListings(database, service()), trouble).rejects.toMatchObject({ name: 'TryLater' })
      expect([trouble, await readBy(world())]).toEqual([trouble, [{ name: 'example-model', n: n - 1 }]])
    }
  }, 240_000)

  test('that takes no long text is offered less, and one that it takes at no length holds up nobody', async () => {
    await world().rows(sql`update app.job set run_at = now() where kind = 'matching.embed' and done_at is null`)
    const { desk, own, admin } = await cast(world())
    const by = { admin, desk, member: own }
    const long = await publishListing(world(), by, offer({ body_es: 'Una vacuna muy larga. '.repeat(200) }))
    const odd = await publishListing(world(), by, offer({ title_es: 'Impronunciable' }))
    embedder.answer = (asked, response) =>
      asked.input.some((text) => text.length > 600 || text.startsWith('Impronunciable')) ? say(response, 413, '{}') : embedder.usual(asked, response)
    await doMatching(withService(world(), service()))
    expect(
      await world().rows(
        sql`select listing_id = ${long} as long, vector is not null as read from matching.embedding where listing_id in (${long}, ${odd}) order by 1`,
      ),
    ).toEqual([
      { long: false, read: false },
      { long: true, read: true },
    ])
    expect(
      (await command(withService(world(), service()), 'matches embeddings', [], { json: true })).out.map((line) => JSON.parse(line) as object),
    ).toMatchObject([{ service: { url: embedder.url, model: 'example-model' }, refused: 1, trouble: null }])
    const asked = embedder.received.length
    await embedListings(world().database, service())
    expect(embedder.received.length).toBe(asked)
  }, 240_000)
})
