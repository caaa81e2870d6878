import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { loadDerived } from '../src/modules/exchange/index.ts'
import { importer } from '../src/platform/access/actor.ts'
import { root } from '../src/platform/root.ts'
import { listingForm, listingVersion } from './support/listings.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings, statusAndPlace } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

onBothEngines(
  'an organization takes over what sources say of it',
  (world) => {
    test('as a draft with its citations; interests that wait come along; once published, the derived one is closed for good', async () => {
      const desk = await makeSomebody(world(), 'Ana', ['administrator', 'secretariat'])
      const [own, other] = [await makeMember(world(), 'Example Biotech'), await makeMember(world(), 'Example Rival')]
      const [admin, rival] = [await makeMemberPerson(world(), own, 'Bảo', 'admin'), await makeMemberPerson(world(), other, 'Dora', 'admin')]
      const [derived] = await world().rows(
        sql<{ id: string; sources: string[]; original: string; title: Record<string, string> }>`
          select id, sources, original, title from exchange.listing where origin = 'record' and entry_key = 'bpl' order by number limit 1`,
      )
      const { id = '', sources = [], original = 'en', title = {} } = derived ?? {}
      const interest = newId()
      expect((await rival.post(`/en/listings/${id}/interests`, { id: interest, member: other, language: 'en', message: 'Tell us more.' })).status).toBe(303)
      expect((await desk.get(`/en/interests/${interest}`)).status).toBe(200)

      // Before the desk has verified that they are the same, nobody may.
      const draft = newId()
      expect((await admin.post(`/en/listings/${id}/takeover`, { id: draft })).status).toBe(403)
      const claim = newId()
      expect((await admin.post('/en/organizations/bpl/claim', { id: claim, member: own, evidence: 'See our website.' })).status).toBe(303)
      expect((await admin.post(`/en/listings/${id}/takeover`, { id: draft })).status).toBe(403)
      expect((await desk.post(`/en/claims/${claim}/verification`, { version: '1' })).status).toBe(303)
      expect((await rival.post(`/en/listings/${id}/takeover`, { id: newId() })).status).toBe(403)
      expect(await (await rival.get(`/en/listings/${id}`)).text()).not.toContain('Take it over')
      expect(await (await admin.get(`/en/listings/${id}`)).text()).toContain('Take it over')
      const twice = await Promise.all([admin.post(`/en/listings/${id}/takeover`, { id: draft }), admin.post(`/en/listings/${id}/takeover`, { id: draft })])
      expect(twice.map(statusAndPlace)).toEqual([
        [303, `/en/listings/${draft}/edit`],
        [303, `/en/listings/${draft}/edit`],
      ])
      expect((await admin.post(`/en/listings/${id}/takeover`, { id: newId() })).status).toBe(409)
      const rows = await world().rows(sql`select state, origin, sources, title, derived_id from exchange.listing where id = ${draft}`)
      expect(rows).toEqual([{ state: 'draft', origin: 'member', sources, title, derived_id: id }])
      expect(await world().rows(sql`select state from exchange.listing where id = ${id}`)).toEqual([{ state: 'published' }])
      // Nobody else learns of the draft; the interest is theirs now, and the desk has it no more.
      for (const page of [await world().ask(`/en/listings/${id}`), await rival.get(`/en/listings/${id}`)]) expect(await page.text()).not.toContain(draft)
      expect([(await desk.get(`/en/interests/${interest}`)).status, (await admin.get(`/en/interests/${interest}`)).status]).toEqual([404, 200])
      expect(await world().rows(sql`select state from exchange.interest where id = ${interest}`)).toEqual([{ state: 'seen' }])

      const form = listingForm({
        original,
        [`title_${original}`]: 'Our own words',
        [`body_${original}`]: 'x'.repeat(100),
        version: await listingVersion(world(), draft),
      })
      for (const [who, noun, fields] of [
        [admin, 'edit', form],
        [admin, 'sending', {}],
        [desk, 'publication', {}],
      ] as const)
        expect([noun, (await who.post(`/en/listings/${draft}/${noun}`, { version: await listingVersion(world(), draft), ...fields })).status]).toEqual([
          noun,
          303,
        ])
      expect(await world().rows(sql`select state, taken_at is not null as taken from exchange.listing where id = ${id}`)).toEqual([
        { state: 'closed', taken: true },
      ])
      expect(await (await world().ask(`/en/listings/${id}`)).text()).toContain(`/en/listings/${draft}`)
      expect(await (await world().ask(`/en/listings/${draft}`)).text()).toContain(`/en/sources/${sources[0]}`)
      const loaded = await loadDerived(world().database, importer, join(root, 'seeds', 'exchange', 'listings.csv'))
      expect(loaded).toMatchObject({ issues: [], added: 0, changed: 0, closed: 0 })
      expect((await rival.post(`/en/listings/${id}/interests`, { id: newId(), member: other, language: 'en', message: 'x' })).status).toBe(403)
    })
  },
  settings,
)
