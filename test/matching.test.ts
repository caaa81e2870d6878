import { expect, test } from 'vitest'
import { matchJob } from '../src/modules/matching/actions/match-listing.ts'
import { rebuildJob } from '../src/modules/matching/actions/rebuild.ts'
import { tellIntroductionJob } from '../src/modules/matching/actions/tell-introduction.ts'
import { rebuildMatches } from '../src/modules/matching/index.ts'
import { newId } from '../src/platform/id.ts'
import { doJobs, until } from './support/jobs.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { lettersTo, makeSomebody, statusAndPlace, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

type Fields = Record<string, string>
const offer = (over: Fields = {}): Fields => ({
  direction: 'offer',
  pillar: 'production',
  original: 'es',
  title_es: 'Vacuna recombinante contra la hepatitis B',
  body_es: 'Ofrecemos la vacuna recombinante contra la hepatitis B, producida en levadura, con suministro estable.',
  audience: 'everybody',
  forms: 'supply',
  concepts: 'vaccine',
  valid_until: inDays(90),
  ...over,
})
const need = (over: Fields = {}): Fields => ({
  direction: 'need',
  pillar: 'production',
  original: 'vi',
  title_vi: 'Cần vắc xin cho tiêm chủng',
  body_vi: 'Trung tâm cần nguồn vắc xin ổn định để tiêm chủng cho trẻ em trong tỉnh.',
  audience: 'everybody',
  forms: 'supply',
  concepts: 'vaccine',
  valid_until: inDays(90),
  ...over,
})

const versionOf = async (world: World, id: string) =>
  String((await world.rows(sql<{ version: number }>`select version from exchange.listing where id = ${id}`))[0]?.version)
const act = async (world: World, by: Somebody, id: string, noun: string, fields: Fields = {}) =>
  (await by.post(`/en/listings/${id}/${noun}`, { version: await versionOf(world, id), ...fields })).status

async function publish(world: World, { by, desk, member }: { by: Somebody; desk: Somebody; member: string }, fields: Fields): Promise<string> {
  const id = newId()
  const language = fields['original'] ?? 'en'
  const start = {
    id,
    member,
    direction: fields['direction'] ?? '',
    pillar: fields['pillar'] ?? '',
    original: language,
    title: fields[`title_${language}`] ?? '',
  }
  expect(statusAndPlace(await by.post('/en/listings', start))).toEqual([303, `/en/listings/${id}/edit`])
  expect((await by.post(`/en/listings/${id}/edit`, { ...fields, version: await versionOf(world, id) })).status).toBe(303)
  expect(await act(world, by, id, 'sending')).toBe(303)
  expect(await act(world, desk, id, 'publication')).toBe(303)
  return id
}

/** Does what is queued, until nothing waits. */
async function doMatching(world: World) {
  const jobs = await doJobs(world, [matchJob, rebuildJob])
  await jobs.idle()
  await jobs.stop()
}

const matchesOf = async (world: World, id: string) =>
  (await world.rows(sql<{ other: string }>`select other_id as other from matching.match where listing_id = ${id} order by score desc, other_id`)).map(
    ({ other }) => other,
  )

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Hospital')]
  const admin = await makeMemberPerson(world, own, 'Bảo', 'admin')
  const buyer = await makeMemberPerson(world, other, 'Dora', 'admin')
  return { desk, own, other, admin, buyer }
}

