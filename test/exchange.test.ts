import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { comeDueJob } from '../src/modules/exchange/actions/come-due.ts'
import { doJobs, until } from './support/jobs.ts'
import { act, begin, body, cast, inDays, publish, save, stateOf, whole } from './support/listing-scene.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { lettersTo, makeSomebody, settings, type Somebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
onBothEngines(
  'an offer from the draft to its end',
  (world) => {
    test('an editor writes, an admin and the secretariat review, everybody reads, and it ends', async () => {
      const { desk, own, admin, editor, rival } = await cast(world())
      const id = await begin(editor, own)
      // A second click makes nothing new.
      expect((await editor.post('/en/listings', { id, member: own, direction: 'offer', pillar: 'research', original: 'es', title: 'Otra' })).status).toBe(303)
      const page = `/en/listings/${id}`
      const seen = async () => [await world().ask(page), await rival.get(page), await desk.get(page), await admin.get(page)].map(({ status }) => status)
      expect(await seen()).toEqual([404, 404, 404, 200])

      const suggested = await (await editor.get(`${page}/edit`)).text()
      expect(suggested).toContain('What it is about') // the form offers it as soon as the words say it
      expect((await act(world(), editor, id, 'submission')).valueOf()).toBe(422)
      expect((await save(world(), editor, id)).status).toBe(303)
      expect(await act(world(), editor, id, 'sending')).toBe(403)
      expect(await act(world(), editor, id, 'submission')).toBe(303)
      expect((await lettersTo(world, `${admin.id}@example.org`)).map(({ subject }) => subject)).toEqual(['To review: Tecnología de vacuna recombinante'])
      expect(await seen()).toEqual([404, 404, 404, 200])
      expect((await save(world(), editor, id)).status).toBe(409)
      expect(await act(world(), admin, id, 'sending')).toBe(303)
      expect(await seen()).toEqual([404, 404, 200, 200])

      expect(await act(world(), admin, id, 'publication')).toBe(403)
      expect(await act(world(), desk, id, 'return', { reason: '' })).toBe(422)
      expect(await act(world(), desk, id, 'return', { reason: 'Say which vaccine.' })).toBe(303)
      const [letter] = await lettersTo(world, `${editor.id}@example.org`)
      expect(letter?.text).toContain('Say which vaccine.')
      expect((await save(world(), editor, id, { title_en: 'Technology of a recombinant vaccine' })).status).toBe(303)
      expect(await seen()).toEqual([404, 404, 404, 200])
      expect(await act(world(), admin, id, 'sending')).toBe(303)
      expect(wordsOf(await (await desk.get('/en/desk/listings')).text())).toContain('Technology of a recombinant vaccine')
      expect(await act(world(), desk, id, 'publication')).toBe(303)
      expect(await seen()).toEqual([200, 200, 200, 200])

      const [row] = await world().rows(
        sql<Record<string, unknown>>`select number, state, countries_wanted, countries_excluded, amount::text, reason from exchange.listing where id = ${id}`,
      )
      const year = new Date().getUTCFullYear()
      expect(row).toEqual({
        number: `OF-${year}-0001`,
        state: 'published',
        countries_wanted: ['VN', 'CN'],
        countries_excluded: ['FR'],
        amount: '200000',
        reason: null,
      })
      const vietnamese = wordsOf(await (await world().ask(`/vi/listings/${id}`)).text())
      expect(vietnamese).toContain('vắc xin') // what it is about, in the reader's language
      expect(vietnamese).toContain('200.000 liều/năm') // chosen in Spanish
      expect(vietnamese).toContain('Nội dung viết bằng ngôn ngữ khác: tiếng Tây Ban Nha')
      for (const path of [
        '/en/exchange?direction=offer&pillar=technology-transfer&country=VN',
        '/en/exchange?q=recombinante',
        '/en/exchange?concept=vaccine',
        '/en/search?q=recombinante',
        '/en/exchange.atom',
        '/en/exchange.atom?direction=offer&country=VN',
      ])
        expect([path, (await (await world().ask(path)).text()).includes(id)]).toEqual([path, true])
      expect(await (await world().ask('/en/exchange.atom?direction=need')).text()).not.toContain(id)
      const data = (await (await world().ask(`/api/v1/listings/${id}`)).json()) as Record<string, unknown>
      expect([data['number'], data['member'], data['concepts'], data['unit']]).toEqual([row?.['number'], own, ['vaccine'], '{dose}/a'])
      const edited = await (await editor.get(`/zh/listings/${await begin(editor, own)}/edit`)).text()
      expect(edited).toContain('<option value="剂/年">')

      const verbs = await world().rows(sql<{ verb: string }>`select verb from app.log_entry where object_id = ${id} order by position`)
      expect(verbs.map(({ verb }) => verb.replace('exchange.listing.', ''))).toEqual([
        'begun',
        'changed',
        'submitted',
        'sent',
        'returned',
        'changed',
        'sent',
        'published',
      ])

      expect(await act(world(), rival, id, 'closure')).toBe(403)
      expect(await act(world(), editor, id, 'renewal', { until: inDays(-1) })).toBe(422)
      expect(await act(world(), editor, id, 'renewal', { until: inDays(200) })).toBe(303)
      expect(await act(world(), editor, id, 'match')).toBe(303)
      expect(wordsOf(await (await world().ask(page)).text())).toContain('A partner has been found.')
      expect((await (await world().ask('/en/exchange')).text()).includes(id)).toBe(false)
      expect(await act(world(), editor, id, 'closure')).toBe(303)
      expect(await act(world(), editor, id, 'renewal', { until: inDays(10) })).toBe(409)
      expect(await seen()).toEqual([200, 200, 200, 200])
    })

    test('everything that is wrong is told at once, nothing typed is lost, nothing is written', async () => {
      const [own] = await world().rows(sql<{ key: string }>`select key from members.organization where name ->> 'en' = 'Example Biotech'`)
      const editor = await makeMemberPerson(world(), own?.key ?? '', 'Em', 'editor')
      const none = await editor.post('/en/listings', { id: newId(), member: own?.key ?? '', original: 'es', title: '' })
      expect([none.status, ['#direction', '#pillar', '#title'].every((each) => none.status === 422 && each)]).toEqual([422, true])
      const shown = await none.text()
      for (const path of ['direction', 'pillar', 'title']) expect(shown).toContain(`href="#${path}"`)
      const id = await begin(editor, own?.key ?? '')
      const before = await world().rows(sql`select * from exchange.listing where id = ${id}`)
      const wrong = {
        countries_wanted: 'Cuba, Atlantis',
        countries_excluded: 'CU',
        amount: '-1',
        unit: '',
        forms: 'gift',
        valid_until: '2026-02-30',
        body_es: 'x'.repeat(5001),
        title_en: 'a\u202eb',
      }
      const refused = await save(world(), editor, id, wrong)
      const text = await refused.text()
      expect(refused.status).toBe(422)
      for (const path of ['countries_wanted', 'amount', 'forms.0', 'valid_until', 'body_es', 'title_en'])
        expect([path, text.includes(`href="#${path}"`)]).toEqual([path, true])
      expect(text).toContain('Cuba, Atlantis')
      const referring = await save(world(), editor, id, { concepts: 'no-such-concept', hidden_from: 'no-such-member', valid_until: inDays(-1) })
      const referred = await referring.text()
      for (const path of ['concepts', 'hidden_from', 'valid_until']) expect([path, referred.includes(`href="#${path}"`)]).toEqual([path, true])
      const both = await save(world(), editor, id, { countries_wanted: 'CU', countries_excluded: 'Cuba', unit: '' })
      const told = await both.text()
      for (const path of ['countries_excluded', 'unit']) expect([path, told.includes(`href="#${path}"`)]).toEqual([path, true])
      const html = await save(world(), editor, id, { title_es: '<script>alert(1)</script>' })
      expect(html.status).toBe(303)
      expect(await (await editor.get(`/en/listings/${id}`)).text()).not.toContain('<script>alert')
      expect((await editor.post(`/en/listings/${id}/edit`, { ...whole(), body_es: 'x'.repeat(1_000_000) })).status).toBe(413)
      expect(before).toHaveLength(1)
      expect((await world().rows(sql<{ body: unknown }>`select body from exchange.listing where id = ${id}`))[0]?.body).toEqual({ es: body })
      const stale = await editor.post(`/en/listings/${id}/edit`, { ...whole({ forms: 'supply' }), version: '1' })
      const page = await stale.text()
      // What is saved meanwhile stands beside what was typed, in the words of the reader; what is the same in other words does not.
      const other = [...page.matchAll(/<dt>([^<]+)<\/dt><dd class="typed">([^<]*)<\/dd>/g)].map(([, label, now]) => [label, now])
      expect(stale.status).toBe(409)
      expect(other).toEqual([
        ['Forms of cooperation', 'Licence'],
        ['Title (Español)', '&lt;script&gt;alert(1)&lt;/script&gt;'],
      ])
      expect(page).toContain('value="Tecnología de vacuna recombinante"')
    })
  },
  settings,
)

