import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../src/platform/access/actor.ts'
import { principal, thePublic } from '../src/platform/access/actor.ts'
import { notingActs } from '../src/platform/db/acts.ts'
import { newId } from '../src/platform/id.ts'
import { forgetAnswersJob } from '../src/platform/idempotency/job.ts'
import { noteAct, noteAnswer, takeKey } from '../src/platform/idempotency/store.ts'
import { refuse } from '../src/platform/errors.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { makeWorld } from './support/world.ts'
import { makeApiKey, type ApiKey } from './support/api-keys.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const path = '/api/v1/corrections'
const correction = (claim = 'The year is wrong.') => ({ id: newId(), claim })
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]
const replayed = (answer: Response) => answer.headers.get('idempotent-replayed')
const digest = (text: string) => Buffer.from(text.padEnd(32, '.')).subarray(0, 32)

onBothEngines(
  'an Idempotency-Key',
  (world) => {
    let ana: Somebody
    let one: ApiKey
    let two: ApiKey
    const count = async (claim: string) =>
      (await world().rows(sql<{ n: number }>`select count(*)::int as n from record.correction where claim = ${claim}`))[0]?.n
    const logged = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from app.log_entry`))[0]?.n
    const visit = (key: string, body: unknown, headers: Record<string, string> = {}) =>
      world().ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-forwarded-for': newId(), ...headers },
      })

    beforeAll(async () => {
      ana = await makeSomebody(world(), 'Ana', ['secretariat'])
      one = await makeApiKey(world(), ana)
      two = await makeApiKey(world(), ana)
    })

    test('gives the first answer again, and nothing is done twice', async () => {
      const [body, headers] = [correction('first'), { 'idempotency-key': '"order 17"'.replace(' ', '-') }]
      const first = await one.send(path, body, headers)
      const before = await logged()
      const again = await one.send(path, body, { 'idempotency-key': 'order-17' })
      expect([first.status, again.status, replayed(first), replayed(again)]).toEqual([201, 201, null, 'true'])
      expect([again.headers.get('content-type'), again.headers.get('cache-control')]).toEqual([first.headers.get('content-type'), 'no-store'])
      expect(await again.text()).toBe(await first.text())
      expect([await count('first'), await logged()]).toEqual([1, before])
      const [row] = await world().rows(sql<{ all: string; acted: boolean }>`select k::text as all, acted_at is not null as acted from app.idempotency_key k`)
      expect([row?.acted, row?.all.includes('order-17')]).toEqual([true, false])
    })

    test('does not keep two different bodies, or two routes, apart: the second is refused', async () => {
      const headers = { 'idempotency-key': 'order-18' }
      expect((await one.send(path, correction('second'), headers)).status).toBe(201)
      const other = await one.send(path, correction('second'), headers)
      expect(other.status).toBe(422)
      expect(await other.json()).toMatchObject({ code: 'idempotency_reused', title: platformTexts.en('refusal.idempotency_reused') })
      expect(await codeOf(await one.send('/api/v1/reports', { id: newId(), about: '/', reason: 'other', claim: 'x' }, headers))).toEqual([
        422,
        'idempotency_reused',
      ])
      expect(await count('second')).toBe(1)
    })

    test('is free again after a refusal with which nothing was done', async () => {
      const [wrong, headers] = [{ id: newId(), claim: '' }, { 'idempotency-key': 'order-19' }]
      expect(await codeOf(await one.send(path, wrong, headers))).toEqual([422, 'invalid_input'])
      expect(await codeOf(await one.send(path, wrong, headers))).toEqual([422, 'invalid_input'])
      const mended = await one.send(path, { ...wrong, claim: 'mended' }, headers)
      expect([mended.status, await count('mended')]).toEqual([201, 1])
    })

    test('belongs to one actor: another key, a person and a visitor each do what they ask', async () => {
      const [body, key] = [correction('shared'), newId()]
      const headers = { 'idempotency-key': key }
      const cookie = { ...headers, cookie: `puente=${ana.token}` }
      const answers = [
        await one.send(path, body, headers),
        await two.send(path, { ...body, id: newId() }, headers),
        await visit(key, { ...body, id: newId() }, cookie),
        await visit(key, { ...body, id: newId() }),
      ]
      expect(answers.map((answer) => [answer.status, replayed(answer)])).toEqual(answers.map(() => [201, null]))
      expect(await count('shared')).toBe(4)
      expect(
        await world().rows(sql`select actor from app.idempotency_key where request is not null and digest = sha256(convert_to(${key}, 'UTF8')) order by actor`),
      ).toEqual([`key:${one.id}`, `key:${two.id}`, `person:${ana.id}`, 'public'].toSorted().map((actor) => ({ actor })))
      const seen = async (actor: Actor) =>
        world().database.read(actor, async (db) => (await sql`select distinct actor from app.idempotency_key`.execute(db)).rows)
      expect(await seen({ kind: 'person', id: ana.id, name: '', language: 'en', session: '' })).toEqual([{ actor: `person:${ana.id}` }])
      expect(await seen(thePublic)).toEqual([{ actor: 'public' }])
      expect(await seen({ kind: 'system', name: 'operator' })).toEqual([])
    })

    test('of a visitor has to be a UUID; anybody else’s fits in a line', async () => {
      for (const key of ['order-1', '1', newId().slice(1), `x${newId()}`])
        expect([key, await codeOf(await visit(key, correction()))]).toEqual([key, [400, 'idempotency_unfit']])
      for (const key of ['', '""', 'a b', 'x'.repeat(256), 'é'])
        expect([key, await codeOf(await one.send(path, correction('unfit'), { 'idempotency-key': key }))]).toEqual([key, [400, 'idempotency_unfit']])
      expect(await count('unfit')).toBe(0)
      const [key, body] = [newId().toUpperCase(), correction('of a visitor')]
      expect([(await visit(key, body)).status, replayed(await visit(key, body))]).toEqual([201, 'true'])
    })

    test('sent twice at once does one thing, and the other waits its turn', async () => {
      const [body, headers] = [correction('at once'), { 'idempotency-key': 'order-20' }]
      const answers = await Promise.all([1, 2, 3].map(() => one.send(path, body, headers)))
      expect(answers.filter((answer) => answer.status === 201 && replayed(answer) === null)).toHaveLength(1)
      for (const answer of answers.filter(({ status }) => status !== 201)) expect(await codeOf(answer)).toEqual([409, 'idempotency_in_flight'])
      expect(await count('at once')).toBe(1)
      expect(replayed(await one.send(path, body, headers))).toBe('true')
    })

    test('that another attempt is at is refused; one that died is made again, unless it had done its work', async () => {
      const [body, headers] = [correction('died'), { 'idempotency-key': 'order-21' }]
      expect((await one.send(path, body, headers)).status).toBe(201)
      const stand = (acted: string, seconds: number) =>
        world()
          .rows(sql`update app.idempotency_key set status = null, body = null, media_type = null, acted_at = ${acted}::timestamptz, asked_at = now() - make_interval(secs => ${seconds})
          where digest = sha256('order-21')`)
      const ask = async () => codeOf(await one.send(path, body, headers))
      await world().rows(sql`update app.idempotency_key set status = null, acted_at = null, asked_at = now() where digest = sha256('order-21')`)
      expect(await ask()).toEqual([409, 'idempotency_in_flight'])
      await stand('now', 5)
      expect(await ask()).toEqual([409, 'idempotency_in_flight'])
      await stand('now', 61)
      expect(await ask()).toEqual([409, 'idempotency_lost'])
      await world().rows(sql`update app.idempotency_key set acted_at = null where digest = sha256('order-21')`)
      expect(await ask()).toEqual([201, undefined])
      expect(await count('died')).toBe(1)
    })

    test('whose attempt was given up for dead lets that attempt do nothing any more', async () => {
      const attempt = { digest: digest('slow'), request: digest('request'), ticket: newId() }
      await world().database.write(thePublic, (db) => takeKey(db, attempt))
      await world().rows(sql`update app.idempotency_key set asked_at = now() - interval '2 minutes' where ticket = ${attempt.ticket}::uuid`)
      const next = { ...attempt, ticket: newId() }
      expect(await world().database.write(thePublic, (db) => takeKey(db, next))).toBeUndefined()
      const act = (which: typeof attempt) =>
        notingActs(
          {
            actor: principal(thePublic),
            note: async (db) => {
              if (!(await noteAct(db, which))) throw refuse('idempotency_in_flight')
            },
          },
          () =>
            world().database.write(thePublic, async (db) => {
              await sql`insert into record.correction (id, space_id, claim, language) values (${newId()}, '00000000-0000-7000-8000-000000000002', 'slow', 'en')`.execute(
                db,
              )
            }),
        )
      await expect(act(attempt)).rejects.toMatchObject({ code: 'idempotency_in_flight' })
      expect(await count('slow')).toBe(0)
      await act(next)
      expect(await count('slow')).toBe(1)
    })

    test('keeps what failed after its act, so that nothing is done twice', async () => {
      const attempt = { digest: digest('failed'), request: digest('request'), ticket: newId() }
      const answer = { status: 500, mediaType: 'application/problem+json', location: null, body: Buffer.from('{}') }
      await world().database.write(thePublic, (db) => takeKey(db, attempt))
      await world().database.write(thePublic, (db) => noteAct(db, attempt))
      await world().database.write(thePublic, (db) => noteAnswer(db, attempt, answer))
      expect(await world().database.write(thePublic, (db) => takeKey(db, { ...attempt, ticket: newId() }))).toMatchObject({ what: 'answered', answer })
    })

    test('is forgotten after a day, by a job', async () => {
      const [body, headers] = [correction('a day later'), { 'idempotency-key': 'order-22' }]
      expect((await one.send(path, body, headers)).status).toBe(201)
      const [kept] = await world().rows(
        sql<{
          hours: number
        }>`select round(extract(epoch from ends_at - asked_at) / 3600)::int as hours from app.idempotency_key where digest = sha256('order-22')`,
      )
      expect(kept?.hours).toBe(24)
      await world().rows(sql`update app.idempotency_key set ends_at = now() where digest = sha256('order-22')`)
      expect(await codeOf(await one.send(path, correction('a day later'), headers))).toEqual([201, undefined])
      await world().rows(sql`update app.idempotency_key set ends_at = now() where digest = sha256('order-22')`)
      const before = (await world().rows(sql<{ n: number }>`select count(*)::int as n from app.idempotency_key where ends_at > now()`))[0]?.n
      const { config, database, secrets } = world()
      await forgetAnswersJob.run({}, { config, database, secrets, signal: new AbortController().signal, attempt: 1, isLast: false })
      expect(await world().rows(sql`select count(*)::int as n, count(*) filter (where ends_at <= now())::int as ended from app.idempotency_key`)).toEqual([
        { n: before, ended: 0 },
      ])
      expect(await world().rows(sql`select count(*)::int as n from app.job where kind = 'idempotency.forget'`)).toEqual([{ n: 1 }])
    })

    test('means nothing on forms and reads', async () => {
      const headers = { 'idempotency-key': 'a b' }
      expect((await world().ask('/api/v1/record/summary', { headers })).status).toBe(200)
      const form = { id: newId(), claim: 'by form' }
      expect((await world().post('/en/corrections', form, headers)).status).toBe(303)
      expect((await world().post('/en/corrections', { ...form, id: newId() }, headers)).status).toBe(303)
      expect(await count('by form')).toBe(2)
    })

    test('whatever is sent, in whatever order: as many acts as there are keys', async () => {
      const sent = fc.record({ key: fc.integer({ min: 1, max: 3 }), body: fc.integer({ min: 1, max: 2 }), by: fc.constantFrom('one', 'two') })
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 8 }), async (requests) => {
          const mark = `round ${++round}`
          const ids = new Map<string, string>()
          const firsts = new Map<string, { body: number; answer: string }>()
          for (const { key, body, by } of requests) {
            const name = `${by} ${key}`
            const id = ids.get(`${name} ${body}`) ?? newId()
            ids.set(`${name} ${body}`, id)
            const answer = await { one, two }[by].send(
              path,
              { id, claim: mark, evidence: String(body) },
              { 'idempotency-key': `${mark}-${key}`.replace(' ', '-') },
            )
            const text = await answer.text()
            const first = firsts.get(name)
            if (!first) firsts.set(name, { body, answer: text })
            const expected = !first ? [201, null, text] : first.body === body ? [201, 'true', first.answer] : [422, null, text]
            expect([answer.status, replayed(answer), text]).toEqual(expected)
          }
          expect(await count(mark)).toBe(firsts.size)
        }),
        { numRuns: 12 },
      )
    })
  },
  { PUENTE_PROXIES: '1' },
)

test('an answer survives the end of the server', async () => {
  const first: World = await makeWorld('postgres')
  try {
    const [body, key] = [correction('over a restart'), newId()]
    const ask = (world: World) =>
      world.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': key } })
    expect((await ask(first)).status).toBe(201)
    const { createApp } = await import('../src/web.ts')
    const { Database } = await import('../src/platform/db/database.ts')
    const { openPostgres } = await import('../src/platform/db/postgres.ts')
    const { config, files, secrets, assets } = first
    if (!config.postgres) throw new Error('a world on PostgreSQL has an address')
    const database = new Database(await openPostgres(config.postgres))
    const { pino } = await import('pino')
    const app = createApp({
      config,
      database,
      files,
      secrets,
      assets,
      navigation: [],
      desk: [],
      scopes: [],
      logger: pino({ level: 'silent' }),
      ready: () => true,
    })
    expect(replayed(await ask({ ...first, ask: async (where, init) => app.request(new URL(where, 'http://localhost'), init) }))).toBe('true')
    await database.close()
  } finally {
    await first.close()
  }
})
