import { afterAll, expect, test } from 'vitest'
import { translateJob } from '../src/modules/exchange/actions/translate.ts'
import { doJobs, until } from './support/jobs.ts'
import { listingForm, listingVersion, publishListing } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings } from './support/persons.ts'
import { startTranslator, troubles } from './support/translator.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const translator = await startTranslator()
afterAll(() => translator.close())

const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const browser = { headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } }
const spanish = {
  original: 'es',
  title_es: 'Llenado de viales',
  body_es: 'Una línea que llena viales bajo buenas prácticas de fabricación.\n\n<script>alert(1)</script>',
  sought_es: 'Un socio que necesite viales.',
}

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Rival')]
  return { desk, own, other, admin: await makeMemberPerson(world, own, 'Bảo', 'admin'), rival: await makeMemberPerson(world, other, 'Dora', 'admin') }
}
const english = { title_en: '', body_en: '', sought_en: '' }
const page = async (world: World, path: string) => wordsOf(await (await world.ask(path, browser)).text())
const rowsOf = (world: World, listing: string) =>
  world.rows(
    sql<{
      language: string
      state: string
      title: string | null
    }>`select language, state, title from exchange.translation where listing_id = ${listing} order by language`,
  )

onBothEngines(
  'a listing in another language',
  (world) => {
    test('is translated once by a machine when somebody reads it, marked, with the original one click away', async () => {
      translator.asked.length = 0
      const { desk, own, admin } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish })
      const path = `/vi/listings/${listing}`
      // A program asks for nothing, and leaves no answer behind that a reader would get.
      expect(wordsOf(await (await world().ask(path, { headers: { 'user-agent': 'Examplebot/1.0' } })).text())).toContain('Đang dịch máy')
      expect(await rowsOf(world(), listing)).toEqual([])
      const [first, second] = await Promise.all([page(world(), path), page(world(), path)])
      for (const seen of [first, second]) expect(seen).toContain('Nội dung viết bằng ngôn ngữ khác: tiếng Tây Ban Nha. ')
      expect(first).toContain('Llenado de viales')
      expect(await rowsOf(world(), listing)).toEqual([{ language: 'vi', state: 'asked', title: null }])
      // In its own language nothing is asked for.
      expect(await page(world(), `/es/listings/${listing}`)).not.toContain('automática')

      const runner = await doJobs(world(), [translateJob])
      await until('it is translated', async () => (await rowsOf(world(), listing))[0]?.state === 'done')
      await runner.stop()
      expect(translator.asked).toEqual([
        { q: spanish.title_es, source: 'es', target: 'vi', format: 'text' },
        { q: spanish.body_es, source: 'es', target: 'vi', format: 'text' },
        { q: spanish.sought_es, source: 'es', target: 'vi', format: 'text' },
      ])
      const answer = await world().ask(path, browser)
      const html = await answer.text()
      expect(wordsOf(html)).toContain('Bản dịch máy')
      expect(html).toContain('&lt;es→vi&gt; Llenado de viales')
      expect(html).not.toContain('<script>alert')
      expect(html).toContain(`href="/vi/listings/${listing}?original"`)
      const original = await (await world().ask(`${path}?original`, browser)).text()
      expect(original).toContain('<h1 lang="es">Llenado de viales</h1>')
      expect(original).not.toContain('→vi')
      expect(original).toContain(`href="/vi/listings/${listing}"`)
      expect(await world().rows(sql`select count(*)::int as n from app.job where kind = 'exchange.translate'`)).toEqual([{ n: 1 }])
    })

    test('follows what it says: after a revision it is made anew, and the old words are read by nobody', async () => {
      const { desk, own, admin } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish })
      await page(world(), `/zh/listings/${listing}`)
      const runner = await doJobs(world(), [translateJob])
      await until('it is translated', async () => (await rowsOf(world(), listing))[0]?.state === 'done')
      expect((await admin.post(`/en/listings/${listing}/revision`, { version: await listingVersion(world(), listing) })).status).toBe(303)
      const form = listingForm({ ...english, ...spanish, title_es: 'Otro título', version: await listingVersion(world(), listing) })
      const saved = await admin.post(`/en/listings/${listing}/edit`, form)
      expect(saved.status).toBe(303)
      // A draft goes nowhere.
      const asked = translator.asked.length
      expect((await admin.get(`/zh/listings/${listing}`)).status).toBe(200)
      expect(translator.asked).toHaveLength(asked)
      for (const [who, noun] of [
        [admin, 'sending'],
        [desk, 'publication'],
      ] as const)
        expect((await who.post(`/en/listings/${listing}/${noun}`, { version: await listingVersion(world(), listing) })).status).toBe(303)
      const before = await page(world(), `/zh/listings/${listing}`)
      expect(before).toContain('Otro título')
      expect(before).not.toContain('→zh')
      await until('it is translated anew', async () => (await rowsOf(world(), listing)).filter(({ state }) => state === 'done').length === 2)
      await runner.stop()
      expect(await page(world(), `/zh/listings/${listing}`)).toContain('&lt;es→zh&gt; Otro título')
    })

    test('tells nobody of what they do not see, and leaves the confidential part alone', async () => {
      translator.asked.length = 0
      const { desk, own, other, admin, rival } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish, audience: 'network', hidden_from: other })
      expect((await admin.post(`/en/listings/${listing}/confidential`, { text: 'El precio es bajo.', language: 'es', version: '0' })).status).toBe(303)
      expect([(await rival.get(`/en/listings/${listing}`)).status, (await world().ask(`/en/listings/${listing}`, browser)).status]).toEqual([404, 404])
      expect(await rowsOf(world(), listing)).toEqual([])
      const seen = await world().ask(`/en/listings/${listing}`, { headers: { ...browser.headers, cookie: `puente=${admin.token}` } })
      expect(seen.status).toBe(200)
      const runner = await doJobs(world(), [translateJob])
      await until('it is translated', async () => (await rowsOf(world(), listing))[0]?.state === 'done')
      await runner.stop()
      expect(translator.asked.map(({ q }) => q).join(' ')).not.toContain('precio')
      expect((await rival.get(`/en/listings/${listing}`)).status).toBe(404)
    })

    for (const [trouble, answer] of Object.entries(troubles))
      test(`is read in its own words while the service answers ${trouble}, and translated once it does not`, async () => {
        const { desk, own, admin } = await cast(world())
        const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish })
        let times = 0
        translator.answer = (asked, response) => (times++ < 2 ? answer(asked, response) : translator.usual(asked, response))
        expect(await page(world(), `/en/listings/${listing}`)).toContain('Llenado de viales')
        const runner = await doJobs(world(), [translateJob])
        await until('it is translated', async () => (await rowsOf(world(), listing))[0]?.state === 'done')
        await runner.stop()
        translator.answer = translator.usual
        expect(await page(world(), `/en/listings/${listing}`)).toContain('&lt;es→en&gt; Llenado de viales')
      })

    test('is given up when the service refuses, and asked for again a day later', async () => {
      const { desk, own, admin } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish })
      translator.answer = (_, response) => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"es is not supported"}')
      await page(world(), `/en/listings/${listing}`)
      const runner = await doJobs(world(), [translateJob])
      await until('it is given up', async () => (await rowsOf(world(), listing))[0]?.state === 'failed')
      expect(await page(world(), `/en/listings/${listing}`)).toContain('No machine translation could be made.')
      translator.answer = translator.usual
      expect((await rowsOf(world(), listing))[0]?.state).toBe('failed')
      await world().rows(sql`update exchange.translation set done_at = now() - interval '25 hours' where listing_id = ${listing}`)
      await page(world(), `/en/listings/${listing}`)
      await until('it is translated', async () => (await rowsOf(world(), listing))[0]?.state === 'done')
      await runner.stop()
    })
  },
  { ...settings, TRANSLATE_URL: `${translator.url}/` },
)

onBothEngines('a listing in another language, without a service', (world) => {
  test('says in which language it is, asks for nothing, and is about concepts in the reader’s', async () => {
    const { desk, own, admin } = await cast(world())
    const listing = await publishListing(world(), { admin, desk, member: own }, { ...english, ...spanish })
    const seen = await page(world(), `/vi/listings/${listing}`)
    expect(seen).toContain('Nội dung viết bằng ngôn ngữ khác: tiếng Tây Ban Nha')
    expect(seen).toContain('vắc xin')
    expect(seen).not.toContain('dịch máy')
    expect(await rowsOf(world(), listing)).toEqual([])
  })
})
