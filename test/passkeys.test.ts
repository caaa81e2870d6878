import { expect, test } from 'vitest'
import { firstLink } from '../src/modules/members/index.ts'
import { resetFactorsCommand as resetFactors } from '../src/modules/members/commands/person.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { Authenticator } from './support/authenticator.ts'
import { browserOf } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const strong = 'bread under seven bridges'
const email = 'ana@hospital.example.org'
const home = '/en/account/passkeys'
const settings = { PUENTE_PROXIES: '1' }
const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]

type Browser = ReturnType<typeof browserOf>
type Options = { challenge: string; rp: { id: string }; rpId: string; user: { id: string }; excludeCredentials: { id: string }[] }

const optionsOf = async (browser: Browser, path: string) => (await (await browser.post(path, {})).json()) as Options
const ask = (browser: Browser) => optionsOf(browser, '/en/sign-in/passkey/challenge')
const give = (browser: Browser, response: string) => browser.post('/en/sign-in/passkey', { response })

async function signedIn(world: () => World) {
  const browser = browserOf(world)
  const path = await firstLink(world().database)
  if (path !== undefined) await browser.post(`/en${path}`, { name: 'Ana Ejemplo', email, password: strong })
  else await browser.post('/en/sign-in', { email, password: strong })
  expect((await browser.get('/en/account')).status).toBe(200)
  return browser
}

const prove = (browser: Browser) => browser.post('/en/account/proof', { current: strong, next: '/account/passkeys' })

async function add(browser: Browser, device: Authenticator, name = 'telephone') {
  const options = await optionsOf(browser, `${home}/challenge`)
  return browser.post(home, { name, response: device.add(options) })
}

const verbs = async (world: World) =>
  (await world.rows(sql<{ verb: string }>`select verb from app.log_entry where verb like 'members.passkey.%' order by position`)).map(({ verb }) => verb)

