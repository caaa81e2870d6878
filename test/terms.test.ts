import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { firstLink } from '../src/modules/members/index.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages, type Language } from '../src/platform/i18n/languages.ts'
import { command } from './support/command.ts'
import { browserOf, type Browser } from './support/persons.ts'
import { readHtml } from './support/html.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A folder with files as an operator keeps them. */
function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'puente-terms-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const hostile = '<script>alert(1)</script> & <img src=x onerror=alert(2)> [here](javascript:alert(3))'
const words = (n: number): Record<Language, string> => ({
  en: `# Whoever takes part ${n}\n\nDeals fairly with the others.\nAlways.\n\n- keeps confidences\n- ${hostile}\n`,
  es: `# Quien participa ${n}\n\nTrata con justicia a los demás.\n`,
  zh: `# 参与者 ${n}\n\n公平对待他人。\n`,
  vi: `# Người tham gia ${n}\n\nĐối xử công bằng với người khác.\n`,
})
const filesOf = (texts: Record<string, string>) => Object.fromEntries(Object.entries(texts).map(([language, text]) => [`${language}.md`, text]))
const publish = (world: World, n: number) => command(world, 'terms publish', [folderOf(filesOf(words(n)))])

const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]
const acceptances = (world: World) =>
  world.rows(sql`select t.version, a.language from members.acceptance a join members.terms t on t.id = a.terms_id order by t.version, a.accepted_at`)
const accepts = (world: World) => world.rows(sql`select actor like 'person:%' as own from app.log_entry where verb = 'members.terms.accepted'`)

onBothEngines('publishing terms of use', (world) => {
  test('while there are none, nobody is asked and no page links to them', async () => {
    for (const language of languages) {
      expect((await world().ask(`/${language}/terms`)).status).toBe(404)
      expect(await (await world().ask(`/${language}`)).text()).not.toContain(`/${language}/terms"`)
    }
  })

  test('needs a text in each language, and says everything that is wrong at once', async () => {
    const said = await command(world(), 'terms publish', [folderOf({ 'en.md': 'x'.repeat(100_001), 'es.md': Buffer.from([0xff, 0xfe]), 'zh.md': ' \n' })])
    expect([said.code, said.out]).toEqual([
      3,
      ['en.md: may have at most 100,000 characters', 'es.md: the file is not UTF-8 text', 'zh.md: is missing', 'vi.md: the file is missing'],
    ])
    expect((await command(world(), 'terms publish', [folderOf({})])).code).toBe(3)
    expect(await world().rows(sql`select id from members.terms`)).toEqual([])
  })

  test('makes a version of its own each time the words change, with its entry in the log', async () => {
    expect((await publish(world(), 1)).out).toEqual(['Version 1 of the terms of use is published.'])
    expect((await publish(world(), 1)).out).toEqual(['These are the words of version 1, which holds already. Nothing was published.'])
    const said = await command(world(), 'terms publish', [folderOf(filesOf(words(2)))], { json: true })
    expect(said.out).toEqual(['{"version":2,"published":true}'])
    expect(await world().rows(sql`select verb, actor from app.log_entry where verb = 'members.terms.published'`)).toEqual([
      { verb: 'members.terms.published', actor: 'system:operator' },
      { verb: 'members.terms.published', actor: 'system:operator' },
    ])
  })

  test('shows them to everybody in each language, with the older ones, and links them from every page', async () => {
    for (const language of languages) {
      const heading = words(2)[language].split('\n')[0]?.slice(2) ?? ''
      const text = await (await world().ask(`/${language}/terms`)).text()
      expect(text).toContain(`<h2>${heading}</h2>`)
      expect(text).toContain(`href="/${language}/terms/1"`)
      const old = await (await world().ask(`/${language}/terms/1`)).text()
      expect(old).toContain(membersTexts[language]('terms.superseded'))
      expect(await (await world().ask(`/${language}`)).text()).toContain(`href="/${language}/terms">${membersTexts[language]('terms.title')}</a>`)
      expect(await (await world().ask(`/${language}/nowhere`)).text()).toContain(`href="/${language}/terms"`)
    }
    for (const path of ['/en/terms/3', '/en/terms/0', '/en/terms/x', '/en/terms/99999999999', '/en/terms/1%20'])
      expect((await world().ask(path)).status).toBe(404)
  })

  test('shows words as words, whatever stands in them', async () => {
    const { elements, faults } = readHtml(await (await world().ask('/en/terms')).text())
    expect(faults).toEqual([])
    expect(
      elements.filter(({ name, attributes }) => name === 'img' || (name === 'script' && !attributes['src']) || attributes['href']?.startsWith('javascript')),
    ).toEqual([])
    expect(elements.find(({ name, text }) => name === 'li' && text.startsWith('<script>'))?.text).toBe(hostile)
  })
})

