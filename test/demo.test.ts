import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { buildDemo } from '../src/demo/build.ts'
import { readDemoConfig } from '../src/demo/config.ts'
import { demoPages } from '../src/demo/pages.tsx'
import { membersTexts } from '../src/modules/members/index.ts'
import { examine } from '../src/platform/cli/doctor.ts'
import { readDemoMark } from '../src/platform/demo.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { verifyLog } from '../src/platform/log/chain.ts'
import { foldKey } from '../src/platform/text/fold.ts'
import { as, demoSeeds, onTheDemo, players } from './support/demo.ts'
import { browserOf, firstAdministrator, settings, statusAndPlace } from './support/persons.ts'
import { puente, startServer } from './support/process.ts'
import { readRows, seeds } from './support/record.ts'
import { onBothEngines, sql } from './support/world.ts'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

onTheDemo('the demonstration', (world) => {
  test('every page says what it is, in each language, and no search engine keeps any', async () => {
    for (const language of languages)
      for (const path of ['', '/demo', '/organizations/cigb', '/members/example-hospital-hanoi', '/sign-in', '/nowhere']) {
        const answer = await world().ask(`/${language}${path}`)
        const page = await answer.text()
        expect([path, page.includes(escape(platformTexts[language]('demo.band'))), page.includes('content="noindex"')]).toEqual([path, true, true])
        expect(answer.headers.get('x-robots-tag')).toContain('noindex')
      }
    expect((await world().ask('/api/v1/record/summary')).headers.get('x-robots-tag')).toContain('noindex')
  })

  test('everybody can be chosen by one form, and sees the page of theirs', async () => {
    expect(players).toHaveLength(demoSeeds.persons.length)
    for (const { key, name, language, home } of players) {
      const browser = browserOf(world)
      const page = await browser.page(`/${language}/demo`)
      expect(page.text).toContain(`<input type="hidden" name="person" value="${key}"`)
      expect([key, ...statusAndPlace(await browser.post(`/${language}/demo`, { person: key }))]).toEqual([key, 303, `/${language}${home}`])
      const arrived = await browser.page(`/${language}${home}`)
      expect([key, arrived.status, arrived.text.includes(escape(name))]).toEqual([key, 200, true])
    }
  })

  test('choosing somebody else signs the one before out; somebody unknown, or another site, signs nobody in', async () => {
    const browser = await as(world, 'bao')
    const before = browser.cookies.get('puente') ?? ''
    await browser.post('/en/demo', { person: 'ana' })
    expect((await browser.page('/en/desk')).text).toContain('Ana Ejemplo Ruiz')
    const old = await world().ask('/en/account', { headers: { cookie: `puente=${before}` } })
    expect(statusAndPlace(old)[0]).toBe(303)
    expect((await browserOf(world).post('/en/demo', { person: 'nobody' })).status).toBe(404)
    const elsewhere = await world().post(
      '/en/demo',
      { person: 'ana' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://example.org', 'x-forwarded-for': '10.4.0.1' },
    )
    expect([elsewhere.status, elsewhere.headers.getSetCookie()]).toEqual([403, []])
  })

  test('each does what their role lets them, and no more', async () => {
    const hospital = '/en/members/example-hospital-hanoi'
    const status = async (key: string, path: string) => (await (await as(world, key)).get(path)).status
    expect(await status('bao', `${hospital}/edit`)).toBe(200)
    expect(await status('chi', `${hospital}/edit`)).toBe(200)
    expect(await status('vy', `${hospital}/edit`)).toBe(403)
    expect(await status('elena', `${hospital}/people`)).toBe(403)
    expect(await status('nuria', '/en/members/example-university-recife/people')).toBe(403)
    // Suspended, and left: they read and change nothing.
    expect(await status('dung', '/en/members/example-centre-can-tho/edit')).toBe(403)
    expect(await status('paulo', '/en/members/example-trading-house-santos/edit')).toBe(403)
    expect([await status('linh', '/en/desk/outbox'), await status('ana', '/en/desk/outbox'), await status('chen', '/en/desk/outbox')]).toEqual([404, 200, 404])
    expect([await status('chen', '/en/desk/proposals'), await status('chen', '/en/desk/members'), await status('bao', '/en/desk/proposals')]).toEqual([
      200, 404, 404,
    ])
  })

  test('there is one of everything that waits or has ended', async () => {
    const states = await world().rows(
      sql<{ state: string; confirmed: boolean }>`select distinct state, person_id is not null as confirmed from members.application order by 1, 2`,
    )
    expect(states.map(({ state, confirmed }) => `${state} ${confirmed}`)).toEqual([
      'admitted true',
      'answered true',
      'asked true',
      'declined true',
      'sent false',
      'sent true',
      'withdrawn true',
    ])
    expect(await world().rows(sql`select kind, count(*)::int as n from members.organization group by kind order by kind`)).toEqual(
      ['centre', 'enterprise', 'hospital', 'institute', 'laboratory', 'ministry', 'regulator', 'university'].map((kind) => ({
        kind,
        n: kind === 'enterprise' ? 2 : 1,
      })),
    )
    const one = sql<Record<string, number>>`select
      (select count(*)::int from members.standing where until is null and state = 'suspended') as suspended, (select count(*)::int from members.standing where until is null and state = 'left') as "left",
      (select count(*)::int from members.organization where parent_id is not null) as parts, (select count(*)::int from members.organization where kept_by = 'secretariat') as "onBehalf",
      (select count(*)::int from members.role where deputy_of is not null) as deputies, (select count(*)::int from members.report) as reports, (select count(*)::int from vocabulary.proposal) as proposals,
      (select count(*)::int from app.mail where refused_at is not null) as refused, (select count(*)::int from members.claim) as claims,
      (select count(*)::int from members.invitation where accepted_at is null and ends_at > now()) as open, (select count(*)::int from members.invitation where accepted_at is null and ends_at <= now()) as expired,
      (select count(*)::int from members.person p where not exists (select from members.acceptance a where a.person_id = p.id)) as "withoutTerms"`
    expect(await world().rows(one)).toEqual([
      { suspended: 1, left: 1, parts: 1, onBehalf: 2, deputies: 1, reports: 1, proposals: 1, refused: 1, claims: 0, open: 2, expired: 2, withoutTerms: 0 },
    ])
    const desk = await (await as(world, 'linh')).page('/en/desk/members')
    expect(desk.text).toContain('/en/members/example-ministry-havana')
  })

  test('offers and needs stand in each state, find each other, and have been answered', async () => {
    const states = await world().rows(sql<{ state: string }>`select distinct state from exchange.listing where origin = 'member' order by 1`)
    expect(states.map(({ state }) => state)).toEqual(['desk-review', 'draft', 'own-review', 'published', 'returned'])
    const idOf = new Map<string, string>()
    for (const { key, title, original } of demoSeeds.listings) {
      const [row] = await world().rows(sql<{ id: string }>`select id from exchange.listing where title ->> ${original} = ${title[original] ?? ''}`)
      idOf.set(key, row?.id ?? key)
    }
    // The tests have a small vocabulary; of this pair both are written in English too.
    const page = (await (await as(world, 'wang')).page(`/en/listings/${idOf.get('conjugate-need')}/matches`)).text
    expect(/<li id="([^"]+)"/.exec(page)?.[1]).toBe(idOf.get('conjugate-process'))
    expect(page).toContain('both are free this year')
    const secret = 'Los datos de estabilidad a 36 meses'
    const reads = async (who: string) => (await (await as(world, who)).page(`/en/listings/${idOf.get('conjugate-process')}`)).text.includes(secret)
    expect([await reads('wang'), await reads('liu'), await reads('bao'), await reads('sun')]).toEqual([true, true, false, false])
    expect((await (await as(world, 'chi')).page('/vi/members/example-hospital-hanoi/interests?side=sent')).text).toContain('Đã từ chối')
    expect((await (await as(world, 'linh')).page('/en/desk')).text).toContain('/en/desk/introductions')
    expect(await world().rows(sql`select from matching.introduction where ended_at is null`)).toHaveLength(1)
  })

  test('profiles are found in the languages they are written in', async () => {
    for (const [path, key] of [
      ['/vi/members?q=benh+vien+vi+du', 'example-hospital-hanoi'],
      ['/zh/members?q=%E7%A4%BA%E4%BE%8B%E4%BC%81%E4%B8%9A', 'example-enterprise-suzhou'],
      ['/es/members?q=ministerio&state=admitted', 'example-ministry-havana'],
    ])
      expect((await world().ask(path ?? '')).status === 200 && (await (await world().ask(path ?? '')).text()).includes(`/members/${key}`)).toBe(true)
  })

  test('the log verifies, the doctor is content, and a second start finds what is there', async () => {
    const { database, config, files, secrets } = world()
    const count = sql<{ n: number }>`select count(*)::int as n from app.log_entry`
    const [before] = await world().rows(count)
    await buildDemo({ database, secrets, base: 'http://localhost' }, config.data, () => {})
    expect(await world().rows(count)).toEqual([before])
    expect((await examine(database, config, files, [])).filter(({ ok }) => !ok)).toEqual([])
    expect((await verifyLog(database)).breaks).toEqual([])
  })
})

