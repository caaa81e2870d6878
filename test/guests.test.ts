import { beforeAll, expect, test } from 'vitest'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { browserOf, joinBy, linkTo, makeSomebody, settings, statusAndPlace, type Browser, type Somebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const address = 'gia@auditors.example.org'

onBothEngines(
  'a guest of an organization',
  (world) => {
    let admin: Somebody
    let editor: Somebody
    let gia: Browser
    let of: string
    const invite = (fields: Record<string, string>) => admin.post(`${of}/invitations`, { email: address, role: 'guest', ...fields })
    const roles = () =>
      world().rows(sql<{ role: string; until: string }>`select role, (valid_to at time zone 'UTC')::date::text as until from members.role where role = 'guest'`)

    beforeAll(async () => {
      await makeSomebody(world(), 'Luz', ['secretariat', 'administrator'])
      of = `/en/members/${await makeMember(world(), 'Example Hospital')}`
      admin = await makeMemberPerson(world(), of.slice(12), 'Bảo', 'admin')
      editor = await makeMemberPerson(world(), of.slice(12), 'Chi', 'editor')
    })

    test('is asked in by an admin, until a day within a year', async () => {
      for (const [fields, issue] of [
        [{}, 'issue.required'],
        [{ guest_until: '' }, 'issue.required'],
        [{ guest_until: day(-2) }, 'issue.out_of_range'],
        [{ guest_until: day(400) }, 'issue.out_of_range'],
        [{ guest_until: 'soon' }, 'issue.wrong_form'],
      ] as const) {
        const page = await invite(fields)
        expect([fields, issue, page.status, (await page.text()).includes('href="#guest_until"')]).toEqual([fields, issue, 422, true])
      }
      const both = await (await admin.post(`${of}/invitations`, { email: 'nobody', role: 'guest' })).text()
      expect([both.includes('href="#email"'), both.includes('href="#guest_until"')]).toEqual([true, true])
      expect((await editor.post(`${of}/invitations`, { email: address, role: 'guest', guest_until: day(10) })).status).toBe(403)
      expect(statusAndPlace(await invite({ guest_until: day(10) }))).toEqual([303, `${of}/people`])
      expect((await browserOf(world).page(await linkTo(world, address))).text).toContain('to be a guest of Example Hospital until')
      gia = await joinBy(world, address, 'Gia')
      expect(await roles()).toEqual([{ role: 'guest', until: day(11) }])
      expect((await (await editor.get(`${of}/people`)).text()).includes('Gia')).toBe(true)
    })

    test('reads what its people read, and changes nothing', async () => {
      expect((await gia.page(`${of}/people`)).text).toContain('Chi')
      expect((await gia.page(of)).text).toContain(`${of}/people`)
      expect((await gia.page('/en/account')).text).toContain('Example Hospital')
      for (const path of ['invitations', 'edit/texts', 'logo/end'])
        expect([path, (await gia.post(`${of}/${path}`, { email: 'x@example.org', role: 'viewer', language: 'en', version: '1' })).status]).toEqual([path, 403])
      expect((await gia.page(`${of}/api-keys`)).status).toBe(403)
      expect(
        await world().rows(sql`select app.principals_of(p.id) @> array['role:' || o.id || ':guest'] as guest, cardinality(app.principals_of(p.id)) as names
        from members.person p, members.organization o where p.name = 'Gia'`),
      ).toEqual([{ guest: true, names: 1 }])
    })

    test('takes over no role and stands in for nobody', async () => {
      const [guest] = await world().rows(sql<{ id: string; person: string }>`select id, person_id as person from members.role where role = 'guest'`)
      const [editing] = await world().rows(sql<{ id: string; person: string }>`select id, person_id as person from members.role where role = 'editor'`)
      const page = await (await admin.get(`${of}/people?change=${editing?.id}`)).text()
      expect([page.includes(`${editing?.id}/handover`), page.includes(guest?.person ?? '-')]).toEqual([true, false])
      expect((await (await admin.get(`${of}/people?change=${guest?.id}`)).text()).includes('/handover')).toBe(false)
      expect((await admin.post(`${of}/roles/${editing?.id}/handover`, { person: guest?.person ?? '' })).status).toBe(422)
      expect((await admin.post(`${of}/roles/${editing?.id}/deputies`, { person: guest?.person ?? '', from: day(0), until: day(5) })).status).toBe(422)
      expect((await admin.post(`${of}/roles/${guest?.id}/handover`, { person: editing?.person ?? '' })).status).toBe(409)
    })

    test('is gone when the day is over, or before, when an admin ends it', async () => {
      await world().rows(sql`update members.role set valid_from = now() - interval '3 days', valid_to = now() - interval '1 second' where role = 'guest'`)
      expect((await gia.page(`${of}/people`)).status).toBe(403)
      expect((await invite({ guest_until: day(3) })).status).toBe(303)
      expect(statusAndPlace(await gia.post(await linkTo(world, address), {}))).toEqual([303, of])
      expect((await gia.page(`${of}/people`)).status).toBe(200)
      const [role] = await world().rows(sql<{ id: string }>`select id from members.role where role = 'guest' and valid_to > now()`)
      expect((await admin.post(`${of}/roles/${role?.id}/end`, {})).status).toBe(303)
      expect((await gia.page(`${of}/people`)).status).toBe(403)
      expect((await gia.page('/en/account')).text).not.toContain('Example Hospital')
      expect(await world().rows(sql`select verb from app.log_entry where verb like 'members.role.%' order by position`)).toEqual(
        ['members.role.given', 'members.role.given', 'members.role.ended'].map((verb) => ({ verb })),
      )
    })

    test('is told so in four languages', async () => {
      for (const language of ['en', 'es', 'zh', 'vi'] as const)
        expect(await (await admin.get(`${of.replace('/en/', `/${language}/`)}/people`)).text()).toContain(membersTexts[language]('role.guest.may'))
    })
  },
  settings,
)