onBothEngines(
  'a listing hidden from somebody, and its confidential part',
  (world) => {
    test('who it is hidden from meets no trace of it, whoever else of the network reads it', async () => {
      const { desk, own, other, admin, rival } = await cast(world())
      const friend = await makeMemberPerson(world(), await makeMember(world(), 'Example Friend'), 'Fei', 'viewer')
      const open = await begin(admin, own)
      expect((await save(world(), admin, open, { hidden_from: other })).status).toBe(422)
      // To the network, hidden from somebody, and back to everybody, as its people like.
      for (const readers of [
        { audience: 'network', hidden_from: other },
        { audience: 'everybody', hidden_from: '' },
      ])
        expect((await save(world(), admin, open, readers)).status).toBe(303)
      expect(await world().rows(sql`select hidden_from from exchange.listing where id = ${open}`)).toEqual([{ hidden_from: [] }])
      const over = { audience: 'network', hidden_from: other, title_es: 'Zanahoriosis secreta', pillar: 'research' }
      const id = await publish(world(), admin, desk, own, over)
      const paths = [
        `/en/listings/${id}`,
        '/en/exchange',
        '/en/exchange?q=zanahoriosis',
        '/en/exchange?pillar=research',
        '/en/exchange?concept=vaccine',
        `/en/members/${own}/listings`,
        '/en/search?q=zanahoriosis',
        '/en/exchange.atom',
        '/en/sitemap.xml',
        `/api/v1/listings/${id}`,
        '/api/v1/listings?q=zanahoriosis',
        '/api/v1/search?q=zanahoriosis',
        // One slip away: the word itself would tell of it.
        '/en/search?q=zanahoriosos',
      ]
      const meets = async (ask: (path: string) => Promise<Response>) => {
        const met: string[] = []
        for (const path of paths) {
          const answer = await ask(path)
          // What was typed stands on the page of a search.
          const text = (await answer.text()).replaceAll(/zanahoriosis(?! secreta)/g, '')
          // A page that is not there has its own address on it.
          if ((answer.status !== 404 && text.includes(id)) || /zanahoriosis/i.test(text)) met.push(path)
        }
        return met
      }
      expect(await meets((path) => rival.get(path))).toEqual([])
      expect(await meets((path) => world().ask(path))).toEqual([])
      expect((await meets((path) => friend.get(path))).length).toBeGreaterThanOrEqual(7)
      const counts = async (by: Somebody) => /Research, Offers: (\d+)/.exec(await (await by.get('/en/exchange')).text())?.[1]
      expect(Number(await counts(friend)) - Number(await counts(rival))).toBe(1)
      const total = async (by: Somebody) => ((await (await by.get('/api/v1/listings')).json()) as { total: number }).total
      expect((await total(friend)) - (await total(rival))).toBe(1)
      // Only its own people read from whom it is hidden.
      expect(await (await admin.get(`/en/listings/${id}`)).text()).toContain('Example Rival')
      expect(await (await desk.get(`/en/listings/${id}`)).text()).not.toContain('Example Rival')
      expect(await (await friend.get(`/en/listings/${id}`)).text()).not.toContain('Example Rival')
      // Taken back, nobody finds it.
      expect(await act(world(), admin, id, 'revision')).toBe(303)
      expect(await meets((path) => friend.get(path))).toEqual([])
    })

    test('the confidential part is read by whoever gave an undertaking, as long as it holds', async () => {
      const [first, second] = await world().rows(
        sql<{ key: string }>`select key from members.organization where name ->> 'en' in ('Example Biotech', 'Example Rival') order by key`,
      )
      const [own, other] = [first?.key ?? '', second?.key ?? '']
      const desk = await makeSomebody(world(), 'Desk', ['secretariat'])
      const admin = await makeMemberPerson(world(), own, 'Gia', 'admin')
      const reader = await makeMemberPerson(world(), other, 'Hoa', 'viewer')
      const id = await publish(world(), admin, desk, own)
      const secret = 'The strain is kept at minus eighty.'
      expect((await admin.post(`/en/listings/${id}/confidential`, { text: secret, language: 'en', version: '0' })).status).toBe(303)
      expect((await reader.post(`/en/listings/${id}/confidential`, { text: 'x', language: 'en', version: '0' })).status).toBe(403)
      const reads = async () => {
        const answers = [
          await world().ask(`/en/listings/${id}`),
          await reader.get(`/en/listings/${id}`),
          await desk.get(`/en/listings/${id}`),
          await admin.get(`/en/listings/${id}`),
        ]
        return (await Promise.all(answers.map((answer) => answer.text()))).map((text) => text.includes(secret))
      }
      expect(await reads()).toEqual([false, false, false, true])
      const undertaking = newId()
      const given = { id: undertaking, member: other, signed_on: inDays(-1) }
      expect((await admin.post(`/en/listings/${id}/undertakings`, { ...given, signed_on: inDays(5) })).status).toBe(422)
      expect((await admin.post(`/en/listings/${id}/undertakings`, given)).status).toBe(303)
      expect((await admin.post(`/en/listings/${id}/undertakings`, { ...given, id: newId() })).status).toBe(303)
      expect(await world().rows(sql`select id from exchange.undertaking where listing_id = ${id}`)).toEqual([{ id: undertaking }])
      expect(await reads()).toEqual([false, true, false, true])
      expect((await admin.post(`/en/listings/${id}/undertakings/${undertaking}/end`, {})).status).toBe(303)
      expect(await reads()).toEqual([false, false, false, true])
      expect((await admin.post(`/en/listings/${id}/undertakings/${undertaking}/end`, {})).status).toBe(409)
    })

    test('it ends with its last day, and its people are told before and then', async () => {
      const [first] = await world().rows(sql<{ key: string }>`select key from members.organization where name ->> 'en' = 'Example Biotech'`)
      const desk = await makeSomebody(world(), 'Desk', ['secretariat'])
      const admin = await makeMemberPerson(world(), first?.key ?? '', 'Kim', 'admin')
      const id = await publish(world(), admin, desk, first?.key ?? '')
      const queued = await world().rows(
        sql<{
          days: number
        }>`select round(extract(epoch from run_at - now()) / 86400)::int as days from app.job where kind = 'exchange.due' and input ->> 'listing' = ${id} order by 1`,
      )
      expect(queued.map(({ days }) => days >= 76)).toEqual([true, true])
      await world().rows(
        sql`update app.job set run_at = now() where id = (select id from app.job where kind = 'exchange.due' and input ->> 'listing' = ${id} order by run_at limit 1)`,
      )
      const runner = await doJobs(world(), [comeDueJob])
      const subjects = async () => (await lettersTo(world, `${admin.id}@example.org`)).map(({ subject }) => subject.split(':')[0])
      await until('the reminder', async () => (await subjects()).includes('Ends soon'))
      expect(await stateOf(world(), id)).toBe('published')
      await runner.stop()
      await world().rows(sql`update exchange.listing set valid_until = current_date - 1 where id = ${id}`)
      await world().rows(
        sql`update app.job set run_at = now(), input = jsonb_set(input::jsonb, '{until}', to_jsonb((current_date - 1)::text)) where kind = 'exchange.due' and input ->> 'listing' = ${id} and done_at is null`,
      )
      const again = await doJobs(world(), [comeDueJob])
      await until('the end', async () => (await stateOf(world(), id)) === 'expired')
      await until('the letter', async () => (await subjects()).includes('Expired'))
      await again.stop()
      expect((await (await world().ask('/en/exchange')).text()).includes(id)).toBe(false)
      expect(
        (await world().rows(sql<{ actor: string }>`select actor from app.log_entry where verb = 'exchange.listing.expired' and object_id = ${id}`)).map(
          ({ actor }) => actor,
        ),
      ).toEqual(['system:jobs'])
      expect(await act(world(), admin, id, 'renewal', { until: inDays(30) })).toBe(303)
      expect(await stateOf(world(), id)).toBe('published')
    })

    test('what a member published ends when it is suspended', async () => {
      const desk = await makeSomebody(world(), 'Desk', ['secretariat'])
      const key = await makeMember(world(), 'Example Suspended')
      const admin = await makeMemberPerson(world(), key, 'Linh', 'admin')
      const id = await publish(world(), admin, desk, key)
      const [now] = await world().rows(
        sql<{
          id: string
          network: string
        }>`select s.id, s.network_id as network from members.standing s join members.organization o on o.id = s.organization_id where o.key = ${key}`,
      )
      expect(
        (await desk.post(`/en/members/${key}/standing`, { network: now?.network ?? '', now: now?.id ?? '', state: 'suspended', reason: 'x' })).status,
      ).toBe(303)
      expect(await stateOf(world(), id)).toBe('expired')
    })
  },
  settings,
)

