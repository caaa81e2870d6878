import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { barriers, low, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { makeApiKey } from '../support/api-keys.ts'
import { makeMembersScene, type Scene } from '../support/members-scene.ts'
import { onTheWeb } from '../support/site.ts'
import { sql, type World } from '../support/world.ts'
import { todays } from '../support/share.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }

// Half of the languages see the phone dark, the others the desktop.
const darkOnPhone = new Set<Language>(['es', 'vi'])
type Who = 'desk' | 'admin' | 'visitor'

let scene: Scene
let as: Record<Who, BrowserContext>

async function signedIn(browser: Browser, base: string, token: string, address: string): Promise<BrowserContext> {
  const context = await visitor(browser, { viewport: phone, bypassCSP: true, extraHTTPHeaders: { 'x-forwarded-for': address } })
  await context.addCookies([{ name: 'puente', value: token, url: base }])
  return context
}

/** Keys of a member in every state, one with the longest name, none of the admin's own; and the admin has shown who they are for as long as this takes. */
async function makeKeys(world: World, { admin, member }: Scene): Promise<void> {
  const names = ['Hệ thống quản lý phòng xét nghiệm', '实验室信息管理系统'.repeat(11), `${'a'.repeat(60)} ${'b'.repeat(39)}`, 'ward', 'old']
  for (const name of names) await makeApiKey(world, admin, { member, name })
  await world.rows(sql`update auth.api_key set ended_at = now() where name = 'ward'`)
  await world.rows(
    sql`update auth.api_key set made_at = now() - interval '9 days', ends_at = now() - interval '1 day', used_at = now() - interval '2 days' where name = 'old'`,
  )
  await world.rows(sql`update auth.session set proven_at = now() + interval '1 hour' where account_id = ${admin.id}::uuid`)
}

beforeAll(async () => {
  const { world, base, browser } = site()
  scene = await makeMembersScene(world)
  await makeKeys(world, scene)
  as = {
    desk: await signedIn(browser, base, scene.desk.token, '10.0.3.1'),
    admin: await signedIn(browser, base, scene.admin.token, '10.0.3.2'),
    visitor: await visitor(browser, { viewport: phone, bypassCSP: true, extraHTTPHeaders: { 'x-forwarded-for': '10.0.3.3' } }),
  }
}, 120_000)
afterAll(() => Promise.all(Object.values(as).map((context) => context.close())))

const of = (rest: string) => () => `/members/${scene.member}${rest}`
const pages: [string, Who, () => string][] = [
  ['page of a member, for the secretariat', 'desk', of('')],
  ['page of a member, for its admin', 'admin', of('')],
  ['form of the facts', 'admin', of('/edit')],
  ['form of the texts', 'admin', of('/edit/texts?in=vi')],
  ['people, for the admin', 'admin', of('/people')],
  ['change of a role', 'admin', () => `/members/${scene.member}/people?change=${scene.role}`],
  ['keys of a member', 'admin', of('/api-keys')],
  ['form for a key of a member', 'admin', of('/api-keys/new')],
  ['own keys', 'admin', () => '/account/api-keys'],
  ['mail and feed of new counterparts', 'admin', () => '/account/matches'],
  ['saved searches', 'admin', () => '/account/searches'],
  ['saving a search', 'admin', () => '/account/searches/new?q=dengue'],
  ['claim, for the member', 'admin', of('/claim')],
  ['claim form', 'admin', () => '/organizations/cigb/claim'],
  ['standing', 'desk', of('/standing')],
  ['application, for who sent it', 'admin', () => `/applications/${scene.application}`],
  ['application, for the secretariat', 'desk', () => `/applications/${scene.application}`],
  ['application of an organization with a long name', 'desk', () => `/applications/${scene.long}`],
  ['queue of applications', 'desk', () => '/desk/applications'],
  ['list of claims', 'desk', () => '/desk/claims'],
  ['claim on the desk', 'desk', () => `/claims/${scene.claim}`],
  ['members without an admin', 'desk', () => '/desk/members'],
  ['form that enters a member', 'desk', () => '/desk/members/new'],
  ['networks', 'desk', () => '/desk/networks'],
  ['crew', 'desk', () => '/desk/networks/network'],
  ['account', 'admin', () => '/account'],
  ['invitation, for somebody new', 'visitor', () => scene.joining],
  ['invitation, for somebody else who is signed in', 'admin', () => scene.joining],
]

const lookedOnPhone = new Set<Language>(['en', 'es'])

async function keep(page: Awaited<ReturnType<BrowserContext['newPage']>>, name: string) {
  const folder = process.env['PUENTE_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.evaluate(`document.querySelector('details.menu').open = false`)
  await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
}

/** Looks at a page on the phone and on the desktop. A picture of each is kept where PUENTE_PICTURES says. */
async function look(context: BrowserContext, language: Language, path: string, name: string, axe = true) {
  const page = await context.newPage()
  try {
    expect((await page.goto(`${site().base}/${language}${path}`))?.status()).toBe(200)
    await page.evaluate('document.fonts.ready')
    for (const width of [320, phone.width]) {
      await page.setViewportSize({ width, height: 844 })
      expect(await page.evaluate(wider), `wider than ${width} pixels`).toEqual([])
    }
    for (const view of [phone, desktop]) {
      await page.setViewportSize(view)
      await page.emulateMedia({ colorScheme: (view === phone) === darkOnPhone.has(language) ? 'dark' : 'light' })
      await keep(page, `${name} ${language} ${view.width}`)
      // Light and dark, phone and desktop: each looked through in one of the languages.
      if (axe && (view === phone) === lookedOnPhone.has(language)) expect(await barriers(page), `at ${view.width} pixels`).toEqual([])
      expect(await page.evaluate(low), `at ${view.width} pixels`).toEqual([])
    }
    return await page.content()
  } finally {
    await page.close()
  }
}

describe.each(languages)('of the members, in %s', (language) => {
  test.each(pages.filter((_, at) => todays(languages, 1, at).includes(language)))(
    'the %s has no barrier, on the phone and on the desktop',
    async (name, who, path) => {
      await look(as[who], language, path(), name)
    },
  )
})

test('fifty people and thirty messages are still lists: forms stand only where one is at work', async () => {
  const people = await look(as.desk, 'vi', `/members/${scene.crowded}/people`, 'fifty people', false)
  expect([people.split('<li').length > 50, people.split('<form').length < 10]).toEqual([true, true])
  const thread = await look(as.desk, 'zh', `/applications/${scene.talked}`, 'thirty messages', false)
  expect([thread.split('class="applicant"').length + thread.split('class="secretariat"').length - 2, thread.includes('<details class="folded">')]).toEqual([
    30,
    true,
  ])
})

test('a key is refused with all that is wrong, then made and shown once', async () => {
  const page = await as.admin.newPage()
  const looked = async (name: string) => {
    for (const view of [phone, desktop]) {
      await page.setViewportSize(view)
      await keep(page, `${name} ${view.width}`)
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate(wider)).toEqual([])
    }
  }
  await page.goto(`${site().base}/es/account/api-keys/new`)
  await page.locator('main form.form button').click()
  await page.locator('#issues').waitFor()
  await looked('key wrong')
  await page.locator('#name').fill('sistema del laboratorio')
  await page.locator('input[name=scopes]').first().check()
  await page.locator('main form.form button').click()
  const token = (await page.locator('code.secret').textContent()) ?? ''
  await looked('key made')
  await page.locator('main a.btn.quiet').click()
  await page.waitForURL('**/es/account/api-keys')
  await page.waitForLoadState()
  expect([token.length, (await page.content()).includes(token)]).toEqual([50, false])
  await page.close()
})

test('empty lists and a form with everything wrong', async () => {
  await look(as.desk, 'zh', '/desk/applications?state=withdrawn', 'empty queue')
  await look(as.desk, 'vi', `/members/${scene.bare}`, 'member without texts')
  await look(as.desk, 'es', `/members/${scene.bare}/people`, 'nobody acts')
  const page = await as.desk.newPage()
  for (const [path, name] of [
    ['/vi/desk/members/new', 'enter wrong'],
    [`/zh/applications/${scene.application}`, 'decline wrong'],
  ] as const) {
    await page.goto(site().base + path)
    if (path.includes('/applications/')) await page.locator('details.folded summary').last().click()
    await page.locator('main form.form button').last().click()
    await page.locator('#issues').waitFor()
    for (const view of [phone, desktop]) {
      await page.setViewportSize(view)
      await keep(page, `${name} ${view.width}`)
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate(wider)).toEqual([])
    }
  }
  await page.close()
})
