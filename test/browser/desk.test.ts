import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { thePublic } from '../../src/platform/access/actor.ts'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { newId } from '../../src/platform/id.ts'
import { queueMail } from '../../src/platform/mail/mail.ts'
import { barriers, low, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { makeSomebody } from '../support/persons.ts'
import { onTheWeb } from '../support/site.ts'
import { sql } from '../support/world.ts'
import { todays } from '../support/share.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }

// Half of the languages see the phone dark, the others the desktop.
const darkOnPhone = new Set<Language>(['es', 'vi'])
const [report, closed, correction] = [newId(), newId(), newId()]
let mail = ''
let context: BrowserContext

beforeAll(async () => {
  const { world, base, browser } = site()
  const { token } = await makeSomebody(world, 'Nguyễn Thị Ánh Nguyệt Ví Dụ Có Tên Rất Dài', ['administrator', 'secretariat'])
  for (const id of [report, closed])
    await world.post('/es/reports', {
      id,
      about: '/organizations/cigb',
      reason: 'harm',
      claim: `Un párrafo ${'muy '.repeat(60)}largo.`,
      contact: 'lectora@example.org',
    })
  await world.post('/zh/corrections', {
    id: correction,
    about: '/agreements/a-001',
    claim: '签署日期有误。',
    evidence: 'https://www.example.org/history',
    contact: '',
  })
  await world.rows(sql`update members.report set outcome = 'changed', note = 'x', closed_at = now(), version = 2 where id = ${closed}`)
  mail = await world.database.write(thePublic, (db) =>
    queueMail(db, world.secrets, {
      to: `${'a'.repeat(60)}@${'subdomain.'.repeat(8)}example.org`,
      language: 'vi',
      subject: 'Mật khẩu mới',
      body: `Chào bạn,\n\n${base}/vi/password/${'x'.repeat(43)}`,
    }),
  )
  await world.rows(sql`update app.mail set refused_at = now(), attempts = 1, refusal = ${`550-5.7.1 ${'refused '.repeat(40)}`} where id = ${mail}`)
  context = await visitor(browser, { viewport: phone, bypassCSP: true, extraHTTPHeaders: { 'x-forwarded-for': '10.0.1.1' } })
  await context.addCookies([{ name: 'puente', value: token, url: base }])
})
afterAll(() => context.close())

const pages: [string, () => string][] = [
  ['overview', () => '/desk'],
  ['outbox', () => '/desk/outbox'],
  ['mail', () => `/desk/outbox/${mail}`],
  ['list of reports', () => '/desk/reports'],
  ['report', () => `/desk/reports/${report}`],
  ['report that is closed', () => `/desk/reports/${closed}?done`],
  ['list of corrections', () => '/desk/corrections'],
  ['correction', () => `/desk/corrections/${correction}`],
]

describe.each(languages)('at the desk, in %s', (language) => {
  test.each(pages.filter((_, at) => todays(languages, 1, at).includes(language)))('the %s has no barrier, on the phone and on the desktop', async (_, path) => {
    const page = await context.newPage()
    try {
      expect((await page.goto(`${site().base}/${language}${path()}`))?.status()).toBe(200)
      for (const width of [320, phone.width]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await page.evaluate(wider), `wider than ${width} pixels`).toEqual([])
      }
      for (const look of [phone, desktop]) {
        await page.setViewportSize(look)
        await page.emulateMedia({ colorScheme: (look === phone) === darkOnPhone.has(language) ? 'dark' : 'light' })
        expect(await barriers(page), `at ${look.width} pixels`).toEqual([])
        expect(await page.evaluate(low), `at ${look.width} pixels`).toEqual([])
      }
    } finally {
      await page.close()
    }
  })
})

test('a report is closed by keyboard alone, without scripts', async () => {
  const { base, browser, world } = site()
  const [cookie] = await context.cookies(base)
  const plain = await visitor(browser, { javaScriptEnabled: false, extraHTTPHeaders: { 'x-forwarded-for': '10.0.1.2' } })
  if (cookie) await plain.addCookies([cookie])
  const page = await plain.newPage()
  await page.goto(`${base}/en/desk/reports/${report}`)
  await page.getByRole('button', { name: 'Close' }).press('Enter')
  expect(await page.getByRole('alert').innerText()).toContain('Outcome: is missing')
  await page.getByRole('radio', { name: 'Page changed' }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Note').fill('Thank you.')
  await page.getByRole('button', { name: 'Close' }).press('Enter')
  expect(await page.getByRole('status').innerText()).toBe('It is closed.')
  expect(await world.rows(sql`select outcome, note from members.report where id = ${report}`)).toEqual([{ outcome: 'changed', note: 'Thank you.' }])
  await plain.close()
})