test('no organization of the demonstration has the name of one on the real record, and every name says that it is an example', () => {
  const columns = (row: Record<string, string>) => Object.entries(row).filter(([column]) => /name|alias|label/.test(column))
  const real = new Set(
    readRows(seeds, 'organizations')
      .flatMap(columns)
      .flatMap(([, cell]) => cell.split(/[;|]/))
      .map(foldKey)
      .filter((name) => name !== ''),
  )
  expect(real.size).toBeGreaterThan(300)
  const names = [
    ...Object.values(demoSeeds.network.name),
    ...demoSeeds.organizations.flatMap(({ name }) => Object.values(name)),
    ...demoSeeds.applications.flatMap(({ name, english }) => [name, english ?? name]),
  ]
  expect(names.filter((name) => real.has(foldKey(name)))).toEqual([])
  expect(names.filter((name) => !/Example|Ejemplo|示例|Ví dụ/.test(name))).toEqual([])
  expect(demoSeeds.persons.filter(({ name }) => !/Ejemplo|Exemplo|示例|Ví Dụ|Prykład/.test(name))).toEqual([])
  expect(demoSeeds.persons.filter(({ email }) => !email.endsWith('.example.org'))).toEqual([])
})

onBothEngines(
  'an ordinary server',
  (world) => {
    test('has no page on which one chooses who one is, and no band', async () => {
      expect((await world().ask('/en/demo')).status).toBe(404)
      expect((await world().post('/en/demo', { person: 'ana' })).status).toBe(404)
      const home = await world().ask('/en')
      expect([(await home.text()).includes(platformTexts.en('demo.band')), home.headers.get('x-robots-tag')]).toEqual([false, null])
      expect(await readDemoMark(world().database)).toBe('none')
    })
  },
  settings,
)

