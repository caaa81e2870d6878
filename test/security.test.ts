import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { listen, stopListening } from '../src/platform/http/server.ts'
import { operator } from '../src/platform/access/actor.ts'
import { makeLink } from '../src/platform/access/links.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { browserOf, firstAdministrator, lettersTo, makeSomebody, settings, statusAndPlace, strong } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const email = 'ana@secretariat.example.org'
const right = { email, password: strong }
const secure = { ...settings, PUENTE_URL: 'https://puente.example.org' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

onBothEngines(
  'every answer',
  (world) => {
    const kinds = (): [string, RequestInit, number][] => [
      ['/en', {}, 200],
      ['/en/nowhere', {}, 404],
      ['/en/account', {}, 303],
      ['/en/organizations', { method: 'DELETE', headers: form }, 405],
      ['/en/events?period=May', {}, 422],
      ['/api/v1/record/organizations', {}, 200],
      ['/api/v1/nothing', {}, 404],
      ['/api/v1/record/events.csv', {}, 200],
      ['/api/v1/record/events.xlsx', {}, 200],
      ['/events.atom', {}, 200],
      ['/sitemap.xml', {}, 200],
      ['/healthz', {}, 200],
      ...Object.values(world().assets).map(({ path }): [string, RequestInit, number] => [path, {}, 200]),
    ]

    test('is held to its type and origin: no sniffing, no frame, no script but ours, nothing for other origins', async () => {
      for (const [path, init, status] of kinds()) {
        const headers = new Headers(init.headers)
        headers.set('origin', 'https://evil.example.org')
        const answer = await world().ask(path, { ...init, headers })
        const header = (name: string) => answer.headers.get(name)
        expect([path, answer.status]).toEqual([path, status])
        const policy = header('content-security-policy')?.split('; ') ?? []
        for (const directive of [
          "default-src 'none'",
          "script-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
        ])
          expect([path, policy]).toEqual([path, expect.arrayContaining([directive])])
        expect([path, header('x-content-type-options'), header('referrer-policy'), header('cross-origin-opener-policy')]).toEqual([
          path,
          'nosniff',
          'strict-origin-when-cross-origin',
          'same-origin',
        ])
        expect([path, header('cross-origin-resource-policy'), header('access-control-allow-origin')]).toEqual([path, 'same-origin', null])
        expect([path, header('strict-transport-security')]).toEqual([path, 'max-age=31536000; includeSubDomains'])
        expect([path, header('server'), header('x-powered-by')]).toEqual([path, null, null])
      }
    })

    test('that is text names its type and the way it is written', async () => {
      for (const [path, init, status] of kinds()) {
        if (status >= 300 && status < 400) continue
        const type = (await world().ask(path, init)).headers.get('content-type') ?? ''
        expect([path, type]).toEqual([path, expect.stringMatching(/^[a-z]+\/[a-z0-9.+-]+(; ?[a-z]+=[a-z0-9-]+)*$/i)])
        if (/^text\/|xml$/i.test(type.split(';')[0] ?? '') && !type.startsWith('image/'))
          expect([path, type]).toEqual([path, expect.stringMatching(/charset=utf-8/i)])
      }
    })

    test('is no file of the program, no list of files, and no figure for who comes through a proxy', async () => {
      for (const path of ['/.git/config', '/package.json', '/src/web.ts', '/.puente/seal-key', '/assets', '/files', '/.env', '/en/../package.json'])
        expect([path, (await world().ask(path)).status]).toEqual([path, 404])
      expect((await world().ask('/metrics', { headers: { 'x-forwarded-for': '10.1.1.1' } })).status).toBe(404)
    })
  },
  secure,
)

onBothEngines(
  'cookies',
  (world) => {
    test('are for this host alone, over TLS alone, out of reach of scripts and of posts from elsewhere', async () => {
      const browser = await firstAdministrator(world)
      await browser.post('/en/sign-out', {})
      const answer = await browser.post('/en/sign-in', right)
      const challenge = await browser.post('/en/sign-in/passkey/challenge', {})
      const lines = [...answer.headers.getSetCookie(), ...challenge.headers.getSetCookie()]
      expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-puente', '__Host-puente-device', '__Host-puente-challenge'])
      for (const line of lines) {
        expect(line.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']))
        expect(line).not.toMatch(/domain=/i)
        expect(line.length).toBeLessThan(4096)
      }
      expect(await answer.text()).not.toContain(browser.cookies.get('__Host-puente'))
    })

    test('without the mark of this host are not taken', async () => {
      const browser = browserOf(world)
      await browser.post('/en/sign-in', right)
      const token = browser.cookies.get('__Host-puente') ?? ''
      const asked = await world().ask('/en/account', { headers: { cookie: `puente=${token}` } })
      expect(statusAndPlace(asked)).toEqual([303, '/en/sign-in?next=%2Faccount'])
    })

    test('a link in a mail leads to this site, whatever host the request names', async () => {
      const answer = await world().app.request('http://evil.example.org/en/password', {
        method: 'POST',
        body: new URLSearchParams({ email }),
        headers: { 'sec-fetch-site': 'same-origin', host: 'evil.example.org', 'x-forwarded-host': 'evil.example.org' },
      })
      expect(answer.status).toBe(303)
      await expect.poll(() => lettersTo(world, email), { timeout: 5000 }).toHaveLength(1)
      const [letter] = await lettersTo(world, email)
      expect([letter?.text.includes('https://puente.example.org/en/password/'), letter?.text.includes('evil')]).toEqual([true, false])
    })
  },
  secure,
)

onBothEngines(
  'a session',
  (world) => {
    const signedIn = async () => {
      const browser = browserOf(world)
      expect((await browser.post('/en/sign-in', right)).status).toBe(303)
      return browser
    }
    const isIn = async (browser: { get: (path: string) => Promise<Response> }) => (await browser.get('/en/account')).status === 200

    test('ends after fourteen days without a visit, and after ninety in any case', async () => {
      await firstAdministrator(world)
      for (const [change, stays] of [
        [sql`seen_at = now() - interval '13 days 23 hours'`, true],
        [sql`seen_at = now() - interval '14 days 1 minute'`, false],
        [sql`ends_at = now() - interval '1 second'`, false],
      ] as const) {
        const browser = await signedIn()
        const [row] = await world().rows(
          sql<{ id: string; days: number }>`select id, extract(day from ends_at - made_at)::int as days from auth.session order by made_at desc limit 1`,
        )
        expect(row?.days).toBe(90)
        await world().rows(sql`update auth.session set ${change} where id = ${row?.id}`)
        expect(await isIn(browser)).toBe(stays)
      }
    })

    test('has the browser forget its pages when it ends', async () => {
      const answer = await (await signedIn()).post('/en/sign-out', {})
      expect([answer.headers.get('clear-site-data'), answer.headers.get('cache-control')]).toEqual(['"cache"', 'no-store'])
    })

    test('takes no form that another site sends, nor one that does not say where it comes from', async () => {
      const browser = await signedIn()
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const send = (headers: Record<string, string>, path = '/en/account/sessions/end') =>
        world().ask(path, { method: 'POST', body: new URLSearchParams({ name: 'Changed', language: 'en' }), headers: { cookie, ...headers } })
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { origin: 'https://evil.example.org' },
        { origin: 'null' },
        {},
      ] as Record<string, string>[])
        for (const path of ['/en/account', '/en/account/sessions/end', '/en/sign-out'])
          expect([headers, path, (await send(headers, path)).status]).toEqual([headers, path, 403])
      expect((await send({ 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' })).status).toBe(415)
      const [person] = await world().rows(sql`select name from auth.account`)
      expect([person, await isIn(browser)]).toEqual([{ name: 'Ana Ejemplo' }, true])
    })

    test('no address that is only asked for ends it or changes anything', async () => {
      const browser = await signedIn()
      const entries = () => world().rows(sql`select count(*)::int as n from app.log_entry`)
      const before = await entries()
      for (const path of ['/en/sign-out', '/en/account/sessions/end', '/en/account/second-factor/end']) await browser.get(path)
      expect([await entries(), await isIn(browser)]).toEqual([before, true])
    })

    test('changes what its form is for, and no other field', async () => {
      const browser = await signedIn()
      const wanted = { name: 'Ana Ejemplo', language: 'en' }
      expect(
        (await browser.post('/en/account', { ...wanted, email: 'evil@example.org', id: 'x', confirmed_at: '', roles: 'administrator', __proto__: 'x' })).status,
      ).toBe(303)
      expect(await world().rows(sql`select email, name from auth.account`)).toEqual([{ email, name: 'Ana Ejemplo' }])
    })

    test('is no way to guess the password: wrong ones at the change of it are slowed down', async () => {
      const browser = await signedIn()
      const answers = []
      for (let n = 0; n < 7; n++)
        answers.push((await browser.post('/en/account/password', { current: `a wrong one ${n} again`, password: 'six grey herons by a lake' })).status)
      expect([answers[0], answers.at(-1)]).toEqual([422, 429])
      await world().rows(sql`update auth.attempt set next_at = now()`)
      expect((await browser.post('/en/account/password', { current: strong, password: 'six grey herons by a lake' })).status).toBe(303)
      expect((await browser.post('/en/account/password', { current: 'six grey herons by a lake', password: strong })).status).toBe(303)
    })

    test('ends at once with its account', async () => {
      const browser = await signedIn()
      expect(await isIn(browser)).toBe(true)
      await world().rows(sql`update auth.account set closed_at = now()`)
      expect([await isIn(browser), (await browserOf(world).post('/en/sign-in', right)).status]).toEqual([false, 422])
    })
  },
  settings,
)

onBothEngines(
  'a password',
  (world) => {
    test('is taken as typed: long, of any letters, to its last sign; its field hides it and may be filled in by a machine', async () => {
      await firstAdministrator(world)
      const browser = browserOf(world)
      await browser.post('/en/sign-in', right)
      let current = strong
      for (const password of [`${'seven wet stones '.repeat(11)}end`, 'все реки текут в море', '松树下有七只白色的鹭鸟在水边', 'onlylettersofonecase']) {
        expect([password, (await browser.post('/en/account/password', { current, password })).status]).toEqual([password, 303])
        expect((await browserOf(world).post('/en/sign-in', { email, password: password.slice(0, -1) })).status).toBe(422)
        expect(
          (await browserOf(world).post('/en/sign-in', { email, password: password.toUpperCase() === password ? `${password} ` : password.toUpperCase() }))
            .status,
        ).toBe(422)
        current = password
      }
      expect((await browser.post('/en/account/password', { current, password: 'eleven char' })).status).toBe(422)
      const page = await (await browserOf(world).get('/en/sign-in')).text()
      expect(page).toMatch(/<input(?=[^>]*name="password")(?=[^>]*type="password")(?=[^>]*autocomplete="current-password")[^>]*>/)
      expect(page).not.toMatch(/onpaste|autocomplete="off"/)
    })

    test('and the token of a link stand in no line of the log', async () => {
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { email: 'bao@example.org' }))
      for (const path of [`/en/password/${token}`, `/join/${token}.`, `/en/first/${token}`, `/en/password/${token}?x=${token}`, `/nothing/${token}`])
        await world().ask(path)
      await world().ask(`/en/password/${token}`, { method: 'DELETE', headers: form })
      await world().post('/en/sign-in', right)
      const lines = JSON.stringify(world().logged)
      expect([lines.includes(token), lines.includes(strong), lines.includes('/password/…')]).toEqual([false, false, true])
      await world().ask('/organizations/a-key-that-is-longer-than-forty-three-signs-in-all')
      expect(JSON.stringify(world().logged)).toContain('a-key-that-is-longer-than-forty-three-signs-in-all')
    })
  },
  settings,
)

onBothEngines(
  'a document',
  (world) => {
    test('of somebody who may not claim an entry is not kept, nor one that only calls itself a PDF', async () => {
      await makeSomebody(world(), 'Ana', ['administrator', 'secretariat'])
      const key = await makeMember(world(), 'Example Hospital')
      const stranger = await makeSomebody(world(), 'Stranger', [])
      const [admin, viewer] = [await makeMemberPerson(world(), key, 'Vy', 'admin'), await makeMemberPerson(world(), key, 'Chi', 'viewer')]
      const held = async () => {
        const all = new Set<string>()
        for await (const sha256 of world().files.list()) all.add(sha256)
        return all.size
      }
      const before = await held()
      const id = '0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10'
      const send = (token: string, name: string, content: string) => {
        const body = new FormData()
        for (const [field, value] of Object.entries({ id, member: key, evidence: 'See there.' })) body.set(field, value)
        body.set('document', new File([content], name, { type: 'application/pdf' }))
        return world().ask('/en/organizations/cigb/claim', { method: 'POST', body, headers: { cookie: `puente=${token}`, 'sec-fetch-site': 'same-origin' } })
      }
      const pdf = '%PDF-1.7\n1 0 obj<<>>endobj\n'
      for (const { token } of [stranger, viewer]) expect((await send(token, 'x.pdf', pdf)).status).toBe(403)
      for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', '<html><script>1</script></html>', 'MZ\u0000\u0001'])
        expect([content, (await send(admin.token, 'x.pdf', content)).status]).toEqual([content, 415])
      expect(await held()).toBe(before)
      expect((await send(admin.token, '../../x".html', pdf)).status).toBe(303)
      expect(await held()).toBe(before + 1)
      const [claim] = await world().rows(sql<{ id: string }>`select id from members.claim`)
      const answer = await admin.get(`/en/claims/${claim?.id}/document`)
      expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
        'application/pdf',
        expect.stringMatching(/^attachment; filename="[^"/\\]*\.pdf"/),
      ])
      expect((await stranger.get(`/en/claims/${claim?.id}/document`)).status).toBe(404)
    })
  },
  settings,
)

