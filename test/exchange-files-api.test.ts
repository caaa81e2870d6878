import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { makeApiKey, type ApiKey } from './support/api-keys.ts'
import { begin, cast, publish, save } from './support/listing-scene.ts'
import { lettersTo, settings } from './support/persons.ts'
import { doJobs, until } from './support/jobs.ts'
import { tellInterestJob } from '../src/modules/exchange/actions/tell-interest.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

type Said = { code?: string; issues?: { path: string; code: string }[]; items?: Record<string, unknown>[] } & Record<string, unknown>
const said = async (answer: Response | Promise<Response>): Promise<[number, Said]> => {
  const given = await answer
  return [given.status, (await given.json()) as Said]
}
const pdf = '%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n%%EOF\n'
const put = (key: ApiKey, id: string, name: string, content: string | Uint8Array<ArrayBuffer>, part = 'open', headers: Record<string, string> = {}) =>
  key.ask(`/api/v1/listings/${id}/attachments?${new URLSearchParams({ name, part }).toString()}`, {
    method: 'POST',
    body: content,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  })
const codes = ([status, { issues }]: [number, Said]) => [status, issues?.map(({ path, code }) => `${path} ${code}`)]
const files = async (key: ApiKey, id: string) => (await said(key.ask(`/api/v1/listings/${id}/attachments`)))[1].items ?? []

async function keysOf(world: World) {
  const scene = await cast(world)
  const scopes = ['exchange:read', 'exchange:write']
  return {
    ...scene,
    laboratory: await makeApiKey(world, scene.admin, { member: scene.own, scopes }),
    reader: await makeApiKey(world, scene.admin, { member: scene.own, scopes: ['exchange:read'] }),
    blind: await makeApiKey(world, scene.admin, { member: scene.own, scopes: ['members:read'] }),
    theirs: await makeApiKey(world, scene.rival, { member: scene.other, scopes }),
  }
}

