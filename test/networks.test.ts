import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { StandingState } from '../src/modules/members/schema/kinds.ts'
import { newId } from '../src/platform/id.ts'
import { command } from './support/command.ts'
import { browserOf, firstAdministrator, hiddenIn, joinBy, lettersTo, settings, statusAndPlace, strong, type Browser } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const south = { en: 'Southern Network', es: 'Red del Sur', zh: '南方网络', vi: 'Mạng lưới phương Nam' }
const pathOf = (link = '') => new URL(link).pathname

onBothEngines(
  'networks from the command line',
  (world) => {
    test('what is missing or wrong is said, each by its option, and nothing is made', async () => {
      const said = await command(world(), 'network add', ['South!'], { en: 'South', administrator: 'nobody' })
      expect(said.code).toBe(3)
      for (const option of ['key', '--es', '--zh', '--vi', '--administrator']) expect(said.err.some((line) => line.startsWith(`${option}:`))).toBe(true)
      expect(said.err.some((line) => line.startsWith('--en:'))).toBe(false)
      expect(await world().rows(sql`select key from members.network`)).toEqual([])
    })

    test('the first network made this way runs the instance; its link makes an administrator, once', async () => {
      const made = await command(world(), 'network add', ['north'], { ...south, administrator: 'Ada@north.example.org', json: true })
      const { link } = JSON.parse(made.out[0] ?? '') as { link: string }
      const ada = browserOf(world)
      expect(statusAndPlace(await ada.post(`/en${pathOf(link)}`, { name: 'Ada', password: strong }))).toEqual([303, '/en/desk'])
      expect((await browserOf(world).get(pathOf(link))).status).toBe(410)
      expect([(await ada.get('/en/desk/outbox')).status, (await ada.get('/en/desk/reports')).status]).toEqual([200, 200])
      expect(await world().rows(sql`select email, role, invited_by from members.invitation`)).toEqual([
        { email: 'ada@north.example.org', role: 'administrator', invited_by: null },
      ])
      expect((await command(world(), 'network add', ['north'], { ...south, administrator: 'x@north.example.org' })).code).toBe(3)
    })

    test('a new link ends the one before; other names are kept; the list says what there is', async () => {
      const first = await command(world(), 'network invite', ['north', 'eva@north.example.org'])
      const second = await command(world(), 'network invite', ['north', 'eva@north.example.org'])
      expect((await browserOf(world).get(pathOf(first.out[0]))).status).toBe(410)
      expect((await browserOf(world).get(pathOf(second.out[0]))).status).toBe(200)
      expect((await command(world(), 'network invite', ['nowhere', 'eva@north.example.org'])).code).toBe(3)
      expect((await command(world(), 'network rename', ['north'], { es: 'Red del Norte' })).code).toBe(0)
      expect((await command(world(), 'network rename', ['north'])).code).toBe(2)
      expect((await command(world(), 'network rename', ['nowhere'], { es: 'x' })).code).toBe(3)
      const [line = '[]'] = (await command(world(), 'network list', [], { json: true })).out
      expect(JSON.parse(line)).toEqual([{ key: 'north', name: { ...south, es: 'Red del Norte' }, members: 0, officers: 1 }])
      expect((await command(world(), 'network list', [])).out[0]).toContain('Red del Norte')
      expect(await world().rows(sql`select verb, actor from app.log_entry where verb like 'members.network.%' order by position`)).toEqual([
        { verb: 'members.network.made', actor: 'system:operator' },
        { verb: 'members.network.renamed', actor: 'system:operator' },
      ])
    })
  },
  settings,
)

