import { describe, expect, test } from 'vitest'
import { makeLink } from '../src/platform/access/links.ts'
import { accounts, jobActor, operator, thePublic, type Actor } from '../src/platform/access/actor.ts'
import { logAct } from '../src/platform/log/log.ts'
import { firstLink } from '../src/modules/members/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { browserOf, makeSomebody, settings, statusAndPlace, strong } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

onBothEngines(
  'the first administrator',
  (world) => {
    const fields = { name: 'Ana Ejemplo', email: 'Ana@Secretariat.example.org', password: strong }
    let path = ''

    test('gets a link that works, and only the newest does', async () => {
      const old = (await firstLink(world().database)) ?? ''
      path = (await firstLink(world().database)) ?? ''
      expect(path).toMatch(/^\/first\/[\w-]{43}$/)
      for (const language of languages) expect((await world().ask(`/${language}${path}`)).status).toBe(200)
      expect((await world().ask(`/en${old}`)).status).toBe(410)
      expect((await world().ask('/en/first/nothing')).status).toBe(410)
      const page = await world().ask(`/en${path}`)
      expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(['private, no-store', 'strict-origin-when-cross-origin'])
    })

    test('is told everything that is wrong at once, and the link still works', async () => {
      const answer = await world().post(`/en${path}`, { ...fields, name: '', email: 'nobody', password: 'short' })
      const text = await answer.text()
      expect(answer.status).toBe(422)
      for (const field of ['name', 'email', 'password']) expect(text).toContain(`href="#${field}"`)
      expect(text).not.toContain('short"')
      for (const password of ['AnaEjemplo2026', 'secretariat 99', 'aaaaaaaaaaaa', '123456789012', 'qwertyuiopas'])
        expect([password, (await world().post(`/en${path}`, { ...fields, password })).status]).toEqual([password, 422])
    })

    test('is made once, signed in, logged; no secret lies in the database', async () => {
      const browser = browserOf(world)
      const [one, two] = await Promise.all([browser.post(`/en${path}`, fields), world().post(`/en${path}`, { ...fields, email: 'other@example.org' })])
      expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([303, 410])
      const [account] = await world().rows(sql<{ email: string; password: string }>`select email, password from auth.account`)
      expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      expect(await world().rows(sql`select office from members.office order by office`)).toEqual([{ office: 'administrator' }, { office: 'secretariat' }])
      expect(await world().rows(sql`select verb from app.log_entry where verb like 'members.%'`)).toEqual([{ verb: 'members.administrator.made' }])
      expect(await firstLink(world().database)).toBeUndefined()
      const stored = JSON.stringify(await world().rows(sql`select * from auth.link, auth.session`))
      for (const secret of [strong, path.slice(7), ...browser.cookies.values()]) expect(stored).not.toContain(secret)
    })
  },
  settings,
)

