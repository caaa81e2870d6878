import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { importer, operator, thePublic } from '../src/platform/access/actor.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { newId } from '../src/platform/id.ts'
import { queueMail } from '../src/platform/mail/mail.ts'
import { mailJobs } from '../src/platform/mail/deliver.ts'
import { doJobs, until, withSmtp } from './support/jobs.ts'
import { startMailServer } from './support/mail-server.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const settings = { PUENTE_PROXIES: '1' }
const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]
const queue = (world: World, to: string, subject = 'Your way in') =>
  world.database.write(thePublic, (db) =>
    queueMail(db, world.secrets, { to, language: 'es', subject, body: 'Siga https://localhost/in/secret-token', endsInMinutes: 60 }),
  )
const correct = async (world: World, more: Record<string, string> = {}) => {
  const id = newId()
  expect((await world.post('/es/corrections', { id, claim: 'Falta el año.', ...more }, { 'x-forwarded-for': id })).status).toBe(303)
  return id
}
type Stands = { sent: boolean; refused: boolean; empty: boolean; withdrawn: boolean; attempts: number }
const desk = '00000000-0000-7000-8000-000000000002'
const outbox = '00000000-0000-7000-8000-000000000005'
const verbsOf = (world: World, id: string) =>
  world.rows(sql<{ verb: string; actor: string }>`select verb, actor from app.log_entry where object_id = ${id} order by position`)
/** The counts on the overview, by where they lead. */
const countsOn = (page: string) =>
  Object.fromEntries([...page.matchAll(/href="\/en(\/desk\/[^"]+)" aria-label="[^"]*: (\d+)"/g)].map(([, path = '', n]) => [path, Number(n)]))

