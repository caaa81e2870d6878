import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { tellInterestJob } from '../src/modules/exchange/actions/tell-interest.ts'
import { tellDeskJob } from '../src/modules/members/index.ts'
import { doJobs, until } from './support/jobs.ts'
import { publishListing } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { lettersTo, makeSomebody, settings, statusAndPlace, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const wordsOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const mailOf = ({ id }: Somebody) => `${id}@example.org`

async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other, third] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Rival'), await makeMember(world, 'Example Third')]
  const admin = await makeMemberPerson(world, own, 'Bảo', 'admin')
  const viewer = await makeMemberPerson(world, own, 'Chi', 'viewer')
  const rival = await makeMemberPerson(world, other, 'Dora', 'editor')
  const reader = await makeMemberPerson(world, other, 'Emilio', 'viewer')
  const outsider = await makeMemberPerson(world, third, 'Fang', 'admin')
  return { desk, own, other, third, admin, viewer, rival, reader, outsider }
}

const express = (by: Somebody, listing: string, member: string, over: Record<string, string> = {}) => {
  const id = over['id'] ?? newId()
  return by.post(`/en/listings/${listing}/interests`, { id, member, language: 'en', message: 'We need these vials.', ...over })
}
const interestOf = async (world: World, listing: string) =>
  world.rows(sql<{ id: string; state: string; version: number; reason: string | null; answer: string | null }>`
    select id, state, version, reason, answer from exchange.interest where listing_id = ${listing} order by sent_at, id`)
const statuses = (answers: Response[]) => answers.map(({ status }) => status)

