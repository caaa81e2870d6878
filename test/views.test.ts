import { expect, test } from 'vitest'
import { beginCounting, writeViews } from '../src/modules/exchange/actions/count-views.ts'
import { pino } from 'pino'
import { listingVersion, publishListing } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const look = (world: World, listing: string, by?: Somebody, headers: Record<string, string> = agent) =>
  world.ask(`/en/listings/${listing}`, { headers: { ...headers, ...(by && { cookie: `puente=${by.token}` }) } })
const countsOf = (world: World, listing: string) => world.rows(sql`select views from exchange.view_day where listing_id = ${listing}`)

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Rival')]
  const [admin, viewer] = [await makeMemberPerson(world, own, 'Bảo', 'admin'), await makeMemberPerson(world, own, 'Chi', 'viewer')]
  return { desk, own, other, admin, viewer, rival: await makeMemberPerson(world, other, 'Dora', 'admin') }
}

onBothEngines(
  'how often a listing is read',
  (world) => {
    test('is counted without knowing who, not for its own people, the desk and programs, and shown to its own people alone', async () => {
      const { desk, own, other, admin, viewer, rival } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own })
      // Three readers, two of whom get an answer that was kept; one of another member; then those who do not count.
      for (let n = 0; n < 3; n++) expect((await look(world(), listing)).status).toBe(200)
      expect((await look(world(), listing, rival)).status).toBe(200)
      for (const [by, headers] of [
        [admin, agent],
        [viewer, agent],
        [desk, agent],
        [undefined, { 'user-agent': 'Mozilla/5.0 (compatible; Examplebot/2.1)' }],
        [undefined, {}],
        [undefined, { ...agent, 'sec-purpose': 'prefetch' }],
      ] as [Somebody | undefined, Record<string, string>][])
        expect((await look(world(), listing, by, headers)).status).toBe(200)
      expect(await countsOf(world(), listing)).toEqual([])
      const end = beginCounting({ database: world().database, logger: pino({ level: 'silent' }) })
      await end()
      expect(await countsOf(world(), listing)).toEqual([{ views: 4 }])
      await look(world(), listing)
      await writeViews(world().database)
      await writeViews(world().database)
      expect(await countsOf(world(), listing)).toEqual([{ views: 5 }])
      expect(Object.keys((await world().rows(sql<object>`select * from exchange.view_day`))[0] ?? {})).toEqual(['listing_id', 'day', 'space_id', 'views'])

      await rival.post(`/en/listings/${listing}/interests`, { id: '0197a3f2-0000-7000-8000-000000000001', member: other, language: 'en', message: '' })
      expect(wordsOf(await (await look(world(), listing, viewer)).text())).toContain('Views 5, of these 5 in the last 30 days Interests 1, of these 1 open')
      for (const by of [undefined, rival, desk]) expect(wordsOf(await (await look(world(), listing, by)).text())).not.toContain('in the last 30 days')
      const list = `/en/members/${own}/listings`
      expect(wordsOf(await (await viewer.get(list)).text())).toMatch(/Views Interests .*Filling of vials .* 5 1 /)
      for (const page of [await rival.get(list), await desk.get(list), await world().ask(list)]) expect(wordsOf(await page.text())).not.toContain('Views')
    })

    test('is counted for none that is not published, not there, or from published sources', async () => {
      const { desk, own, admin, rival } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { audience: 'network' })
      expect((await look(world(), listing)).status).toBe(404)
      expect((await look(world(), '0197a3f2-0000-7000-8000-000000000099')).status).toBe(404)
      const [derived] = await world().rows(sql<{ id: string }>`select id from exchange.listing where origin = 'record' order by number limit 1`)
      expect((await look(world(), derived?.id ?? '')).status).toBe(200)
      expect((await look(world(), listing, rival)).status).toBe(200)
      // Counted before it was taken back, written afterwards: it is not among what readers see any more.
      expect((await admin.post(`/en/listings/${listing}/revision`, { version: await listingVersion(world(), listing) })).status).toBe(303)
      await writeViews(world().database)
      expect(await countsOf(world(), listing)).toEqual([])
      expect(await countsOf(world(), derived?.id ?? '')).toEqual([])
    })
  },
  settings,
)