onBothEngines(
  'the desk',
  (world) => {
    let [administrator, secretary, curator, nobody]: Somebody[] = []
    const who = () => ({ administrator: administrator!, secretary: secretary!, curator: curator!, nobody: nobody! })
    let mail = ''
    let correction = ''
    beforeAll(async () => {
      administrator = await makeSomebody(world(), 'Ana Ejemplo', ['administrator'])
      secretary = await makeSomebody(world(), 'Lan Ví Dụ', ['secretariat'])
      curator = await makeSomebody(world(), '例 伟', ['curator'])
      nobody = await makeSomebody(world(), 'Nguyễn Không', [])
      mail = await queue(world(), 'bea@example.org')
      correction = await correct(world())
    })

    const paths = () => ['/desk', '/desk/reports', '/desk/corrections', `/desk/corrections/${correction}`, '/desk/outbox', `/desk/outbox/${mail}`]

    test('is for who runs it, and to others it is not there', async () => {
      const statuses = async (ask: (path: string) => Promise<Response>) => Promise.all(paths().map(async (path) => (await ask(`/en${path}`)).status))
      expect(await statuses(who().administrator.get)).toEqual([200, 200, 200, 200, 200, 200])
      expect(await statuses(who().secretary.get)).toEqual([200, 200, 200, 200, 404, 404])
      expect(await statuses(who().curator.get)).toEqual([200, 404, 404, 404, 404, 404])
      expect(await statuses(who().nobody.get)).toEqual([404, 404, 404, 404, 404, 404])
      expect(statusAndPlace(await world().ask('/vi/desk/reports?state=open'))).toEqual([303, '/vi/sign-in?next=%2Fdesk%2Freports%3Fstate%3Dopen'])
    })

    test('who may not, cannot do either: the answer is that it is not there, and no row changes', async () => {
      const acts: [string, Record<string, string>][] = [
        [`/en/desk/outbox/${mail}/retry`, { attempts: '0' }],
        [`/en/desk/outbox/${mail}/withdrawal`, {}],
        [`/en/desk/corrections/${correction}/closure`, { outcome: 'done', version: '1' }],
        [`/en/desk/reports/${newId()}/closure`, { outcome: 'nothing', version: '1' }],
      ]
      for (const [path, fields] of acts) {
        expect([path, (await who().nobody.post(path, fields)).status]).toEqual([path, 404])
        expect([path, (await who().curator.post(path, fields)).status]).toEqual([path, 404])
        if (path.includes('outbox')) expect([path, (await who().secretary.post(path, fields)).status]).toEqual([path, 404])
        expect(statusAndPlace(await world().post(path, fields))).toEqual([303, '/en/sign-in?next=%2Fdesk'])
      }
      expect((await verbsOf(world(), mail)).filter(({ verb }) => verb !== 'mail.read')).toEqual([{ verb: 'mail.queued', actor: 'public' }])
      expect(await verbsOf(world(), correction)).toEqual([{ verb: 'record.correction.suggested', actor: 'public' }])
      for (const id of ['x', newId()]) expect((await who().administrator.get(`/en/desk/reports/${id}`)).status).toBe(404)
    })

    test('an office that has ended opens nothing any more, at the next request', async () => {
      const leaver = await makeSomebody(world(), 'Eva Ejemplo', ['secretariat'])
      expect((await leaver.get('/en/desk')).status).toBe(200)
      await world().rows(sql`update members.office set valid_to = now() where person_id = ${leaver.id}`)
      expect((await leaver.get('/en/desk')).status).toBe(404)
      expect(await (await leaver.get('/en/account')).text()).not.toContain('href="/en/desk"')
    })

    test('stands in the head of every page for who is shown it; the public gets a way in, the same for all', async () => {
      for (const language of languages) {
        const links = async (get: (path: string) => Promise<Response>) => {
          const answer = await get(`/${language}/disputes`)
          const text = await answer.text()
          const found = ['/sign-in', '/desk', '/account'].filter((path) => text.includes(`href="/${language}${path}"`))
          return [answer.headers.get('cache-control'), ...found]
        }
        expect(await links(who().secretary.get)).toEqual(['private, no-cache', '/desk', '/account'])
        expect(await links(who().nobody.get)).toEqual(['private, no-cache', '/account'])
        expect(await links((path) => world().ask(path))).toEqual(['public, no-cache', '/sign-in'])
      }
      const page = await (await who().nobody.get('/vi/disputes')).text()
      expect(page).toContain('Nguyễn Không')
      expect(await (await world().ask('/vi/disputes')).text()).not.toContain('Nguyễn')
      const refused = await who().secretary.get('/en/nowhere')
      expect([refused.status, (await refused.text()).includes('href="/en/desk"')]).toEqual([404, true])
    })

    test('navigation and overview show each what they may open', async () => {
      const pages = async (somebody: Somebody) => {
        const page = await (await somebody.get('/zh/desk')).text()
        const [nav = ''] = /<nav class="tabs".*?<\/nav>/s.exec(page) ?? []
        return [...nav.matchAll(/href="\/zh(\/[^"]+)"/g)].map(([, path]) => path)
      }
      const ofMembers = ['/desk/applications', '/desk/claims', '/desk/members', '/desk/networks']
      const nothing = {
        '/desk/applications': 0,
        '/desk/claims': 0,
        '/desk/members': 0,
        '/desk/proposals?state=open': 0,
        '/desk/listings': 0,
        '/desk/interests?state=open': 0,
        '/desk/calls': 0,
        '/desk/pledges': 0,
      }
      expect(await pages(who().administrator)).toEqual([
        '/desk',
        ...ofMembers,
        '/desk/reports',
        '/desk/outbox',
        '/desk/proposals',
        '/desk/corrections',
        '/desk/listings',
        '/desk/interests',
        '/desk/introductions',
        '/desk/calls',
      ])
      expect(await pages(who().secretary)).toEqual([
        '/desk',
        ...ofMembers,
        '/desk/reports',
        '/desk/proposals',
        '/desk/corrections',
        '/desk/listings',
        '/desk/interests',
        '/desk/introductions',
        '/desk/calls',
      ])
      expect(await pages(who().curator)).toEqual(['/desk', '/desk/proposals'])
      expect(countsOn(await (await who().administrator.get('/en/desk')).text())).toEqual({
        ...nothing,
        '/desk/reports?state=open': 0,
        '/desk/corrections?state=open': 1,
        '/desk/outbox?state=refused': 0,
        '/desk/outbox?state=waiting': 1,
      })
      expect(countsOn(await (await who().secretary.get('/en/desk')).text())).toEqual({
        ...nothing,
        '/desk/reports?state=open': 0,
        '/desk/corrections?state=open': 1,
      })
    })

    test('asks the database for nothing twice', async () => {
      const counted = async (path: string) => {
        world().logged.length = 0
        expect((await who().administrator.get(path)).status).toBe(200)
        return world().logged.find((line) => line['msg'] === 'request')?.['queries']
      }
      // Five find out who asks: begin, into the role of accounts and out of it, the session with its offices, commit. One more for the foot of the page. Then begin, one, commit.
      for (const path of ['/en/desk', '/en/desk/outbox', '/en/desk/reports', '/en/desk/corrections', `/en/desk/corrections/${correction}`])
        expect([path, await counted(path)]).toEqual([path, 9])
    })
  },
  settings,
)

