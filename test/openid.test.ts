import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { firstLink } from '../src/modules/members/index.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { browserOf, type Browser } from './support/persons.ts'
import { startProvider, throughProvider, type Known } from './support/provider.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const provider = await startProvider()
const mute: Server = createServer(() => {})
await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
afterAll(async () => {
  await provider.close()
  mute.closeAllConnections()
  mute.close()
})

const strong = 'bread under seven bridges'
const settings = { PUENTE_PROXIES: '1', ...provider.settings }
const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]

/** Where a page of ours sends the browser on. */
const onward = (answer: Response) => answer.headers.get('refresh')?.replace(/^0; url=/, '') ?? ''
const pathOf = (url: string) => url.slice(new URL(url).origin.length)

/** Sets out from a page of ours and goes through the provider as somebody. @returns the address to come back to */
async function goThrough(browser: Browser, person: Known | undefined, from = '/es/sign-in/openid', fields: Record<string, string> = {}) {
  provider.person = person
  const answer = await browser.post(from, fields)
  expect(answer.status).toBe(200)
  return pathOf(await throughProvider(onward(answer)))
}

const ana: Known = { sub: 'ana-7', email: 'Ana@hospital.example.org', verified: true }
const account = { name: 'Ana Ejemplo', email: 'ana@hospital.example.org', password: strong }

const sessions = async (world: World) => (await world.rows(sql<{ n: number }>`select count(*)::int as n from auth.session`))[0]?.n
const identities = (world: World) =>
  world.rows(sql`select issuer, subject, ended_at is null as stands, used_at is not null as used from auth.identity order by made_at`)
const verbs = (world: World) => world.rows(sql<{ verb: string }>`select verb from app.log_entry where verb like 'members.identity.%' order by position`)

async function makeAccount(world: World, of = account) {
  const browser = browserOf(() => world)
  const path = await firstLink(world.database)
  expect((await browser.post(`/en${path}`, of)).status).toBe(303)
  return browser
}

