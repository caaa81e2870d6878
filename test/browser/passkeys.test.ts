import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { accounts } from '../../src/platform/access/actor.ts'
import { insertAccount, setPassword } from '../../src/platform/access/accounts.ts'
import { hashPassword } from '../../src/platform/access/passwords.ts'
import { newId } from '../../src/platform/id.ts'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { makePerson } from '../../src/modules/members/store/persons.ts'
import { membersTexts } from '../../src/modules/members/text/index.ts'
import { barriers, wider } from '../support/barriers.ts'
import { visitor } from '../support/browser.ts'
import { onTheWeb } from '../support/site.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
const password = 'bread under seven bridges'
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }

/** A browser takes passkeys for a host name, not for a bare address. */
const base = () => site().base.replace('127.0.0.1', 'localhost')

async function personIn(language: Language) {
  const { database } = site().world
  const person = { id: newId(), email: `${language}-${newId()}@example.org`, name: 'Ana Ejemplo', language }
  const hash = await hashPassword(password)
  await database.write(accounts, async (db) => {
    await insertAccount(database, db, person)
    await setPassword(database, db, person.id, hash)
    await makePerson(db, person)
  })
  return person
}

let visitors = 0
const open = (options = {}): Promise<BrowserContext> =>
  visitor(site().browser, { viewport: desktop, extraHTTPHeaders: { 'x-forwarded-for': `10.6.0.${++visitors}` }, ...options })

/** Gives the browser a device that makes passkeys and recognizes its owner, or does not. */
async function withDevice(page: Page, isUserVerified = true) {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified } as const
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', { options })
  return async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials
}

async function signIn(page: Page, language: Language, email: string) {
  await page.goto(`${base()}/${language}/sign-in`)
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: membersTexts[language]('sign-in.title'), exact: true }).click()
}

async function prove(page: Page, to: string) {
  await page.waitForURL(/\/account\/proof/)
  await page.locator('#current').fill(password)
  await page.locator('form.form button').first().click()
  await page.waitForURL((url) => url.pathname.endsWith(to))
}

/** Each page as it stands: no barrier, not too wide, light and dark; a picture of it where PUENTE_PICTURES says. */
async function look(page: Page, name: string) {
  for (const [place, size] of Object.entries({ phone, desktop })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      expect([name, place, colorScheme, await barriers(page)]).toEqual([name, place, colorScheme, []])
      expect([name, place, await page.evaluate(wider)]).toEqual([name, place, []])
      const folder = process.env['PUENTE_PICTURES']
      if (folder === undefined) continue
      mkdirSync(folder, { recursive: true })
      await page.evaluate(`document.querySelector('details.menu').open = false`)
      await page.screenshot({ path: join(folder, `${name}.${place}.${colorScheme}.png`), fullPage: true })
    }
  }
}

describe.each(['zh', 'vi'] as const)('in %s', (language) => {
  const say = membersTexts[language]
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

  test('somebody adds a passkey, signs out, and signs in with it', async () => {
    const person = await personIn(language)
    const context = await open({ bypassCSP: false })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && !/ 4\d\d /.test(message.text()) && faults.push(message.text()))
    const credentials = await withDevice(page)
    await signIn(page, language, person.email)
    await page.waitForURL(/\/account$/)
    await page.getByRole('link', { name: say('factor.passkeys'), exact: true }).click()
    await prove(page, '/account/passkeys')
    await button(page, say('factor.passkey-add')).click()
    expect(await page.evaluate(`document.querySelector('#name').validity.valueMissing`)).toBe(true)
    await page.locator('#name').fill('手机 điện thoại')
    await button(page, say('factor.passkey-add')).click()
    await page.waitForURL(/done=added/)
    expect(await page.locator('.linklist b').innerText()).toBe('手机 điện thoại')
    expect((await credentials()).map(({ rpId, isResidentCredential }) => [rpId, isResidentCredential])).toEqual([['localhost', true]])
    await page.goto(`${base()}/${language}/account`)
    await button(page, say('account.sign-out')).click()
    await page.waitForURL((url) => url.pathname === `/${language}/` || url.pathname === `/${language}`)
    await page.goto(`${base()}/${language}/sign-in?next=/account/passkeys`)
    await button(page, say('factor.passkey-sign-in')).click()
    await page.waitForURL(/\/account\/proof/)
    await button(page, say('factor.passkey-prove')).click()
    await page.waitForURL(/\/account\/passkeys$/)
    expect(await page.locator('.linklist').innerText()).not.toContain(say('factor.passkey-unused'))
    expect(faults).toEqual([])
    await context.close()
  })

  test('a device that does not recognize its owner lets nobody in, and the page says what else there is', async () => {
    const context = await open()
    const page = await context.newPage()
    await withDevice(page, false)
    await page.goto(`${base()}/${language}/sign-in`)
    expect(await page.getByText(say('factor.passkey-failed')).isVisible()).toBe(false)
    await button(page, say('factor.passkey-sign-in')).click()
    await page.getByText(say('factor.passkey-failed')).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/${language}/sign-in`)
    await context.close()
  })

  test('without JavaScript the page says that a passkey needs it, and the password works', async () => {
    const person = await personIn(language)
    const context = await open({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${base()}/${language}/sign-in`)
    expect(await page.getByText(say('factor.passkey-script')).isVisible()).toBe(true)
    expect(await button(page, say('factor.passkey-sign-in')).isVisible()).toBe(false)
    await signIn(page, language, person.email)
    await page.waitForURL(/\/account$/)
    await page.goto(`${base()}/${language}/account/passkeys`)
    await prove(page, '/account/passkeys')
    expect(await page.getByText(say('factor.passkey-script')).isVisible()).toBe(true)
    expect(await button(page, say('factor.passkey-add')).isVisible()).toBe(false)
    await context.close()
  })

  test('every page of second factor and passkeys is without barriers, on a phone and a desk, light and dark', { timeout: 120_000 }, async () => {
    const person = await personIn(language)
    const context = await open({ bypassCSP: true })
    const page = await context.newPage()
    await withDevice(page)
    await page.goto(`${base()}/${language}/sign-in`)
    await look(page, `sign-in.${language}`)
    await signIn(page, language, person.email)
    await page.waitForURL(/\/account$/)
    await page.goto(`${base()}/${language}/account/passkeys`)
    await look(page, `proof.${language}`)
    await prove(page, '/account/passkeys')
    await page.locator('#name').fill('YubiKey 5')
    await button(page, say('factor.passkey-add')).click()
    await page.waitForURL(/done=added/)
    await look(page, `passkeys.${language}`)
    await page.goto(`${base()}/${language}/account/second-factor`)
    await button(page, say('factor.start')).click()
    await page.locator('svg.qr').waitFor()
    await look(page, `setup.${language}`)
    const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '')
    await page.locator('#code').fill(TOTP.generate({ secret: Secret.fromBase32(secret) }))
    await button(page, say('factor.confirm')).click()
    await page.locator('pre.codes').waitFor()
    await look(page, `codes.${language}`)
    await page.locator('main a.btn').click()
    await page.waitForURL(/\/account\/second-factor$/)
    await look(page, `second-factor.${language}`)
    await page.goto(`${base()}/${language}/account`)
    await look(page, `account.${language}`)
    await context.clearCookies()
    await signIn(page, language, person.email)
    await page.waitForURL(/\/sign-in\/code$/)
    await look(page, `code.${language}`)
    await page.locator('#code').fill('123 456')
    await button(page, say('sign-in.title')).click()
    await page.locator('#issues').waitFor()
    await look(page, `code-wrong.${language}`)
    await context.close()
  })
})