onBothEngines('counterparts', (world) => {
  test('an offer finds a need in another language, with reasons, and ends with it', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const given = await publish(world(), { by: admin, desk, member: own }, offer())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need())
    const before = await (await world().ask(`/en/listings/${wanted}`)).text()
    expect(wordsOf(before)).toContain('Counterparts are being looked for.')
    await doMatching(world())
    // Nothing was logged since, but the page says what is there now.
    expect(wordsOf(await (await world().ask(`/en/listings/${wanted}`)).text())).not.toContain('Counterparts are being looked for.')
    expect(await matchesOf(world(), wanted)).toContain(given)
    expect(await matchesOf(world(), given)).toContain(wanted)
    const page = wordsOf(await (await world().ask(`/zh/listings/${given}/matches`)).text())
    expect(page).toContain('Cần vắc xin cho tiêm chủng')
    expect(page).toContain('疫苗')
    expect(page).toContain('本条：“vacuna”')
    expect(page).toContain('对方：“vắc xin”')
    const data = (await (await world().ask(`/api/v1/listings/${given}/matches`)).json()) as { items: { id: string; shared: { concept: string }[] }[] }
    expect(data.items.find(({ id }) => id === wanted)?.shared.map(({ concept }) => concept)).toContain('vaccine')

    expect(await act(world(), admin, given, 'closure')).toBe(303)
    expect(await matchesOf(world(), wanted)).not.toContain(given)
    expect(await matchesOf(world(), given)).toEqual([])
    expect(await world().rows(sql`select from matching.posting where listing_id = ${given}`)).toEqual([])
    await doMatching(world())
    expect(await rebuildMatches(world().database)).toBeGreaterThan(80)
  }, 120_000)

  test('what a country excludes, what is hidden and what is one’s own is never kept', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need())
    const excluding = await publish(world(), { by: admin, desk, member: own }, offer({ countries_excluded: 'Viet Nam' }))
    const hidden = await publish(world(), { by: admin, desk, member: own }, offer({ audience: 'network', hidden_from: other }))
    const mine = await publish(world(), { by: admin, desk, member: own }, need({ title_vi: 'Nhu cầu khác' }))
    const fit = await publish(world(), { by: admin, desk, member: own }, offer({ title_es: 'Vacuna', countries_wanted: 'Francia' }))
    await doMatching(world())
    const found = await matchesOf(world(), wanted)
    expect(found).toContain(fit)
    for (const never of [excluding, hidden, mine]) expect(found).not.toContain(never)
    expect(await matchesOf(world(), hidden)).not.toContain(wanted)
    expect(await matchesOf(world(), mine)).not.toContain(fit)
    const page = wordsOf(await (await buyer.get(`/en/listings/${wanted}/matches`)).text())
    expect(page).toContain('Not among the countries that are wanted: Viet Nam')
    // Nobody reads postings, nor calls the functions that fill them; a kept match is seen by whoever sees both.
    await expect(world().database.read({ kind: 'public' }, (db) => sql`select from matching.posting`.execute(db))).rejects.toMatchObject({ code: '42501' })
    await expect(
      world().database.read({ kind: 'public' }, (db) => sql`select from matching.candidates(${wanted}, '{}', '{}', 10, 10)`.execute(db)),
    ).rejects.toMatchObject({ code: '42501' })
  }, 120_000)

  test('a match between members is seen by whoever sees both', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need({ audience: 'network' }))
    const given = await publish(world(), { by: admin, desk, member: own }, offer())
    await doMatching(world())
    expect(await matchesOf(world(), given)).toContain(wanted)
    const seen = async (page: Response) => (await page.text()).includes(wanted)
    expect(await seen(await admin.get(`/en/listings/${given}/matches`))).toBe(true)
    expect(await seen(await admin.get(`/en/members/${own}/matches`))).toBe(true)
    expect(await seen(await world().ask(`/en/listings/${given}/matches`))).toBe(false)
    expect((await world().ask(`/en/listings/${wanted}/matches`)).status).toBe(404)
    expect((await buyer.get(`/en/members/${own}/matches`)).status).toBe(403)
  }, 120_000)

  test('not relevant sets aside in one list, for all of that organization, until it is taken back', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need())
    const [first, second] = [
      await publish(world(), { by: admin, desk, member: own }, offer()),
      await publish(world(), { by: admin, desk, member: own }, offer({ title_es: 'Otra vacuna' })),
    ]
    await doMatching(world())
    const place = `/en/listings/${wanted}/matches`
    const order = async (who: Somebody) => {
      const items = ((await (await who.get(`/api/v1/listings/${wanted}/matches`)).json()) as { items: { id: string; set_aside: string | null }[] }).items
      return items.map(({ id, set_aside }) => [id, set_aside])
    }
    expect((await order(buyer)).slice(0, 2).map(([, aside]) => aside)).toEqual([null, null])
    const fields = { id: newId(), reason: 'organization' }
    expect((await admin.post(`${place}/${first}/feedback`, fields)).status).toBe(403)
    expect((await buyer.post(`${place}/${first}/feedback`, { ...fields, reason: 'x' })).status).toBe(422)
    for (let click = 0; click < 2; click++) expect(statusAndPlace(await buyer.post(`${place}/${first}/feedback`, fields))).toEqual([303, place])
    const last = (await order(buyer)).slice(-2)
    expect(new Set(last.map(([id]) => id))).toEqual(new Set([first, second]))
    expect(last.map(([, aside]) => aside)).toEqual(['organization', 'organization'])
    expect((await order(admin)).some(([, aside]) => aside !== null)).toBe(false)
    expect(wordsOf(await (await buyer.get(place)).text())).toContain('Set aside: Not with this organization')
    expect((await buyer.post(`${place}/${first}/feedback/end`, {})).status).toBe(303)
    expect((await buyer.post(`${place}/${first}/feedback/end`, {})).status).toBe(409)
    expect((await order(buyer)).some(([, aside]) => aside !== null)).toBe(false)
    const verbs = await world().rows(sql`select verb from app.log_entry where verb like 'matching.feedback.%' and object_id = ${wanted} order by position`)
    expect(verbs).toEqual([{ verb: 'matching.feedback.given' }, { verb: 'matching.feedback.withdrawn' }])
  }, 120_000)

  test('what one has shown interest in stands first in one’s own list, and last but what is unfit when it was declined', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need())
    const [best, worst] = [
      await publish(world(), { by: admin, desk, member: own }, offer({ title_es: 'Vacuna para tiempos de necesidad', countries_wanted: 'Viet Nam' })),
      await publish(world(), { by: admin, desk, member: own }, offer({ title_es: 'Vacuna', countries_wanted: 'Francia' })),
    ]
    await doMatching(world())
    const listOf = async (who: Pick<Somebody, 'get'>) => {
      const page = await (await who.get(`/en/listings/${wanted}/matches`)).text()
      return { page, order: [...page.matchAll(/<li id="([^"]+)"/g)].map(([, id]) => id).filter((id) => id === best || id === worst) }
    }
    expect((await listOf(buyer)).order).toEqual([best, worst])
    const id = newId()
    expect((await buyer.post(`/en/listings/${worst}/interests`, { id, member: other, language: 'en', message: 'We would like to know more.' })).status).toBe(
      303,
    )
    const after = await listOf(buyer)
    expect(after.order).toEqual([worst, best])
    expect(/<li id="([^"]+)"/.exec(after.page)?.[1]).toBe(worst)
    expect(wordsOf(after.page)).toContain('Interest shown')
    // Whoever knows nothing of it sees the list as it was, and so does the other side of its own.
    const publicly = await listOf({ get: (path) => world().ask(path) })
    expect([publicly.order, wordsOf(publicly.page).includes('Interest shown')]).toEqual([[best, worst], false])
    expect(wordsOf(await (await admin.get(`/en/listings/${worst}/matches`)).text())).not.toContain('Interest shown')
    expect(statusAndPlace(await admin.post(`/en/interests/${id}/refusal`, { version: '1', reason: 'other', answer: '' }))[0]).toBe(303)
    const declined = await listOf(buyer)
    expect(declined.order).toEqual([best, worst])
    expect(wordsOf(declined.page)).toContain('Interest declined')
    const second = newId()
    expect((await buyer.post(`/en/listings/${worst}/interests`, { id: second, member: other, language: 'en', message: '' })).status).toBe(303)
    expect((await admin.post(`/en/interests/${second}/acceptance`, { version: '1', reply: 'Let us talk.' })).status).toBe(303)
    const accepted = await listOf(buyer)
    expect([accepted.order, wordsOf(accepted.page).includes('Interest accepted')]).toEqual([[worst, best], true])
  }, 120_000)

  test('the secretariat introduces two, both read why, and it is withdrawn', async () => {
    const { desk, own, other, admin, buyer } = await cast(world())
    const wanted = await publish(world(), { by: buyer, desk, member: other }, need())
    const given = await publish(world(), { by: admin, desk, member: own }, offer())
    const hidden = await publish(world(), { by: admin, desk, member: own }, offer({ audience: 'network', hidden_from: other }))
    const numbers = new Map(
      (await world().rows(sql<{ id: string; number: string }>`select id, number from exchange.listing where number is not null`)).map(({ id, number }) => [
        id,
        number,
      ]),
    )
    const introduction = (over: Fields = {}) => ({
      id: newId(),
      listing: numbers.get(wanted) ?? '',
      other: numbers.get(given) ?? '',
      note: 'You met at the forum.',
      ...over,
    })
    const send = (who: Somebody, fields: Fields) => who.post('/en/desk/introductions', fields)
    expect((await send(admin, introduction())).status).toBe(404)
    const wrong = wordsOf(await (await send(desk, introduction({ other: 'OF-1900-9999', listing: 'NE-1900-1', note: '' }))).text())
    expect(wrong).toContain('What both organizations are told:')
    const nobody = await send(desk, introduction({ other: 'OF-1900-9999', listing: 'NE-1900-1' }))
    expect([nobody.status, (await nobody.text()).match(/1900/g)?.length]).toEqual([422, 6])
    expect((await send(desk, introduction({ other: numbers.get(hidden) ?? '' }))).status).toBe(422)
    const fields = introduction()
    for (let click = 0; click < 2; click++) expect((await send(desk, fields)).status).toBe(303)
    const again = await send(desk, introduction({ listing: fields.other, other: fields.listing, note: 'Once more.' }))
    expect([again.status, (await again.text()).includes('Once more.')]).toEqual([422, true])
    expect(await world().rows(sql`select count(*)::int as n from matching.introduction where ended_at is null`)).toEqual([{ n: 1 }])
    for (const [who, id] of [
      [buyer, wanted],
      [admin, given],
    ] as const) {
      const page = wordsOf(await (await who.get(`/en/listings/${id}`)).text())
      expect(page).toContain('Introduced by the secretariat')
      expect(page).toContain('You met at the forum.')
    }
    expect(wordsOf(await (await world().ask(`/en/listings/${wanted}`)).text())).not.toContain('You met at the forum.')

    const runner = await doJobs(world(), [tellIntroductionJob])
    const told = async ({ id }: Somebody) => (await lettersTo(world, `${id}@example.org`)).filter(({ text }) => text.includes('You met at the forum.'))
    await until('both sides are told', async () => (await told(buyer)).length > 0 && (await told(admin)).length > 0)
    expect((await told(buyer)).map(({ text }) => [text.includes(`/listings/${wanted}/matches`), text.includes('Vacuna recombinante')])).toEqual([[true, true]])
    expect((await told(admin)).map(({ text }) => text.includes(`/listings/${given}/matches`))).toEqual([true])
    expect(await told(desk)).toEqual([])
    await runner.stop()
    expect((await admin.post(`/en/desk/introductions/${fields.id}/end`, {})).status).toBe(404)
    expect((await desk.post(`/en/desk/introductions/${fields.id}/end`, {})).status).toBe(303)
    expect((await desk.post(`/en/desk/introductions/${fields.id}/end`, {})).status).toBe(404)
    expect(wordsOf(await (await buyer.get(`/en/listings/${wanted}`)).text())).not.toContain('You met at the forum.')
    const verbs = await world().rows(sql`select verb from app.log_entry where object_id = ${fields.id} order by position`)
    expect(verbs).toEqual([{ verb: 'matching.introduction.made' }, { verb: 'matching.introduction.withdrawn' }])

    // What is withdrawn before it was told is told to nobody.
    const hasty = introduction({ note: 'Made in haste.' })
    expect((await send(desk, hasty)).status).toBe(303)
    expect((await desk.post(`/en/desk/introductions/${hasty.id}/end`, {})).status).toBe(303)
    const late = await doJobs(world(), [tellIntroductionJob])
    const waiting = () => world().rows(sql`select from app.job where kind = 'matching.introduction' and done_at is null`)
    await until('the job is done', async () => (await waiting()).length === 0)
    await late.stop()
    expect((await lettersTo(world, `${buyer.id}@example.org`)).some(({ text }) => text.includes('Made in haste.'))).toBe(false)
  }, 120_000)
})

