import { describe, expect, test } from 'vitest'
import { membersTexts } from '../../src/modules/members/index.ts'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { barriers, low, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { withDemo } from '../support/demo.ts'
import { onTheWeb } from '../support/site.ts'
import { todays } from '../support/share.ts'

const site = onTheWeb({}, withDemo)

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }
const darkOnPhone = new Set<Language>(['es', 'vi'])

describe.each(todays(languages, 1))('the demonstration in %s', (language) => {
  test('one chooses who one is with one click, also without JavaScript', async () => {
    const context = await visitor(site().browser, { viewport: phone, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${site().base}/${language}`)
    await page.locator('.demo a').click()
    await page.getByRole('button', { name: membersTexts[language]('demo.as', { name: 'Nguyễn Ví Dụ Bảo' }), exact: true }).click()
    expect(new URL(page.url()).pathname).toBe(`/${language}/members/example-hospital-hanoi`)
    await page.locator('.demo a').click()
    expect(await page.locator('.note').innerText()).toContain(membersTexts[language]('demo.now', { name: 'Nguyễn Ví Dụ Bảo' }))
    await page.getByRole('button', { name: membersTexts[language]('demo.public') }).click()
    await page.waitForLoadState('networkidle')
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('puente')
    await context.close()
  })

  test.each([
    { look: phone, dark: darkOnPhone.has(language) },
    { look: desktop, dark: !darkOnPhone.has(language) },
  ])('its pages have no barrier: $look.width pixels, dark: $dark', async ({ look, dark }) => {
    const context = await visitor(site().browser, { viewport: look, colorScheme: dark ? 'dark' : 'light', bypassCSP: true })
    const page = await context.newPage()
    for (const path of ['/demo', '/members/example-hospital-hanoi', '/members']) {
      await page.goto(`${site().base}/${language}${path}`)
      await page.evaluate('document.fonts.ready')
      // The row of its own: the head below it is no higher than elsewhere.
      expect((await page.locator('header').boundingBox())?.height).toBeLessThan(180)
      expect([path, await barriers(page), await page.evaluate(wider), await page.evaluate(low)]).toEqual([path, [], [], []])
    }
    await context.close()
  })
})