onBothEngines(
  'a server that has the pages but not the mark in its database',
  (world) => {
    test('lets nobody in, not even into an account with the address of somebody of the demonstration', async () => {
      await firstAdministrator(world, { name: 'Ana', email: demoSeeds.persons.find(({ key }) => key === 'ana')?.email ?? '' })
      const answer = await world().post('/en/demo', { person: 'ana' })
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([404, []])
    })

    test('builds nothing where members are already', async () => {
      const { database, config, secrets } = world()
      await expect(buildDemo({ database, secrets, base: 'http://localhost' }, config.data, () => {})).rejects.toMatchObject({ code: 'demo_folder' })
      expect(await readDemoMark(database)).toBe('none')
    })
  },
  settings,
  async () => ({ demo: demoPages() }),
)

describe('the configuration', () => {
  test.each([
    [{ PUENTE_URL: 'https://puente.example.org' }, 'PUENTE_URL'],
    [{ DATABASE_URL: 'postgres://web@/puente', DATABASE_OWNER_URL: 'postgres://owner@/puente' }, 'DATABASE_URL'],
    [{ PUENTE_DATA: './.puente' }, 'PUENTE_DATA'],
    [{ PUENTE_DATA: join(process.cwd(), '.puente', '') }, 'PUENTE_DATA'],
  ])('%j is refused by name', (env, name) => {
    expect(() => readDemoConfig(env)).toThrow(name)
  })

  test('mail, providers and models are not read, so that nothing leaves; the folder is its own', () => {
    const models = { EMBEDDINGS_URL: 'http://localhost:8080', EMBEDDINGS_MODEL: 'example-model' }
    const config = readDemoConfig({ SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'a@example.org', OPENID_ISSUER: 'https://id.example.org', ...models })
    expect([config.smtp, config.openid, config.embeddings, config.data]).toEqual([undefined, undefined, undefined, join(process.cwd(), '.puente-demo')])
  })
})

describe('npm run demo', () => {
  const folders: string[] = []
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'puente-demo-'))
    folders.push(made)
    return made
  }
  afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })))

  test('a folder with something else in it is refused and left as it is', async () => {
    const data = folder()
    writeFileSync(join(data, 'accounts.txt'), 'mine')
    const ended = await puente(['demo'], { PUENTE_DATA: data })
    expect([ended.code, ended.err.includes(data)]).toEqual([4, true])
    expect([readdirSync(data), readFileSync(join(data, 'accounts.txt'), 'utf8')]).toEqual([['accounts.txt'], 'mine'])
  })

  test('killed while it is built, it is built anew; then found again; the ordinary server will not have it', { timeout: 300_000 }, async () => {
    const data = folder()
    const env = { PUENTE_DATA: data, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' }
    const killed = await puente(['demo'], env, { atWords: '(3 of' })
    expect(killed.code).toBe(null)
    expect(readFileSync(join(data, 'demonstration'), 'utf8')).toBe('building\n')
    expect((await puente(['serve'], env)).code).toBe(4)

    const first = await startServer({ PUENTE_DATA: data }, 'demo')
    expect(first.said()).toContain('(9 of 9)')
    expect(await (await fetch(`${first.url}/vi/demo`)).text()).toContain(membersTexts.vi('demo.title'))
    expect(await puente(['doctor'], env)).toMatchObject({ code: 0 })
    expect(await puente(['log', 'verify'], env)).toMatchObject({ code: 0 })
    await first.end('SIGTERM')

    const second = await startServer({ PUENTE_DATA: data }, 'demo')
    expect(second.said()).not.toContain('Building')
    await second.end('SIGTERM')
    expect((await puente(['serve'], env)).err).toContain('npm run demo')
    expect(existsSync(join(data, 'db'))).toBe(true)
    // Its mark is in the database too: without the file it is refused all the same.
    rmSync(join(data, 'demonstration'))
    expect((await puente(['serve'], env)).err).toContain('npm run demo')
  })
})
