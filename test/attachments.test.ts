import { expect, test } from 'vitest'
import { xlsxFile } from '../src/platform/download/xlsx.ts'
import { cast, act, begin, publish, save, stateOf, type Cast } from './support/listing-scene.ts'
import { browserOf, settings, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const pdf = (name: string, body = 'one') => new File([`%PDF-1.7\n${body}`], name, { type: 'application/pdf' })
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const send = (world: World, by: Somebody, path: string, files: readonly File[], part = 'open') => {
  const body = new FormData()
  for (const file of files) body.append('files', file)
  body.set('part', part)
  return world.ask(path, {
    method: 'POST',
    body,
    headers: { cookie: `puente=${by.token}`, 'x-forwarded-for': by.id, 'sec-fetch-site': 'same-origin' },
  })
}
const attached = (world: World, id: string) =>
  world.rows(
    sql<{
      id: string
      name: string
      part: string
    }>`select a.id, f.name, a.part from exchange.attachment a join app.file f on f.id = a.file_id where a.listing_id = ${id} and a.ended_at is null order by f.name`,
  )
const statuses = async (path: string, people: readonly { get: (path: string) => Promise<Response> }[]) =>
  Promise.all(people.map(async (each) => (await each.get(path)).status))

onBothEngines(
  'files that a listing carries',
  (world) => {
    let scene: Cast
    test('they are read by whoever reads the listing, as they were sent, and stay as they were reviewed', async () => {
      scene = await cast(world())
      const { admin, editor, rival, desk, own } = scene
      const id = await begin(editor, own)
      expect((await save(world(), editor, id)).status).toBe(303)
      const place = `/en/listings/${id}/attachments`
      const sheet = new File([await xlsxFile('x', [{ key: 'a', label: 'A', value: () => 1 }], [{}], { maxRows: 5 })], 'Datos.xlsx')
      const files = [pdf('Ficha técnica.pdf'), new File([png], 'planta.png'), sheet, new File(['a,b\n1,2\n'], 'tabla.csv')]
      expect((await send(world(), editor, place, files)).status).toBe(303)
      // A second click adds nothing, nor tells of it.
      expect((await send(world(), editor, place, files)).status).toBe(303)
      const there = await attached(world(), id)
      expect(there.map(({ name }) => name)).toEqual(['Datos.xlsx', 'Ficha técnica.pdf', 'planta.png', 'tabla.csv'])
      expect(await world().rows(sql`select count(*)::int as n from app.log_entry where object_id = ${id} and verb = 'exchange.listing.attached'`)).toEqual([
        { n: 1 },
      ])
      const first = there.find(({ name }) => name.startsWith('Ficha'))?.id ?? ''
      const file = `${place}/${first}`
      const stranger = browserOf(world)
      expect(await statuses(file, [stranger, rival, desk, admin])).toEqual([404, 404, 404, 200])

      expect(await act(world(), admin, id, 'sending')).toBe(303)
      expect(await statuses(file, [stranger, rival, desk, admin])).toEqual([404, 404, 200, 200])
      expect((await send(world(), editor, place, [pdf('late.pdf')])).status).toBe(409)
      expect((await editor.post(`${file}/removal`, {})).status).toBe(409)
      expect(await act(world(), desk, id, 'return', { reason: 'Add the data sheet.' })).toBe(303)
      // With the first file that is changed it is a draft again, which the desk does not read.
      expect((await send(world(), editor, place, [pdf('more.pdf', 'two')])).status).toBe(303)
      expect(await stateOf(world(), id)).toBe('draft')
      expect(await statuses(file, [stranger, rival, desk, admin])).toEqual([404, 404, 404, 200])
      expect(await act(world(), admin, id, 'sending')).toBe(303)
      expect(await act(world(), desk, id, 'publication')).toBe(303)
      expect(await statuses(file, [stranger, rival, desk, admin])).toEqual([200, 200, 200, 200])

      const answer = await stranger.get(file)
      expect(await answer.text()).toBe('%PDF-1.7\none')
      expect(
        Object.fromEntries(['content-type', 'content-length', 'content-disposition', 'x-content-type-options'].map((name) => [name, answer.headers.get(name)])),
      ).toEqual({
        'content-type': 'application/pdf',
        'content-length': '12',
        'content-disposition': `attachment; filename="ficha tecnica.pdf"; filename*=UTF-8''Ficha%20t%C3%A9cnica.pdf`,
        'x-content-type-options': 'nosniff',
      })
      expect(await (await stranger.get(`/vi/listings/${id}`)).text()).toContain('Ficha técnica.pdf')
      expect((await editor.post(`${file}/removal`, {})).status).toBe(409)
      await expect(
        world().rows(sql`select 1 from exchange.attachment where listing_id = ${id} and ended_at is not null`),
        'nothing was ended while it stood published',
      ).resolves.toEqual([])
      expect(await act(world(), editor, id, 'revision')).toBe(303)
      expect((await editor.post(`${file}/removal`, {})).status).toBe(303)
      expect((await editor.post(`${file}/removal`, {})).status).toBe(409)
      expect(await statuses(file, [stranger, rival, desk, admin])).toEqual([404, 404, 404, 404])
    })

    test('whoever a listing is hidden from has no trace of its files; others attach nothing', async () => {
      const { admin, rival, desk, own, other, editor } = scene
      const id = await begin(admin, own)
      expect((await send(world(), admin, `/en/listings/${id}/attachments`, [pdf('zanahoria.pdf')])).status).toBe(303)
      expect((await send(world(), rival, `/en/listings/${id}/attachments`, [pdf('x.pdf')])).status).toBe(404)
      await publish(world(), admin, desk, own, { audience: 'network', hidden_from: other }, id)
      const [file] = await attached(world(), id)
      const friend = scene.friend
      const path = `/en/listings/${id}/attachments/${file?.id}`
      expect(await statuses(path, [browserOf(world), rival, friend, desk, editor])).toEqual([404, 404, 200, 200, 200])
      // An id alone, under a listing that one does read, gives nothing.
      const open = await publish(world(), admin, desk, own)
      expect(await statuses(`/en/listings/${open}/attachments/${file?.id}`, [rival, friend])).toEqual([404, 404])
      expect((await send(world(), friend, `/en/listings/${id}/attachments`, [pdf('x.pdf')])).status).toBe(403)
      expect((await friend.post(`${path}/removal`, {})).status).toBe(403)
      expect((await friend.get(`/en/listings/${id}/attachments`)).status).toBe(403)
    })

    test('a file of the confidential part is seen by whoever is let in there, and its name stands in no log', async () => {
      const { admin, rival, desk, own, other, editor, friend } = scene
      const id = await publish(world(), admin, desk, own)
      const place = `/en/listings/${id}/attachments`
      const early = await send(world(), admin, place, [pdf('prices.pdf')], 'confidential')
      expect([early.status, (await early.text()).includes('href="#part"')]).toEqual([422, true])
      expect((await admin.post(`/en/listings/${id}/confidential`, { text: 'Prices.', language: 'en', version: '0' })).status).toBe(303)
      expect((await send(world(), editor, place, [pdf('prices.pdf')], 'confidential')).status).toBe(303)
      const [file] = await attached(world(), id)
      const path = `${place}/${file?.id}`
      expect(await statuses(path, [browserOf(world), rival, friend, desk, admin])).toEqual([404, 404, 404, 404, 200])
      expect(await (await desk.get(`/en/listings/${id}`)).text()).not.toContain('prices.pdf')
      const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
      const undertaking = '0197a3f2-0000-7000-8000-000000000001'
      expect((await admin.post(`/en/listings/${id}/undertakings`, { id: undertaking, member: other, signed_on: day })).status).toBe(303)
      expect(await statuses(path, [rival, friend])).toEqual([200, 404])
      expect(await (await rival.get(`/en/listings/${id}`)).text()).toContain('prices.pdf')
      expect((await admin.post(`/en/listings/${id}/undertakings/${undertaking}/end`, {})).status).toBe(303)
      expect(await statuses(path, [rival])).toEqual([404])
      expect((await admin.post(`${path}/removal`, {})).status).toBe(303)
      const payloads = await world().rows(
        sql<{ payload: string }>`select p.payload::text as payload from app.log_entry e join app.log_payload p on p.entry_id = e.id where e.object_id = ${id}`,
      )
      expect(payloads.length).toBeGreaterThan(5)
      expect(payloads.filter(({ payload }) => payload.includes('prices'))).toEqual([])
    })

    test('a body whose parts cannot be told apart is a bad request, and attaches nothing', async () => {
      const { editor, own } = scene
      const id = await begin(editor, own)
      const body = '--x\r\nContent-Disposition: form-data; name="files"; filename="a"b.pdf"\r\n\r\n%PDF-1.7\r\n--x--\r\n'
      const headers = { cookie: `puente=${editor.token}`, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' }
      expect((await world().ask(`/en/listings/${id}/attachments`, { method: 'POST', body, headers })).status).toBe(400)
      expect(await attached(world(), id)).toEqual([])
    })

    test('files that lie about their type, are too large, empty, or too many are told of at once, and none is attached', async () => {
      const { admin, own } = scene
      const id = await begin(admin, own)
      const place = `/en/listings/${id}/attachments`
      const wrong = [
        pdf('good.pdf'),
        new File(['<!doctype html><script>alert(1)</script>'], 'page.pdf'),
        new File([Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex')], 'report.docx'),
        new File([png], 'photo.pdf'),
        new File([''], 'empty.txt'),
        new File([`%PDF-1.7\n${'x'.repeat(10_000_001)}`], 'large.pdf'),
        ...Array.from({ length: 5 }, (_, n) => pdf(`${n}.pdf`, String(n))),
      ]
      const refused = await send(world(), admin, place, wrong)
      const text = await refused.text()
      expect(refused.status).toBe(422)
      for (const said of [
        'page.pdf is, by its content',
        'report.docx is of type application/x-elf',
        'photo.pdf is, by',
        'empty.txt is empty',
        'large.pdf is larger than 10 MB',
        'that would be 11 files',
      ])
        expect([said, text.includes(said)]).toEqual([said, true])
      expect(text).not.toContain('good.pdf is')
      expect((await send(world(), admin, place, [])).status).toBe(422)
      expect((await send(world(), admin, place, [pdf('a.pdf')], 'public')).status).toBe(422)
      expect((await send(world(), admin, place, [new File([Buffer.alloc(21_100_000)], 'huge.pdf')])).status).toBe(413)
      expect(await attached(world(), id)).toEqual([])
      // A name that would lead elsewhere, or deceive, is cleaned.
      expect((await send(world(), admin, place, [pdf('../../etc/\u202Efdp.pdf')])).status).toBe(303)
      expect((await attached(world(), id)).map(({ name }) => name)).toEqual(['....etcfdp.pdf'])
    })
  },
  settings,
)