onBothEngines('what sources say that organizations offer and need', (world) => {
  test('all of it is there, cited, marked, about concepts, and belongs to nobody', async () => {
    const rows = await world().rows(
      sql<{ n: number; sources: number }>`select count(*)::int as n, sum(cardinality(sources))::int as sources from exchange.listing where origin = 'record'`,
    )
    expect(rows[0]?.n).toBe(89)
    const [one] = await world().rows(sql<{ id: string }>`select id from exchange.listing where number = 'o-004'`)
    const text = wordsOf(await (await world().ask(`/en/listings/${one?.id}`)).text())
    expect(text).toContain('Derived from public sources, not entered by the organization.')
    const page = await (await world().ask(`/zh/listings/${one?.id}`)).text()
    for (const source of ['w047', 'w048', 'w227']) expect(page).toContain(`/zh/sources/${source}`)
    expect(page).toContain('/zh/organizations/bpl')
    const somebody = await makeSomebody(world(), 'Ana', ['administrator', 'secretariat'])
    expect((await somebody.post(`/en/listings/${one?.id}/closure`, { version: '1' })).status).toBe(403)
    expect(wordsOf(await (await world().ask('/en/search?q=manufacturing%20in%20Beijing%20supplies&kind=listing')).text())).toContain(
      'Antibody manufacturing in Beijing',
    )
  })
})