const state = (world: World) =>
  world.rows(sql`select (select jsonb_agg(jsonb_build_array(listing_id, other_id, score) order by listing_id, other_id) from matching.match) as matches,
    (select jsonb_agg(jsonb_build_array(f.key, f.listings) order by f.key) from matching.feature f where f.listings > 0) as features,
    (select count(*)::int from matching.posting) as postings, (select count(*)::int from matching.profile) as profiles`)

onBothEngines('the walk through all listings', (world) => {
  test('cut off, it goes on where it was; nothing is missed and nothing doubled', async () => {
    const { database } = world()
    await doMatching(world())
    const whole = await rebuildMatches(database)
    expect(whole).toBe(89)
    await rebuildMatches(database)
    const before = await state(world())
    const cut = new AbortController()
    const seen: number[] = []
    await expect(rebuildMatches(database, { signal: cut.signal, onStep: (done) => (seen.push(done), cut.abort()) })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(await world().rows(sql`select done from matching.rebuild where ended_at is null`)).toEqual([{ done: 10 }])
    // Two at once, as after a kill when two processes come.
    const both = await Promise.all([rebuildMatches(database), rebuildMatches(database)])
    expect(both).toEqual([89, 89])
    expect(seen).toEqual([10])
    expect(await state(world())).toEqual(before)
    expect(await world().rows(sql`select done from matching.rebuild order by begun_at desc limit 1`)).toEqual([{ done: 89 }])
  }, 240_000)

  test('counts of features are those of the listings that stand there', async () => {
    await doMatching(world())
    const [row] = await world()
      .rows(sql`select (select count(*)::int from matching.feature f where f.listings <> (select count(*) from matching.profile p where f.key = any (p.features))) as wrong,
      (select count(*)::int from matching.match m where not exists (select from matching.profile p where p.listing_id = m.other_id)) as loose,
      (select count(*)::int from matching.profile p where p.kept <> (select count(*) from matching.match m where m.listing_id = p.listing_id)) as miscounted`)
    expect(row).toEqual({ wrong: 0, loose: 0, miscounted: 0 })
  }, 240_000)
})
