import { expect, test } from 'vitest'
import { digestJob, digestsJob } from '../src/modules/matching/actions/digests.ts'
import { matchListing, matchingTexts } from '../src/modules/matching/index.ts'
import { newId } from '../src/platform/id.ts'
import { doJobs, until } from './support/jobs.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { lettersTo, makeSomebody, settings, statusAndPlace, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const mailOf = ({ id }: Somebody) => `${id}@example.org`
const page = async (who: Somebody, path: string) => (await who.get(path)).text()

type Published = { organization: string; direction: 'offer' | 'need'; title: string; isOpen?: boolean; hiddenFrom?: string }

/** A published listing, without the way through the desk. */
async function publish(world: World, { organization, direction, title, isOpen = true, hiddenFrom }: Published): Promise<string> {
  const id = newId()
  await world.rows(sql`insert into exchange.listing (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, number, direction, pillar, country, state, original, title, valid_until, published_at, hidden_from)
    select ${id}::uuid, case when ${isOpen} then '00000000-0000-7000-8000-000000000004'::uuid else n.circle_id end, o.keeper_id, o.people_id, o.desk_id, n.id, o.id, ${`XX-${parseInt(id.slice(-8), 16)}`},
      ${direction}, 'production', o.country, 'published', 'es', jsonb_build_object('es', ${title}::text), current_date + 90, now(),
      case when ${hiddenFrom ?? null}::text is null then '{}' else array['organization:' || ${hiddenFrom ?? null}::text] end
    from members.organization o join members.network n on n.desk_id = o.desk_id where o.id = ${organization} returning id`)
  await matchListing(world.database, id)
  return id
}

/** A day later, the mails of the day are written. */
async function aDayLater(world: World) {
  await world.rows(sql`update matching.notice set mailed_on = mailed_on - 1 returning person_id`)
  await world.rows(sql`update app.job set run_at = now() where kind = 'matching.digests' and done_at is null returning id`)
  const waiting = () => world.rows(sql`select from app.job where kind like 'matching.digest%' and done_at is null and failed_at is null`)
  const runner = await doJobs(world, [digestsJob, digestJob])
  await until('all are told', async () => (await waiting()).length === 0)
  await runner.idle()
  await runner.stop()
}

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [key, otherKey] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Hospital')]
  const idOf = async (of: string) => (await world.rows(sql<{ id: string }>`select id from members.organization where key = ${of}`))[0]?.id ?? ''
  const editor = await makeMemberPerson(world, key, 'Bảo', 'editor')
  await world.rows(sql`update auth.account set language = 'vi' where id = ${editor.id} returning id`)
  const viewer = await makeMemberPerson(world, key, 'Vera', 'viewer')
  const buyer = await makeMemberPerson(world, otherKey, 'Dora', 'admin')
  return { desk, key, own: await idOf(key), other: await idOf(otherKey), editor, viewer, buyer }
}