onBothEngines(
  'an identity of a provider',
  (world) => {
    test('the sign-in page offers it in each language; nothing is asked before somebody wants it', async () => {
      provider.asked.length = 0
      for (const language of languages) {
        const text = await (await world().ask(`/${language}/sign-in`)).text()
        expect(text).toContain(`action="/${language}/sign-in/openid"`)
        expect(text).toContain('Instituto Ejemplo')
      }
      expect(provider.asked).toEqual([])
    })

    test('that belongs to nobody gets a page that says how one gets an account, and no session', async () => {
      for (const person of [{ sub: 'nobody', email: 'nobody@example.org', verified: true }, { sub: 'bare' }]) {
        const browser = browserOf(world)
        const answer = await browser.get(await goThrough(browser, person))
        expect([answer.status, answer.headers.get('content-language')]).toEqual([403, 'es'])
        expect(await answer.text()).toContain('invitación')
        expect([...browser.cookies.keys()]).toEqual([])
      }
      expect([await sessions(world()), await identities(world())]).toEqual([0, []])
    })

    test('with the address of an account waits until its holder has signed in and said yes', async () => {
      await makeAccount(world())
      const browser = browserOf(world)
      expect(statusAndPlace(await browser.get(await goThrough(browser, ana)))).toEqual([303, '/es/sign-in/openid/join'])
      expect(await identities(world())).toEqual([])
      expect(await (await browser.get('/es/sign-in/openid/join')).text()).toContain('href="/es/sign-in?next=%2Faccount%2Fopenid%2Fjoin"')
      expect(statusAndPlace(await browser.get('/es/account/openid/join'))).toEqual([303, '/es/sign-in?next=%2Faccount%2Fopenid%2Fjoin'])
      const signedIn = await browser.post('/es/sign-in', { email: account.email, password: strong, next: '/account/openid/join' })
      expect(statusAndPlace(signedIn)).toEqual([303, '/es/account/openid/join'])
      expect((await browser.get('/es/account/openid/join')).status).toBe(200)
      expect(await identities(world())).toEqual([])
      const yes = await Promise.all([browser.post('/es/account/openid/join', {}), browser.post('/es/account/openid/join', {})])
      expect(yes.map(statusAndPlace)).toEqual([
        [303, '/es/account/openid?done=connected'],
        [303, '/es/account/openid?done=connected'],
      ])
      expect(await identities(world())).toEqual([{ issuer: `${provider.issuer}/`, subject: 'ana-7', stands: true, used: false }])
      expect(await verbs(world())).toEqual([{ verb: 'members.identity.connected' }])
    })

    test('signs in from then on, to where they wanted, whatever address it has now', async () => {
      const browser = browserOf(world)
      const back = await goThrough(browser, { sub: 'ana-7', email: 'other@example.org', verified: true }, '/vi/sign-in/openid', { next: '/organizations/cigb' })
      expect(statusAndPlace(await browser.get(back))).toEqual([303, '/vi/organizations/cigb'])
      expect((await browser.get('/vi/account')).status).toBe(200)
      const page = await (await browser.get('/vi/account/openid')).text()
      expect(page).toContain('action="/vi/account/openid/end"')
      const [entry] = await world().rows(sql<{ payload: unknown }>`select p.payload from app.log_entry e join app.log_payload p on p.entry_id = e.id
        where e.verb = 'members.session.started' order by e.position desc limit 1`)
      expect(JSON.stringify(entry)).toContain('openid')
      const tempted = browserOf(world)
      const elsewhere = await goThrough(tempted, ana, '/vi/sign-in/openid', { next: 'https://evil.example.org/' })
      expect(statusAndPlace(await tempted.get(elsewhere))).toEqual([303, '/vi/account'])
    })

    test('whose address is not verified is nobody, though there is such an account', async () => {
      const browser = browserOf(world)
      expect((await browser.get(await goThrough(browser, { sub: 'liar', email: account.email, verified: false }))).status).toBe(403)
    })

    test('is not joined by somebody else who signs in meanwhile', async () => {
      const browser = browserOf(world)
      await world().rows(
        sql`insert into auth.account (id, email, name, language) values ('00000000-0000-7000-8000-0000000000aa', 'bao@example.org', 'Bảo', 'vi')`,
      )
      expect(statusAndPlace(await browser.get(await goThrough(browser, { sub: 'bao-1', email: 'bao@example.org', verified: true })))[1]).toMatch(/join$/)
      await browser.post('/en/sign-in', { email: account.email, password: strong })
      expect(statusAndPlace(await browser.get('/en/account/openid/join'))).toEqual([303, '/en/account'])
      expect(statusAndPlace(await browser.post('/en/account/openid/join', {}))).toEqual([303, '/en/account/openid'])
      expect((await identities(world())).length).toBe(1)
    })
  },
  settings,
)