onBothEngines(
  'two networks',
  (world) => {
    let [ana, luz, bao, vy]: Browser[] = []
    const who = () => ({ ana: ana!, luz: luz!, bao: bao!, vy: vy! })
    const ids: Record<string, string> = {}
    const [key, application] = ['example-hospital-hanoi', randomUUID()]
    const [of, at, standing] = [`/en/members/${key}`, `/en/applications/${application}`, `/en/members/${key}/standing`]
    const statuses = (browser: Browser, paths: string[]) => Promise.all(paths.map(async (path) => (await browser.get(path)).status))
    const formOf = async (browser: Browser, action: string, page: string) => hiddenIn((await browser.page(page)).text, action)
    /** How a secretariat says how the member stands: the form of its own network on the page. */
    const stand = async (browser: Browser, network: string, state: StandingState, reason = '') => {
      const now = (
        await world().rows(
          sql<{
            id: string
          }>`select id from members.standing where network_id = ${ids[network]}::uuid and until is null and organization_id = ${ids['hospital']}::uuid`,
        )
      )[0]?.id
      return (await browser.post(standing, { network: ids[network] ?? '', now: now ?? '', state, reason })).status
    }
    const logged = (verb: string) =>
      world().rows(
        sql<{
          actor: string
        }>`select p.payload::jsonb as said from app.log_entry e join app.log_payload p on p.entry_id = e.id where e.verb = ${verb} order by e.position`,
      )

    beforeAll(async () => {
      ana = await firstAdministrator(world)
      const made = await command(world(), 'network add', ['south'], { ...south, administrator: 'luz@south.example.org', json: true })
      luz = browserOf(world)
      await luz.post(`/en${pathOf((JSON.parse(made.out[0] ?? '') as { link: string }).link)}`, { name: 'Luz', password: strong })
      for (const { id, key: word } of await world().rows(sql<{ id: string; key: string }>`select id, key from members.network`)) ids[word] = id
      await ana.post('/en/desk/members', {
        network: ids['network'] ?? '',
        original: 'en',
        name: 'Example Hospital Hanoi',
        kind: 'hospital',
        country: 'VN',
        since: '2025-09-02',
      })
      for (const [name, role] of [
        ['bao', 'admin'],
        ['vy', 'viewer'],
      ] as const)
        await ana.post(`${of}/invitations`, { email: `${name}@hospital.example.org`, role })
      bao = await joinBy(world, 'bao@hospital.example.org', 'Bảo')
      vy = await joinBy(world, 'vy@hospital.example.org', 'Vy')
      ids['hospital'] = (await world().rows(sql<{ id: string }>`select id from members.organization`))[0]?.id ?? ''
    })

    test('the offices of the second one run their network, and of the instance they see nothing', async () => {
      const page = (await who().luz.page('/en/desk')).text
      const [nav = ''] = /<nav class="tabs".*?<\/nav>/s.exec(page) ?? []
      expect([...nav.matchAll(/href="\/en(\/[^"]+)"/g)].map(([, path]) => path)).toEqual([
        '/desk',
        '/desk/applications',
        '/desk/claims',
        '/desk/members',
        '/desk/networks',
        '/desk/listings',
        '/desk/interests',
        '/desk/introductions',
        '/desk/calls',
      ])
      for (const word of ['/desk/reports', '/desk/corrections', '/desk/outbox']) expect(page).not.toContain(word)
      const instance = ['/en/desk/reports', '/en/desk/corrections', '/en/desk/outbox', `/en/desk/reports/${newId()}`]
      expect(await statuses(who().luz, instance)).toEqual([404, 404, 404, 404])
      expect(await statuses(who().ana, instance)).toEqual([200, 200, 200, 404])
      await browserOf(world).post('/en/reports', { id: newId(), about: '/', reason: 'other', claim: 'x' })
      const [report] = await world().rows(sql<{ id: string }>`select id from members.report`)
      expect((await who().luz.post(`/en/desk/reports/${report?.id}/closure`, { outcome: 'nothing', version: '1' })).status).toBe(404)
      expect(await world().rows(sql`select closed_at from members.report`)).toEqual([{ closed_at: null }])
      const [account] = await world().rows(sql<{ id: string }>`select id from auth.account where email = 'luz@south.example.org'`)
      const actor = { kind: 'person', id: account?.id ?? '', name: '', language: 'en', session: '' } as const
      for (const table of ['members.report', 'app.mail', 'record.correction'])
        expect([table, await world().database.read(actor, async (db) => (await sql`select 1 from ${sql.raw(table)}`.execute(db)).rows)]).toEqual([table, []])
      expect(await statuses(who().luz, ['/en/desk/networks/network', '/en/desk/networks/south'])).toEqual([404, 200])
      expect((await who().luz.post('/en/desk/networks/network/invitations', { email: 'x@example.org', role: 'administrator' })).status).toBe(404)
    })

    test('its admins, and nobody else, are offered to apply to the other network, with what it has said already', async () => {
      const link = `/en/apply?organization=${ids['hospital']}`
      expect((await who().bao.page(of)).text).toContain(link)
      for (const other of [who().vy, who().ana, who().luz, browserOf(world)]) expect((await other.page(of)).text).not.toContain(link)
      const form = (await who().bao.page(link)).text
      expect(hiddenIn(form, '/en/apply')).toMatchObject({ organization: ids['hospital'], network: ids['south'] })
      expect(form).toContain('value="Example Hospital Hanoi"')
      expect((await who().vy.page(link)).text).not.toContain(`value="${ids['hospital']}"`)
      const facts = { name: 'Example Hospital Hanoi', original: 'en', kind: 'hospital', country: 'VN', why: 'Trials with partners of the South.' }
      const send = (browser: Browser, id: string, network = 'south') =>
        browser.post('/en/apply', { ...facts, id, network: ids[network] ?? '', organization: ids['hospital'] ?? '' })
      expect((await send(who().vy, randomUUID())).status).toBe(403)
      expect((await send(who().luz, randomUUID())).status).toBe(403)
      expect((await send(who().bao, randomUUID(), 'network')).status).toBe(409)
      expect(statusAndPlace(await send(who().bao, application))).toEqual([303, at])
      expect(await world().rows(sql`select number, organization_id, state from members.application`)).toEqual([
        { number: 1, organization_id: ids['hospital'], state: 'sent' },
      ])
    })

    test('only the secretariat applied to sees the application, and admits: a standing is added and nothing else', async () => {
      expect([
        (await who().luz.page('/en/desk/applications')).text.includes(application),
        (await who().ana.page('/en/desk/applications')).text.includes(application),
      ]).toEqual([true, false])
      expect(await statuses(who().ana, [at])).toEqual([404])
      const form = await formOf(who().luz, `${at}/admission`, at)
      expect((await who().ana.post(`${at}/admission`, { ...form, since: '2026-02-01' })).status).toBe(404)
      expect((await who().luz.post(`${at}/admission`, { ...form, since: '2026-02-01' })).status).toBe(303)
      expect(await world().rows(sql`select n.key, s.state from members.standing s join members.network n on n.id = s.network_id order by n.key`)).toEqual([
        { key: 'network', state: 'admitted' },
        { key: 'south', state: 'admitted' },
      ])
      expect(
        await world().rows(sql`select count(*)::int as organizations, (select count(*)::int from members.role) as roles from members.organization`),
      ).toEqual([{ organizations: 1, roles: 2 }])
      const page = (await browserOf(world).page(of)).text
      for (const words of ['Member · Network', 'Member · Southern Network']) expect(page).toContain(words)
      expect((await who().bao.page(of)).text).not.toContain('/en/apply?organization=')
    })

    test('the directory shows each network its own', async () => {
      await who().luz.post('/en/desk/members', {
        network: ids['south'] ?? '',
        original: 'es',
        name: 'Instituto Ejemplo',
        kind: 'institute',
        country: 'CU',
        since: '2026-03-01',
      })
      const keys = async (query: string) =>
        ((await (await world().ask(`/api/v1/members${query}`)).json()) as { items: { key: string }[] }).items.map((item) => item.key)
      expect([await keys(''), await keys('?network=network'), await keys('?network=south'), await keys('?network=nowhere')]).toEqual([
        [key, 'instituto-ejemplo'],
        [key],
        [key, 'instituto-ejemplo'],
        [],
      ])
      const page = (await browserOf(world).page('/vi/members?network=south')).text
      expect([page.includes('<option value="south" selected'), page.includes('Mạng lưới phương Nam')]).toEqual([true, true])
    })

    test('suspended in one it stays in the other: its people keep their roles, and are told; the reason is for one desk', async () => {
      expect(await stand(who().ana, 'south', 'suspended', 'x')).toBe(404)
      expect(await stand(who().luz, 'network', 'suspended', 'x')).toBe(404)
      expect(await stand(who().luz, 'south', 'suspended', 'No fee was paid.')).toBe(303)
      expect((await lettersTo(world, 'bao@hospital.example.org'))[0]?.text).toContain('No fee was paid.')
      expect(await statuses(who().bao, [`${of}/edit`, `${of}/people`])).toEqual([200, 200])
      const page = (await who().bao.page(of)).text
      expect([page.includes('The membership in Southern Network is suspended.'), page.includes('can read but change nothing')]).toEqual([true, false])
      expect([(await who().luz.page(standing)).text.includes('No fee was paid.'), (await who().ana.page(standing)).text.includes('No fee was paid.')]).toEqual([
        true,
        false,
      ])
      expect((await browserOf(world).page('/en/members?network=south')).text).not.toContain(of)
      expect((await browserOf(world).page('/en/members?network=network')).text).toContain(of)
    })

    test('who acts for it is for the network that looks after it', async () => {
      const paths = [`${of}/people`, `${of}/edit`, `${of}/claim`]
      expect([await statuses(who().ana, paths), await statuses(who().luz, paths)]).toEqual([
        [200, 200, 200],
        [403, 403, 403],
      ])
      expect((await who().luz.post(`${of}/invitations`, { email: 'x@example.org', role: 'admin' })).status).toBe(403)
      const entry = '/en/organizations/cigb/claim'
      expect((await who().bao.send(entry, { ...(await formOf(who().bao, entry, entry)), member: key, evidence: 'See the list of staff.' })).status).toBe(303)
      const claims = async (browser: Browser) => (await browser.page('/en/desk/claims')).text.includes('/en/claims/')
      expect([await claims(who().ana), await claims(who().luz)]).toEqual([true, false])
    })

    test('leaves the first: the second looks after it from now on, and the first sees no more of it than everybody', async () => {
      expect(await stand(who().luz, 'south', 'admitted')).toBe(303)
      expect(await stand(who().ana, 'network', 'left', 'It asked to leave.')).toBe(303)
      expect(await logged('members.organization.stands')).toContainEqual({ said: { network: 'network', state: 'left', home: 'south' } })
      const paths = [`${of}/people`, `${of}/edit`, `${of}/claim`]
      expect([await statuses(who().ana, paths), await statuses(who().luz, paths), await statuses(who().bao, paths)]).toEqual([
        [403, 403, 403],
        [200, 200, 200],
        [200, 200, 200],
      ])
      const [claim] = await world().rows(sql<{ id: string }>`select id from members.claim`)
      expect([await statuses(who().ana, [`/en/claims/${claim?.id}`]), await statuses(who().luz, [`/en/claims/${claim?.id}`])]).toEqual([[404], [200]])
      expect((await who().ana.post(`${of}/invitations`, { email: 'x@example.org', role: 'admin' })).status).toBe(403)
      expect((await who().bao.post(`${of}/invitations`, { email: 'chi@hospital.example.org', role: 'editor' })).status).toBe(303)
      const chi = await joinBy(world, 'chi@hospital.example.org', 'Chi')
      expect(await statuses(chi, [`${of}/edit`])).toEqual([200])
      const desks = await world()
        .rows(sql`select distinct n.key from (select desk_id from members.organization where id = ${ids['hospital']}::uuid union all select desk_id from members.role
        union all select desk_id from members.invitation where organization_id is not null union all select desk_id from members.claim) d join members.network n on n.desk_id = d.desk_id`)
      expect(desks).toEqual([{ key: 'south' }])
      // The first may still take it back, as it might have been a slip; that alone moves nothing.
      expect(await stand(who().ana, 'network', 'admitted')).toBe(303)
      expect(await statuses(who().ana, [`${of}/people`])).toEqual([403])
    })
  },
  settings,
)
