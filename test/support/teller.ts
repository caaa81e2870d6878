import { Secret, TOTP } from 'otpauth'
import { expect } from 'vitest'
import { membersTexts, type MembersSay } from '../../src/modules/members/text/index.ts'
import { platformTexts } from '../../src/platform/i18n/index.ts'
import { htmlLanguage, type Language } from '../../src/platform/i18n/languages.ts'
import { visitor } from './browser.ts'
import { linkTo, strong } from './persons.ts'
import type { Site } from './site.ts'

let tellers = 0

/** Somebody in a story: a browser of their own, a language, and what they do and see there. */
export type Teller = Awaited<ReturnType<typeof teller>>

/** @param manner whether their browser runs scripts, how large its window is, and whether what looks at the page may run there */
export async function teller(
  site: () => Site,
  language: Language,
  manner: { javaScriptEnabled: boolean; viewport?: { width: number; height: number }; bypassCSP?: boolean },
) {
  // A browser takes passkeys for a host name, not for a bare address.
  const base = site().base.replace('127.0.0.1', 'localhost')
  const context = await visitor(site().browser, { ...manner, extraHTTPHeaders: { 'x-forwarded-for': `10.8.0.${++tellers}` } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => void (/content security policy/i.test(message.text()) && faults.push(message.text())))
  const say: MembersSay = membersTexts[language]
  const world = () => site().world

  /** Does what leads to another page, and waits for it; an answer may have the address of the page before. */
  const turn = async (act: () => Promise<unknown>) => {
    await Promise.all([page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame()), act()])
    await page.waitForLoadState('domcontentloaded')
  }
  const go = (path: string) => page.goto(`${base}/${language}${path}`)
  const press = (name: string) => turn(() => page.getByRole('main').getByRole('button', { name, exact: true }).click())
  const type = async (fields: Record<string, string>) => {
    for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value)
  }
  /** Opens the link in the newest mail to an address; who wrote may speak another language. */
  const open = async (address: string) => {
    await page.goto(base + (await linkTo(world, address)))
    if ((await page.locator('html').getAttribute('lang')) === htmlLanguage[language]) return
    await turn(() => page.locator(`header .langs a[hreflang="${htmlLanguage[language]}"]`).click())
  }
  const isAt = () => new URL(page.url()).pathname.replace(`/${language}`, '')
  const text = () => page.locator('main').innerText()

  return {
    page,
    context,
    language,
    say,
    faults,
    go,
    press,
    type,
    isAt,
    text,
    turn,
    sayOfPlatform: platformTexts[language],
    choose: (id: string, value: string) => page.locator(`#${id}`).selectOption(value),
    follow: (name: string) => turn(() => page.getByRole('main').getByRole('link', { name, exact: true }).first().click()),
    openMail: open,
    async sees(...words: string[]) {
      const seen = await text()
      for (const each of words) expect(seen).toContain(each)
    },
    async seesNot(...words: string[]) {
      const seen = await text()
      for (const each of words) expect(seen).not.toContain(each)
    },
    /** The fields that the summary above a form complains of. */
    complaints: () => page.evaluate<string[]>(`[...document.querySelectorAll('#issues a')].map((link) => link.hash.slice(1))`),
    async answers(path: string) {
      return (await go(path))?.status()
    },
    async join(address: string, name: string) {
      await open(address)
      await type({ name, password: strong })
      await press(say('join.make'))
    },
    async signIn(email: string) {
      await go('/sign-in')
      await type({ email, password: strong })
      await press(say('sign-in.title'))
    },
    async signOut() {
      await go('/account')
      await press(say('account.sign-out'))
    },
  }
}

/** Shows once more who they are, before the way in is changed. */
export async function prove({ page, type, turn }: Teller, code?: string): Promise<void> {
  await type({ current: strong, ...(code !== undefined && { code }) })
  await turn(() => page.locator('form.form button').first().click())
}

/** Sets up an authenticator app. @returns the secret that the page showed, and one of the recovery codes */
export async function setUpCodes(who: Teller): Promise<{ secret: string; recovery: string }> {
  const { page, say, go, follow, press, type, sees } = who
  await go('/account')
  await follow(say('factor.title'))
  await prove(who)
  await press(say('factor.start'))
  const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '')
  await type({ code: TOTP.generate({ secret: Secret.fromBase32(secret) }) })
  await press(say('factor.confirm'))
  await sees(say('factor.now-on'))
  return { secret, recovery: (await page.locator('pre.codes').innerText()).split('\n')[0] ?? '' }
}

/** Signs in with password and code. */
export async function signInByCode({ say, signIn, press, type, isAt, complaints }: Teller, email: string, secret: string): Promise<void> {
  await signIn(email)
  expect(isAt()).toBe('/sign-in/code')
  await type({ code: '000 000' })
  await press(say('sign-in.title'))
  expect(await complaints()).toEqual(['code'])
  // The code with which it was set up is used; the next one is taken too.
  await type({ code: TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + 30_000 }) })
  await press(say('sign-in.title'))
  expect(isAt()).toBe('/account')
}

/** Adds a passkey on a device that recognizes its owner, and comes in with it. */
export async function comeInByPasskey(who: Teller, recovery: string): Promise<void> {
  const { page, context, say, go, follow, press, type, turn, signOut, isAt } = who
  const devTools = await context.newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const
  await devTools.send('WebAuthn.addVirtualAuthenticator', { options })
  await go('/account')
  await follow(say('factor.passkeys'))
  await prove(who, recovery)
  await type({ name: 'YubiKey' })
  await press(say('factor.passkey-add'))
  await signOut()
  await go('/sign-in')
  await turn(() => page.getByRole('button', { name: say('factor.passkey-sign-in'), exact: true }).click())
  expect(isAt()).toBe('/account')
}