const manyFrom = async (world: World, forwarded: (n: number) => string) => {
  const statuses = []
  for (let n = 0; n < 8; n++) statuses.push((await world.ask('/en/nowhere', { headers: { 'x-forwarded-for': forwarded(n) } })).status)
  return statuses.filter((status) => status === 429).length
}

onBothEngines(
  'behind one proxy, a visitor',
  (world) => {
    test('counts by what the proxy says, not by what they invent before it', async () => {
      expect(await manyFrom(world(), (n) => `10.8.0.${n}, 10.7.0.1`)).toBe(3)
      expect(await manyFrom(world(), (n) => `10.7.0.1, 10.8.1.${n}`)).toBe(0)
    })
  },
  { PUENTE_PROXIES: '1', PUENTE_RATE: '5' },
)

onBothEngines(
  'without a proxy, a visitor',
  (world) => {
    test('cannot say where they come from', async () => {
      expect(await manyFrom(world(), (n) => `10.8.0.${n}`)).toBe(3)
    })

    test('is not told back what they sent by TRACE', async () => {
      const server = await listen(world().app, '127.0.0.1', 0)
      try {
        const { port } = server.address() as AddressInfo
        const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
          const sent = request({ port, host: '127.0.0.1', path: '/', method: 'TRACE', headers: { 'x-secret': 'hidden-words' } }, (answer) => {
            let all = ''
            answer.on('data', (chunk: Buffer) => void (all += chunk.toString()))
            answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: all }))
          })
          sent.once('error', reject)
          sent.end()
        })
        expect([status >= 400, text.includes('hidden-words')]).toEqual([true, false])
      } finally {
        await stopListening(server)
      }
    })
  },
  { PUENTE_RATE: '5' },
)