onBothEngines(
  'files and interests by programs',
  (world) => {
    test('a program attaches a file once, reads it as it was sent, and takes it away', async () => {
      const { own, editor, laboratory, reader, blind, theirs } = await keysOf(world())
      const id = await begin(editor, own)
      expect(
        (
          await world().ask(`/api/v1/listings/${id}/attachments?name=a.pdf&part=open`, {
            method: 'POST',
            body: pdf,
            headers: { 'content-type': 'application/octet-stream' },
          })
        ).status,
      ).toBe(401)
      expect(await said(put(reader, id, 'a.pdf', pdf))).toMatchObject([403, { code: 'key_scope' }])
      expect(await said(put(theirs, id, 'a.pdf', pdf))).toMatchObject([404, { code: 'not_found' }])
      const key = { 'idempotency-key': newId() }
      const [first, again, more] = [
        await put(laboratory, id, 'Ficha 资料.pdf', pdf, 'open', key),
        await put(laboratory, id, 'Ficha 资料.pdf', pdf, 'open', key),
        await put(laboratory, id, 'Ficha 资料.pdf', pdf),
      ]
      expect([first.status, again.status, again.headers.get('idempotent-replayed'), more.status]).toEqual([201, 201, 'true', 201])
      const [file, ...others] = await files(reader, id)
      expect([file, others]).toEqual([
        {
          id: expect.any(String),
          part: 'open',
          name: 'Ficha 资料.pdf',
          bytes: Buffer.byteLength(pdf),
          media_type: 'application/pdf',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        [],
      ])
      const place = `/api/v1/listings/${id}/attachments/${String(file?.['id'])}`
      const read = await reader.ask(place)
      expect([read.status, read.headers.get('content-type'), read.headers.get('x-content-type-options'), await read.text()]).toEqual([
        200,
        'application/pdf',
        'nosniff',
        pdf,
      ])
      expect(read.headers.get('content-disposition')).toContain('attachment')
      expect([(await blind.ask(place)).status, (await theirs.ask(place)).status, (await world().ask(place)).status]).toEqual([403, 404, 404])
      expect((await theirs.ask(`/api/v1/listings/${id}/attachments`)).status).toBe(404)
      expect((await reader.send(`${place}/removal`, {})).status).toBe(403)
      expect(await said(laboratory.send(`${place}/removal`, {}))).toEqual([200, { items: [] }])
      expect(await said(laboratory.send(`${place}/removal`, {}))).toMatchObject([409, { code: 'decided_already' }])
      const verbs = await world().rows(sql<{ verb: string; actor: string }>`select verb, actor from app.log_entry where object_id = ${id} order by position`)
      expect(verbs.map(({ verb }) => verb)).toEqual(['exchange.listing.begun', 'exchange.listing.attached', 'exchange.listing.detached'])
      expect(verbs[1]?.actor).toContain(`key:${laboratory.id}`)
    })

    test('what a file is, its content says: all that is wrong is told, and nothing lies on the disk', async () => {
      const { own, editor, laboratory } = await keysOf(world())
      const id = await begin(editor, own)
      const count = async () => {
        let n = 0
        for await (const _ of world().files.list()) n++
        return n
      }
      const before = await count()
      expect(codes(await said(put(laboratory, id, 'photo.pdf', '<!doctype html><script>alert(1)</script>')))).toEqual([422, ['files file_type_lies']])
      expect(
        codes(await said(put(laboratory, id, 'tool.docx', new Uint8Array(Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex'))))),
      ).toEqual([422, ['files file_type_unfit']])
      expect(codes(await said(put(laboratory, id, 'empty.txt', '')))).toEqual([422, ['files file_empty']])
      expect(codes(await said(put(laboratory, id, 'prices.pdf', pdf, 'confidential')))).toEqual([422, ['part not_one_of']])
      expect(codes(await said(put(laboratory, id, '', pdf, 'public')))).toEqual([422, ['name required', 'part not_one_of']])
      expect((await put(laboratory, id, 'large.pdf', new Uint8Array(10_000_001))).status).toBe(413)
      expect(await said(laboratory.send(`/api/v1/listings/${id}/attachments?name=a.pdf&part=open`, {}))).toMatchObject([
        415,
        { code: 'unsupported_media_type' },
      ])
      for (let n = 0; n < 10; n++) expect((await put(laboratory, id, `${n}.txt`, `file ${n}`)).status).toBe(201)
      expect(codes(await said(put(laboratory, id, 'eleventh.txt', 'x')))).toEqual([422, ['files too_many_files']])
      expect(await count()).toBe(before + 10)
    })

    test('what is published stays as it was reviewed, and who reads it reads its files', async () => {
      const { own, admin, editor, desk, laboratory, theirs } = await keysOf(world())
      const id = await begin(editor, own)
      expect((await put(laboratory, id, 'a.pdf', pdf)).status).toBe(201)
      await save(world(), editor, id)
      await publish(world(), admin, desk, own, {}, id)
      const [file] = await files(theirs, id)
      expect(await (await theirs.ask(`/api/v1/listings/${id}/attachments/${String(file?.['id'])}`)).text()).toBe(pdf)
      expect(await said(put(laboratory, id, 'b.pdf', pdf))).toMatchObject([409, { code: 'conflict_stale' }])
      expect(await said(put(theirs, id, 'b.pdf', pdf))).toMatchObject([403, { code: 'forbidden' }])
    })

    test('a program says that its member is interested, once; the other side reads it and declines', async () => {
      const { own, other, admin, desk, laboratory, reader, theirs } = await keysOf(world())
      const listing = await publish(world(), admin, desk, own)
      const place = `/api/v1/listings/${listing}/interests`
      const interest = { id: newId(), member: other, language: 'vi', message: 'Chúng tôi quan tâm.' }
      expect(await said(theirs.send(place, { ...interest, member: own }))).toMatchObject([403, { code: 'forbidden' }])
      expect(codes(await said(theirs.send(place, { ...interest, language: 'fr', message: '', more: 1 })))).toEqual([
        422,
        ['language not_one_of', 'message required', ' unknown_field'],
      ])
      expect(await said(laboratory.send(place, { ...interest, member: own }))).toMatchObject([403, {}])
      for (let n = 0; n < 2; n++)
        expect(await said(theirs.send(place, interest))).toMatchObject([201, { id: interest.id, from: other, to: own, state: 'sent', version: 1 }])
      expect(codes(await said(theirs.send(place, { ...interest, id: newId() })))).toEqual([422, ['member there_already']])
      const runner = await doJobs(world(), [tellInterestJob])
      await until('the owner is told', async () => (await lettersTo(world, `${admin.id}@example.org`)).some(({ text }) => text.includes(interest.id)))
      await runner.stop()

      const lists = async (key: ApiKey, member: string, side: string) => said(key.ask(`/api/v1/interests?member=${member}&side=${side}`))
      expect(await lists(reader, own, 'received')).toMatchObject([200, { total: 1, items: [{ id: interest.id, message: interest.message }] }])
      expect(await lists(theirs, other, 'sent')).toMatchObject([200, { items: [{ id: interest.id }] }])
      expect(await lists(theirs, other, 'received')).toMatchObject([200, { items: [] }])
      expect(await lists(theirs, own, 'received')).toMatchObject([404, { code: 'not_found' }])
      expect((await world().ask(`/api/v1/interests?member=${own}`)).status).toBe(404)
      expect((await world().ask(`/api/v1/interests/${interest.id}`)).status).toBe(404)
      expect(await said(reader.ask(`/api/v1/interests/${interest.id}`))).toMatchObject([200, { state: 'sent', listing }])

      const refusal = { version: 1, reason: 'no-capacity', answer: 'Gracias.' }
      expect((await reader.send(`/api/v1/interests/${interest.id}/refusal`, refusal)).status).toBe(403)
      expect(await said(theirs.send(`/api/v1/interests/${interest.id}/refusal`, refusal))).toMatchObject([403, { code: 'forbidden' }])
      expect(await said(laboratory.send(`/api/v1/interests/${interest.id}/refusal`, { ...refusal, version: 7 }))).toMatchObject([
        409,
        { code: 'conflict_stale' },
      ])
      expect(await said(laboratory.send(`/api/v1/interests/${interest.id}/refusal`, refusal))).toMatchObject([
        200,
        { state: 'declined', reason: 'no-capacity', answer: 'Gracias.', version: 2 },
      ])
      expect(await said(theirs.send(`/api/v1/interests/${interest.id}/withdrawal`, { version: 2 }))).toMatchObject([409, { code: 'decided_already' }])
      const second = { ...interest, id: newId() }
      expect((await theirs.send(place, second)).status).toBe(201)
      expect(await said(theirs.send(`/api/v1/interests/${second.id}/withdrawal`, { version: 1 }))).toMatchObject([200, { state: 'withdrawn' }])
      const third = { ...interest, id: newId() }
      expect((await theirs.send(place, third)).status).toBe(201)
      expect((await admin.post(`/en/listings/${listing}/confidential`, { version: '0', text: 'The strain is XK-7.', language: 'en' })).status).toBe(303)
      expect((await theirs.send(`/api/v1/interests/${third.id}/acceptance`, { version: 1, answer: 'Sí.' })).status).toBe(403)
      expect(codes(await said(laboratory.send(`/api/v1/interests/${third.id}/acceptance`, { version: 1, reply: 'x' })))).toEqual([
        422,
        ['answer required', ' unknown_field'],
      ])
      expect(await said(laboratory.send(`/api/v1/interests/${third.id}/acceptance`, { version: 1, answer: 'Gracias.' }))).toMatchObject([
        200,
        { state: 'accepted', answer: 'Gracias.', reason: null, version: 2 },
      ])
      expect(await world().rows(sql`select signed_on, interest_id from exchange.undertaking where listing_id = ${listing}`)).toEqual([
        { signed_on: null, interest_id: third.id },
      ])
      const acts = await world().rows(
        sql<{
          verb: string
          actor: string
        }>`select verb, actor from app.log_entry where object_id in (${interest.id}, ${second.id}, ${third.id}) order by position`,
      )
      expect(acts.map(({ verb, actor }) => [verb.replace('exchange.interest.', ''), /key:(.*)$/.exec(actor)?.[1]])).toEqual([
        ['sent', theirs.id],
        ['declined', laboratory.id],
        ['sent', theirs.id],
        ['withdrawn', theirs.id],
        ['sent', theirs.id],
        ['accepted', laboratory.id],
      ])
    })
  },
  settings,
)