onBothEngines(
  'accepting terms of use',
  (world) => {
    let browser: Browser
    const account = { name: 'Ana Ejemplo', email: 'ana@hospital.example.org', password: 'bread under seven bridges' }

    test('nobody is asked while there are none', async () => {
      browser = browserOf(world)
      expect((await browser.post(`/en${await firstLink(world().database)}`, account)).status).toBe(303)
      expect((await browser.get('/en/account')).status).toBe(200)
      expect(statusAndPlace(await browser.get('/en/terms/accept?next=/map'))).toEqual([303, '/en/map'])
    })

    test('comes before every page of one’s own, and leaves the public record and the way out open', async () => {
      expect((await publish(world(), 1)).code).toBe(0)
      expect(statusAndPlace(await browser.get('/es/account?done=saved'))).toEqual([303, '/es/terms/accept?next=%2Faccount%3Fdone%3Dsaved'])
      expect(statusAndPlace(await browser.get('/es/desk/applications'))).toEqual([303, '/es/terms/accept?next=%2Fdesk%2Fapplications'])
      // A form that was open before is taken; the page after it asks.
      expect(statusAndPlace(await browser.post('/es/account', { name: 'Otra', language: 'es' }))).toEqual([303, '/es/account?done=saved'])
      expect(await world().rows(sql`select name from auth.account`)).toEqual([{ name: 'Otra' }])
      for (const path of ['/es', '/es/organizations/cigb', '/es/terms', '/es/search?q=cigb']) expect((await browser.get(path)).status).toBe(200)
      const other = browserOf(world)
      await other.post('/es/sign-in', { email: account.email, password: account.password })
      expect(statusAndPlace(await other.post('/es/sign-out', {}))).toEqual([303, '/es/'])
      expect(statusAndPlace(await other.get('/es/terms/accept'))).toEqual([303, '/es/sign-in?next=%2Faccount'])
      expect(statusAndPlace(await other.post('/es/terms/accept', { version: '1', agree: 'yes' }))).toEqual([303, '/es/sign-in?next=%2Faccount'])
    })

    test('asks for the mark, in each language, and shows the whole text again without it', async () => {
      for (const language of languages) {
        const page = await browser.get(`/${language}/terms/accept?next=/account`)
        expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
        const answer = await browser.post(`/${language}/terms/accept`, { version: '1', next: '/map' })
        const text = await answer.text()
        expect(answer.status).toBe(422)
        expect(text).toContain(platformTexts[language]('issue.required'))
        expect(text).toContain('name="next" value="/map"')
        expect(text).toContain(words(1)[language].split('\n')[2])
      }
      expect(await acceptances(world())).toEqual([])
    })

    test('is written once, however often the button is pressed, and leads to where they wanted', async () => {
      const press = () => browser.post('/zh/terms/accept', { version: '1', agree: 'yes', next: '/account?done=saved' })
      const answers = [...(await Promise.all([press(), press()])), await press()]
      expect(answers.map(statusAndPlace)).toEqual(answers.map(() => [303, '/zh/account?done=saved']))
      expect(await acceptances(world())).toEqual([{ version: 1, language: 'zh' }])
      expect(await accepts(world())).toEqual([{ own: true }])
      expect(await (await browser.get('/zh/account')).text()).toContain('href="/zh/terms/1">第 1 版，接受于')
      expect((await browser.post('/zh/terms/accept', { version: '1', agree: 'yes', next: '//evil.example.org' })).headers.get('location')).toBe('/zh/account')
    })

    test('a new version is asked for again; a page with the old one left open accepts nothing', async () => {
      expect((await publish(world(), 2)).code).toBe(0)
      expect((await browser.get('/vi/account')).status).toBe(303)
      for (const version of ['1', '3', 'x', '']) {
        const stale = await browser.post('/vi/terms/accept', { version, agree: 'yes', next: '/account' })
        const text = await stale.text()
        expect([stale.status, text.includes(membersTexts.vi('terms.newer')), text.includes('name="version" value="2"')]).toEqual([409, true, true])
      }
      expect(await acceptances(world())).toEqual([{ version: 1, language: 'zh' }])
      expect(statusAndPlace(await browser.post('/vi/terms/accept', { version: '2', agree: 'yes', next: '/account' }))).toEqual([303, '/vi/account'])
      expect(await acceptances(world())).toEqual([
        { version: 1, language: 'zh' },
        { version: 2, language: 'vi' },
      ])
    })

    test('cannot be done for somebody else, nor changed afterwards, not even past the pages', async () => {
      const [row] = await world().rows(sql<{ id: string; space: string; terms: string }>`
        select p.id, p.space_id as space, t.id as terms from members.person p, members.terms t where t.version = 1`)
      const { database } = world()
      const somebody = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'x', language: 'en', session: 'x' } as const
      const insert = sql`insert into members.acceptance (id, space_id, person_id, terms_id, language)
        values ('00000000-0000-7000-8000-0000000000ab', ${row?.space}, ${row?.id}, ${row?.terms}, 'en')`
      for (const actor of [somebody, { kind: 'system', name: 'operator' }, { kind: 'public' }] as const)
        await expect(database.write(actor, (db) => insert.execute(db))).rejects.toMatchObject({ code: '42501' })
      const own = { ...somebody, id: row?.id ?? '' }
      for (const change of [sql`update members.acceptance set language = 'en'`, sql`delete from members.acceptance`, sql`update members.terms set version = 9`])
        await expect(database.write(own, (db) => change.execute(db))).rejects.toMatchObject({ code: '42501' })
    })

    test('costs a page of the record nothing', async () => {
      const queries = async (headers: Record<string, string>) => {
        await world().ask('/en/organizations/cigb', { headers })
        world().logged.length = 0
        await world().ask('/en/organizations/cigb', { headers })
        return Number(world().logged.find(({ msg }) => msg === 'request')?.['queries'])
      }
      expect(await queries({})).toBe(3)
      // Signed in: six for the session with the position of the log, five for the page.
      expect(await queries({ cookie: `puente=${browser.cookies.get('puente')}` })).toBe(11)
    })
  },
  { PUENTE_PROXIES: '1' },
)
