import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../src/platform/root.ts'
import { browserOf, firstAdministrator, hiddenIn, joinBy, lettersTo, linkTo, settings, statusAndPlace, strong, type Browser } from './support/persons.ts'
import { pixel } from './support/members.ts'
import { onBothEngines, sql } from './support/world.ts'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

onBothEngines(
  'an organization runs itself',
  (world) => {
    let ana: Browser
    let bao: Browser
    let chi: Browser
    let network = ''
    const key = 'example-hospital-hanoi'
    const of = `/en/members/${key}`
    const enter = (fields: Record<string, string>) =>
      ana.post('/en/desk/members', { network, original: 'en', kind: 'hospital', country: 'VN', since: '2025-09-02', ...fields })
    const formAt = async (browser: Browser, page: string, action = page) => hiddenIn((await browser.page(page)).text, action)
    const invite = async (by: Browser, email: string, role: string) => statusAndPlace(await by.post(`${of}/invitations`, { email, role }))
    const roleOf = async (person: string, role: string) =>
      (
        await world().rows(
          sql<{
            id: string
          }>`select r.id from members.role r join members.person p on p.id = r.person_id where p.name = ${person} and r.role = ${role} and r.valid_to is null`,
        )
      )[0]?.id ?? ''
    const idOf = async (person: string) => (await world().rows(sql<{ id: string }>`select id from members.person where name = ${person}`))[0]?.id ?? ''
    const orgLog = (verb: string) =>
      world()
        .rows(sql<{ n: number }>`select count(*)::int as n from app.log_entry where verb = ${verb}`)
        .then(([row]) => row?.n ?? 0)

    beforeAll(async () => {
      ana = await firstAdministrator(world)
      network = (await world().rows(sql<{ id: string }>`select id from members.network`))[0]?.id ?? ''
    })

    test('the secretariat enters a member that sent no application, marked as such, and invites its admin', async () => {
      expect((await enter({ name: '' })).status).toBe(422)
      expect(statusAndPlace(await enter({ name: 'Example Hospital Hanoi', founding: 'yes' }))).toEqual([303, `${of}/people`])
      expect((await browserOf(world).page(of)).text).toContain('Written by the secretariat on behalf of the organization.')
      expect((await ana.page('/en/desk/members')).text).toContain(of)
      expect(await invite(ana, 'bao@hospital.example.org', 'admin')).toEqual([303, `${of}/people`])
      bao = await joinBy(world, 'bao@hospital.example.org', 'Bảo')
      expect((await ana.page('/en/desk/members')).text).toContain('Every member has an admin.')
      expect((await bao.page('/en/account')).text).toContain(of)
    })

    test('its admin invites; an invitation is for one address, works once, and can be withdrawn', async () => {
      expect(await invite(bao, 'chi@hospital.example.org', 'editor')).toEqual([303, `${of}/people`])
      expect((await bao.post(`${of}/invitations`, { email: 'nobody', role: 'boss' })).status).toBe(422)
      const link = await linkTo(world, 'chi@hospital.example.org')
      expect((await bao.post(link, {})).status).toBe(403)
      expect((await bao.page(link)).text).toContain('chi@hospital.example.org')
      chi = await joinBy(world, 'chi@hospital.example.org', 'Chi')
      expect((await browserOf(world).post(link, { name: 'Chi', password: strong })).status).toBe(410)
      await invite(bao, 'dung@hospital.example.org', 'viewer')
      const [open] = await world().rows(sql<{ id: string }>`select id from members.invitation where email = 'dung@hospital.example.org'`)
      expect((await chi.post(`${of}/invitations/${open?.id}/withdrawal`, {})).status).toBe(403)
      expect((await bao.post(`${of}/invitations/${open?.id}/withdrawal`, {})).status).toBe(303)
      expect((await bao.post(`${of}/invitations/${open?.id}/withdrawal`, {})).status).toBe(409)
      expect((await browserOf(world).get(await linkTo(world, 'dung@hospital.example.org'))).status).toBe(410)
    })

    test('an expired invitation is refused', async () => {
      await invite(bao, 'hai@hospital.example.org', 'viewer')
      await world().rows(
        sql`update members.invitation set sent_at = now() - interval '15 days', ends_at = now() - interval '1 day' where email = 'hai@hospital.example.org'`,
      )
      expect((await browserOf(world).get(await linkTo(world, 'hai@hospital.example.org'))).status).toBe(410)
      expect((await bao.page(`${of}/people`)).text).toContain('expired')
    })

    test('an admin and an editor write the profile, in two languages; a stale form loses nothing; a viewer and a stranger write nothing', async () => {
      const texts = `${of}/edit/texts`
      const english = await formAt(chi, `${texts}?in=en`, texts)
      expect(
        statusAndPlace(
          await chi.post(texts, { ...english, name: 'Example Hospital Hanoi', profile: 'Lung cancer.\n\nTrials.', research: 'Trials of vaccines.' }),
        ),
      ).toEqual([303, of])
      // Bảo had the Vietnamese form open before; what he typed comes back with what stands there now.
      const stale = await bao.post(texts, { ...english, language: 'vi', name: 'Bệnh viện Ví dụ Hà Nội', profile: 'Ung thư phổi.' })
      const page = await stale.text()
      expect([stale.status, page.includes('Ung thư phổi.'), page.includes('Somebody else has changed this')]).toEqual([409, true, true])
      const again = hiddenIn(page, texts)
      expect((await bao.post(texts, { ...again, name: 'Bệnh viện Ví dụ Hà Nội', profile: 'Ung thư phổi.' })).status).toBe(303)
      const shown = await browserOf(world).page(`/vi/members/${key}`)
      expect([shown.text.includes('Ung thư phổi.'), shown.text.includes('lang="en">Trials of vaccines.')]).toEqual([true, true])
      expect((await browserOf(world).page('/en/members?q=ung+thu+phoi')).text).toContain(of)
      expect((await browserOf(world).page('/en/members?pillar=research')).text).toContain(of)
      expect((await browserOf(world).page('/en/members?pillar=training')).text).not.toContain(of)
      expect(shown.text).not.toContain('Thay mặt')
      expect(statusAndPlace(await browserOf(world).get(`${of}/edit`))[0]).toBe(303)
      await invite(bao, 'vy@hospital.example.org', 'viewer')
      const vy = await joinBy(world, 'vy@hospital.example.org', 'Vy')
      for (const path of ['/edit', '/edit/texts?in=en']) expect([path, (await vy.get(of + path)).status]).toEqual([path, 403])
      expect((await vy.post(texts, { ...again, name: 'X' })).status).toBe(403)
      expect([(await vy.get(`${of}/people`)).status, (await vy.post(`${of}/invitations`, { email: 'x@example.org', role: 'admin' })).status]).toEqual([
        200, 403,
      ])
    })

    test('facts: identifiers with wrong check digits, of another member, and parents in a ring are refused', async () => {
      const edit = `${of}/edit`
      await enter({ name: 'Example University', kind: 'university', ror: 'https://ror.org/03yrm5c26' })
      const facts = { kind: 'hospital', country: 'VN', original: 'en' }
      const now = () => formAt(bao, edit)
      for (const [fields, code] of [
        [{ ror: '03yrm5c27' }, 'ror'],
        [{ lei: '506700GE1G29325QX364' }, 'lei'],
        [{ ror: '03yrm5c26' }, 'ror'],
        [{ parent: 'nobody' }, 'parent'],
        [{ parent: key }, 'parent'],
        [{ country: 'XX' }, 'country'],
        [{ website: 'javascript:alert(1)' }, 'website'],
      ] as const) {
        const answer = await bao.post(edit, { ...(await now()), ...facts, ...fields })
        expect([fields, answer.status, (await answer.text()).includes(`href="#${code}"`)]).toEqual([fields, 422, true])
      }
      expect(
        (await bao.post(edit, { ...(await now()), ...facts, parent: 'example-university', gln: '4012345000009', website: 'hospital.example.org' })).status,
      ).toBe(303)
      const ring = await ana.post('/en/members/example-university/edit', {
        ...(await formAt(ana, '/en/members/example-university/edit')),
        kind: 'university',
        country: 'VN',
        original: 'en',
        parent: key,
      })
      expect([ring.status, (await ring.text()).includes('href="#parent"')]).toEqual([422, true])
      expect((await browserOf(world).page('/en/members/example-university')).text).toContain(of)
      expect(
        (await world()
          .ask(`/api/v1/members/${key}`)
          .then((answer) => answer.json())) as object,
      ).toMatchObject({
        parent: 'example-university',
        gln: '4012345000009',
        website: 'https://hospital.example.org',
        kept_by: 'organization',
      })
    })

    test('a logo: a picture is taken, what only calls itself one is not', async () => {
      const png = readFileSync(join(root, 'src/platform/ui/cards/en.png'))
      const small = new File([pixel], 'logo.png')
      expect((await bao.send(`${of}/logo`, { logo: new File(['<svg/>'], 'logo.png', { type: 'image/png' }) })).status).toBe(415)
      expect((await bao.send(`${of}/logo`, { logo: new File([Buffer.concat([png, Buffer.alloc(250_000)])], 'large.png') })).status).toBeGreaterThanOrEqual(413)
      expect((await bao.send(`${of}/logo`, { logo: small })).status).toBe(303)
      const page = (await browserOf(world).page(of)).text
      const address = /src="(\/members\/[^"]+\/logo\?v=\d+)"/.exec(page)?.[1] ?? ''
      const logo = await world().ask(address)
      expect([logo.status, logo.headers.get('content-type'), logo.headers.get('x-content-type-options')]).toEqual([200, 'image/png', 'nosniff'])
      expect((await bao.post(`${of}/logo/end`, {})).status).toBe(303)
      expect((await browserOf(world).page(of)).text).not.toContain('/logo?v=')
    })

    test('deputies for a time, handover, and never without an admin', async () => {
      const [baos, chis] = [await roleOf('Bảo', 'admin'), await roleOf('Chi', 'editor')]
      const end = (role: string, by: Browser) => by.post(`${of}/roles/${role}/end`, {})
      expect((await end(baos, bao)).status).toBe(409)
      expect((await end(chis, chi)).status).toBe(403)
      const deputize = (fields: Record<string, string>) => bao.post(`${of}/roles/${baos}/deputies`, fields)
      expect((await deputize({ person: await idOf('Chi'), from: day(0), until: day(-1) })).status).toBe(422)
      expect((await deputize({ person: randomUUID(), from: day(0), until: day(1) })).status).toBe(422)
      expect((await chi.get(`${of}/edit`)).status).toBe(200)
      expect((await chi.post(`${of}/invitations`, { email: 'x@example.org', role: 'viewer' })).status).toBe(403)
      expect((await deputize({ person: await idOf('Chi'), from: day(0), until: day(7) })).status).toBe(303)
      expect((await chi.post(`${of}/invitations`, { email: 'x@example.org', role: 'viewer' })).status).toBe(303)
      expect((await chi.page(`${of}/people`)).text).toContain('deputy of Bảo')
      // A deputy does not count as the admin that must remain.
      expect((await end(baos, bao)).status).toBe(409)
      expect((await bao.post(`${of}/roles/${baos}/handover`, { person: await idOf('Vy') })).status).toBe(303)
      expect((await bao.post(`${of}/invitations`, { email: 'y@example.org', role: 'viewer' })).status).toBe(403)
      // The deputy's time ended with the role they stood in for.
      expect((await chi.post(`${of}/invitations`, { email: 'y@example.org', role: 'viewer' })).status).toBe(403)
      expect(await orgLog('members.role.handed-over')).toBe(1)
      expect((await bao.get(`${of}/people`)).status).toBe(403)
    })

    test('a deputy whose days have not come or are over has no more than before', async () => {
      const vys = await roleOf('Vy', 'admin')
      const vy = browserOf(world)
      await vy.post('/en/sign-in', { email: 'vy@hospital.example.org', password: strong })
      expect((await vy.post(`${of}/roles/${vys}/deputies`, { person: await idOf('Chi'), from: day(2), until: day(3) })).status).toBe(303)
      expect((await chi.post(`${of}/invitations`, { email: 'z@example.org', role: 'viewer' })).status).toBe(403)
      await world().rows(
        sql`update members.role set valid_from = now() - interval '3 days', valid_to = now() - interval '1 day' where deputy_of = ${vys}::uuid`,
      )
      expect((await chi.post(`${of}/invitations`, { email: 'z@example.org', role: 'viewer' })).status).toBe(403)
    })

    test('without an admin: the secretariat ends the last one and invites another', async () => {
      expect((await ana.post(`${of}/roles/${await roleOf('Vy', 'admin')}/end`, {})).status).toBe(303)
      expect((await ana.page('/en/desk/members')).text).toContain(of)
      await invite(ana, 'bao@hospital.example.org', 'admin')
      const link = await linkTo(world, 'bao@hospital.example.org')
      // Who has an account already signs in and accepts; a new account for the address cannot be made.
      expect((await browserOf(world).page(link)).text).toContain('/en/sign-in?next=')
      expect((await browserOf(world).post(link, { name: 'Bảo', password: strong })).status).toBe(403)
      expect(statusAndPlace(await bao.post(link, {}))).toEqual([303, `/members/${key}`.replace('/members', '/en/members')])
      expect((await bao.get(`${of}/people`)).status).toBe(200)
    })

    test('suspended: its people read and change nothing; the reason is theirs and the secretariat’s; readmitted, all is as before', async () => {
      const standing = `${of}/standing`
      const form = await formAt(ana, standing)
      expect((await bao.get(standing)).status).toBe(404)
      expect((await ana.post(standing, { ...form, state: 'suspended' })).status).toBe(422)
      const answers = await Promise.all([1, 2].map(() => ana.post(standing, { ...form, state: 'suspended', reason: 'No report for two years.' })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect((await lettersTo(world, 'bao@hospital.example.org'))[0]?.text).toContain('No report for two years.')
      for (const path of ['/edit']) expect([path, (await bao.get(of + path)).status]).toEqual([path, 403])
      expect((await bao.post(`${of}/invitations`, { email: 'x@example.org', role: 'viewer' })).status).toBe(403)
      const page = await bao.page(of)
      expect([page.status, page.text.includes('Its people can read but change nothing')]).toEqual([200, true])
      expect((await browserOf(world).page(of)).text).not.toContain('No report for two years.')
      expect((await browserOf(world).page('/en/members')).text).not.toContain(of)
      expect((await browserOf(world).page('/en/members?state=suspended')).text).toContain(of)
      expect(
        await world().rows(
          sql`select count(*)::int as n from app.log_payload p join app.log_entry e on e.id = p.entry_id join app.space s on s.id = p.space_id where s.name = 'directory' and p.payload like '%No report%'`,
        ),
      ).toEqual([{ n: 0 }])
      expect((await ana.post(standing, { ...(await formAt(ana, standing)), state: 'admitted' })).status).toBe(303)
      expect((await bao.get(`${of}/edit`)).status).toBe(200)
      expect((await browserOf(world).page(of)).text).toContain('Suspended')
    })

    test('claims its entry on the record; only its admins may, and only the secretariat decides', async () => {
      const entry = '/en/organizations/cigb/claim'
      expect((await browserOf(world).page(entry)).text).toContain('/en/sign-in?next=%2Forganizations%2Fcigb%2Fclaim')
      expect((await chi.page(entry)).text).toContain('Only an admin of a member can claim an entry.')
      const document = new File(['%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n'], 'Giấy xác nhận.pdf', { type: 'application/pdf' })
      const form = await formAt(bao, entry)
      const fields = { ...form, member: key, evidence: 'See the list of staff.' }
      expect((await bao.send(entry, { ...fields, evidence: '' })).status).toBe(422)
      expect((await chi.send(entry, fields)).status).toBe(403)
      expect(statusAndPlace(await bao.send(entry, { ...fields, document }))).toEqual([303, `${of}/claim`])
      expect((await bao.send(entry, fields)).status).toBe(303)
      expect(await world().rows(sql`select state, entry_key, document_id is not null as document from members.claim`)).toEqual([
        { state: 'sent', entry_key: 'cigb', document: true },
      ])
      const [claim] = await world().rows(sql<{ id: string }>`select id from members.claim`)
      const at = `/en/claims/${claim?.id}`
      expect([(await bao.get(at)).status, (await chi.get(`${at}/document`)).status, (await browserOf(world).get(`${at}/document`)).status]).toEqual([
        404, 200, 303,
      ])
      const desk = await ana.page(at)
      expect([desk.status, desk.text.includes('hospital.example.org'), desk.text.includes('Giấy xác nhận.pdf')]).toEqual([200, true, true])
      expect((await ana.page('/en/desk/claims')).text).toContain(at)
      const decide = hiddenIn(desk.text, `${at}/verification`)
      expect((await bao.post(`${at}/verification`, decide)).status).toBe(404)
      const before = await browserOf(world).page('/en/organizations/cigb')
      const answers = await Promise.all([1, 2].map(() => ana.post(`${at}/verification`, decide)))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      const after = await browserOf(world).page('/en/organizations/cigb')
      expect([before.text.includes(of), after.text.includes(of), after.text.includes('Lung cancer.')]).toEqual([false, true, true])
      expect((await browserOf(world).page(of)).text).toContain('/en/organizations/cigb')
      expect((await bao.send(entry, { ...(await formAt(bao, entry)), member: key, evidence: 'Again.' })).status).toBe(409)
      expect((await ana.post(`${at}/end`, { version: '2', reason: 'It was a mistake.' })).status).toBe(303)
      expect((await browserOf(world).page('/en/organizations/cigb')).text).not.toContain(of)
    })

    test('files and list of the directory say the same as the page', async () => {
      const list = (await (await world().ask('/api/v1/members')).json()) as { total: number; items: { key: string }[] }
      expect([list.total, list.items.map((item) => item.key).toSorted()]).toEqual([2, ['example-hospital-hanoi', 'example-university']])
      const csv = await (await world().ask('/api/v1/members.csv?kind=hospital')).text()
      expect(csv.trim().split('\n').length).toBe(2)
      expect((await world().ask('/api/v1/members/nobody')).status).toBe(404)
      expect((await world().ask('/api/v1/members?kind=castle')).status).toBe(422)
    })

    test('offices: an administrator invites, and the last one stays', async () => {
      const crew = '/en/desk/networks/network'
      expect((await ana.post(`${crew}/invitations`, { email: 'luz@secretariat.example.org', role: 'secretariat' })).status).toBe(303)
      const luz = await joinBy(world, 'luz@secretariat.example.org', 'Luz')
      expect((await luz.get('/en/desk/applications')).status).toBe(200)
      expect((await luz.post(`${crew}/invitations`, { email: 'x@example.org', role: 'administrator' })).status).toBe(403)
      const [own] = await world().rows(sql<{ id: string }>`select id from members.office where office = 'administrator' and valid_to is null`)
      expect((await ana.post(`${crew}/offices/${own?.id}/end`, {})).status).toBe(409)
      const [luzs] = await world().rows(sql<{ id: string }>`select o.id from members.office o join members.person p on p.id = o.person_id where p.name = 'Luz'`)
      expect((await ana.post(`${crew}/offices/${luzs?.id}/end`, {})).status).toBe(303)
      expect((await luz.get('/en/desk/applications')).status).toBe(404)
    })
  },
  settings,
)
