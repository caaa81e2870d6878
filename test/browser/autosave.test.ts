import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/platform/id.ts'
import { exchangeTexts } from '../../src/modules/exchange/index.ts'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { barriers, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { listingForm } from '../support/listings.ts'
import { makeMember, makeMemberPerson } from '../support/members.ts'
import { makeSomebody, type Somebody } from '../support/persons.ts'
import { onTheWeb } from '../support/site.ts'
import { sql } from '../support/world.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
let editor: Somebody
let member = ''

beforeAll(async () => {
  await makeSomebody(site().world, 'Ana Ejemplo', ['administrator'])
  member = await makeMember(site().world, 'Example Hospital')
  editor = await makeMemberPerson(site().world, member, 'Bảo Ví dụ', 'editor')
})

/** A draft of the member. @returns its id */
async function draft(): Promise<string> {
  const id = newId()
  await editor.post('/en/listings', { id, member, direction: 'offer', pillar: 'production', original: 'en', title: 'Vials' })
  await editor.post(`/en/listings/${id}/edit`, listingForm({ version: '1' }))
  return id
}
const rowOf = async (id: string) =>
  (await site().world.rows(sql<{ body: string; version: number }>`select body ->> 'en' as body, version from exchange.listing where id = ${id}`))[0]

let visitors = 0
async function open(
  id: string,
  language: Language = 'en',
  options: { javaScriptEnabled?: boolean; bypassCSP?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const { base, browser } = site()
  const phone = { width: 390, height: 844 }
  const context = await visitor(browser, { viewport: phone, extraHTTPHeaders: { 'x-forwarded-for': `10.8.0.${++visitors}` }, ...options })
  await context.addCookies([{ name: 'puente', value: editor.token, url: base }])
  const page = await context.newPage()
  await page.goto(`${base}/${language}/listings/${id}/edit`)
  return { context, page }
}
const status = (page: Page) => page.locator('[data-autosaved]')
const says = async (page: Page, words: string) => {
  await status(page).getByText(words).waitFor({ timeout: 20_000 })
}
/** The beginning of a sentence, before the time in it. */
const beginning = (language: Language, what: 'saved' | 'stale' | 'wrong' | 'failed' | 'kept') =>
  exchangeTexts[language](`autosave.${what}`, { time: '|' }).split('|')[0]?.trim() ?? ''

test.each(languages)('what is written is saved by itself, and the page says when, in %s', async (language) => {
  const id = await draft()
  const { context, page } = await open(id, language)
  await page.locator('#body_en').fill(`Written in ${language}.`)
  await says(page, beginning(language, 'saved'))
  expect(await status(page).innerText()).toMatch(/\d{1,2}:\d{2}/)
  expect(await rowOf(id)).toEqual({ body: `Written in ${language}.`, version: 3 })
  await page.locator('#body_en').pressSequentially(' And more.')
  await expect.poll(() => rowOf(id), { timeout: 20_000 }).toEqual({ body: `Written in ${language}. And more.`, version: 4 })
  await says(page, beginning(language, 'saved'))
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  expect(await page.evaluate(wider)).toEqual([])
  await page.locator('form.form button.btn').first().click()
  await page.waitForURL(/\?saved$/)
  expect((await rowOf(id))?.version).toBe(5)
  await context.close()
})

test('of a listing that somebody else has changed it says so, writes nothing, and offers later what was typed', async () => {
  const id = await draft()
  const { context, page } = await open(id)
  await editor.post(`/en/listings/${id}/edit`, listingForm({ version: '2', body_en: 'By a colleague.' }))
  await page.locator('#body_en').fill('By me.')
  await says(page, beginning('en', 'stale'))
  await page.locator('#timing').fill('Later.')
  await wait(5000)
  expect(await rowOf(id)).toEqual({ body: 'By a colleague.', version: 3 })
  await page.goto(page.url())
  expect(await page.locator('#body_en').inputValue()).toBe('By a colleague.')
  await says(page, beginning('en', 'kept'))
  await page.getByRole('button', { name: 'Put it back' }).click()
  expect([await page.locator('#body_en').inputValue(), await page.locator('#timing').inputValue()]).toEqual(['By me.', 'Later.'])
  await expect.poll(() => rowOf(id), { timeout: 20_000 }).toEqual({ body: 'By me.', version: 4 })
  await context.close()
})

test('what is wrong, or does not arrive, is kept until it can be saved', async () => {
  const id = await draft()
  const { context, page } = await open(id)
  await page.locator('#countries_wanted').fill('Atlantis')
  await says(page, beginning('en', 'wrong'))
  expect((await rowOf(id))?.version).toBe(2)
  await context.setOffline(true)
  await page.locator('#countries_wanted').fill('Cuba')
  await says(page, beginning('en', 'failed'))
  await context.setOffline(false)
  await page.locator('#body_en').fill('Online again.')
  await says(page, beginning('en', 'saved'))
  expect(await rowOf(id)).toEqual({ body: 'Online again.', version: 3 })
  await context.close()
})

test('the page is without barriers, also while something is offered', async () => {
  const id = await draft()
  const { context, page } = await open(id, 'en', { bypassCSP: true })
  await page.evaluate((key) => localStorage.setItem(`draft ${key}`, 'body_en=Kept'), id)
  await page.goto(page.url())
  await says(page, beginning('en', 'kept'))
  expect([await barriers(page), await page.evaluate(wider)]).toEqual([[], []])
  await context.close()
})

test('without scripts nothing is said, and the button saves', async () => {
  const id = await draft()
  const { context, page } = await open(id, 'en', { javaScriptEnabled: false })
  await page.locator('#body_en').fill('By the button.')
  expect(await status(page).innerText()).toBe('')
  await page.locator('form.form button.btn').first().click()
  await page.waitForURL(/\?saved$/)
  expect(await rowOf(id)).toEqual({ body: 'By the button.', version: 3 })
  await context.close()
})

test('its scripts weigh at most thirty kilobytes, even before they are packed', async () => {
  const html = await (await editor.get(`/en/listings/${await draft()}/edit`)).text()
  const paths = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, path = '']) => path)
  expect(paths.filter((path) => path.includes('autosave'))).toHaveLength(1)
  const sizes = await Promise.all(paths.map(async (path) => (await (await site().world.ask(path)).arrayBuffer()).byteLength))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30 * 1024)
})