onBothEngines(
  'an interest in a listing of a member',
  (world) => {
    test('is sent once, seen by whoever answers it, declined with a reason, and nobody else learns of it', async () => {
      const { desk, own, other, third, admin, viewer, rival, reader, outsider } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own })
      expect(await (await rival.get(`/en/listings/${listing}`)).text()).toContain('We are interested')
      for (const [who, words] of [
        [admin, 'the owner'],
        [reader, 'a viewer of a member'],
        [desk, 'the secretariat'],
      ] as const)
        expect([words, (await (await who.get(`/en/listings/${listing}`)).text()).includes('We are interested')]).toEqual([words, false])

      // Wrong ones: no such member, somebody else's, their own listing, too long.
      expect(statuses([await express(rival, listing, 'nobody'), await express(rival, listing, third), await express(admin, listing, own)])).toEqual([
        422, 403, 403,
      ])
      const long = await express(rival, listing, other, { message: 'x'.repeat(4001), language: 'fr' })
      expect(long.status).toBe(422)
      expect(wordsOf(await long.text())).toContain('2 things need your attention')
      expect(await interestOf(world(), listing)).toEqual([])

      const id = newId()
      const runner = await doJobs(world(), [tellInterestJob])
      const twice = await Promise.all([express(rival, listing, other, { id }), express(rival, listing, other, { id })])
      expect(twice.map(statusAndPlace)).toEqual([
        [303, `/en/listings/${listing}`],
        [303, `/en/listings/${listing}`],
      ])
      expect((await express(rival, listing, other)).status).toBe(422)
      expect(await interestOf(world(), listing)).toMatchObject([{ id, state: 'sent' }])
      await until('the owner is told', async () => (await lettersTo(world, mailOf(admin))).some(({ text }) => text.includes(`/interests/${id}`)))
      expect((await lettersTo(world, mailOf(viewer))).filter(({ text }) => text.includes('/interests/'))).toEqual([])

      // Who learns of it: both members' people, and nobody else, neither the secretariat.
      const seenBy = async (path: string) => statuses(await Promise.all([reader, viewer, outsider, desk].map((each) => each.get(path))))
      expect(await seenBy(`/en/interests/${id}`)).toEqual([200, 200, 404, 404])
      expect((await world().ask(`/en/interests/${id}`)).status).toBe(303)
      expect(await interestOf(world(), listing)).toMatchObject([{ state: 'sent' }])
      for (const page of [`/en/listings/${listing}`, '/en/desk/interests', '/en/desk']) {
        expect(await (await outsider.get(page)).text()).not.toContain('Example Rival')
        expect(wordsOf(await (await desk.get(page)).text())).not.toContain('Example Rival')
      }
      expect(wordsOf(await (await viewer.get(`/en/members/${own}/interests`)).text())).toContain('Example Rival')
      expect(wordsOf(await (await reader.get(`/en/members/${other}/interests?side=sent`)).text())).toContain('Filling of vials')
      expect(statuses([await rival.get(`/en/members/${own}/interests`), await desk.get(`/en/members/${own}/interests`)])).toEqual([404, 404])

      // Seen with the first look of somebody who answers it.
      expect(wordsOf(await (await admin.get(`/en/interests/${id}`)).text())).toContain('We need these vials.')
      expect(await interestOf(world(), listing)).toMatchObject([{ state: 'seen', version: 2 }])
      expect(statuses([await rival.post(`/en/interests/${id}/refusal`, { version: '2', reason: 'other' })])).toEqual([403])
      expect(statuses([await viewer.post(`/en/interests/${id}/refusal`, { version: '2', reason: 'other' })])).toEqual([403])
      expect(statuses([await admin.post(`/en/interests/${id}/withdrawal`, { version: '2' })])).toEqual([403])
      expect(statuses([await admin.post(`/en/interests/${id}/closure`, { version: '2' })])).toEqual([403])
      expect(statuses([await admin.post(`/en/interests/${id}/refusal`, { version: '2', reason: '' })])).toEqual([422])
      const stale = await admin.post(`/en/interests/${id}/refusal`, { version: '1', reason: 'no-capacity', answer: 'Ask again in May.' })
      expect([stale.status, (await stale.text()).includes('Ask again in May.')]).toEqual([409, true])
      expect((await admin.post(`/en/interests/${id}/refusal`, { version: '2', reason: 'no-capacity', answer: 'Ask again in May.' })).status).toBe(303)
      expect(await interestOf(world(), listing)).toMatchObject([{ state: 'declined', reason: 'no-capacity', answer: 'Ask again in May.' }])
      expect((await admin.post(`/en/interests/${id}/refusal`, { version: '3', reason: 'other' })).status).toBe(409)
      await until('the sender is told', async () => (await lettersTo(world, mailOf(rival))).some(({ text }) => text.includes('No capacity left')))
      await runner.stop()
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${id} order by id`)).toEqual([
        { verb: 'exchange.interest.sent', actor: `person:${rival.id}` },
        { verb: 'exchange.interest.seen', actor: `person:${admin.id}` },
        { verb: 'exchange.interest.declined', actor: `person:${admin.id}` },
      ])
      // One that has ended makes room for another, which is withdrawn.
      expect((await express(rival, listing, other)).status).toBe(303)
      const second = (await interestOf(world(), listing))[1]
      expect((await rival.post(`/en/interests/${second?.id}/withdrawal`, { version: '1' })).status).toBe(303)
      expect((await interestOf(world(), listing)).map(({ state }) => state)).toEqual(['declined', 'withdrawn'])
    })

    test('is accepted: whoever sent it reads the confidential part, also one written later, until the owner ends that', async () => {
      const { desk, own, other, third, admin, viewer, rival, reader, outsider } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own })
      const write = (version: string, text: string) => admin.post(`/en/listings/${listing}/confidential`, { version, text, language: 'en' })
      const secret = async (text: string) => {
        const pages = await Promise.all([rival, reader, outsider, desk].map(async (each) => (await each.get(`/en/listings/${listing}`)).text()))
        return [...pages, await (await world().ask(`/en/listings/${listing}`)).text()].map((page) => page.includes(text))
      }
      const runner = await doJobs(world(), [tellInterestJob])
      const [first, later] = [newId(), newId()]
      expect(statuses([await express(rival, listing, other, { id: first }), await express(outsider, listing, third, { id: later })])).toEqual([303, 303])
      const accept = (by: Somebody, id: string, version: string, reply = 'Write to our Example Office.') =>
        by.post(`/en/interests/${id}/acceptance`, { version, reply })
      expect(statuses([await accept(rival, first, '1'), await accept(viewer, first, '1'), await accept(desk, first, '1')])).toEqual([403, 403, 404])
      expect(wordsOf(await (await admin.get(`/en/interests/${first}`)).text())).toContain('From then on Example Rival reads the confidential part')
      expect(statuses([await accept(admin, first, '1')])).toEqual([409])
      const long = await accept(admin, first, '2', 'x'.repeat(2001))
      expect([long.status, (await long.text()).includes('xxxx')]).toEqual([422, true])
      const twice = await Promise.all([accept(admin, first, '2'), accept(admin, first, '2')])
      expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect(await interestOf(world(), listing)).toMatchObject([
        { id: first, state: 'accepted', answer: 'Write to our Example Office.', version: 3 },
        { id: later, state: 'sent' },
      ])
      await until('the sender is told', async () =>
        (await lettersTo(world, mailOf(rival))).some(({ subject }) => subject.startsWith('Accepted: your interest')),
      )
      expect(wordsOf(await (await rival.get(`/en/interests/${first}`)).text())).toMatch(/Accepted .*Write to our Example Office\./)
      // An accepted one makes no room for another, and is withdrawn no more.
      expect(wordsOf(await (await rival.get(`/en/listings/${listing}`)).text())).toContain('The interest of Example Rival was accepted')
      expect(statuses([await express(rival, listing, other), await rival.post(`/en/interests/${first}/withdrawal`, { version: '3' })])).toEqual([422, 409])

      // Written after it was accepted, read by whom it was accepted of, and by nobody else.
      expect((await write('0', 'The strain is XK-7.')).status).toBe(303)
      expect(await secret('XK-7')).toEqual([true, true, false, false, false])
      const stale = await write('0', 'Typed in a tab that was left open.')
      expect([stale.status, (await stale.text()).includes('Typed in a tab that was left open.')]).toEqual([409, true])
      expect((await admin.get(`/en/interests/${later}`)).status).toBe(200)
      expect((await accept(admin, later, '2')).status).toBe(303)
      expect(await secret('XK-7')).toEqual([true, true, true, false, false])
      expect(wordsOf(await (await admin.get(`/en/listings/${listing}`)).text())).toMatch(/Example Third .*interest accepted/)
      await runner.stop()

      // Ended by the owner, and not opened again by what is written next.
      const ended = await admin.post(`/en/listings/${listing}/undertakings/${first}/end`, {})
      expect(ended.status).toBe(303)
      expect(await secret('XK-7')).toEqual([false, false, true, false, false])
      expect((await write('1', 'The strain is XK-8.')).status).toBe(303)
      expect(await secret('XK-8')).toEqual([false, false, true, false, false])
      expect(
        await world().rows(sql`select verb from app.log_entry where object_id in (${first}, ${later}) and verb like '%accepted' order by id`),
      ).toHaveLength(2)
      expect(
        await world().rows(sql`select id from app.log_entry where object_id = ${listing} and verb = 'exchange.listing.undertaking-recorded'`),
      ).toHaveLength(2)
    })

    test('is not possible for whom the listing is hidden from, even if somebody sees it by another office', async () => {
      const { desk, own, other, third, admin, rival, outsider } = await cast(world())
      const listing = await publishListing(world(), { admin, desk, member: own }, { audience: 'network', hidden_from: other })
      expect((await express(rival, listing, other)).status).toBe(404)
      expect((await express(outsider, listing, third)).status).toBe(303)
      // At the desk she sees it; for the member that it is hidden from she cannot answer.
      await world().rows(sql`insert into members.office (id, space_id, network_id, person_id, office)
        select gen_random_uuid(), space_id, network_id, ${rival.id}::uuid, 'secretariat' from members.office where person_id = ${desk.id}::uuid limit 1`)
      expect((await rival.get(`/en/listings/${listing}`)).status).toBe(200)
      expect((await express(rival, listing, other)).status).toBe(403)
      expect(await interestOf(world(), listing)).toHaveLength(1)
    })
  },
  settings,
)

onBothEngines(
  'an interest in a listing from published sources',
  (world) => {
    test('goes to the secretariat, which says when it is dealt with', async () => {
      const { desk, other, rival, outsider, admin } = await cast(world())
      const [derived] = await world().rows(sql<{ id: string }>`select id from exchange.listing where origin = 'record' order by number limit 1`)
      const listing = derived?.id ?? ''
      const runner = await doJobs(world(), [tellInterestJob, tellDeskJob])
      expect((await express(rival, listing, other)).status).toBe(303)
      const [interest] = await interestOf(world(), listing)
      await until('the secretariat is told', async () => (await lettersTo(world, mailOf(desk))).some(({ text }) => text.includes(`/interests/${interest?.id}`)))
      expect(wordsOf(await (await desk.get('/en/desk')).text())).toMatch(/Interests in listings from published sources\s+1/)
      expect(wordsOf(await (await desk.get('/en/desk/interests?state=open')).text())).toContain('Example Rival')
      expect(statuses([await outsider.get(`/en/interests/${interest?.id}`), await admin.get('/en/desk/interests')])).toEqual([404, 404])
      expect((await desk.get(`/en/interests/${interest?.id}`)).status).toBe(200)
      expect((await desk.post(`/en/interests/${interest?.id}/acceptance`, { version: '2', reply: 'Yes.' })).status).toBe(403)
      expect((await desk.post(`/en/interests/${interest?.id}/closure`, { version: '2', answer: 'We wrote to their office.' })).status).toBe(303)
      await until('the sender is told', async () => (await lettersTo(world, mailOf(rival))).some(({ subject }) => subject.startsWith('Dealt with')))
      await runner.stop()
      expect(wordsOf(await (await rival.get(`/en/interests/${interest?.id}`)).text())).toContain('We wrote to their office.')
      expect(wordsOf(await (await desk.get('/en/desk')).text())).toMatch(/Interests in listings from published sources\s+0/)
      expect(await world().rows(sql`select verb from app.log_entry where object_id = ${interest?.id ?? ''} order by id`)).toEqual([
        { verb: 'exchange.interest.sent' },
        { verb: 'exchange.interest.seen' },
        { verb: 'exchange.interest.handled' },
      ])
    })
  },
  settings,
)
