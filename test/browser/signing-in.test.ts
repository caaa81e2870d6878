import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishTerms } from '../../src/modules/members/actions/terms.ts'
import { firstLink } from '../../src/modules/members/index.ts'
import { membersTexts } from '../../src/modules/members/text/index.ts'
import { languages } from '../../src/platform/i18n/languages.ts'
import { visitor } from '../support/browser.ts'
import { startProvider } from '../support/provider.ts'
import { sql } from '../support/world.ts'
import { onTheWeb } from '../support/site.ts'

const provider = await startProvider()
afterAll(() => provider.close())
const site = onTheWeb({ PUENTE_PROXIES: '1', ...provider.settings })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] }
const strong = 'bread under seven bridges'

/** What a page has that bars somebody, or that is wider than a phone. */
async function barriers(page: Page): Promise<string[]> {
  // While fonts come in, lines move.
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  await page.evaluate(axe)
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(`axe.run(document, ${JSON.stringify(rules)})`)
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), ...(wide ? ['wider than the window'] : [])]
}

// While there are no terms yet; each is the first administrator in turn.
beforeAll(async () => {
  const { world } = site()
  for (const language of languages) {
    await world.rows(sql`update members.office set valid_to = now() + interval '1 millisecond' where valid_to is null`)
    const path = await firstLink(world.database)
    expect((await world.post(`/en${path}`, { name: 'Ana Ejemplo', email: `${language}@example.org`, password: strong })).status).toBe(303)
  }
})

describe.each([
  { language: 'zh', dark: false, javaScriptEnabled: true },
  { language: 'vi', dark: true, javaScriptEnabled: true },
  { language: 'es', dark: false, javaScriptEnabled: false },
  { language: 'en', dark: true, javaScriptEnabled: false },
] as const)('in $language, dark: $dark, with JavaScript: $javaScriptEnabled', ({ language, dark, javaScriptEnabled }) => {
  test('somebody comes by a provider, joins their account with it, accepts the terms, and comes again', async () => {
    const say = membersTexts[language]
    const at = languages.indexOf(language)
    const { base, browser, world } = site()
    const email = `${language}@example.org`
    provider.person = { sub: language, email, verified: true }
    const context = await visitor(browser, {
      viewport: { width: 390, height: 844 },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled,
      extraHTTPHeaders: { 'x-forwarded-for': `10.7.0.${at}` },
    })
    const page = await context.newPage()
    const refusedByPolicy: string[] = []
    page.on('console', (message) => void (/content security policy/i.test(message.text()) && refusedByPolicy.push(message.text())))
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const arrive = (path: string) => page.waitForURL((url) => url.origin === base && url.pathname + url.search === `/${language}${path}`)
    const sound = async () => javaScriptEnabled && expect(await barriers(page)).toEqual([])
    const byProvider = say('openid.button', { name: 'Instituto Ejemplo' })

    await page.goto(`${base}/${language}/sign-in`)
    await sound()
    await press(byProvider)
    await arrive('/sign-in/openid/join')
    await sound()
    await page.getByRole('link', { name: say('openid.join-sign-in') }).click()
    await publishTerms(world.database, { en: `# One\n\nBe fair ${at}.`, es: '# Uno\n\nSea justo.', zh: '# 一\n\n公平。', vi: '# Một\n\nCông bằng.' })
    await page.fill('#email', email)
    await page.fill('#password', strong)
    await press(say('sign-in.title'))
    await arrive('/terms/accept?next=%2Faccount%2Fopenid%2Fjoin')
    await sound()
    await press(say('terms.accept'))
    await page.locator('#issues').waitFor()
    await sound()
    await page.locator('#agree').check()
    await press(say('terms.accept'))
    await arrive('/account/openid/join')
    await sound()
    await press(say('openid.connect'))
    await arrive('/account/openid?done=connected')
    await sound()
    await page.goto(`${base}/${language}/account`)
    await sound()
    await press(say('account.sign-out'))

    await page.goto(`${base}/${language}/sign-in?next=/map`)
    await press(byProvider)
    await arrive('/map')
    await page.goto(`${base}/${language}/terms`)
    await sound()
    expect(refusedByPolicy).toEqual([])
    await context.close()
  }, 60_000)
})