onBothEngines(
  'somebody signed in',
  (world) => {
    let browser: Browser
    const connect = async (person: Known) => browser.get(await goThrough(browser, person, '/zh/account/openid'))

    test('connects and disconnects; each once, with its entry in the log', async () => {
      browser = await makeAccount(world())
      expect(await (await browser.get('/zh/account')).text()).toContain('href="/zh/account/openid"')
      // A browser found signed in is not enough: they show again who they are.
      expect(statusAndPlace(await browser.post('/zh/account/openid', {}))).toEqual([303, '/zh/account/proof?next=%2Faccount%2Fopenid'])
      expect(statusAndPlace(await browser.post('/zh/account/openid/end', {}))).toEqual([303, '/zh/account/proof?next=%2Faccount%2Fopenid'])
      expect(statusAndPlace(await browser.post('/zh/account/proof', { current: account.password, next: '/account/openid' }))).toEqual([
        303,
        '/zh/account/openid',
      ])
      expect(statusAndPlace(await connect(ana))).toEqual([303, '/zh/account/openid?done=connected'])
      expect(statusAndPlace(await connect(ana))).toEqual([303, '/zh/account/openid?done=connected'])
      expect((await connect({ sub: 'another' })).status).toBe(409)
      expect(statusAndPlace(await browser.post('/zh/account/openid/end', {}))).toEqual([303, '/zh/account/openid?done=ended'])
      expect((await browser.post('/zh/account/openid/end', {})).status).toBe(303)
      expect(await verbs(world())).toEqual([{ verb: 'members.identity.connected' }, { verb: 'members.identity.ended' }])
      const stranger = browserOf(world)
      expect(statusAndPlace(await stranger.get(await goThrough(stranger, ana)))[1]).toBe('/es/sign-in/openid/join')
    })

    test('cannot take the identity of somebody else, nor the last way in from themselves', async () => {
      expect((await connect(ana)).status).toBe(303)
      await world().rows(
        sql`insert into auth.account (id, email, name, language) values ('00000000-0000-7000-8000-0000000000aa', 'bao@example.org', 'Bảo', 'vi')`,
      )
      await world().rows(sql`insert into auth.identity (id, issuer, subject, account_id)
        values ('00000000-0000-7000-8000-0000000000ab', ${`${provider.issuer}/`}, 'bao-1', '00000000-0000-7000-8000-0000000000aa')`)
      expect((await browser.post('/zh/account/openid/end', {})).status).toBe(303)
      expect((await connect({ sub: 'bao-1' })).status).toBe(409)
      expect((await connect(ana)).status).toBe(303)
      await world().rows(sql`update auth.account set password = null where email = ${account.email}`)
      const refused = await browser.post('/zh/account/openid/end', {})
      expect([refused.status, (await refused.text()).includes(platformTexts.zh('refusal.last_way_in'))]).toEqual([409, true])
      expect(await identities(world())).toContainEqual({ issuer: `${provider.issuer}/`, subject: 'ana-7', stands: true, used: false })
    })

    test('the answer that somebody else began to connect with is worth nothing to them', async () => {
      await world().rows(sql`update members.office set valid_to = now() + interval '1 millisecond' where valid_to is null`)
      const mallory = await makeAccount(world(), { ...account, email: 'mallory@example.org' })
      for (const other of [browserOf(world), mallory]) {
        const back = await goThrough(browser, { sub: 'mallory' }, '/zh/account/openid')
        other.cookies.set('puente-openid', browser.cookies.get('puente-openid') ?? '')
        expect((await other.get(back)).status).toBe(400)
      }
      expect(await world().rows(sql`select id from auth.identity where subject = 'mallory'`)).toEqual([])
    })

    test('a closed account is not signed in to', async () => {
      await world().rows(sql`update auth.account set closed_at = now() where email = ${account.email}`)
      const stranger = browserOf(world)
      expect((await stranger.get(await goThrough(stranger, ana))).status).toBe(403)
    })
  },
  settings,
)