onBothEngines(
  'new counterparts',
  (world) => {
    test('one mail a day, to those who answer for the listing, in their language; none when nothing is new', async () => {
      const { own, other, editor, viewer, buyer } = await cast(world())
      const given = await publish(world(), { organization: own, direction: 'offer', title: 'Vacuna zqtx recombinante' })
      await aDayLater(world())
      const before = (await lettersTo(world, mailOf(editor))).length
      const wanted = await publish(world(), { organization: other, direction: 'need', title: 'Se busca vacuna zqtx recombinante' })
      await publish(world(), { organization: other, direction: 'need', title: 'Vacuna zqtx recombinante para niños', hiddenFrom: own, isOpen: false })
      await aDayLater(world())
      const letters = await lettersTo(world, mailOf(editor))
      expect(letters).toHaveLength(before + 1)
      expect(letters[0]).toMatchObject({ language: 'vi', subject: '1 tin phù hợp mới' })
      expect(letters[0]?.text).toContain('“Vacuna zqtx recombinante”: 1 tin phù hợp mới')
      expect(letters[0]?.text).toContain('– Se busca vacuna zqtx recombinante')
      expect(letters[0]?.text).not.toContain('niños')
      expect(letters[0]?.text).toContain(`/vi/listings/${given}/matches`)
      expect(await lettersTo(world, mailOf(viewer))).toEqual([])
      const toBuyer = (await lettersTo(world, mailOf(buyer))).length
      expect(toBuyer).toBe(1)

      await aDayLater(world())
      expect(await lettersTo(world, mailOf(editor))).toHaveLength(before + 1)
      // Done twice, and again on the same day, it writes nothing more.
      await publish(world(), { organization: other, direction: 'need', title: 'Necesidad de vacuna zqtx recombinante' })
      await aDayLater(world())
      await publish(world(), { organization: other, direction: 'need', title: 'Compra de vacuna zqtx recombinante' })
      await world().rows(sql`update app.job set run_at = now() where kind = 'matching.digests' and done_at is null returning id`)
      const runner = await doJobs(world(), [digestsJob, digestJob])
      await runner.idle()
      await runner.stop()
      expect(await lettersTo(world, mailOf(editor))).toHaveLength(before + 2)
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${editor.id} and verb like 'matching%' order by position`)).toEqual(
        Array.from({ length: before + 2 }, () => ({ verb: 'matching.told', actor: 'system:accounts' })),
      )
      expect(wanted).not.toBe('')
    }, 120_000)

    test('new until somebody who answers for it has looked, with the number where they begin', async () => {
      const { key, own, other, editor, viewer, buyer } = await cast(world())
      const given = await publish(world(), { organization: own, direction: 'offer', title: 'Anticuerpo wqvx terapéutico' })
      const wanted = await publish(world(), { organization: other, direction: 'need', title: 'Se necesita anticuerpo wqvx terapéutico' })
      const say = matchingTexts.en
      const fresh = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from matching.match where listing_id = ${given}`))[0]?.n ?? 0
      expect(await page(editor, '/en/account')).toContain(say('matches.fresh', { n: await fresh() }))
      expect(await page(viewer, '/en/account')).not.toContain(say('notice.title'))
      expect(await page(editor, `/en/members/${key}/matches`)).toContain(say('matches.fresh', { n: await fresh() }))
      const badge = `>${say('matches.new')}<`
      for (const who of [viewer, buyer]) expect(await page(who, `/en/listings/${given}/matches`)).not.toContain(badge)
      expect(await world().rows(sql`select from matching.seen`)).toEqual([])
      expect(await page(editor, `/en/listings/${given}/matches`)).toContain(badge)
      expect(await page(editor, `/en/listings/${given}/matches`)).not.toContain(badge)
      expect(await world().rows(sql`select listing_id as listing from matching.seen where other_id = ${wanted}`)).toEqual([{ listing: given }])
      expect(await page(editor, '/en/account')).toContain(say('notice.none'))
      expect(await world().rows(sql`select verb from app.log_entry where object_id = ${given} and verb like 'matching%'`)).toEqual([
        { verb: 'matching.counterparts.seen' },
      ])
      // What was seen is not told of.
      await aDayLater(world())
      expect((await lettersTo(world, mailOf(editor))).filter(({ text }) => text.includes('wqvx'))).toEqual([])
      expect((await lettersTo(world, mailOf(buyer))).filter(({ text }) => text.includes('wqvx'))).toHaveLength(1)
    }, 120_000)

    test('whoever turns the mail off gets none, and a closed account none either', async () => {
      const { own, other, editor, buyer } = await cast(world())
      expect((await world().ask('/en/account/matches')).status).toBe(303)
      expect(await page(editor, '/es/account/matches')).toContain(matchingTexts.es('notice.often.daily'))
      expect((await editor.post('/en/account/matches', { often: 'hourly' })).status).toBe(422)
      expect(statusAndPlace(await editor.post('/en/account/matches', { often: 'never' }))).toEqual([303, '/en/account/matches?done=saved'])
      await publish(world(), { organization: own, direction: 'offer', title: 'Kit diagnóstico kqvx' })
      await publish(world(), { organization: other, direction: 'need', title: 'Se busca kit diagnóstico kqvx' })
      await aDayLater(world())
      expect(await lettersTo(world, mailOf(editor))).toEqual([])
      const told = (await lettersTo(world, mailOf(buyer))).length
      expect(told).toBeGreaterThan(0)
      // Turned on again, what was found meanwhile is not told of.
      expect((await editor.post('/en/account/matches', { often: 'daily' })).status).toBe(303)
      await aDayLater(world())
      expect(await lettersTo(world, mailOf(editor))).toEqual([])
      await publish(world(), { organization: own, direction: 'offer', title: 'Otro kit diagnóstico kqvx' })
      await world().rows(sql`update auth.account set closed_at = now() where id = ${buyer.id} returning id`)
      await aDayLater(world())
      expect(await lettersTo(world, mailOf(editor))).toHaveLength(1)
      expect(await lettersTo(world, mailOf(buyer))).toHaveLength(told)
    }, 120_000)

    test('a feed for whoever has its address, with the rights of its person', async () => {
      const { own, other, editor, buyer } = await cast(world())
      const given = await publish(world(), { organization: own, direction: 'offer', title: 'Biofertilizante bqvx' })
      const wanted = await publish(world(), { organization: other, direction: 'need', title: 'Se busca biofertilizante bqvx', isOpen: false })
      const addressOf = async (who: Somebody) =>
        /\/en(\/feeds\/matches\/[\w-]{43})</.exec(await (await who.post('/en/account/matches/feed', {})).text())?.[1] ?? ''
      const address = await addressOf(editor)
      const answer = await world().ask(`/zh${address}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      const feed = await answer.text()
      expect(feed).toContain(`/listings/${given}/matches#${wanted}</id>`)
      expect(feed).toContain('Se busca biofertilizante bqvx')
      expect(feed).toContain(matchingTexts.zh('notice.feed-of', { title: 'Biofertilizante bqvx' }))
      expect(await page(editor, '/en/account/matches')).toContain(matchingTexts.en('notice.feed-again'))

      const second = await addressOf(editor)
      expect([(await world().ask(`/en${address}`)).status, (await world().ask(`/en${second}`)).status]).toEqual([404, 200])
      await world().rows(sql`update members.role set valid_to = now() where person_id = ${editor.id} returning id`)
      expect(await (await world().ask(`/en${second}`)).text()).not.toContain('bqvx')
      expect(statusAndPlace(await editor.post('/en/account/matches/feed/end', {}))).toEqual([303, '/en/account/matches?done=closed'])
      expect((await world().ask(`/en${second}`)).status).toBe(404)
      const of = await addressOf(buyer)
      await world().rows(sql`update auth.account set closed_at = now() where id = ${buyer.id} returning id`)
      expect((await world().ask(`/en${of}`)).status).toBe(404)
      expect(await world().rows(sql`select verb from app.log_entry where object_id = ${editor.id} and verb like 'matching.notice%' order by position`)).toEqual(
        ['feed-opened', 'feed-opened', 'feed-closed'].map((verb) => ({ verb: `matching.notice.${verb}` })),
      )
    }, 120_000)
  },
  settings,
)
