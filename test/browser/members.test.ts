import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { firstAdministrator, lettersTo, settings } from '../support/persons.ts'
import { onTheWeb } from '../support/site.ts'
import { comeInByPasskey, setUpCodes, signInByCode, teller, type Teller } from '../support/teller.ts'
import { sql } from '../support/world.ts'

const site = onTheWeb(settings)
const secretary = 'ana@secretariat.example.org'
beforeAll(async () => void (await firstAdministrator(() => site().world)))

type Story = { javaScriptEnabled: boolean; member: Language; desk: Language; name: string; key: string; entry: string; find: string; country: string }

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const paper = { name: 'Carta 公函 công văn.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n') }

describe.each<Story>([
  {
    javaScriptEnabled: true,
    member: 'es',
    desk: 'zh',
    name: 'Instituto de Vacunas Ejemplo de La Habana',
    key: 'example-vaccine-institute',
    entry: 'finlay',
    find: 'finlay',
    country: 'CU',
  },
  {
    javaScriptEnabled: false,
    member: 'vi',
    desk: 'en',
    name: 'Bệnh viện Ung bướu Ví dụ Hà Nội',
    key: 'example-cancer-hospital',
    entry: 'vabiotech',
    find: 'vabiotech',
    country: 'VN',
  },
])('with JavaScript: $javaScriptEnabled, a member in $member and the secretariat in $desk', (story) => {
  const { member, desk, name, key } = story
  const english = key.replace(/-/g, ' ')
  const at = (who: string) => `${who}-${member}@member.example.org`
  const of = `/members/${key}`
  const why = 'Investigación y ensayos clínicos.\n\nThử nghiệm lâm sàng.'
  let [admin, editor, second, ana, visitor]: Teller[] = []
  let application = ''
  const people = () => ({ admin, editor, second, ana, visitor }) as Record<'admin' | 'editor' | 'second' | 'ana' | 'visitor', Teller>

  beforeAll(async () => {
    const make = (language: Language) => teller(site, language, story)
    ;[admin, editor, second, ana, visitor] = [await make(member), await make(member), await make(desk), await make(desk), await make(desk)]
    await people().ana.signIn(secretary)
  })
  afterAll(async () => {
    for (const { context, faults } of Object.values(people())) {
      expect(faults).toEqual([])
      await context.close()
    }
  })

  test('an organization applies: first with everything wrong, which is said at once', async () => {
    const { admin: who } = people()
    await who.go('/members')
    await who.follow(who.say('apply.title'))
    await who.type({ name, website: 'hospital', gln: '123', email: 'nobody' })
    await who.press(who.say('apply.send'))
    expect(await who.complaints()).toEqual(['kind', 'country', 'website', 'gln', 'why', 'contact', 'email'])
    expect(await who.page.locator('#name').inputValue()).toBe(name)
    await who.choose('kind', 'institute')
    await who.choose('country', story.country)
    await who.type({ english, website: 'member.example.org', gln: '', why, contact: 'Bảo', email: at('admin') })
    await who.press(who.say('apply.send'))
    await who.sees(who.say('apply.sent'))
    await who.join(at('admin'), 'Bảo Ejemplo')
    application = who.isAt()
    expect(application).toMatch(/^\/applications\//)
    await who.sees(name, who.say('application.state.sent'), who.say('application.thread-none'))
  })

  test('the secretariat asks, the organization answers, and is admitted', async () => {
    const { admin: who, ana: secretariat } = people()
    await secretariat.go('/desk')
    await secretariat.turn(() => secretariat.page.locator('.figures a[href$="/desk/applications"]').click())
    await secretariat.turn(() => secretariat.page.locator(`tbody a[href$="${application}"]`).click())
    expect(secretariat.isAt()).toBe(application)
    await secretariat.type({ text: 'Which wards would take part?' })
    await secretariat.press(secretariat.say('application.ask'))
    await secretariat.sees(secretariat.say('application.state.asked'))
    await who.openMail(at('admin'))
    expect(who.isAt()).toBe(application)
    await who.sees('Which wards would take part?', who.say('application.secretariat'))
    await who.seesNot(who.say('application.admit'))
    await who.type({ text: 'Ung bướu.\nHô hấp.' })
    await who.press(who.say('application.reply'))
    await secretariat.go(application)
    await secretariat.sees('Ung bướu.\nHô hấp.', 'Bảo Ejemplo')
    await secretariat.page.locator('input[name=founding]').check()
    await secretariat.press(secretariat.say('application.admit'))
    await secretariat.sees(secretariat.say('application.state.admitted'))
    await secretariat.follow(secretariat.say('application.member-page'))
    expect(secretariat.isAt()).toBe(of)
    await secretariat.sees(secretariat.say('standing.title'))
  })

  test('who applied finds the page of the member and what an admin may do there; a visitor finds only the page', async () => {
    const { admin: who, visitor: anybody } = people()
    await who.openMail(at('admin'))
    await who.go(application)
    await who.follow(who.say('application.member-page'))
    expect(await who.page.locator('h1').innerText()).toBe(name)
    await who.sees(who.say('member.edit'), who.say('people.title'), who.say('claim.title'), who.say('member.no-profile'))
    await who.seesNot(who.say('standing.title'))
    await anybody.go(of)
    await anybody.sees(anybody.say('members.founding'))
    expect(await anybody.page.locator('.tools a').count()).toBe(1)
  })

  test('the admin claims the entry on the record with a document, and the secretariat verifies it', async () => {
    const { admin: who, ana: secretariat, visitor: anybody } = people()
    await who.go(`${of}/claim`)
    await who.page.locator('main input[type=search]').fill(story.find)
    await who.press(who.say('claim.find'))
    await who.turn(() => who.page.locator(`main a[href$="/organizations/${story.entry}"]`).first().click())
    await who.follow(who.say('claim.is-yours'))
    await who.page.locator('#document').setInputFiles(paper)
    await who.press(who.say('claim.send'))
    expect(await who.complaints()).toEqual(['evidence'])
    await who.type({ evidence: 'Lista de personal.' })
    await who.page.locator('#document').setInputFiles(paper)
    await who.press(who.say('claim.send'))
    expect(who.isAt()).toBe(`${of}/claim`)
    await who.sees(who.say('claim.state.sent'), paper.name)
    await secretariat.go('/desk/claims')
    await secretariat.turn(() => secretariat.page.locator('tbody a[href*="/claims/"]').first().click())
    const document = await secretariat.page.locator('a[href$="/document"]').getAttribute('href')
    const file = await secretariat.context.request.get(new URL(document ?? '', secretariat.page.url()).href)
    expect([file.status(), file.headers()['content-type'], (await file.body()).equals(paper.buffer)]).toEqual([200, 'application/pdf', true])
    await secretariat.press(secretariat.say('claim.verify'))
    await secretariat.sees(secretariat.say('claim.state.verified'))
    await anybody.go(`/organizations/${story.entry}`)
    await anybody.sees(anybody.say('claim.member'))
    await anybody.seesNot(anybody.say('claim.is-yours'))
  })

  test('the admin invites an editor, who joins by the link and may edit, but neither invite nor claim', async () => {
    const { admin: who, editor: other } = people()
    await who.go(`${of}/people`)
    await who.type({ email: at('editor') })
    await who.choose('role', 'editor')
    await who.press(who.say('invitation.send'))
    await who.sees(at('editor'), who.say('role.editor'))
    await other.join(at('editor'), 'Chi Ejemplo')
    expect(other.isAt()).toBe(of)
    await other.sees(other.say('member.edit'), other.say('people.title'))
    await other.seesNot(other.say('claim.title'))
    await other.go(`${of}/people`)
    await other.sees('Bảo Ejemplo', 'Chi Ejemplo')
    await other.seesNot(other.say('invitation.title'), other.say('people.change'))
  })

  test('the editor sets up a second factor, signs in with it, and with a passkey where there are scripts', { timeout: 30_000 }, async () => {
    const { editor: who } = people()
    const { secret, recovery } = await setUpCodes(who)
    await who.signOut()
    await signInByCode(who, at('editor'), secret)
    if (story.javaScriptEnabled) await comeInByPasskey(who, recovery)
  })

  test('the editor writes the profile in two languages, and each reader has their own', async () => {
    const { editor: who, visitor: anybody } = people()
    await who.go(of)
    await who.follow(who.say('member.edit'))
    for (const language of [member, desk]) {
      await who.go(`${of}/edit/texts?in=${language}`)
      await who.type({
        name: language === member ? name : `${english} (${language})`,
        profile: `(${language})\n\nLung cancer.`,
        research: `Trials in ${language}.`,
      })
      await who.press(who.say('account.save'))
      expect(who.isAt()).toBe(of)
    }
    await who.sees(`(${member})`, `Trials in ${member}.`)
    await who.seesNot(`Trials in ${desk}.`)
    await anybody.go(of)
    expect(await anybody.page.locator('h1').innerText()).toBe(`${english} (${desk})`)
    await anybody.sees(`(${desk})`, `Trials in ${desk}.`)
  })

  test('a second editor becomes deputy of the admin, and may invite from that day', async () => {
    const { admin: who, second: other } = people()
    await who.go(`${of}/people`)
    await who.type({ email: at('second') })
    await who.press(who.say('invitation.send'))
    await other.join(at('second'), 'Dũng Ejemplo')
    await other.go(`${of}/people`)
    await other.seesNot(other.say('invitation.title'))
    await who.go(`${of}/people`)
    await who.turn(() => who.page.locator('.rows li', { hasText: 'Bảo Ejemplo' }).getByRole('link').click())
    await who.page.locator('#person').selectOption({ label: 'Dũng Ejemplo' })
    await who.type({ until: day(-3) })
    await who.press(who.say('people.deputize'))
    expect(await who.complaints()).toEqual(['until'])
    expect(await who.page.locator('#person option:checked').innerText()).toBe('Dũng Ejemplo')
    await who.type({ until: day(7) })
    await who.press(who.say('people.deputize'))
    await who.sees(who.say('people.deputy-of', { person: 'Bảo Ejemplo' }))
    await other.go(`${of}/people`)
    await other.sees(other.say('invitation.title'), other.say('people.deputy-of', { person: 'Bảo Ejemplo' }))
  })

  test('suspended, its people read and change nothing; the reason is theirs and the secretariat’s', async () => {
    const { admin: who, ana: secretariat, visitor: anybody, second: other, editor: writer } = people()
    await secretariat.go(`${of}/standing`)
    await secretariat.choose('state', 'suspended')
    await secretariat.press(secretariat.say('standing.change'))
    expect(await secretariat.complaints()).toEqual(['reason'])
    await secretariat.type({ reason: 'No report for two years.' })
    await secretariat.press(secretariat.say('standing.change'))
    await secretariat.sees('No report for two years.', secretariat.say('standing.suspended'))
    expect((await lettersTo(() => site().world, at('admin')))[0]?.text).toContain('No report for two years.')
    await who.go(of)
    await who.sees(who.say('member.suspended'))
    await who.seesNot(who.say('member.edit'))
    expect([await who.answers(`${of}/edit`), await writer.answers(`${of}/edit/texts?in=en`), await who.answers(`${of}/standing`)]).toEqual([403, 403, 404])
    await other.go(`${of}/people`)
    await other.seesNot(other.say('invitation.title'))
    await anybody.go(of)
    await anybody.sees(anybody.say('standing.suspended'))
    await anybody.seesNot('No report for two years.', anybody.say('member.suspended'))
    await anybody.go('/members')
    expect(await anybody.page.locator(`a[href$="${of}"]`).count()).toBe(0)
    expect(
      await site().world.rows(
        sql`select s.state from members.standing s join members.organization o on o.id = s.organization_id where o.key = ${key} and s.until is null`,
      ),
    ).toEqual([{ state: 'suspended' }])
  })
})