describe('an answer of the provider', () => {
  onBothEngines(
    'that is not right',
    (world) => {
      /** What the page says, and that nobody is signed in by it. */
      async function refused(browser: Browser, path: string, code: 'openid_failed' | 'openid_refused' | 'openid_unavailable') {
        const before = await sessions(world())
        world().logged.length = 0
        const answer = await browser.get(path)
        const text = await answer.text()
        expect(languages.filter((language) => text.includes(platformTexts[language](`refusal.${code}`).slice(0, 40)))).toHaveLength(1)
        expect(await sessions(world())).toBe(before)
        expect(browser.cookies.has('puente')).toBe(false)
        const warned = world().logged.filter(({ msg }) => msg === 'no sign-in by the provider')
        expect(warned).toMatchObject([{ code }])
        for (const secret of new URL(path, 'http://localhost').searchParams.values())
          if (secret.length > 20) expect(JSON.stringify(world().logged)).not.toContain(secret)
        return [answer.status, warned[0]?.['reason']]
      }

      test('in a browser that did not begin, or began something else', async () => {
        await makeAccount(world())
        const attacker = browserOf(world)
        const back = await goThrough(attacker, ana)
        expect(await refused(browserOf(world), back, 'openid_failed')).toEqual([400, 'nothing begun in this browser'])
        const victim = browserOf(world)
        await goThrough(victim, ana)
        expect((await refused(victim, back, 'openid_failed'))[0]).toBe(400)
      })

      test('a second time, also with the cookie brought back', async () => {
        const browser = browserOf(world)
        const back = await goThrough(browser, ana)
        const flow = browser.cookies.get('puente-openid') ?? ''
        expect((await browser.get(back)).status).toBe(303)
        expect((await refused(browser, back, 'openid_failed'))[0]).toBe(400)
        browser.cookies.set('puente-openid', flow)
        expect(await refused(browser, back, 'openid_failed')).toEqual([400, 'invalid_grant'])
      })

      test('with another state, nonce or verifier, or after its time', async () => {
        const other = 'x'.repeat(43)
        for (const [change, reason] of [
          [{ state: other }, 'OAUTH_INVALID_RESPONSE'],
          [{ nonce: other }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
          [{ verifier: other }, 'invalid_grant'],
          [{ until: 0 }, 'nothing begun in this browser'],
        ] as const) {
          const browser = browserOf(world)
          const back = await goThrough(browser, ana)
          const sealed = Buffer.from(browser.cookies.get('puente-openid') ?? '', 'base64url')
          const { until, value } = JSON.parse(await world().secrets.open(sealed, 'cookie:puente-openid')) as { until: number; value: { expected: object } }
          const changed = { until: 'until' in change ? 0 : until, value: { ...value, expected: { ...value.expected, ...change } } }
          browser.cookies.set('puente-openid', (await world().secrets.seal(JSON.stringify(changed), 'cookie:puente-openid')).toString('base64url'))
          expect(await refused(browser, back, 'openid_failed')).toEqual([400, reason])
        }
      })

      test('with a cookie that is not ours, or sealed for something else', async () => {
        const browser = browserOf(world)
        const back = await goThrough(browser, ana)
        const text = await world().secrets.open(Buffer.from(browser.cookies.get('puente-openid') ?? '', 'base64url'), 'cookie:puente-openid')
        for (const forged of [
          'nonsense',
          Buffer.from(text).toString('base64url'),
          (await world().secrets.seal(text, 'cookie:puente-join')).toString('base64url'),
        ]) {
          browser.cookies.set('puente-openid', forged)
          expect((await refused(browser, back, 'openid_failed'))[0]).toBe(400)
        }
      })

      test('when somebody gives up there', async () => {
        const browser = browserOf(world)
        const back = await goThrough(browser, undefined)
        expect(back).toContain('error=access_denied')
        expect(await refused(browser, back, 'openid_refused')).toEqual([403, 'access_denied'])
      })
    },
    settings,
  )
})

describe('a provider', () => {
  onBothEngines(
    'that is not there',
    (world) => {
      test('is said so in each language, and the password still works', async () => {
        await makeAccount(world())
        for (const language of languages) {
          const browser = browserOf(world)
          const answer = await browser.post(`/${language}/sign-in/openid`, {})
          expect([answer.status, (await answer.text()).includes(platformTexts[language]('refusal.openid_unavailable'))]).toEqual([503, true])
          expect([...browser.cookies.keys()]).toEqual([])
        }
        expect((await browserOf(world).post('/en/sign-in', { email: account.email, password: strong })).status).toBe(303)
      })
    },
    { ...settings, OPENID_ISSUER: 'http://127.0.0.1:9' },
  )

  onBothEngines(
    'that takes too long',
    (world) => {
      test('is given up after some seconds', async () => {
        const began = performance.now()
        expect((await browserOf(world).post('/en/sign-in/openid', {})).status).toBe(503)
        expect(performance.now() - began).toBeLessThan(9000)
      }, 20_000)
    },
    { ...settings, OPENID_ISSUER: `http://127.0.0.1:${(mute.address() as AddressInfo).port}` },
  )

  onBothEngines(
    'that is not configured',
    (world) => {
      test('leaves no trace, and nothing outside is asked', async () => {
        const asks = vi.spyOn(globalThis, 'fetch')
        const browser = await makeAccount(world())
        const text = await (await world().ask('/en/sign-in')).text()
        expect(text).not.toContain('openid')
        expect(await (await browser.get('/en/account')).text()).not.toContain('openid')
        expect(statusAndPlace(await browserOf(world).post('/en/sign-in/openid', {}))).toEqual([303, '/en/sign-in'])
        for (const path of ['/en/sign-in/openid/back?code=x&state=y', '/en/sign-in/openid/join'])
          expect(statusAndPlace(await browserOf(world).get(path))).toEqual([303, '/en/sign-in'])
        for (const path of ['/en/account/openid', '/en/account/openid/join']) expect(statusAndPlace(await browser.get(path))).toEqual([303, '/en/account'])
        for (const path of ['/en/account/openid', '/en/account/openid/end']) expect(statusAndPlace(await browser.post(path, {}))).toEqual([303, '/en/account'])
        expect(asks).not.toHaveBeenCalled()
      })
    },
    { PUENTE_PROXIES: '1' },
  )
})