onBothEngines(
  'a passkey',
  (world) => {
    const device = new Authenticator()

    test('is added after the password was given again', async () => {
      const browser = await signedIn(world)
      expect(statusAndPlace(await browser.get(home))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fpasskeys'])
      expect((await browser.post(`${home}/challenge`, {})).status).toBe(403)
      expect(statusAndPlace(await prove(browser))).toEqual([303, home])
      const nameless = await browser.post(home, { name: '', response: '{}' })
      expect([nameless.status, (await nameless.text()).includes('href="#name"')]).toEqual([422, true])
      expect(statusAndPlace(await add(browser, device))).toEqual([303, `${home}?done=added`])
      expect(await (await browser.get(home)).text()).toContain('<b>telephone</b>')
      const { excludeCredentials, rp } = await optionsOf(browser, `${home}/challenge`)
      expect([excludeCredentials.map(({ id }) => id), rp.id]).toEqual([[device.id], 'localhost'])
      expect((await add(browser, device)).status).toBe(422)
      expect(await verbs(world())).toEqual(['members.passkey.added'])
      expect(await world().rows(sql`select subject from app.mail`)).toEqual([{ subject: membersTexts.en('factor.mail.subject') }])
    })

    test('is not added when it answers another challenge, another site, or has not recognized its owner', async () => {
      const browser = await signedIn(world)
      await prove(browser)
      const attempts: [string, (options: Options) => string][] = [
        ['other challenge', (options) => new Authenticator().add({ ...options, challenge: 'x'.repeat(43) })],
        ['other site', (options) => new Authenticator().add(options, { origin: 'https://evil.example.org' })],
        ['other host', (options) => new Authenticator().add(options, { host: 'evil.example.org' })],
        ['owner not recognized', (options) => new Authenticator().add(options, { verified: false })],
        ['nonsense', () => '{"id":'],
      ]
      for (const [what, answer] of attempts) {
        const options = await optionsOf(browser, `${home}/challenge`)
        expect([what, (await browser.post(home, { name: 'x', response: answer(options) })).status]).toEqual([what, 422])
      }
      expect(await world().rows(sql`select count(*)::int as n from auth.passkey`)).toEqual([{ n: 1 }])
    })

    test('signs its owner in without address and password, once for each challenge', async () => {
      const browser = browserOf(world)
      const options = await ask(browser)
      const response = device.sign(options)
      const cookie = browser.cookies.get('puente-challenge') ?? ''
      expect(statusAndPlace(await give(browser, response))).toEqual([303, '/en/account'])
      expect([(await browser.get('/en/account')).status, browser.cookies.has('puente-challenge')]).toEqual([200, false])
      browser.cookies.set('puente-challenge', cookie)
      expect((await give(browser, response)).status).toBe(422)
      expect(JSON.stringify(await world().rows(sql`select encode(digest, 'escape') as digest from auth.challenge`))).not.toContain(options.challenge)
      const payloads = await world().rows(sql<{ payload: string }>`select payload from app.log_payload where payload like '%"by":"passkey"%'`)
      expect(payloads.length).toBe(1)
    })

    test('of two who send the same answer at the same moment, one is let in', async () => {
      const browser = browserOf(world)
      const response = device.sign(await ask(browser))
      const cookie = `puente-challenge=${browser.cookies.get('puente-challenge')}`
      const send = () => world().post('/en/sign-in/passkey', { response }, { cookie, 'x-forwarded-for': '10.8.0.1' })
      expect((await Promise.all([send(), send(), send()])).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422])
    })

    test('is refused in another browser, late, from another site, unrecognized, or of nobody', async () => {
      const [one, other] = [browserOf(world), browserOf(world)]
      await ask(other)
      expect((await give(other, device.sign(await ask(one)))).status).toBe(422)
      const refused = async (answer: (options: Options) => string | Promise<string>) => {
        const browser = browserOf(world)
        return (await give(browser, await answer(await ask(browser)))).status
      }
      const late = async (options: Options) => {
        await world().rows(sql`update auth.challenge set ends_at = now() where used_at is null`)
        return device.sign(options)
      }
      expect([
        await refused(late),
        await refused((options) => device.sign(options, { origin: 'https://evil.example.org' })),
        await refused((options) => device.sign(options, { host: 'evil.example.org' })),
        await refused((options) => device.sign(options, { verified: false })),
        await refused((options) => new Authenticator().sign(options)),
        await refused(() => ''),
        await refused(() => '{}'),
      ]).toEqual([422, 422, 422, 422, 422, 422, 422])
    })

    test('that counts has to count on: a copy is refused, and the log tells of it', async () => {
      const enter = async (counter: number) => {
        const browser = browserOf(world)
        return (await give(browser, device.sign(await ask(browser), { counter }))).status
      }
      expect([await enter(5), await enter(5), await enter(4), await enter(0), await enter(6)]).toEqual([303, 422, 422, 422, 303])
      expect((await verbs(world())).filter((verb) => verb === 'members.passkey.refused')).toHaveLength(3)
    })

    test('shows anew who somebody is, but not who somebody else is', async () => {
      device.counter = 7
      const browser = await signedIn(world)
      const options = await optionsOf(browser, '/en/account/proof/passkey/challenge')
      const page = await browser.post('/en/account/proof/passkey', { response: new Authenticator().sign(options), next: '/account/passkeys' })
      expect([page.status, (await browser.get(home)).status]).toEqual([422, 303])
      const again = await optionsOf(browser, '/en/account/proof/passkey/challenge')
      const answer = await browser.post('/en/account/proof/passkey', { response: device.sign(again), next: 'https://evil.example.org' })
      expect([...statusAndPlace(answer), (await browser.get(home)).status]).toEqual([303, '/en/account/second-factor', 200])
    })

    test('counts for the host of PUENTE_URL or of the request, with one row for a challenge that has ended', async () => {
      await world().rows(sql`update auth.challenge set ends_at = now() - interval '1 minute'`)
      const count = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from auth.challenge`))[0]?.n
      const before = await count()
      const answer = await world().ask('http://other.example.org/en/sign-in/passkey/challenge', {
        method: 'POST',
        body: new URLSearchParams(),
        headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '10.8.0.2' },
      })
      expect(await answer.json()).toMatchObject({ rpId: 'other.example.org', userVerification: 'required' })
      expect(await count()).toBe(before)
    })

    test('is removed by its owner; other browsers are signed out; it lets nobody in any more', async () => {
      const [here, there] = [await signedIn(world), await signedIn(world)]
      await prove(here)
      await add(here, new Authenticator(), 'key')
      const [id = ''] = /\/passkeys\/[0-9a-f-]{36}\/end/.exec(await (await here.get(home)).text()) ?? []
      expect((await here.post('/en/account/passkeys/00000000-0000-7000-8000-000000000000/end', {})).status).toBe(404)
      expect((await here.post('/en/account/passkeys/nonsense/end', {})).status).toBe(404)
      expect(statusAndPlace(await here.post(`/en/account${id}`, {}))).toEqual([303, `${home}?done=removed`])
      expect([(await here.get('/en/account')).status, (await there.get('/en/account')).status]).toEqual([200, 303])
      const browser = browserOf(world)
      device.counter = 20
      expect((await give(browser, device.sign(await ask(browser)))).status).toBe(422)
    })

    test('that is the last way in stays, also when two are removed at the same moment', async () => {
      const here = await signedIn(world)
      await prove(here)
      await add(here, new Authenticator(), 'second key')
      await world().rows(sql`update auth.account set password = null`)
      const ends = [...(await (await here.get(home)).text()).matchAll(/\/passkeys\/[0-9a-f-]{36}\/end/g)].map(([path]) => path)
      expect(ends).toHaveLength(2)
      const answers = await Promise.all(ends.map((path) => here.post(`/en/account${path}`, {})))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect(await world().rows(sql`select count(*)::int as n from auth.passkey where ended_at is null`)).toEqual([{ n: 1 }])
    })

    test('and all else goes when the operator takes it from somebody who lost everything', async () => {
      const reset = async (address: string) => {
        const { config, database, files } = world()
        const said: string[] = []
        await resetFactors.run({
          config,
          database,
          files,
          args: { email: address },
          options: {},
          json: true,
          out: (line) => void said.push(line),
          err: () => {},
        })
        return JSON.parse(said.join('')) as unknown
      }
      expect(await reset(' ANA@hospital.example.org')).toMatchObject({ totp: false, passkeys: 1 })
      expect(await world().rows(sql`select 1 from auth.passkey where ended_at is null union all select 1 from auth.session where ended_at is null`)).toEqual([])
      expect(await world().rows(sql`select verb, actor from app.log_entry where verb = 'members.factors.reset'`)).toEqual([
        { verb: 'members.factors.reset', actor: 'system:accounts' },
      ])
      const mails = await world().rows(sql<{ id: string; body: Buffer }>`select id, body from app.mail order by id`)
      const last = mails.at(-1)
      const body = await world().secrets.open(last?.body ?? Buffer.of(), `app.mail.body:${last?.id}`)
      expect(body).toContain(membersTexts.en('factor.mail.reset'))
      expect(body).toContain('/en/account')
      await expect(reset('nobody@example.org')).rejects.toMatchObject({ code: 'person_unknown', exit: 3 })
    })
  },
  settings,
)
