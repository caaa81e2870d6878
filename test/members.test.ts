import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { tellDeskJob } from '../src/modules/members/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { doJobs, until } from './support/jobs.ts'
import { browserOf, firstAdministrator, hiddenIn, joinBy, lettersTo, linkTo, settings, statusAndPlace, strong, type Browser } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const hospital = {
  name: 'Bệnh viện Ví dụ Hà Nội',
  original: 'vi',
  english: 'Example Hospital Hanoi',
  kind: 'hospital',
  country: 'VN',
  website: 'hospital.example.org',
  why: 'Chúng tôi tìm vắc-xin điều trị ung thư phổi và có kinh nghiệm thử nghiệm lâm sàng.',
  contact: 'Bảo Ví dụ',
  email: 'bao@hospital.example.org',
}

onBothEngines(
  'an organization comes in',
  (world) => {
    let ana: Browser
    let bao: Browser
    let network = ''
    const application = randomUUID()
    const at = `/vi/applications/${application}`
    const logOf = (verb: string) =>
      world().rows(sql<{ actor: string; n: number }>`select actor, count(*)::int as n from app.log_entry where verb = ${verb} group by actor`)
    const stateOf = async () => (await world().rows(sql<{ state: string }>`select state from members.application where id = ${application}`))[0]?.state
    const formAt = async (browser: Browser, page: string, action: string) => hiddenIn((await browser.page(page)).text, action)

    test('before there is a network nobody can apply, and the page says so', async () => {
      const page = await browserOf(world).page('/en/apply')
      expect([page.status, page.text.includes('There is no network here yet')]).toEqual([200, true])
    })

    test('applies in its own language; everything wrong is said at once and nothing typed is lost', async () => {
      ana = await firstAdministrator(world)
      network = (await world().rows(sql<{ id: string }>`select id from members.network`))[0]?.id ?? ''
      const visitor = browserOf(world)
      const wrong = await visitor.post('/vi/apply', {
        ...hospital,
        id: application,
        network,
        kind: '',
        country: 'XX',
        ror: '03yrm5c27',
        gln: '4012345000008',
        why: '',
        email: 'nobody',
      })
      const text = await wrong.text()
      expect(wrong.status).toBe(422)
      for (const field of ['kind', 'country', 'ror', 'gln', 'why', 'email']) expect(text).toContain(`href="#${field}"`)
      expect(text).toContain(hospital.name)
      expect(await stateOf()).toBe(undefined)
      const sends = await Promise.all([1, 2].map(() => visitor.post('/vi/apply', { ...hospital, id: application, network })))
      expect(sends.map(statusAndPlace)).toEqual([
        [303, '/vi/apply/sent'],
        [303, '/vi/apply/sent'],
      ])
      expect(await world().rows(sql`select number, contact_email, name->>'en' as en, website, state from members.application`)).toEqual([
        { number: 1, contact_email: hospital.email, en: hospital.english, website: 'https://hospital.example.org', state: 'sent' },
      ])
      expect(await logOf('members.application.sent')).toEqual([{ actor: 'system:accounts', n: 1 }])
    })

    test('the secretariat is told by mail, in its language, after the transaction', async () => {
      const runner = await doJobs(world(), [tellDeskJob])
      await until('the mail to the secretariat', async () => (await lettersTo(world, 'ana@secretariat.example.org')).length > 0)
      await runner.stop()
      const letters = await lettersTo(world, 'ana@secretariat.example.org')
      expect(letters.map(({ language, subject }) => ({ language, subject }))).toEqual([{ language: 'en', subject: `A new application: ${hospital.name}` }])
      expect(letters[0]?.text).toContain(`/en/applications/${application}`)
    })

    test('the queue shows it to the secretariat, and to nobody else that there is a queue', async () => {
      const queue = await ana.page('/en/desk/applications')
      expect([queue.status, queue.text.includes(hospital.english), queue.text.includes('address not confirmed')]).toEqual([200, true, true])
      expect(statusAndPlace(await browserOf(world).get('/en/desk/applications'))).toEqual([303, '/en/sign-in?next=%2Fdesk%2Fapplications'])
      expect(statusAndPlace(await browserOf(world).get(at))).toEqual([303, `/vi/sign-in?next=${encodeURIComponent(`/applications/${application}`)}`])
    })

    test('the link in the mail makes the account and shows the application, once', async () => {
      expect((await lettersTo(world, hospital.email)).map(({ language }) => language)).toEqual(['vi'])
      const link = await linkTo(world, hospital.email)
      expect((await browserOf(world).page(link)).text).toContain(hospital.email)
      expect((await browserOf(world).post(link, { name: '', password: 'short' })).status).toBe(422)
      bao = await joinBy(world, hospital.email, 'Bảo Ví dụ')
      expect((await bao.page(at)).text).toContain(hospital.why)
      expect((await browserOf(world).get(link)).status).toBe(410)
      expect((await browserOf(world).post(link, { name: 'Kẻ khác', password: strong })).status).toBe(410)
      expect(await logOf('members.application.confirmed')).toEqual([{ actor: 'system:accounts', n: 1 }])
    })

    test('who has no office sees no desk, and decides nothing about their own application', async () => {
      for (const path of ['/vi/desk/applications', '/vi/desk/claims', '/vi/desk/members', '/vi/desk/networks/network', '/vi/desk/members/new'])
        expect([path, (await bao.get(path)).status]).toEqual([path, 404])
      const { version = '' } = await formAt(bao, at, `${at}/messages`)
      expect((await bao.post(`${at}/admission`, { version, since: '2026-01-01' })).status).toBe(403)
      expect((await bao.post(`${at}/refusal`, { version, reason: 'x' })).status).toBe(403)
      expect(await stateOf()).toBe('sent')
    })

    test('question and answer; a stale page decides nothing', async () => {
      const en = `/en/applications/${application}`
      const first = await formAt(ana, en, `${en}/messages`)
      expect((await ana.post(`${en}/messages`, { ...first, text: '' })).status).toBe(422)
      expect(statusAndPlace(await ana.post(`${en}/messages`, { ...first, text: 'Which wards would take part?' }))).toEqual([303, en])
      expect((await lettersTo(world, hospital.email))[0]?.text).toContain('Which wards would take part?')
      expect([await stateOf(), (await ana.post(`${en}/admission`, { ...first, since: '2026-01-01' })).status]).toEqual(['asked', 409])
      const answer = await formAt(bao, at, `${at}/messages`)
      expect(statusAndPlace(await bao.post(`${at}/messages`, { ...answer, text: 'Khoa ung bướu và khoa hô hấp.' }))).toEqual([303, at])
      expect(await stateOf()).toBe('answered')
      expect((await ana.page(en)).text).toContain('Khoa ung bướu và khoa hô hấp.')
      expect(await world().rows(sql`select side, language from members.message order by sent_at`)).toEqual([
        { side: 'secretariat', language: 'en' },
        { side: 'applicant', language: 'vi' },
      ])
    })

    test('a stranger, signed in, sees and does nothing with it', async () => {
      const other = randomUUID()
      const stranger = {
        ...hospital,
        name: 'Instituto Ejemplo',
        original: 'es',
        english: '',
        country: 'CU',
        contact: 'Eva',
        email: 'eva@institute.example.org',
      }
      await browserOf(world).post('/es/apply', { ...stranger, id: other, network })
      const eva = await joinBy(world, stranger.email, 'Eva')
      expect((await eva.get(at)).status).toBe(404)
      const { version = '' } = await formAt(ana, at, `${at}/messages`)
      for (const [verb, fields] of [
        ['messages', { text: 'x' }],
        ['admission', { since: '2026-01-01' }],
        ['refusal', { reason: 'x' }],
        ['withdrawal', {}],
      ] as const)
        expect([verb, (await eva.post(`${at}/${verb}`, { version, ...fields })).status]).toEqual([verb, 404])
      // Theirs is declined with a reason, which they read; it cannot be decided twice.
      const own = `/es/applications/${other}`
      const form = await formAt(ana, own, `${own}/refusal`)
      expect((await ana.post(`${own}/refusal`, { ...form, reason: '' })).status).toBe(422)
      const answers = await Promise.all([1, 2].map(() => ana.post(`${own}/refusal`, { ...form, reason: 'Fuera de los cinco pilares.' })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect((await eva.page(own)).text).toContain('Fuera de los cinco pilares.')
      expect((await lettersTo(world, stranger.email))[0]).toMatchObject({
        language: 'es',
        text: expect.stringContaining('Fuera de los cinco pilares.') as string,
      })
      expect((await eva.post(`${own}/withdrawal`, { version: '3' })).status).toBe(409)
    })

    test('admitted as a founding member, once, however often the button is pressed', async () => {
      const en = `/en/applications/${application}`
      const form = await formAt(ana, en, `${en}/admission`)
      const answers = await Promise.all([1, 2].map(() => ana.post(`${en}/admission`, { ...form, since: '2025-09-02', founding: 'yes' })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect(
        await world().rows(sql`select o.key, o.name_sort is not null as sorted, s.state, s.founding, s.since, o.kept_by, r.role from members.organization o
          join members.standing s on s.organization_id = o.id join members.role r on r.organization_id = o.id`),
      ).toEqual([
        { key: 'example-hospital-hanoi', sorted: true, state: 'admitted', founding: true, since: expect.anything(), kept_by: 'organization', role: 'admin' },
      ])
      for (const language of languages) {
        const page = await browserOf(world).page(`/${language}/members/example-hospital-hanoi`)
        expect([language, page.status, page.text.includes(hospital.name)]).toEqual([language, 200, true])
      }
      const directory = await browserOf(world).page('/en/members?q=benh+vien+vi+du')
      expect(directory.text).toContain('/en/members/example-hospital-hanoi')
      expect((await lettersTo(world, hospital.email))[0]?.language).toBe('vi')
    })
  },
  settings,
)
