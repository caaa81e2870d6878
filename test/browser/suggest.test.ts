import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { exchangeTexts } from '../../src/modules/exchange/index.ts'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { barriers, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { begin, save } from '../support/listing-scene.ts'
import { makeMember, makeMemberPerson } from '../support/members.ts'
import { browserOf, makeSomebody, settings, statusAndPlace, type Somebody } from '../support/persons.ts'
import { onTheWeb } from '../support/site.ts'
import { sql } from '../support/world.ts'

const site = onTheWeb(settings)
let editor: Somebody
let draft = ''

beforeAll(async () => {
  const { world } = site()
  await makeSomebody(world, 'Ana Ejemplo', ['administrator'])
  const own = await makeMember(world, 'Example Biotech')
  for (const name of ['Example Rival', 'Example Rivalry', 'Bệnh viện Ví dụ']) await makeMember(world, name, { logo: false })
  editor = await makeMemberPerson(world, own, 'Bảo Ví dụ', 'editor')
  draft = await begin(editor, own)
  await save(world, editor, draft)
})

let visitors = 0
async function open(language: Language, options: { javaScriptEnabled?: boolean; bypassCSP?: boolean } = {}): Promise<{ context: BrowserContext; page: Page }> {
  const { base, browser } = site()
  const context = await visitor(browser, { viewport: { width: 390, height: 844 }, extraHTTPHeaders: { 'x-forwarded-for': `10.8.1.${++visitors}` }, ...options })
  await context.addCookies([{ name: 'puente', value: editor.token, url: base }])
  const page = await context.newPage()
  await page.goto(`${base}/${language}/listings/${draft}/edit`)
  return { context, page }
}
const offered = (page: Page) => page.locator('.suggested').getByRole('option')
const options = (page: Page) => offered(page).allInnerTexts()
const keys = async (page: Page) => (await options(page)).map((text) => text.split('\n').at(-1))

test.each(languages)('names of members are offered while somebody types, and taken by keys alone, in %s', async (language) => {
  const { context, page } = await open(language, { bypassCSP: true })
  const field = page.getByRole('combobox', { name: exchangeTexts[language]('listing.hidden_from') })
  await field.focus()
  await page.keyboard.type('benh vien vi')
  await offered(page).first().waitFor()
  expect(await keys(page)).toEqual(['benh-vien-vi-du'])
  expect(await field.getAttribute('aria-expanded')).toBe('true')
  await page
    .getByRole('status')
    .filter({ hasText: exchangeTexts[language]('suggest.found') })
    .waitFor()
  expect([await barriers(page), await page.evaluate(wider)]).toEqual([[], []])
  await field.focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.locator(`#${await field.getAttribute('aria-activedescendant')}`).getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('benh-vien-vi-du, ')
  await page.keyboard.type('rival')
  await offered(page).first().waitFor()
  expect(new Set(await keys(page))).toEqual(new Set(['example-rival', 'example-rivalry']))
  await page.keyboard.press('Escape')
  expect([await options(page), await field.inputValue()]).toEqual([[], 'benh-vien-vi-du, rival'])
  await page.keyboard.type('ry')
  await offered(page).first().click()
  expect(await field.inputValue()).toBe('benh-vien-vi-du, example-rivalry, ')
  await page.keyboard.type('zzzz')
  await page
    .getByRole('status')
    .filter({ hasText: exchangeTexts[language]('suggest.none') })
    .waitFor()
  await context.close()
})

test('what is taken is saved with the rest, and the keys send no form before', async () => {
  const { context, page } = await open('en')
  await page.locator('input[name=audience][value=network]').check()
  await page.locator('#hidden_from').pressSequentially('example rivalry')
  await offered(page).first().waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const hidden = () =>
    site().world.rows(sql`select o.key from exchange.hiding h join members.organization o on o.id = any (h.organizations) where h.listing_id = ${draft}`)
  await expect.poll(hidden, { timeout: 20_000 }).toEqual([{ key: 'example-rivalry' }])
  await context.close()
})

test('where one member is named, its key takes the place of what was typed', async () => {
  await editor.post(`/en/listings/${draft}/confidential`, { text: 'Prices.', language: 'en', version: '0' })
  const { context, page } = await open('en')
  await page.goto(page.url().replace('/edit', ''))
  await page.locator('#member').pressSequentially('example, rivalry')
  await offered(page).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await page.locator('#member').inputValue()).toBe('example-rivalry')
  await page.locator('#signed_on').fill('2026-01-31')
  await page.getByRole('button', { name: exchangeTexts.en('undertaking.record') }).click()
  await page.getByRole('link', { name: 'Example Rivalry' }).waitFor()
  await context.close()
})

test('without scripts nothing is offered, and the name is typed', async () => {
  const { context, page } = await open('es', { javaScriptEnabled: false })
  await page.locator('#hidden_from').fill('Example Rival')
  expect(await page.getByRole('combobox', { name: exchangeTexts.es('listing.hidden_from') }).count()).toBe(0)
  await page.locator('form.form button.btn').first().click()
  await page.waitForURL(/\?saved$/)
  expect(await page.locator('#hidden_from').inputValue()).toBe('example-rival')
  await context.close()
})

test('whoever is not signed in is asked to, and a question that is none is refused', async () => {
  const stranger = browserOf(() => site().world)
  expect(statusAndPlace(await stranger.get('/en/member-names?q=rival'))).toEqual([303, '/en/sign-in?next=%2Fmember-names%3Fq%3Drival'])
  expect((await editor.get('/en/member-names?q=rival&state=left')).status).toBe(422)
  expect(await (await editor.get('/en/member-names')).json()).toEqual({ items: [] })
})