onBothEngines(
  'the outbox',
  (world) => {
    let administrator: Somebody
    beforeAll(async () => {
      administrator = await makeSomebody(world(), 'Ana Ejemplo', ['administrator'])
    })
    const rowOf = async (id: string) =>
      (
        await world().rows(
          sql<Stands>`select sent_at is not null as sent, refused_at is not null as refused, body is null as empty, withdrawn_at is not null as withdrawn, attempts from app.mail where id = ${id}`,
        )
      )[0]
    const state = async (id: string) => {
      const page = await (await administrator.get('/en/desk/outbox')).text()
      return /<span class="tag[^"]*">([^<]+)</.exec(page.slice(page.indexOf(id)))?.[1]
    }

    test('says when there is nothing, and that no server takes mail', async () => {
      const page = await (await administrator.get('/en/desk/outbox')).text()
      expect(page).toContain('Every mail has gone out.')
      expect(page).toContain('No mail server is configured')
    })

    test('shows what a mail says; that somebody read it is in the log, and no cache keeps it', async () => {
      const id = await queue(world(), 'bea@example.org', 'El <camino>')
      const list = await (await administrator.get('/en/desk/outbox')).text()
      expect(list).toContain('El &lt;camino&gt;')
      expect(list).not.toContain('secret-token')
      const answer = await administrator.get(`/en/desk/outbox/${id}`)
      expect([answer.headers.get('cache-control'), (await answer.text()).includes('https://localhost/in/secret-token')]).toEqual(['private, no-store', true])
      expect(await verbsOf(world(), id)).toEqual([
        { verb: 'mail.queued', actor: 'public' },
        { verb: 'mail.read', actor: `person:${administrator.id}` },
      ])
    })

    test('has a refused mail tried again, once for two clicks', async () => {
      let isKnown = false
      const server = await startMailServer({ refuse: (address) => (isKnown || !address.startsWith('cam') ? undefined : '550 5.1.1 no such user here') })
      const runner = await doJobs({ ...world(), config: withSmtp(world().config, server.url) }, mailJobs(withSmtp(world().config, server.url)))
      const id = await queue(world(), 'cam@example.org')
      await until('it is refused', async () => (await rowOf(id))?.refused === true)
      await runner.idle()
      const overview = await (await administrator.get('/en/desk')).text()
      expect(countsOn(overview)['/desk/outbox?state=refused']).toBe(1)
      const page = await (await administrator.get(`/en/desk/outbox/${id}`)).text()
      expect(page).toContain('550 5.1.1 no such user here')
      expect(page).toContain('name="attempts" value="1"')
      // Still unknown there: the second click comes when the first has been refused again, and does no more.
      expect(statusAndPlace(await administrator.post(`/en/desk/outbox/${id}/retry`, { attempts: '1' }))).toEqual([303, '/en/desk/outbox?done=retry'])
      await until('it is refused again', async () => (await rowOf(id))?.refused === true && (await rowOf(id))?.attempts === 2)
      await runner.idle()
      expect((await administrator.post(`/en/desk/outbox/${id}/retry`, { attempts: '1' })).status).toBe(303)
      await runner.idle()
      expect(await rowOf(id)).toMatchObject({ attempts: 2, refused: true })
      isKnown = true
      await Promise.all([1, 2].map(() => administrator.post(`/en/desk/outbox/${id}/retry`, { attempts: '2' })))
      await until('it has gone out', async () => (await rowOf(id))?.sent === true)
      await runner.stop()
      await server.close()
      expect(server.arrived.filter(({ to }) => to.includes('cam@example.org'))).toHaveLength(1)
      expect((await verbsOf(world(), id)).map(({ verb }) => verb)).toEqual([
        'mail.queued',
        'mail.refused',
        'mail.read',
        'mail.retried',
        'mail.refused',
        'mail.retried',
        'mail.sent',
      ])
      expect((await administrator.get(`/en/desk/outbox/${id}`)).status).toBe(404)
      expect((await administrator.post(`/en/desk/outbox/${id}/withdrawal`, {})).status).toBe(409)
    })

    test('has a mail that waits for its next attempt tried now', async () => {
      const id = await queue(world(), 'eva@example.org')
      await world().rows(sql`update app.job set run_at = now() + interval '5 hours', attempts = 9 where id = ${id}`)
      await world().rows(sql`update app.mail set attempts = 9 where id = ${id}`)
      expect((await administrator.post(`/en/desk/outbox/${id}/retry`, { attempts: '9' })).status).toBe(303)
      expect(await world().rows(sql`select run_at <= now() as now, attempts from app.job where id = ${id}`)).toEqual([{ now: true, attempts: 0 }])
    })

    test('takes a mail back: its text is gone, it is never sent, and a second click changes nothing', async () => {
      const id = await queue(world(), 'dan@example.org')
      for (let clicks = 0; clicks < 2; clicks++)
        expect(statusAndPlace(await administrator.post(`/en/desk/outbox/${id}/withdrawal`, {}))).toEqual([303, '/en/desk/outbox?done=withdrawal'])
      expect(await rowOf(id)).toEqual({ sent: false, refused: false, empty: true, withdrawn: true, attempts: 0 })
      expect((await verbsOf(world(), id)).map(({ verb }) => verb)).toEqual(['mail.queued', 'mail.withdrawn'])
      expect((await administrator.post(`/en/desk/outbox/${id}/retry`, { attempts: '0' })).status).toBe(409)
      const server = await startMailServer()
      const runner = await doJobs(world(), mailJobs(withSmtp(world().config, server.url)))
      await runner.idle()
      await runner.stop()
      await server.close()
      expect(server.arrived.map(({ to }) => to[0])).not.toContain('dan@example.org')
      expect(await state(id)).toBe('taken back')
    })

    test('cannot take back what is being sent at this moment, nor try again what has ended', async () => {
      const [flying, ended] = [await queue(world(), 'flo@example.org'), await queue(world(), 'gus@example.org')]
      await world().rows(sql`update app.job set ticket = id, run_at = now() + interval '1 minute' where id = ${flying}`)
      await world().rows(sql`update app.mail set ends_at = now() where id = ${ended}`)
      expect((await administrator.post(`/en/desk/outbox/${flying}/withdrawal`, {})).status).toBe(409)
      expect((await administrator.post(`/en/desk/outbox/${flying}/retry`, { attempts: '0' })).status).toBe(303)
      expect(await world().rows(sql`select ticket = id as held from app.job where id = ${flying}`)).toEqual([{ held: true }])
      expect((await administrator.post(`/en/desk/outbox/${ended}/retry`, { attempts: '0' })).status).toBe(409)
      expect(await state(ended)).toBe('ended')
      const page = await (await administrator.get(`/en/desk/outbox/${ended}`)).text()
      expect(page).not.toContain('/retry"')
    })

    test('pages through all of them, newest first, none twice and none missed', async () => {
      await world().rows(sql`insert into app.mail (id, space_id, recipient, language, subject, ends_at, made_at)
        select gen_random_uuid(), ${outbox}, 'x@example.org', 'en', 'n ' || n, now() - interval '1 day', now() - make_interval(secs => n / 4) from generate_series(1, 130) n`)
      const seen: string[] = []
      let path: string | undefined = '/en/desk/outbox?state=ended'
      for (let pages = 0; path !== undefined && pages < 9; pages++) {
        const page: string = await (await administrator.get(path)).text()
        seen.push(...[...page.matchAll(/href="\/en\/desk\/outbox\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id))
        path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
      }
      const all = await world().rows(
        sql<{ id: string }>`select id from app.mail where sent_at is null and withdrawn_at is null and ends_at <= now() order by made_at desc, id desc`,
      )
      expect(all.length).toBeGreaterThan(130)
      expect(seen).toEqual(all.map(({ id }) => id))
    })

    test('a mail sealed with another key says so, and can still be taken back', async () => {
      const id = await queue(world(), 'ivy@example.org')
      await world().rows(sql`update app.mail set body = decode('01' || repeat('00', 60), 'hex') where id = ${id}`)
      const answer = await administrator.get(`/en/desk/outbox/${id}`)
      expect([answer.status, (await answer.text()).includes('seal-key')]).toEqual([200, true])
      expect((await administrator.post(`/en/desk/outbox/${id}/withdrawal`, {})).status).toBe(303)
      expect((await verbsOf(world(), id)).map(({ verb }) => verb)).toEqual(['mail.queued', 'mail.withdrawn'])
    })
  },
  settings,
)

onBothEngines(
  'corrections at the desk',
  (world) => {
    let secretary: Somebody
    beforeAll(async () => {
      secretary = await makeSomebody(world(), 'Lan Ví Dụ', ['secretariat'])
    })
    const close = (id: string, fields: Record<string, string>) => secretary.post(`/en/desk/corrections/${id}/closure`, { version: '1', ...fields })

    test('are dealt with once, logged, and whoever left an address hears of it in their language', async () => {
      const id = await correct(world(), { about: 'Look at //evil.example.org', contact: 'luz@example.org', evidence: 'Un libro' })
      const page = await (await secretary.get(`/en/desk/corrections/${id}`)).text()
      for (const words of ['Falta el año.', 'Un libro', 'luz@example.org']) expect(page).toContain(words)
      const answers = await Promise.all([1, 2].map(() => close(id, { outcome: 'done', note: 'Añadido.' })))
      expect(answers.map(statusAndPlace)).toEqual([1, 2].map(() => [303, `/en/desk/corrections/${id}?done`]))
      expect(await world().rows(sql`select outcome, note, closed_at is not null as closed, version from record.correction where id = ${id}`)).toEqual([
        { outcome: 'done', note: 'Añadido.', closed: true, version: 2 },
      ])
      expect(await verbsOf(world(), id)).toEqual([
        { verb: 'record.correction.suggested', actor: 'public' },
        { verb: 'record.correction.closed', actor: `person:${secretary.id}` },
      ])
      const mails = await world().rows(sql<{ id: string; body: Buffer }>`select id, language, recipient as to, body from app.mail`)
      expect(mails).toMatchObject([{ language: 'es', to: 'luz@example.org' }])
      const text = await world().secrets.open(mails[0]?.body ?? Buffer.of(), `app.mail.body:${mails[0]?.id}`)
      expect(text).toContain('Hemos corregido el registro.')
      expect(text).not.toContain('evil')
      expect((await close(id, { outcome: 'declined', note: 'Why?' })).status).toBe(409)
    })

    test('what is wrong is said, and an open one stands before closed ones', async () => {
      const id = await correct(world())
      const answer = await close(id, { note: 'x'.repeat(2001) })
      const page = await answer.text()
      expect([answer.status, page.includes('href="#outcome"'), page.includes('href="#note"')]).toEqual([422, true, true])
      const list = await (await secretary.get('/en/desk/corrections')).text()
      expect([...list.matchAll(/class="tag[^"]*">([^<]+)</g)].map(([, word]) => word)).toEqual(['open', 'Record changed'])
      expect(await (await secretary.get('/en/desk/corrections?state=closed')).text()).not.toContain(id)
    })
  },
  settings,
)

onBothEngines(
  'what is counted',
  (world) => {
    test('on the overview is never what the reader may not read', async () => {
      const hidden = '00000000-0000-7000-8000-0000000000fd'
      await world().rows(sql`insert into app.space (id, name) values (${hidden}, 'elsewhere')`)
      const people = [
        await makeSomebody(world(), 'Ana', ['administrator']),
        await makeSomebody(world(), 'Lan', ['secretariat']),
        await makeSomebody(world(), 'Eva', ['administrator', 'secretariat']),
      ]
      const row = fc.record({ table: fc.constantFrom('report', 'correction', 'mail'), hidden: fc.boolean(), closed: fc.boolean() })
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.nat({ max: people.length - 1 }), async (rows, which) => {
          for (const { table, hidden: isHidden, closed } of rows) {
            const space = isHidden ? hidden : table === 'mail' ? outbox : desk
            const end = closed ? sql`now()` : sql`null`
            if (table === 'report')
              await world().rows(
                sql`insert into members.report (id, space_id, about, reason, claim, language, outcome, closed_at) values (${newId()}, ${space}, '/', 'other', 'x', 'en', ${closed ? 'nothing' : null}, ${end})`,
              )
            else if (table === 'correction')
              await world().rows(
                sql`insert into record.correction (id, space_id, claim, language, outcome, closed_at) values (${newId()}, ${space}, 'x', 'en', ${closed ? 'done' : null}, ${end})`,
              )
            else
              await world().rows(
                sql`insert into app.mail (id, space_id, recipient, language, subject, body, ends_at, refused_at, refusal) values (${newId()}, ${space}, 'x@example.org', 'en', 'x', '\\x01', now() + interval '1 hour', ${end}, ${closed ? 'no' : null})`,
              )
          }
          const somebody = people[which]!
          const actor = { kind: 'person', id: somebody.id, name: '', language: 'en', session: somebody.id } as const
          const [readable] = await world().database.read(
            actor,
            async (db) =>
              (
                await sql<
                  Record<string, number>
                >`select (select count(*) from members.report where closed_at is null)::int as reports, (select count(*) from record.correction where closed_at is null)::int as corrections,
                (select count(*) from app.mail where refused_at is not null)::int as refused, (select count(*) from app.mail where refused_at is null)::int as waiting`.execute(
                  db,
                )
              ).rows,
          )
          const shown = countsOn(await (await somebody.get('/en/desk')).text())
          expect([shown['/desk/reports?state=open'], shown['/desk/corrections?state=open']]).toEqual([readable?.['reports'], readable?.['corrections']])
          expect([shown['/desk/outbox?state=refused'] ?? 0, shown['/desk/outbox?state=waiting'] ?? 0]).toEqual([readable?.['refused'], readable?.['waiting']])
        }),
        { numRuns: 15 },
      )
      const [all] = await world().rows(sql<{ n: number }>`select count(*)::int as n from members.report where space_id = ${hidden}`)
      expect(all?.n).toBeGreaterThan(0)
      for (const actor of [importer, operator])
        expect(await world().database.read(actor, async (db) => (await sql`select 1 from members.report where space_id = ${hidden}`.execute(db)).rows)).toEqual(
          [],
        )
    })
  },
  settings,
)
