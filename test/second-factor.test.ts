import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { operator } from '../src/platform/access/actor.ts'
import { makeLink } from '../src/platform/access/links.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { firstLink } from '../src/modules/members/index.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { browserOf } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const strong = 'bread under seven bridges'
const email = 'ana@hospital.example.org'
const settings = { PUENTE_PROXIES: '1' }
const home = '/en/account/second-factor'
const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]

type Browser = ReturnType<typeof browserOf>

/** What a person of this story has and does. */
function personOf(world: () => World) {
  const kept = { secret: '', codes: [] as string[] }
  /** A code that was not used yet: the app's clock goes ahead by as many steps as are asked for. */
  const code = async (steps = 0): Promise<string> => {
    const [row] = await world().rows(sql<{ seconds: number }>`select floor(extract(epoch from now()))::float8 as seconds`)
    // A step that is about to end would be another one by the time the code arrives.
    const left = 30 - ((row?.seconds ?? 0) % 30)
    if (left <= 2) {
      await new Promise((resolve) => setTimeout(resolve, left * 1000))
      return code(steps)
    }
    return TOTP.generate({ secret: Secret.fromBase32(kept.secret), timestamp: ((row?.seconds ?? 0) + steps * 30) * 1000 })
  }
  /** As if no code of these minutes had been used. */
  const forget = () => world().rows(sql`update auth.totp set last_step = 1 where confirmed_at is not null`)
  const password = async (browser: Browser) => browser.post('/en/sign-in', { email, password: strong })
  const make = async () => {
    const path = await firstLink(world().database)
    const browser = browserOf(world)
    expect((await browser.post(`/en${path}`, { name: 'Ana Ejemplo', email, password: strong })).status).toBe(303)
    return browser
  }
  const prove = async (browser: Browser, given = '') =>
    expect(statusAndPlace(await browser.post('/en/account/proof', { current: strong, code: given, next: '/account/second-factor' }))).toEqual([303, home])
  const codesIn = async (answer: Response) => (await answer.text()).match(/\b([0-9a-z]{4}-){5}[0-9a-z]{4}\b/g) ?? []
  const setUp = async (browser: Browser) => {
    await prove(browser)
    expect(statusAndPlace(await browser.post(`${home}/setup`, {}))).toEqual([303, home])
    const page = await (await browser.get(home)).text()
    kept.secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? ''
    const answer = await browser.post(home, { code: await code() })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    kept.codes = await codesIn(answer)
    return page
  }
  /** Signs in as far as the page of the code. */
  const halfway = async () => {
    const browser = browserOf(world)
    expect(statusAndPlace(await password(browser))).toEqual([303, '/en/sign-in/code'])
    return browser
  }
  const isIn = async (browser: Browser) => (await browser.get('/en/account')).status === 200
  return { kept, code, forget, password, make, prove, setUp, halfway, isIn, codesIn }
}

const verbs = async (world: World, like: string) =>
  (await world.rows(sql<{ verb: string }>`select verb from app.log_entry where verb like ${like} order by position`)).map(({ verb }) => verb)

