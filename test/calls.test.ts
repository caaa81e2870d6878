import { expect, test } from 'vitest'
import { modules } from '../src/modules.ts'
import { newId } from '../src/platform/id.ts'
import { begin, inDays, line, mustBe, openCall, whole, type Cast, type Facts } from './support/calls.ts'
import { doJobs, until } from './support/jobs.ts'
import { listingForm } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { lettersTo, makeSomebody, settings, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const kinds = modules.flatMap(({ jobs }) => jobs ?? [])

const one = async <T>(world: World, query: ReturnType<typeof sql<T>>) => (await world.rows(query))[0]
const callRow = (world: World, id: string) =>
  one(world, sql<Facts>`select number, state, outcome, version, deadline::text as deadline from calls.call where id = ${id}`)
const pledgeRow = (world: World, id: string) =>
  one(
    world,
    sql<
      Record<string, unknown> & { version: number }
    >`select state, amount::float8 as amount, accepted::float8 as accepted, decline_code, version from calls.pledge where id = ${id}`,
  )
const totals = (world: World, call: string) =>
  world.rows(
    sql`select t.pledged::float8 as pledged, t.accepted::float8 as accepted, t.delivered::float8 as delivered from calls.total t where t.call_id = ${call} order by t.line_id`,
  )
const logOf = async (world: World, id: string) =>
  (await world.rows(sql<{ verb: string }>`select verb from app.log_entry where object_id = ${id} order by position`)).map(({ verb }) => verb)

/** Does the jobs until none is to be done now. */
async function workAll(world: World) {
  const jobs = await doJobs(world, kinds)
  await until(
    'all is done',
    async () =>
      (
        await world.rows(
          sql`select from app.job where done_at is null and failed_at is null and kind not like 'mail.%' and kind not like 'search.%' and (run_at <= now() or ticket is not null)`,
        )
      ).length === 0,
  )
  await jobs.stop()
}

async function cast(world: World): Promise<Cast & { helper: Somebody; helperKey: string; rival: Somebody; rivalKey: string; editor: Somebody }> {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const key = await makeMember(world, 'Example Hospital')
  const editor = await makeMemberPerson(world, key, 'Bảo', 'editor')
  const helperKey = await makeMember(world, 'Example Vaccine Works')
  const helper = await makeMemberPerson(world, helperKey, 'Chi', 'admin')
  const rivalKey = await makeMember(world, 'Example Rival')
  const rival = await makeMemberPerson(world, rivalKey, 'Dora', 'admin')
  await world.rows(sql`update auth.account set language = 'vi' where id = ${helper.id}`)
  const network = (await one(world, sql<{ id: string }>`select id from members.network order by made_at limit 1`))?.id ?? ''
  return { desk, key, editor, helper, helperKey, rival, rivalKey, network }
}

/** An offer about a concept below the one that the call names, published. */
async function offer(world: World, by: Somebody, desk: Somebody, member: string): Promise<void> {
  const id = newId()
  const version = async () => String((await one(world, sql<{ version: number }>`select version from exchange.listing where id = ${id}`))?.version)
  await mustBe(303, by.post('/en/listings', { id, member, direction: 'offer', pillar: 'production', original: 'en', title: 'Conjugate vaccines' }))
  await mustBe(
    303,
    by.post(`/en/listings/${id}/edit`, { ...listingForm({ concepts: 'conjugate-vaccine', title_en: 'Doses of a vaccine' }), version: await version() }),
  )
  await mustBe(303, by.post(`/en/listings/${id}/sending`, { version: await version() }))
  await mustBe(303, desk.post(`/en/listings/${id}/publication`, { version: await version() }))
}

onBothEngines(
  'a call for what is urgently needed',
  (world) => {
    test('a member asks for it, the desk opens it, those who can help are told in their language, pledge and deliver, and the outcome is told', async () => {
      const who = await cast(world())
      const { desk, editor, helper, rival } = who
      await offer(world(), helper, desk, who.helperKey)

      const id = await begin(editor, who, { origin: 'member', member: who.key })
      const page = `/en/calls/${id}`
      const seen = async () => Promise.all([world().ask(page), desk.get(page), rival.get(page), editor.get(page)].map(async (answer) => (await answer).status))
      expect(await seen()).toEqual([404, 404, 404, 200])
      const missing = await editor.post(`${page}/request`, { version: '1' })
      const told = await missing.text()
      expect(missing.status).toBe(422)
      for (const path of ['body_en', 'deadline', 'lines']) expect([path, told.includes(`href="#${path}"`)]).toEqual([path, true])
      await mustBe(303, editor.post(`${page}/edit`, { ...whole(), version: '1' }))
      const doses = await line(editor, id)
      const suggested = await (await editor.get(`${page}/lines/${doses}`)).text()
      expect(suggested).toContain('value="vaccine"')
      await mustBe(303, editor.post(`${page}/request`, { version: '2' }))
      expect(await seen()).toEqual([404, 200, 404, 200])
      expect(wordsOf(await (await desk.get('/en/desk/calls')).text())).toContain('Dengue vaccine for the delta')
      await mustBe(303, desk.post(`${page}/return`, { version: '3', reason: 'Say for how many people.' }))
      await mustBe(409, desk.post(`${page}/edit`, { ...whole(), version: '4' }))
      await mustBe(303, editor.post(`${page}/request`, { version: '4' }))
      await mustBe(403, editor.post(`${page}/opening`, { version: '5' }))
      await mustBe(409, desk.post(`${page}/opening`, { version: '4' }))
      await mustBe(303, desk.post(`${page}/opening`, { version: '5' }))
      expect(await seen()).toEqual([200, 200, 200, 200])
      expect((await callRow(world(), id))?.number).toBe(`CA-${new Date().getUTCFullYear()}-0001`)

      const search = async (q: string) => (await (await world().ask(`/api/v1/search?q=${encodeURIComponent(q)}&kind=call`)).text()).includes(id)
      // By its words, by its number, by a place, and by what is needed in another language.
      for (const q of ['dengue delta', `CA-${new Date().getUTCFullYear()}-0001`, 'Example Delta', '疫苗']) expect([q, await search(q)]).toEqual([q, true])
      expect(wordsOf(await (await world().ask('/vi/search?q=dengue&country=VN')).text())).toContain('Dengue vaccine for the delta Lời kêu gọi')

      const preview = wordsOf(await (await desk.get(`/en/desk/calls/${id}/broadcast`)).text())
      expect(preview).toContain('Members whose offers fit 1')
      expect(preview).toContain('Send to 1 member')
      expect(wordsOf(await (await desk.get(`/en/desk/calls/${id}/broadcast?countries=Vietnam`)).text())).toContain('Send to 2 members')
      const send = () => desk.post(`/en/desk/calls/${id}/broadcast`, { countries: '' })
      expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([303, 303])
      await workAll(world())
      await mustBe(303, send())
      await workAll(world())
      const letters = (await lettersTo(world, `${helper.id}@example.org`)).filter(({ subject }) => subject.startsWith('Khẩn cấp'))
      expect(letters.map(({ language }) => language)).toEqual(['vi'])
      expect(letters[0]?.text).toContain('Doses of a vaccine')
      expect(letters[0]?.text).toContain(`/vi/calls/${id}`)
      expect(await lettersTo(world, `${rival.id}@example.org`)).toEqual([])
      expect(wordsOf(await (await desk.get(`/en/desk/calls/${id}/broadcast`)).text())).toContain('1 of 1 members written to')

      const pledge = newId()
      const typed = {
        id: pledge,
        member: who.helperKey,
        line: doses,
        amount: '6000',
        available_from: inDays(3),
        language: 'vi',
        conditions: 'Tặng, không kèm vận chuyển.',
      }
      expect((await (await world().ask(page)).text()).includes('6,000')).toBe(false)
      const twice = await Promise.all([helper.post(`${page}/pledges`, typed), helper.post(`${page}/pledges`, typed)])
      expect(twice.map(({ status }) => status)).toEqual([303, 303])
      await mustBe(403, rival.post(`${page}/pledges`, { ...typed, id: newId() }))
      await mustBe(422, editor.post(`${page}/pledges`, { ...typed, id: newId(), member: who.key }))
      await mustBe(404, rival.get(`/en/pledges/${pledge}`))
      await mustBe(303, world().ask(`/en/pledges/${pledge}`)) // to sign in
      expect((await editor.get(`/en/pledges/${pledge}`)).status).toBe(200)
      await workAll(world())
      const open = await (await world().ask(page)).text()
      expect(open).toContain('6,000')
      expect(open).not.toContain('Vaccine Works')
      expect(await (await rival.get(`${page}/pledges`)).text()).not.toContain('Vaccine Works')
      const data = await (await world().ask(`/api/v1/calls/${id}`)).text()
      expect(JSON.parse(data)).toMatchObject({ state: 'open', lines: [{ amount: 10000, totals: { pledged: 6000, accepted: 0, delivered: 0 } }] })
      expect(data).not.toContain(who.helperKey)

      await mustBe(403, helper.post(`/en/pledges/${pledge}/acceptance`, { version: '1', accepted: '6000' }))
      await mustBe(422, desk.post(`/en/pledges/${pledge}/acceptance`, { version: '1', accepted: '7000' }))
      await mustBe(303, desk.post(`/en/pledges/${pledge}/acceptance`, { version: '1', accepted: '5000' }))
      await mustBe(409, desk.post(`/en/pledges/${pledge}/refusal`, { version: '1', code: 'covered' }))
      await mustBe(303, helper.post(`/en/pledges/${pledge}/edit`, { ...typed, amount: '8000', version: '2' }))
      expect(await pledgeRow(world(), pledge)).toMatchObject({ state: 'offered', amount: 8000, accepted: null })
      await mustBe(303, desk.post(`/en/pledges/${pledge}/acceptance`, { version: '3', accepted: '8000' }))
      const delivery = { id: newId(), delivered: '3000', delivered_on: inDays(0) }
      for (const status of [303, 303]) await mustBe(status, desk.post(`/en/pledges/${pledge}/deliveries`, delivery))
      await mustBe(422, desk.post(`/en/pledges/${pledge}/deliveries`, { id: newId(), delivered: '0', delivered_on: inDays(2) }))
      expect(await totals(world(), id)).toEqual([{ pledged: 8000, accepted: 8000, delivered: 3000 }])
      await mustBe(409, helper.post(`/en/pledges/${pledge}/withdrawal`, { version: '5' }))
      await workAll(world())
      expect((await lettersTo(world, `${helper.id}@example.org`)).map(({ subject }) => subject.split(':')[0])).toContain('Đã chấp nhận đăng ký đóng góp')

      const update = { id: newId(), original: 'es', text_es: 'Llegó el primer lote.' }
      for (const status of [303, 303]) await mustBe(status, desk.post(`${page}/updates`, update))
      await mustBe(422, desk.post(`${page}/updates`, { ...update, id: newId(), text_es: '' }))
      await mustBe(403, rival.post(`${page}/updates`, { ...update, id: newId() }))
      expect(await (await world().ask(page)).text()).toContain('Llegó el primer lote.')

      const version = String((await callRow(world(), id))?.version)
      const closing = await desk.post(`${page}/closure`, { version, report_original: 'en' })
      const wrong = await closing.text()
      for (const path of ['outcome', 'report_en']) expect([path, wrong.includes(`href="#${path}"`)]).toEqual([path, true])
      await mustBe(
        303,
        desk.post(`${page}/closure`, { version, outcome: 'partly-met', report_original: 'en', report_en: 'Three thousand doses reached the delta.' }),
      )
      const closed = wordsOf(await (await world().ask(`/zh/calls/${id}`)).text())
      expect(closed).toContain('部分满足')
      for (const q of ['dengue delta', 'Example Delta']) expect([q, await search(q)]).toEqual([q, false])
      expect(closed).toContain('Three thousand doses reached the delta.')
      await mustBe(409, helper.post(`${page}/pledges`, { ...typed, id: newId() }))
      expect((await (await world().ask('/en/calls')).text()).includes(id)).toBe(false)
      for (const path of ['/en/calls?state=past', '/en/calls.atom']) expect([path, (await (await world().ask(path)).text()).includes(id)]).toEqual([path, true])
      expect(await logOf(world(), pledge)).toEqual(['made', 'accepted', 'changed', 'accepted', 'delivered'].map((verb) => `calls.pledge.${verb}`))
      const acts = (await logOf(world(), id)).filter((verb) => verb.startsWith('calls.call.')).map((verb) => verb.slice('calls.call.'.length))
      expect(acts).toEqual(['begun', 'changed', 'line-written', 'requested', 'returned', 'requested', 'opened', 'made-known', 'updated', 'closed'])
      const readers = await world().rows(
        sql`select from app.log_entry e where e.verb like 'calls.pledge.%' and e.space_id = '00000000-0000-7000-8000-000000000004'`,
      )
      expect(readers).toEqual([])
    })

    test('one for the network alone is found by its members, and not before it is open', async () => {
      const [network] = await world().rows(sql<{ id: string }>`select id from members.network order by made_at limit 1`)
      const desk = await makeSomebody(world(), 'Fe', ['secretariat'])
      const member = await makeMemberPerson(world(), await makeMember(world(), 'Example Reader'), 'Gia', 'viewer')
      const id = await begin(desk, { network: network?.id ?? '' }, { origin: 'desk', title: 'Oseltamivir in quarantine' })
      const find = async (ask: (path: string) => Promise<Response>) => (await (await ask('/en/search?q=oseltamivir+quarantine&kind=call')).text()).includes(id)
      await mustBe(303, desk.post(`/en/calls/${id}/edit`, { ...whole({ title_en: 'Oseltamivir in quarantine', audience: 'network' }), version: '1' }))
      await line(desk, id)
      expect(await find(desk.get)).toBe(false)
      await mustBe(303, desk.post(`/en/calls/${id}/opening`, { version: '2' }))
      expect([await find(member.get), await find(desk.get), await find(world().ask)]).toEqual([true, true, false])
    })

    test('everything that is wrong is told at once, nothing typed is lost, nothing is written', async () => {
      const [network] = await world().rows(sql<{ id: string }>`select id from members.network order by made_at limit 1`)
      const desk = await makeSomebody(world(), 'Eva', ['secretariat'])
      const who = { desk, key: 'example-hospital', network: network?.id ?? '' }
      const none = await desk.post('/en/calls', { id: newId(), origin: 'member', network: who.network, original: 'es', title: '' })
      const shown = await none.text()
      expect(none.status).toBe(422)
      for (const path of ['kind', 'title', 'member']) expect([path, shown.includes(`href="#${path}"`)]).toEqual([path, true])
      const id = await begin(desk, who, { origin: 'desk', member: '' })
      const page = `/en/calls/${id}`
      const wrong = await desk.post(`${page}/edit`, {
        ...whole(),
        kind: 'x',
        countries: 'Cuba, Atlantis',
        deadline: '2026-02-30',
        title_es: 'x'.repeat(201),
        version: '1',
      })
      const text = await wrong.text()
      for (const path of ['kind', 'countries', 'deadline', 'title_es']) expect([path, text.includes(`href="#${path}"`)]).toEqual([path, true])
      expect(text).toContain('Cuba, Atlantis')
      const past = await (await desk.post(`${page}/edit`, { ...whole(), deadline: inDays(-1), title_en: '', version: '1' })).text()
      for (const path of ['deadline', 'title_en']) expect([path, past.includes(`href="#${path}"`)]).toEqual([path, true])
      const thing = newId()
      const empty = await (await desk.post(`${page}/lines/${thing}`, { item_en: 'Doses', amount: '0', unit: '', version: '0' })).text()
      for (const path of ['amount', 'unit']) expect([path, empty.includes(`href="#${path}"`)]).toEqual([path, true])
      const unknown = await (
        await desk.post(`${page}/lines/${thing}`, { item_es: 'x', amount: '1', unit: 'kg', concepts: 'no-such-concept', version: '0' })
      ).text()
      for (const path of ['item_en', 'concepts']) expect([path, unknown.includes(`href="#${path}"`)]).toEqual([path, true])
      expect(await world().rows(sql`select from calls.line where call_id = ${id}`)).toEqual([])
      await mustBe(303, desk.post(`${page}/edit`, { ...whole(), version: '1' }))
      await mustBe(409, desk.post(`${page}/edit`, { ...whole(), version: '1' }))
      const first = await line(desk, id)
      await mustBe(409, desk.post(`${page}/lines/${first}`, { item_en: 'Other', amount: '1', unit: 'kg', concepts: 'vaccine', version: '7' }))
      await mustBe(303, desk.post(`${page}/lines/${first}/end`, {}))
      await mustBe(409, desk.post(`${page}/lines/${first}/end`, {}))
      await mustBe(422, desk.post(`${page}/opening`, { version: '2' }))
      const row = await callRow(world(), id)
      expect([row?.state, row?.version, row?.number]).toEqual(['draft', 2, null])
    })
  },
  settings,
)

onBothEngines(
  'the last day of a call, and who reads what',
  (world) => {
    test('a call of the network hides sums until it is closed, reminds, ends its time, and is put off', async () => {
      const who = await cast(world())
      const { desk, helper, rival } = who
      const outsider = await makeSomebody(world(), 'Olga', [])
      const { id, line: doses } = await openCall(desk, who, { audience: 'network', totals: '' })
      const page = `/en/calls/${id}`
      const answers = await Promise.all([world().ask(page), outsider.get(page), rival.get(page)])
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 200])
      expect((await world().ask(`/api/v1/calls/${id}`)).status).toBe(404)
      await mustBe(303, desk.post(`/en/desk/calls/${id}/broadcast`, { countries: 'VN' }))
      await workAll(world())
      const pledge = newId()
      const typed = { id: pledge, member: who.helperKey, line: doses, amount: '400', available_from: inDays(1), language: 'en' }
      await mustBe(303, helper.post(`${page}/pledges`, typed))
      const shown = async (by: Somebody) => (await (await by.get(page)).text()).includes('Pledged')
      expect([await shown(rival), await shown(desk)]).toEqual([false, true])
      const visible = await world().database.read({ kind: 'person', id: rival.id, name: '', language: 'en', session: '' }, (db) =>
        sql`select from calls.total where call_id = ${id}`.execute(db),
      )
      expect(visible.rows).toEqual([])

      await world().rows(sql`update app.job set run_at = now() where id = (select id from app.job where kind = 'calls.due' order by run_at limit 1)`)
      await workAll(world())
      const reminded = await lettersTo(world, `${rival.id}@example.org`)
      expect(reminded.map(({ subject }) => subject)).toEqual(['Ends soon: Dengue vaccine for the delta', 'Urgent: Dengue vaccine for the delta'])
      expect((await lettersTo(world, `${helper.id}@example.org`)).filter(({ subject }) => subject.startsWith('Sắp hết hạn'))).toEqual([])
      expect((await callRow(world(), id))?.state).toBe('open')

      await world().rows(sql`alter table calls.call disable trigger guard`)
      await world().rows(sql`update calls.call set deadline = (now() at time zone 'UTC')::date - 1 where id = ${id}`)
      await world().rows(sql`alter table calls.call enable trigger guard`)
      await mustBe(409, rival.post(`${page}/pledges`, { ...typed, id: newId(), member: who.rivalKey }))
      await mustBe(409, helper.post(`/en/pledges/${pledge}/withdrawal`, { version: '1' }))
      await world().rows(sql`insert into app.job (id, space_id, kind, input, run_at)
        select gen_random_uuid(), space_id, kind, jsonb_build_object('call', ${id}::text, 'deadline', ((now() at time zone 'UTC')::date - 1)::text), now() from app.job where kind = 'calls.due' limit 1`)
      await workAll(world())
      expect((await callRow(world(), id))?.state).toBe('due')
      expect((await lettersTo(world, `${desk.id}@example.org`)).map(({ subject }) => subject.split(':')[0])).toEqual([
        'Outcome to be told',
        'Pledges end soon',
        'New pledge',
      ])
      const now = () => callRow(world(), id).then((row) => String(row?.version))
      await mustBe(422, desk.post(`${page}/extension`, { version: await now(), deadline: inDays(-2) }))
      await mustBe(303, desk.post(`${page}/extension`, { version: await now(), deadline: inDays(20) }))
      expect(await callRow(world(), id)).toMatchObject({ state: 'open', deadline: inDays(20) })
      await mustBe(303, helper.post(`/en/pledges/${pledge}/withdrawal`, { version: '1' }))
      expect(await totals(world(), id)).toEqual([{ pledged: 0, accepted: 0, delivered: 0 }])
      await mustBe(303, desk.post(`${page}/closure`, { version: await now(), outcome: 'called-off', report_original: 'en', report_en: 'The outbreak ended.' }))
      expect(await shown(rival)).toBe(true)
      const about = await world().rows(sql<{ what: string }>`select what from calls.step where call_id = ${id} order by made_at`)
      expect(about.map(({ what }) => what)).toEqual(['opened', 'due', 'extended', 'closed'])
    })
  },
  settings,
)
