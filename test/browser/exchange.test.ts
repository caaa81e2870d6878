import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchangeTexts } from '../../src/modules/exchange/index.ts'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { barriers, wider } from '../support/barriers.ts'
import { inDays } from '../support/listing-scene.ts'
import { makeMember, makeMemberPerson } from '../support/members.ts'
import { makeSomebody, settings, type Somebody } from '../support/persons.ts'
import { onTheWeb } from '../support/site.ts'
import { teller, type Teller } from '../support/teller.ts'
import { sql } from '../support/world.ts'

const site = onTheWeb(settings)
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }
const paper = { name: 'Ficha 资料 hồ sơ.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n') }

type Story = {
  javaScriptEnabled: boolean
  viewport: { width: number; height: number }
  owner: Language
  reader: Language
  desk: Language
  title: string
  body: string
  /** What its words say that it is about, in the language of who writes and of who reads. */
  concept: { key: string; written: string; read: string }
  secret: string
  reason: string
  message: string
  answer: string
}

describe.each<Story>([
  {
    javaScriptEnabled: true,
    viewport: phone,
    owner: 'es',
    reader: 'vi',
    desk: 'en',
    title: 'Transferencia de una vacuna contra la hepatitis B',
    body: 'Nuestro instituto ofrece transferir la producción de su vacuna recombinante contra la hepatitis B, con formación en planta.',
    concept: { key: 'hepatitis-b-vaccine', written: 'vacuna contra la hepatitis B', read: 'vắc xin viêm gan B' },
    secret: 'El precio de la licencia es negociable.',
    reason: 'Say at which scale the process runs.',
    message: 'Chúng tôi muốn tiếp nhận công nghệ này tại Hà Nội.',
    answer: 'Gracias; este año ya no nos queda capacidad.',
  },
  {
    javaScriptEnabled: false,
    viewport: phone,
    owner: 'vi',
    reader: 'zh',
    desk: 'es',
    title: 'Chuyển giao quy trình sản xuất kháng thể đơn dòng',
    body: 'Viện chúng tôi chuyển giao quy trình sản xuất kháng thể đơn dòng ở quy mô 500 lít, kèm đào tạo tại nhà máy.',
    concept: { key: 'monoclonal-antibody', written: 'kháng thể đơn dòng', read: '单克隆抗体' },
    secret: 'Giá chuyển giao có thể thương lượng.',
    reason: 'Falta decir para cuándo está disponible.',
    message: '我们希望在长春引进这一工艺。',
    answer: 'Xin cảm ơn; năm nay chúng tôi không còn năng lực.',
  },
])('with JavaScript: $javaScriptEnabled, written in $owner, read in $reader, reviewed in $desk', (story) => {
  const { owner, reader, desk, concept } = story
  const names = { own: `Instituto ${owner.toUpperCase()}`, other: `Hospital ${reader.toUpperCase()}` }
  const made: Teller[] = []
  let own = ''
  let other = ''
  let [writer, admin, partner, secretary, visitor] = [] as Teller[]
  let id = ''
  const people = () => ({ writer, admin, partner, secretary, visitor }) as Record<'writer' | 'admin' | 'partner' | 'secretary' | 'visitor', Teller>

  /** Opens the browser of somebody who is signed in. */
  async function browserFor(language: Language, somebody?: Somebody) {
    const who = await teller(site, language, {
      javaScriptEnabled: story.javaScriptEnabled,
      bypassCSP: true,
      viewport: made.length % 2 === 0 ? story.viewport : desktop,
    })
    if (somebody) await who.context.addCookies([{ name: 'puente', value: somebody.token, url: site().base.replace('127.0.0.1', 'localhost') }])
    made.push(who)
    return who
  }
  const listing = async () =>
    (
      await site().world.rows(
        sql<Record<string, unknown>>`select title, body, state, reason,
          (select array_agg(concept_key) from exchange.listing_concept where listing_id = id and ended_at is null and reach = 'own') as concepts
          from exchange.listing where id = ${id}`,
      )
    )[0]
  /** What is looked at has no barriers, and fits the window. */
  const isSound = async (who: Teller) => expect([await barriersOf(who.page), await who.page.evaluate(wider)]).toEqual([[], []])
  const barriersOf = (page: Teller['page']) => (story.javaScriptEnabled ? barriers(page) : Promise.resolve([]))

  beforeAll(async () => {
    const { world } = site()
    const ana = await makeSomebody(world, 'Ana Ejemplo', ['secretariat'], desk)
    own = await makeMember(world, names.own)
    other = await makeMember(world, names.other)
    writer = await browserFor(owner, await makeMemberPerson(world, own, 'Bảo Ejemplo', 'editor'))
    admin = await browserFor(owner, await makeMemberPerson(world, own, 'Carla Ejemplo', 'admin'))
    partner = await browserFor(reader, await makeMemberPerson(world, other, 'Đào Ví dụ', 'admin'))
    secretary = await browserFor(desk, ana)
    visitor = await browserFor(reader)
  })
  afterAll(async () => {
    for (const { context, faults } of made) {
      expect(faults).toEqual([])
      await context.close()
    }
  })

  test('a member begins an offer, first with nothing said, which is told at once', async () => {
    const { writer: who } = people()
    const say = exchangeTexts[owner]
    await who.go(`/members/${own}/listings`)
    await who.follow(say('listing.begin'))
    await who.press(say('listing.go-on'))
    expect(await who.complaints()).toEqual(['direction', 'pillar', 'title'])
    await isSound(who)
    await who.page.locator('input[name=direction][value=offer]').check()
    await who.page.locator('input[name=pillar][value=technology-transfer]').check()
    await who.type({ title: story.title })
    await who.press(say('listing.go-on'))
    id = /^\/listings\/(.*)\/edit$/.exec(who.isAt())?.[1] ?? ''
    expect(await listing()).toMatchObject({ title: { [owner]: story.title }, state: 'draft' })
  })

  test('what it writes is saved, and its words offer what it is about', async () => {
    const { writer: who } = people()
    const say = exchangeTexts[owner]
    await who.sees(say('guide.offer.technology-transfer'))
    await who.type({ [`body_${owner}`]: story.body })
    if (story.javaScriptEnabled) await expect.poll(listing, { timeout: 20_000 }).toMatchObject({ body: { [owner]: story.body } })
    await who.press(say('listing.save'))
    await who.sees(say('listing.saved'), say('listing.concepts-confirm'))
    const box = who.page.getByRole('checkbox', { name: concept.written, exact: true })
    expect(await box.isChecked()).toBe(false)
    await box.check()
    await who.page.locator('input[name=forms][value=licence]').check()
    await who.type({ countries_wanted: 'Atlantis', valid_until: inDays(90) })
    await who.press(say('listing.save'))
    expect(await who.complaints()).toEqual(['countries_wanted'])
    expect([await who.page.locator('#countries_wanted').inputValue(), await box.isChecked()]).toEqual(['Atlantis', true])
    await isSound(who)
    await who.type({ countries_wanted: 'Cuba, Việt Nam' })
    await who.press(say('listing.save'))
    expect(await listing()).toMatchObject({ body: { [owner]: story.body }, concepts: [concept.key] })
    await isSound(who)
  })

  test('it attaches a file, writes the confidential part, and sends it to its own review', async () => {
    const { writer: who } = people()
    const say = exchangeTexts[owner]
    await who.follow(say('listing.back'))
    await isSound(who)
    await who.page.getByText(say('confidential.write')).click()
    await who.type({ text: story.secret })
    await who.press(say('listing.save'))
    await who.sees(story.secret)
    await who.follow(say('attachment.keep'))
    await who.page.locator('#files').setInputFiles(paper)
    await who.press(say('attachment.send'))
    await who.sees(paper.name)
    await isSound(who)
    await who.follow(say('listing.back'))
    await who.seesNot(say('verb.send'))
    await who.press(say('verb.submit'))
    await who.sees(say('state.own-review'))
    expect(await listing()).toMatchObject({ state: 'own-review' })
  })

  test('its admin sends it on, and the secretariat sends it back with a reason', async () => {
    const { writer: who, admin: head, secretary: at } = people()
    await head.go(`/members/${own}/listings`)
    await head.follow(story.title)
    await head.press(exchangeTexts[owner]('verb.send'))
    await head.sees(exchangeTexts[owner]('state.desk-review'))
    const say = exchangeTexts[desk]
    await at.go('/desk')
    await at.turn(() => at.page.locator('.figures a[href$="/desk/listings"]').click())
    await at.follow(story.title)
    await at.sees(say('listing.review-lead'), story.body, paper.name)
    await at.seesNot(story.secret)
    await at.press(say('verb.return'))
    expect(await at.complaints()).toEqual(['reason'])
    await isSound(at)
    await at.type({ reason: story.reason })
    await at.press(say('verb.return'))
    expect(await listing()).toMatchObject({ state: 'returned', reason: story.reason })
    await who.go(`/listings/${id}/edit`)
    await who.sees(exchangeTexts[owner]('listing.returned-because'), story.reason)
    await who.type({ [`sought_${owner}`]: `${story.title}.` })
    await who.press(exchangeTexts[owner]('listing.save'))
    await who.follow(exchangeTexts[owner]('listing.back'))
    await who.press(exchangeTexts[owner]('verb.submit'))
    await head.go(`/listings/${id}`)
    await head.press(exchangeTexts[owner]('verb.send'))
    await at.go(`/listings/${id}`)
    await at.press(say('verb.publish'))
    await at.sees(say('state.published'))
    expect(await listing()).toMatchObject({ state: 'published', reason: null })
  })

  test('a reader of another language finds it, sees what it is about and in which language it is', async () => {
    const { visitor: anybody } = people()
    await anybody.go('/exchange')
    await anybody.follow(story.title)
    await anybody.sees(story.body, concept.read, exchangeTexts[reader]('direction.offer'), paper.name)
    await anybody.seesNot(story.secret, exchangeTexts[reader]('interest.express'))
    expect(await anybody.page.locator('h1').getAttribute('lang')).toBe(owner)
    await isSound(anybody)
    const [download] = await Promise.all([anybody.page.waitForEvent('download'), anybody.page.getByRole('link', { name: paper.name, exact: true }).click()])
    expect(download.suggestedFilename()).toBe(paper.name)
  })

  test('another member says that it is interested, and the owner answers', async () => {
    const { writer: who, partner: by } = people()
    const [say, sayOwn] = [exchangeTexts[reader], exchangeTexts[owner]]
    await by.go(`/listings/${id}`)
    await by.seesNot(story.secret)
    await by.page.getByText(say('interest.express'), { exact: true }).click()
    await by.type({ message: story.message })
    await isSound(by)
    await by.press(say('interest.send'))
    await by.sees(say('interest.sent-already', { member: names.other }))
    await who.go(`/members/${own}/interests`)
    await who.follow(story.title)
    await who.sees(names.other, story.message)
    await isSound(who)
    await who.page.getByText(sayOwn('interest.decline'), { exact: true }).first().click()
    await who.choose('reason', 'no-capacity')
    await who.type({ answer: story.answer })
    await who.press(sayOwn('interest.decline'))
    await who.sees(sayOwn('interest.state-declined'))
    await by.go(`/members/${other}/interests?side=sent`)
    await by.follow(story.title)
    await by.sees(story.answer, say('decline.no-capacity'))
    expect(await site().world.rows(sql`select state, reason, answer from exchange.interest where listing_id = ${id}`)).toEqual([
      { state: 'declined', reason: 'no-capacity', answer: story.answer },
    ])
  })
})