onBothEngines(
  'a second factor',
  (world) => {
    const ana = personOf(world)
    let first: Browser

    test('is set up after the password was given again, and counts after a first right code', async () => {
      first = await ana.make()
      expect(statusAndPlace(await first.get(home))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fsecond-factor'])
      expect(statusAndPlace(await first.post(`${home}/setup`, {}))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fsecond-factor'])
      expect(await world().rows(sql`select 1 from auth.totp`)).toEqual([])
      const wrong = await first.post('/en/account/proof', { current: 'not my password', next: '/account/second-factor' })
      expect([wrong.status, (await wrong.text()).includes('href="#current"')]).toEqual([422, true])
      await ana.prove(first)
      await first.post(`${home}/setup`, {})
      const refused = await first.post(home, { code: '000000' })
      expect([refused.status, (await refused.text()).includes('href="#code"')]).toEqual([422, true])
      expect((await ana.password(browserOf(world))).headers.get('location')).toBe('/en/account')
      const page = await ana.setUp(first)
      expect(page).toContain(`secret=${ana.kept.secret}`)
      expect(page).toMatch(/<svg class="qr"[^>]*role="img"/)
      expect(new Set(ana.kept.codes).size).toBe(10)
    })

    test('leaves nothing in clear in the database, and is told by mail and in the log', async () => {
      const stored = JSON.stringify(
        await world().rows(sql`select encode(t.secret, 'escape') as secret, encode(r.digest, 'escape') as digest from auth.totp t, auth.recovery_code r`),
      )
      const logged = JSON.stringify([await world().rows(sql`select payload from app.log_payload`), world().logged])
      for (const secret of [ana.kept.secret, ...ana.kept.codes]) expect(stored + logged).not.toContain(secret)
      expect(await verbs(world(), 'members.second-factor.%')).toEqual([
        'members.second-factor.begun',
        'members.second-factor.begun',
        'members.second-factor.set',
      ])
      expect(await world().rows(sql`select recipient, subject from app.mail`)).toEqual([{ recipient: email, subject: membersTexts.en('factor.mail.subject') }])
    })

    test('keeps the secret and the codes to itself afterwards; the account says how many are left', async () => {
      const page = await (await first.get(home)).text()
      for (const secret of [ana.kept.secret, ...ana.kept.codes]) expect(page).not.toContain(secret)
      for (const language of languages) {
        const text = await (await first.get(`/${language}/account`)).text()
        expect(text).toContain(membersTexts[language]('factor.codes-left', { n: 10 }))
      }
    })

    test('is asked for after the password: no session before the code, then one', async () => {
      await ana.forget()
      const browser = await ana.halfway()
      expect([browser.cookies.has('puente'), await ana.isIn(browser)]).toEqual([false, false])
      for (const language of languages) expect((await browser.get(`/${language}/sign-in/code`)).status).toBe(200)
      expect((await browser.get('/en/sign-in/code')).headers.get('cache-control')).toBe('private, no-store')
      expect((await browser.post('/en/sign-in/code', { code: '' })).status).toBe(422)
      expect(statusAndPlace(await browser.post('/en/sign-in/code', { code: await ana.code(), next: '/organizations' }))).toEqual([303, '/en/organizations'])
      expect([browser.cookies.has('puente-pending'), await ana.isIn(browser)]).toEqual([false, true])
    })

    test('takes codes of the step before and after, none further away, and none twice', async () => {
      const taken: [number, number][] = []
      for (const steps of [-2, -1, 1, 2]) {
        await ana.forget()
        taken.push([steps, (await (await ana.halfway()).post('/en/sign-in/code', { code: await ana.code(steps) })).status])
      }
      expect(taken).toEqual([
        [-2, 422],
        [-1, 303],
        [1, 303],
        [2, 422],
      ])
      await ana.forget()
      const code = await ana.code()
      const one = await ana.halfway()
      const other = await ana.halfway()
      expect((await one.post('/en/sign-in/code', { code })).status).toBe(303)
      expect((await other.post('/en/sign-in/code', { code })).status).toBe(422)
      expect((await other.post('/en/sign-in/code', { code: await ana.code(-1) })).status).toBe(422)
    })

    test('lets one of two in who use the same code at the same moment', async () => {
      await ana.forget()
      const code = await ana.code()
      const browsers = [await ana.halfway(), await ana.halfway(), await ana.halfway()]
      const answers = await Promise.all(browsers.map((browser) => browser.post('/en/sign-in/code', { code })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422])
    })

    test('takes each recovery code once, however it is typed, and tells the person', async () => {
      const [code = '', second = ''] = ana.kept.codes
      const typed = code.toUpperCase().replaceAll('-', ' ')
      const browsers = [await ana.halfway(), await ana.halfway()]
      const answers = await Promise.all(browsers.map((browser) => browser.post('/en/sign-in/code', { code: typed })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422])
      expect((await (await ana.halfway()).post('/en/sign-in/code', { code: second })).status).toBe(303)
      expect((await (await ana.halfway()).post('/en/sign-in/code', { code })).status).toBe(422)
      expect(await world().rows(sql`select count(*)::int as n from auth.recovery_code where ended_at is null`)).toEqual([{ n: 8 }])
      expect(await verbs(world(), 'members.recovery-code.%')).toEqual(['members.recovery-code.used', 'members.recovery-code.used'])
      expect(await world().rows(sql`select count(*)::int as n from app.mail`)).toEqual([{ n: 3 }])
    })

    test('makes new recovery codes, which end the old', async () => {
      const answer = await first.post(`${home}/recovery-codes`, {})
      const old = ana.kept.codes.at(-1) ?? ''
      ana.kept.codes = await ana.codesIn(answer)
      expect([answer.status, ana.kept.codes.length, ana.kept.codes.includes(old)]).toEqual([200, 10, false])
      expect((await (await ana.halfway()).post('/en/sign-in/code', { code: old })).status).toBe(422)
    })

    test('a new password by a link does not skip it, and ends what waited for a code', async () => {
      const waiting = await ana.halfway()
      const [row] = await world().rows(sql<{ id: string }>`select id from auth.account`)
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: row?.id }))
      const browser = browserOf(world)
      expect(statusAndPlace(await browser.post(`/en/password/${token}`, { password: strong }))).toEqual([303, '/en/sign-in/code'])
      expect([await ana.isIn(browser), await ana.isIn(first)]).toEqual([false, false])
      expect((await waiting.post('/en/sign-in/code', { code: ana.kept.codes[0] ?? '' })).status).toBe(410)
      expect((await browser.post('/en/sign-in/code', { code: ana.kept.codes[0] ?? '' })).status).toBe(303)
      expect(await ana.isIn(browser)).toBe(true)
      first = browser
    })

    test('is turned off with password and code; other browsers are signed out, the person is told', async () => {
      await ana.forget()
      const other = await ana.halfway()
      expect((await other.post('/en/sign-in/code', { code: ana.kept.codes[1] ?? '' })).status).toBe(303)
      expect(statusAndPlace(await first.post(`${home}/end`, {}))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fsecond-factor'])
      for (const given of ['', '123456', ana.kept.codes[0] ?? '']) {
        const refused = await first.post('/en/account/proof', { current: strong, code: given })
        expect([given, refused.status, (await refused.text()).includes('href="#code"')]).toEqual([given, 422, true])
      }
      const code = await ana.code()
      expect((await first.post('/en/account/proof', { current: 'not my password', code })).status).toBe(422)
      expect((await first.post(`${home}/end`, {})).headers.get('location')).toContain('/account/proof')
      await ana.prove(first, code)
      const waiting = await ana.halfway()
      expect(statusAndPlace(await first.post(`${home}/end`, {}))).toEqual([303, `${home}?done=off`])
      expect([await ana.isIn(first), await ana.isIn(other)]).toEqual([true, false])
      expect((await waiting.get('/en/sign-in/code')).status).toBe(303)
      expect(await world().rows(sql`select secret, confirmed_at from auth.totp`)).toEqual([{ secret: null, confirmed_at: null }])
      expect(await world().rows(sql`select 1 from auth.recovery_code where ended_at is null`)).toEqual([])
      expect((await ana.password(browserOf(world))).headers.get('location')).toBe('/en/account')
      expect((await verbs(world(), 'members.second-factor.%')).at(-1)).toBe('members.second-factor.removed')
    })
  },
  settings,
)

