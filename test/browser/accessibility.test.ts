import type { BrowserContext, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { htmlLanguage, languages, type Language } from '../../src/platform/i18n/languages.ts'
import { barriers, low, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { withOneMember } from '../support/members.ts'
import { todays } from '../support/share.ts'
import { withListings } from '../support/shown.ts'
import { onTheWeb, openKind, pageKinds } from '../support/site.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
withOneMember(site)
withListings(site)

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }

// Each kind of page is looked through light and dark on both, each in one of the languages.
const looks: Record<Language, { place: string; look: typeof phone; dark: boolean }> = {
  en: { place: 'phone', look: phone, dark: false },
  es: { place: 'phone', look: phone, dark: true },
  zh: { place: 'desktop', look: desktop, dark: true },
  vi: { place: 'desktop', look: desktop, dark: false },
}

let context: BrowserContext
beforeAll(async () => {
  context = await visitor(site().browser, { viewport: phone, bypassCSP: true })
})
afterAll(() => context.close())

describe.each(languages)('in %s', (language) => {
  describe.each(pageKinds.filter((_, at) => todays(languages, 1, at).includes(language)))('$kind', (kind) => {
    let page: Page
    let answer: Response
    beforeAll(async () => {
      page = await context.newPage()
      await page.setExtraHTTPHeaders({ 'x-forwarded-for': `10.0.0.${languages.indexOf(language)}` })
      answer = await openKind(page, site(), language, kind)
      await page.evaluate('document.fonts.ready')
    })
    afterAll(() => page.close())

    test('says which language it is in and has one heading above all others', async () => {
      expect(answer.status()).toBe(kind.status)
      expect(await page.locator('html').getAttribute('lang')).toBe(htmlLanguage[language])
      expect(await page.locator('h1').count()).toBe(1)
      expect((await page.locator('h1').innerText()).trim()).not.toBe('')
    })

    test.each([320, 390])('scrolls only up and down at %i pixels', async (width) => {
      await page.setViewportSize({ width, height: 844 })
      expect(await page.evaluate(wider)).toEqual([])
    })

    test('has links to navigate by that a finger can hit', async () => {
      for (const look of [phone, desktop]) {
        await page.setViewportSize(look)
        expect(await page.evaluate(low), `at ${look.width} pixels`).toEqual([])
      }
    })

    test(`has no barrier on the ${looks[language].place}, ${looks[language].dark ? 'dark' : 'light'}`, async () => {
      const { look, dark } = looks[language]
      await page.setViewportSize(look)
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      expect(await barriers(page)).toEqual([])
    })
  })
})
