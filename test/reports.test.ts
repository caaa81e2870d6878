import { beforeAll, expect, test } from 'vitest'
import { thePublic } from '../src/platform/access/actor.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { newId } from '../src/platform/id.ts'
import { bodyPlace } from '../src/platform/mail/store.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const settings = { PUENTE_PROXIES: '1' }
const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]
const filled = (more: Record<string, string> = {}) => ({
  id: newId(),
  about: '/organizations/cigb',
  reason: 'personal-data',
  claim: 'It shows where a patient lives.',
  contact: '',
  ...more,
})

/** The mails that wait for an address, opened. */
async function mailsTo(world: World, address: string) {
  const rows = await world.rows(
    sql<{ id: string; language: string; subject: string; body: Buffer }>`select id, language, subject, body from app.mail where recipient = ${address}`,
  )
  return Promise.all(rows.map(async ({ id, language, subject, body }) => ({ language, subject, text: await world.secrets.open(body, bodyPlace(id)) })))
}

onBothEngines(
  'a visitor reports a page',
  (world) => {
    const rows = () => world().rows(sql<{ id: string }>`select id, about, reason, claim, contact, language from members.report order by sent_at`)

    test('from the foot of every page, whose path the form knows', async () => {
      for (const language of languages) {
        const [, link] = /href="([^"]*\/reports\/new[^"]*)"/.exec(await (await world().ask(`/${language}/organizations/cigb`)).text()) ?? []
        expect(link).toBe(`/${language}/reports/new?about=%2Forganizations%2Fcigb`)
        const form = await world().ask(link ?? '')
        expect([form.headers.get('cache-control'), await form.text()]).toEqual([
          'private, no-cache',
          expect.stringContaining('value="/organizations/cigb"') as string,
        ])
      }
    })

    test.each(['https://evil.example.org/', '//evil.example.org', '/\\evil.example.org', 'javascript:alert(1)', '/a b'])(
      'and nothing else than a path of this site: %s',
      async (about) => {
        expect(await (await world().ask(`/en/reports/new?about=${encodeURIComponent(about)}`)).text()).not.toContain(`value="${about}"`)
        expect((await world().post('/en/reports', filled({ about }), { 'x-forwarded-for': newId() })).status).toBe(422)
        expect(await rows()).toEqual([])
      },
    )

    test('all that is wrong is shown at once and nothing typed is lost', async () => {
      const answer = await world().post('/es/reports', { id: 'x', about: 'cigb', claim: ' ', contact: 'na<b>die' })
      const page = await answer.text()
      expect(answer.status).toBe(422)
      for (const name of ['about', 'reason', 'claim', 'contact']) expect(page).toContain(`href="#${name}"`)
      expect(page).toContain('value="na&lt;b&gt;die"')
      expect(page).toMatch(/name="id" value="[0-9a-f-]{36}"/)
      const again = await (await world().post('/es/reports', filled({ claim: '', reason: 'harm' }))).text()
      expect(again).toMatch(/value="harm"[^>]*checked/)
      expect(await rows()).toEqual([])
    })

    test('it arrives once, however often the button is pressed, with one log entry; the public reads none of it', async () => {
      const fields = filled({ contact: 'lan@example.org' })
      const answers = await Promise.all([world().post('/vi/reports', fields), world().post('/vi/reports', fields)])
      expect(answers.map(statusAndPlace)).toEqual([
        [303, '/vi/reports/sent'],
        [303, '/vi/reports/sent'],
      ])
      expect(await rows()).toEqual([{ ...fields, language: 'vi' }])
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${fields.id}`)).toEqual([
        { verb: 'members.report.sent', actor: 'public' },
      ])
      const seen = await world().database.read(thePublic, async (db) => ({
        reports: (await sql`select 1 from members.report`.execute(db)).rows,
        log: (await sql`select 1 from app.log_entry where verb like 'members.report%'`.execute(db)).rows,
      }))
      expect(seen).toEqual({ reports: [], log: [] })
      expect((await world().ask('/vi/reports/sent')).status).toBe(200)
    })

    test('programs do the same', async () => {
      const send = (body: unknown) =>
        world().ask('/api/v1/reports', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      const { contact: _, ...input } = filled()
      for (let times = 0; times < 2; times++) expect((await send(input)).status).toBe(201)
      expect((await rows()).filter(({ id }) => id === input.id)).toHaveLength(1)
      const wrong = await send({ ...input, id: newId(), reason: 'boredom', more: 1 })
      expect([wrong.status, await wrong.json()]).toMatchObject([422, { code: 'invalid_input', issues: [{ path: 'reason' }, { code: 'unknown_field' }] }])
    })
  },
  settings,
)

onBothEngines(
  'the desk deals with a report',
  (world) => {
    let secretary: Somebody
    beforeAll(async () => {
      secretary = await makeSomebody(world(), 'Lan Ví Dụ', ['secretariat'])
    })
    const sent = async (more: Record<string, string> = {}, language = 'en') => {
      const fields = filled(more)
      expect((await world().post(`/${language}/reports`, fields, { 'x-forwarded-for': fields.id })).status).toBe(303)
      return fields.id
    }
    const rowOf = (id: string) => world().rows(sql`select outcome, note, closed_at is not null as closed, version from members.report where id = ${id}`)

    test('sees it with what it is about, closes it once, and the log says who did', async () => {
      const id = await sent({ claim: 'Aquí <script>algo</script> sobra.' }, 'es')
      const page = await (await secretary.get(`/en/desk/reports/${id}`)).text()
      expect(page).toContain('lang="es"')
      expect(page).toContain('Aquí &lt;script&gt;algo&lt;/script&gt; sobra.')
      const answers = await Promise.all([1, 2].map(() => secretary.post(`/en/desk/reports/${id}/closure`, { outcome: 'removed', note: 'Gone.', version: '1' })))
      expect(answers.map(statusAndPlace)).toEqual([1, 2].map(() => [303, `/en/desk/reports/${id}?done`]))
      expect(await rowOf(id)).toEqual([{ outcome: 'removed', note: 'Gone.', closed: true, version: 2 }])
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${id} order by position`)).toEqual([
        { verb: 'members.report.sent', actor: 'public' },
        { verb: 'members.report.closed', actor: `person:${secretary.id}` },
      ])
      expect(await world().rows(sql`select 1 from app.mail`)).toEqual([])
    })

    test('tells whoever left an address, in the language they wrote in', async () => {
      const id = await sent({ contact: 'wei@example.org' }, 'zh')
      await secretary.post(`/en/desk/reports/${id}/closure`, { outcome: 'changed', note: '谢谢', version: '1' })
      const [mail, ...others] = await mailsTo(world(), 'wei@example.org')
      expect(others).toEqual([])
      expect(mail).toMatchObject({ language: 'zh', subject: '您向 Puente 提交的举报' })
      expect(mail?.text).toContain('http://localhost/zh/organizations/cigb')
      expect(mail?.text).toContain('谢谢')
      // What the visitor wrote does not go out again: the address may be somebody else's.
      expect(mail?.text).not.toContain('patient')
    })

    test('a stale form is told what was decided, and keeps what was typed', async () => {
      const id = await sent({ contact: 'eva@example.org' })
      expect((await secretary.post(`/en/desk/reports/${id}/closure`, { outcome: 'nothing', note: 'All is well.', version: '1' })).status).toBe(303)
      const late = await secretary.post(`/en/desk/reports/${id}/closure`, { outcome: 'removed', note: 'Away <with> it.', version: '1' })
      const page = await late.text()
      expect(late.status).toBe(409)
      for (const words of ['All is well.', 'Away &lt;with&gt; it.', 'Nothing to do', 'Page taken down']) expect(page).toContain(words)
      expect(await rowOf(id)).toEqual([{ outcome: 'nothing', note: 'All is well.', closed: true, version: 2 }])
      expect(await mailsTo(world(), 'eva@example.org')).toHaveLength(1)
    })

    test('what is wrong with its form is shown, and nothing is written', async () => {
      const id = await sent()
      const answer = await secretary.post(`/vi/desk/reports/${id}/closure`, { note: 'Đã xem', version: '1' })
      const page = await answer.text()
      expect([answer.status, page.includes('href="#outcome"'), page.includes('Đã xem')]).toEqual([422, true, true])
      expect(await rowOf(id)).toEqual([{ outcome: null, note: null, closed: false, version: 1 }])
    })

    test('lists what is open first, by pages that neither miss nor repeat one, filtered by reason and state', async () => {
      await world().rows(sql`insert into members.report (id, space_id, about, reason, claim, language, sent_at, outcome, closed_at)
        select gen_random_uuid(), '00000000-0000-7000-8000-000000000002', '/timeline', 'spam', 'n ' || n, 'en', now() - make_interval(secs => n / 3),
          case when n % 2 = 0 then 'nothing' end, case when n % 2 = 0 then now() end from generate_series(1, 120) n`)
      const seen: string[] = []
      let path: string | undefined = '/en/desk/reports?reason=spam'
      for (let pages = 0; path !== undefined && pages < 9; pages++) {
        const page: string = await (await secretary.get(path)).text()
        seen.push(...[...page.matchAll(/href="\/en\/desk\/reports\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id))
        path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
      }
      const all = await world().rows(
        sql<{ id: string }>`select id from members.report where reason = 'spam' order by closed_at is not null, sent_at desc, id desc`,
      )
      expect(seen).toEqual(all.map(({ id }) => id))
      const closed = await (await secretary.get('/en/desk/reports?state=closed&reason=spam')).text()
      expect(closed).not.toContain('>open</span>')
      expect((await secretary.get('/en/desk/reports?cursor=nonsense')).status).toBe(400)
      expect((await secretary.get('/en/desk/reports?state=nonsense')).status).toBe(422)
    })
  },
  settings,
)