describe('what waits for a code', () => {
  onBothEngines(
    'in a browser',
    (world) => {
      const ana = personOf(world)

      test('is nothing that somebody else planted, works once, and for ten minutes', async () => {
        await ana.setUp(await ana.make())
        const browser = browserOf(world)
        browser.cookies.set('puente-pending', 'planted'.padEnd(43, 'x'))
        expect((await browser.post('/en/sign-in/code', { code: ana.kept.codes[0] ?? '' })).status).toBe(410)
        await ana.password(browser)
        expect(browser.cookies.get('puente-pending')).not.toContain('planted')
        const token = browser.cookies.get('puente-pending') ?? ''
        expect(JSON.stringify(await world().rows(sql`select encode(token, 'escape') as token from auth.pending`))).not.toContain(token)
        expect((await browser.post('/en/sign-in/code', { code: ana.kept.codes[0] ?? '' })).status).toBe(303)
        const again = browserOf(world)
        again.cookies.set('puente-pending', token)
        expect((await again.post('/en/sign-in/code', { code: ana.kept.codes[1] ?? '' })).status).toBe(410)
        const late = await ana.halfway()
        await world().rows(sql`update auth.pending set ends_at = now() where ended_at is null`)
        expect((await late.post('/en/sign-in/code', { code: ana.kept.codes[1] ?? '' })).status).toBe(410)
        expect(statusAndPlace(await late.get('/en/sign-in/code'))).toEqual([303, '/en/sign-in'])
      })

      test('is no session: as a session cookie it means nothing', async () => {
        const browser = await ana.halfway()
        browser.cookies.set('puente', browser.cookies.get('puente-pending') ?? '')
        expect(await ana.isIn(browser)).toBe(false)
      })

      test('dies after ten wrong codes', async () => {
        const browser = await ana.halfway()
        const cookie = `puente-pending=${browser.cookies.get('puente-pending')}`
        const guess = (n: number, code: string) => world().post('/en/sign-in/code', { code }, { cookie, 'x-forwarded-for': `10.7.0.${n}` })
        const answers: number[] = []
        for (let n = 0; n < 10; n++) answers.push((await guess(n, `00000${n}`)).status)
        expect(answers).toEqual(Array<number>(10).fill(422))
        expect((await guess(11, ana.kept.codes[2] ?? '')).status).toBe(410)
      })

      test('guesses get slower, for the account and the place', async () => {
        const browser = await ana.halfway()
        const answers: number[] = []
        for (let n = 0; n < 7; n++) answers.push((await browser.post('/en/sign-in/code', { code: '111111' })).status)
        expect([answers[0], answers.at(-1)]).toEqual([422, 429])
        const held = await browser.post('/en/sign-in/code', { code: ana.kept.codes[3] ?? '' })
        expect([held.status, Number(held.headers.get('retry-after')) > 0]).toEqual([429, true])
        expect((await (await ana.halfway()).post('/en/sign-in/code', { code: ana.kept.codes[3] ?? '' })).status).toBe(303)
      })

      test('a wrong password tells nothing of a second factor', async () => {
        const answers = []
        for (const fields of [
          { email, password: 'something else entirely' },
          { email: 'nobody@example.org', password: strong },
        ]) {
          const browser = browserOf(world)
          const answer = await browser.post('/en/sign-in', fields)
          answers.push([answer.status, [...browser.cookies], (await answer.text()).replaceAll(fields.email, 'X')])
        }
        expect(answers[0]).toEqual(answers[1])
        expect(answers[0]?.slice(0, 2)).toEqual([422, []])
      })

      test('a lost sealing key leaves the recovery codes', async () => {
        await world().rows(sql`update auth.totp set secret = decode('00', 'hex')`)
        const browser = await ana.halfway()
        expect((await browser.post('/en/sign-in/code', { code: '123456' })).status).toBe(503)
        expect((await browser.post('/en/sign-in/code', { code: ana.kept.codes[4] ?? '' })).status).toBe(303)
      })
    },
    settings,
  )
})
