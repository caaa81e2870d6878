import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { makeApiKey, type ApiKey } from './support/api-keys.ts'
import { listingVersion } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

type Said = { code?: string; version?: number; state?: string; issues?: { path: string }[] } & Record<string, unknown>
const said = async (answer: Promise<Response>): Promise<[number, Said]> => {
  const given = await answer
  return [given.status, (await given.json()) as Said]
}
const patch = (key: ApiKey, id: string, body: object) =>
  said(key.ask(`/api/v1/listings/${id}`, { method: 'PATCH', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }))
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Rival')]
  const [admin, rival] = [await makeMemberPerson(world, own, 'Bảo', 'admin'), await makeMemberPerson(world, other, 'Dora', 'admin')]
  const scopes = ['exchange:read', 'exchange:write']
  return {
    desk,
    own,
    other,
    admin,
    laboratory: await makeApiKey(world, admin, { member: own, scopes }),
    office: await makeApiKey(world, admin, { scopes }),
    reader: await makeApiKey(world, admin, { scopes: ['exchange:read'] }),
    theirs: await makeApiKey(world, rival, { scopes }),
  }
}

onBothEngines(
  'listings written by programs',
  (world) => {
    test('a key begins a draft, writes it, and sends it on; an admin’s key sends it to the secretariat; each once', async () => {
      const { desk, own, laboratory, office, reader, theirs } = await cast(world())
      const id = newId()
      const start = { id, member: own, direction: 'offer', pillar: 'production', original: 'en', title: 'Filling of vials' }
      expect(
        (await said(world().ask('/api/v1/listings', { method: 'POST', body: JSON.stringify(start), headers: { 'content-type': 'application/json' } })))[0],
      ).toBe(401)
      expect(await said(reader.send('/api/v1/listings', start))).toMatchObject([403, { code: 'key_scope' }])
      expect(await said(theirs.send('/api/v1/listings', start))).toMatchObject([403, { code: 'forbidden' }])
      const again = { 'idempotency-key': newId() }
      const [first, second] = [await laboratory.send('/api/v1/listings', start, again), await laboratory.send('/api/v1/listings', start, again)]
      expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true'])
      expect(await first.json()).toMatchObject({ id, state: 'draft', version: 1, title: { en: 'Filling of vials' } })

      const wrong = await patch(laboratory, id, { version: 1, direction: 'both', stage: 'trl-12', amount: -1, hidden: ['x'], body: { en: '', fr: 'x' } })
      expect(wrong).toMatchObject([422, { code: 'invalid_input' }])
      expect(wrong[1].issues?.map(({ path }) => path).toSorted()).toEqual(['', 'amount', 'body', 'body.en', 'direction', 'stage'])
      const unfit = await patch(laboratory, id, {
        version: 1,
        countries_wanted: ['VN', 'CU'],
        countries_excluded: ['VN'],
        amount: 5,
        concepts: ['vaccine', 'no-such'],
        title: { en: 'x', es: 'A\u202Ex' },
      })
      expect(unfit[0]).toBe(422)
      expect(await world().rows(sql`select version from exchange.listing where id = ${id}`)).toEqual([{ version: 1 }])
      const unknown = await patch(laboratory, id, { version: 1, concepts: ['vaccine', 'no-such'], hidden_from: ['nobody'], valid_until: inDays(-3) })
      expect(unknown[1].issues?.map(({ path }) => path).toSorted()).toEqual(['concepts', 'hidden_from', 'valid_until'])

      const whole = {
        version: 1,
        body: { en: 'A line that fills vials under good manufacturing practice, free from next spring.', es: 'Una línea que llena viales.' },
        concepts: ['vaccine'],
        countries_wanted: ['VN'],
        amount: 5,
        unit: 'million vials a year',
        forms: ['service'],
        valid_until: inDays(90),
      }
      expect(await patch(theirs, id, whole)).toMatchObject([404, { code: 'not_found' }])
      expect(await patch(laboratory, id, whole)).toMatchObject([200, { version: 2, title: { en: 'Filling of vials' }, countries_wanted: ['VN'], amount: 5 }])
      expect(await patch(laboratory, id, whole)).toMatchObject([409, { code: 'conflict_stale' }])
      expect(await patch(laboratory, id, { version: 2, unit: null, amount: null, body: { en: whole.body.en } })).toMatchObject([
        200,
        { version: 3, amount: null, unit: null, body: { en: whole.body.en }, concepts: ['vaccine'] },
      ])

      const step = async (key: ApiKey, noun: string, more: object = {}) =>
        said(key.send(`/api/v1/listings/${id}/${noun}`, { version: Number(await listingVersion(world(), id)), ...more }))
      expect(await step(laboratory, 'sending')).toMatchObject([403, { code: 'forbidden' }])
      expect(await step(laboratory, 'submission')).toMatchObject([200, { state: 'own-review' }])
      expect(await step(office, 'sending')).toMatchObject([200, { state: 'desk-review' }])
      expect(await step(office, 'closure')).toMatchObject([409, { code: 'decided_already' }])
      expect((await desk.post(`/en/listings/${id}/publication`, { version: await listingVersion(world(), id) })).status).toBe(303)
      expect(await step(laboratory, 'renewal', { until: inDays(-1) })).toMatchObject([422, { issues: [{ path: 'until' }] }])
      expect(await step(laboratory, 'renewal', { until: inDays(120) })).toMatchObject([200, { state: 'published', valid_until: inDays(120) }])
      expect(await step(theirs, 'closure')).toMatchObject([403, { code: 'forbidden' }])
      expect(await patch(laboratory, id, { version: Number(await listingVersion(world(), id)), title: { en: 'Other' } })).toMatchObject([409, {}])
      const close = { 'idempotency-key': newId() }
      const version = Number(await listingVersion(world(), id))
      for (let n = 0; n < 2; n++) expect((await laboratory.send(`/api/v1/listings/${id}/closure`, { version }, close)).status).toBe(200)
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${id} and verb = 'exchange.listing.closed'`)).toEqual([
        { verb: 'exchange.listing.closed', actor: expect.stringMatching(`^organization:.*,key:${laboratory.id}$`) },
      ])
    })

    test('a draft is withdrawn by a key; one that is not there, or not JSON, is refused', async () => {
      const { own, laboratory } = await cast(world())
      const id = newId()
      const start = { id, member: own, direction: 'need', pillar: 'research', original: 'vi', title: 'Cần vắc xin' }
      expect((await laboratory.send('/api/v1/listings', start)).status).toBe(201)
      expect(await said(laboratory.send('/api/v1/listings', { ...start, id: newId(), member: 'nobody', direction: '', more: 1 }))).toMatchObject([422, {}])
      expect(await said(laboratory.send(`/api/v1/listings/${newId()}/withdrawal`, { version: 1 }))).toMatchObject([404, {}])
      const form = await laboratory.ask(`/api/v1/listings/${id}/withdrawal`, { method: 'POST', body: 'version=1', headers: { 'content-type': 'text/plain' } })
      expect([400, 415, 422]).toContain(form.status)
      expect(await said(laboratory.send(`/api/v1/listings/${id}/withdrawal`, { version: 1 }))).toMatchObject([200, { state: 'withdrawn' }])
    })
  },
  settings,
)