onBothEngines(
  'somebody with an account',
  (world) => {
    const email = 'ana@hospital.example.org'
    const right = { email: ' ANA@hospital.example.org', password: strong }
    const signedIn = async (address?: string) => {
      const browser = browserOf(world, address)
      expect(statusAndPlace(await browser.post('/es/sign-in', right))).toEqual([303, '/es/account'])
      return browser
    }

    test('signs in, sees their account in each language, and signs out', async () => {
      const path = await firstLink(world().database)
      expect((await world().post(`/es${path}`, { name: 'Ana Ejemplo', email, password: strong })).status).toBe(303)
      const browser = await signedIn()
      for (const language of languages) {
        const page = await browser.get(`/${language}/account`)
        expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
        expect(await page.text()).toContain('value="Ana Ejemplo"')
      }
      expect(statusAndPlace(await browser.get('/en/sign-in'))).toEqual([303, '/en/account'])
      const token = browser.cookies.get('puente') ?? ''
      expect(statusAndPlace(await browser.post('/en/sign-out', {}))).toEqual([303, '/en/'])
      browser.cookies.set('puente', token)
      expect(statusAndPlace(await browser.get('/en/account'))).toEqual([303, '/en/sign-in?next=%2Faccount'])
    })

    test('a wrong password, an unknown address and an account without a password get the same answer', async () => {
      const answers = []
      for (const fields of [
        { email, password: 'something else entirely' },
        { email: 'nobody@example.org', password: strong },
      ]) {
        const answer = await world().post('/vi/sign-in', fields, { 'x-forwarded-for': '10.2.0.9' })
        answers.push([answer.status, (await answer.text()).replaceAll(fields.email, 'X')])
      }
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]?.[0]).toBe(422)
    })

    test('a cookie planted before signing in means nothing afterwards', async () => {
      const browser = browserOf(world)
      browser.cookies.set('puente', 'planted'.padEnd(43, 'x'))
      await browser.post('/en/sign-in', right)
      expect(browser.cookies.get('puente')).not.toContain('planted')
      expect((await browser.get('/en/account')).status).toBe(200)
    })

    test('gets a new token by signing in again and by showing who they are; the one before stands for nobody', async () => {
      const browser = browserOf(world)
      const tokens = new Set<string>()
      const old = (token: string) => world().ask('/en/account', { headers: { cookie: `puente=${token}` } })
      await browser.post('/en/sign-in', right)
      for (const step of [() => browser.post('/en/sign-in', right), () => browser.post('/en/account/proof', { current: right.password })]) {
        const before = browser.cookies.get('puente') ?? ''
        tokens.add(before)
        expect((await old(before)).status).toBe(200)
        expect((await step()).status).toBe(303)
        expect((await old(before)).status).toBe(303)
        expect((await browser.get('/en/account')).status).toBe(200)
      }
      expect([tokens.size, tokens.has(browser.cookies.get('puente') ?? '')]).toEqual([2, false])
    })

    test('goes where they wanted after signing in, and nowhere else', async () => {
      for (const [next, to] of [
        ['/organizations/cigb', '/en/organizations/cigb'],
        ['https://evil.example.org/', '/en/account'],
        ['//evil.example.org', '/en/account'],
        ['/\\evil.example.org', '/en/account'],
        ['javascript:alert(1)', '/en/account'],
      ])
        expect([next, (await browserOf(world).post('/en/sign-in', { ...right, next: next ?? '' })).headers.get('location')]).toEqual([next, to])
    })

    test('changes name and language, and sees it; what is wrong is said', async () => {
      const browser = await signedIn()
      expect((await browser.post('/zh/account', { name: '', language: 'zh' })).status).toBe(422)
      expect(statusAndPlace(await browser.post('/zh/account', { name: '安娜', language: 'zh' }))).toEqual([303, '/zh/account?done=saved'])
      expect(await (await browser.get('/zh/account?done=saved')).text()).toContain('已保存')
      expect(await world().rows(sql`select a.name as a, p.name as p, a.language from auth.account a join members.person p using (id)`)).toEqual([
        { a: '安娜', p: '安娜', language: 'zh' },
      ])
    })

    test('ends the session of another browser, but not that of another person', async () => {
      const [here, there] = [await signedIn(), await signedIn()]
      const page = await (await here.get('/en/account')).text()
      const ends = [...page.matchAll(/action="\/en(\/account\/sessions\/[0-9a-f-]{36}\/end)"/g)].map(([, path = '']) => path)
      expect(ends.length).toBeGreaterThan(0)
      for (const path of ends) await here.post(`/en${path}`, {})
      expect([(await here.get('/en/account')).status, (await there.get('/en/account')).status]).toEqual([200, 303])
      expect((await here.post('/en/account/sessions/nonsense/end', {})).status).toBe(404)
    })

    test('changes the password with the present one; other browsers are signed out', async () => {
      const [here, there] = [await signedIn(), await signedIn()]
      const next = 'four lamps on a slow river'
      expect((await here.post('/en/account/password', { current: 'wrong one here', password: next })).status).toBe(422)
      expect(statusAndPlace(await here.post('/en/account/password', { current: strong, password: next }))).toEqual([303, '/en/account?done=password'])
      expect([(await here.get('/en/account')).status, (await there.get('/en/account')).status]).toEqual([200, 303])
      expect((await browserOf(world).post('/en/sign-in', right)).status).toBe(422)
      expect((await here.post('/en/account/password', { current: next, password: strong })).status).toBe(303)
    })

    test('sets a new password by a link that works once', async () => {
      const [row] = await world().rows(sql<{ id: string }>`select id from auth.account where email = ${email}`)
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: row?.id }))
      const path = `/en/password/${token}`
      const next = 'nine quiet boats at noon'
      expect((await world().ask(path)).status).toBe(200)
      expect((await browserOf(world).post(path, { password: 'x' })).status).toBe(422)
      const answers = await Promise.all([browserOf(world).post(path, { password: next }), browserOf(world).post(path, { password: next })])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410])
      expect((await world().ask(path)).status).toBe(410)
      expect((await browserOf(world).post('/en/sign-in', { email, password: next })).status).toBe(303)
      expect(await world().rows(sql`select id from auth.link where digest::text like ${`%${token}%`}`)).toEqual([])
    })

    test('adds nothing to what the system sees, and to their own log nobody adds but they and what makes accounts', async () => {
      const spacesOf = (actor: Actor) =>
        world().database.read(actor, async (db) => (await sql<{ n: number }>`select cardinality(app.spaces('add')) as n`.execute(db)).rows[0]?.n)
      await makeSomebody(world(), 'Ana', ['administrator'])
      const before = [await spacesOf(accounts), await spacesOf(operator)]
      const { id } = await makeSomebody(world(), 'Lan', [])
      expect([await spacesOf(accounts), await spacesOf(operator)]).toEqual(before)
      const [own] = await world().rows(sql<{ space: string }>`select space_id as space from members.person where id = ${id}`)
      const act = { chain: `person:${id}`, spaceId: own?.space ?? '', verb: 'members.password.asked', object: { kind: 'person', id }, payload: {} }
      for (const actor of [operator, jobActor, thePublic])
        expect([actor, await world().database.write(actor, (db) => logAct(db, act).catch((error: { code?: string }) => error.code))]).toEqual([actor, '42501'])
      expect(await world().database.write(accounts, (db) => logAct(db, act))).toMatch(/^[0-9a-f-]{36}$/)
    })

    test('asks for a link: the same answer for an address with and without an account, one mail for one of them', async () => {
      const answers = await Promise.all(['nobody@example.org', email].map((address) => browserOf(world).post('/en/password', { email: address })))
      expect(answers.map(statusAndPlace)).toEqual([
        [303, '/en/password/sent'],
        [303, '/en/password/sent'],
      ])
      await expect.poll(() => world().rows(sql<{ to: string }>`select recipient as to from app.mail`), { timeout: 5000 }).toEqual([{ to: email }])
    })

    test('a link that has ended, or is for something else, does not work', async () => {
      const [row] = await world().rows(sql<{ id: string }>`select id from auth.account where email = ${email}`)
      const [late, other] = await world().database.write(operator, async (db) => [
        await makeLink(world().database, db, 'password', { accountId: row?.id }),
        await makeLink(world().database, db, 'address', { accountId: row?.id }),
      ])
      await world().rows(sql`update auth.link set ends_at = now() - interval '1 second' where purpose = 'password'`)
      for (const token of [late, other]) expect((await world().ask(`/en/password/${token}`)).status).toBe(410)
    })
  },
  settings,
)

describe('guessing', () => {
  onBothEngines(
    'at a password',
    (world) => {
      test('gets slower from one place, and from all strangers together, while the owner comes in', async () => {
        const email = 'bao@institute.example.org'
        const path = await firstLink(world().database)
        const owner = browserOf(world, '10.3.0.1')
        await owner.post(`/en${path}`, { name: 'Bảo', email, password: strong })
        await owner.post('/en/sign-out', {})
        const guess = async (address: string) =>
          (await world().post('/en/sign-in', { email, password: 'a wrong one again' }, { 'x-forwarded-for': address })).status
        const here = []
        for (let n = 0; n < 7; n++) here.push(await guess('10.3.0.2'))
        expect([here[0], here.at(-1)]).toEqual([422, 429])
        const strangers = []
        for (let n = 0; n < 60; n++) strangers.push(await guess(`10.4.0.${n}`))
        expect(strangers.slice(-5)).toEqual([429, 429, 429, 429, 429])
        expect((await owner.post('/en/sign-in', { email, password: strong })).status).toBe(303)
        const answer = await world().post('/en/sign-in', { email, password: strong }, { 'x-forwarded-for': '10.3.0.7' })
        expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true])
        const [log] = await world().rows(sql<{ n: number }>`select count(*)::int as n from auth.session`)
        expect(log?.n).toBe(2)
      })
    },
    settings,
  )
})
