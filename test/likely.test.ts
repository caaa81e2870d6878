import { expect, test } from 'vitest'
import { appoint, makeNetwork } from '../src/modules/members/store/networks.ts'
import { operator } from '../src/platform/access/actor.ts'
import { act, begin, cast, publish, save, stateOf } from './support/listing-scene.ts'
import { makeSomebody, settings, type Somebody } from './support/persons.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const note = async (by: Somebody, id: string, language = 'en') => {
  const page = await (await by.get(`/${language}/listings/${id}`)).text()
  const start = page.indexOf('<div class="note warn" role="status">')
  return start < 0 ? '' : page.slice(start, page.indexOf('</div>', start))
}

onBothEngines(
  'listings that may be the same',
  (world) => {
    test('who sends and who reviews one sees what may be the same, with what both share, as far as they may read it; it stops nobody', async () => {
      const { desk, own, other, admin, editor, rival, friend } = await cast(world())
      const open = await publish(world(), rival, desk, other)
      const hidden = await publish(world(), rival, desk, other, { audience: 'network', hidden_from: own })
      const need = await publish(world(), rival, desk, other, { direction: 'need' })
      const distant = await publish(world(), rival, desk, other, {
        title_es: 'Formación de médicos en ensayos clínicos',
        body_es: 'Plazas para médicos que dirigen ensayos en hospitales, con tutoría durante tres meses.',
      })
      const id = await begin(editor, own)
      expect((await save(world(), editor, id)).status).toBe(303)
      const mine = await begin(editor, own, { title: 'Tecnología de vacuna recombinante' })
      expect((await save(world(), editor, mine, { title_es: 'Tecnología de la vacuna recombinante' })).status).toBe(303)

      const shown = await note(editor, id)
      expect([open, hidden, need, distant, mine].map((each) => shown.includes(each))).toEqual([true, false, false, false, true])
      expect(shown).toContain('vaccine')
      expect(shown).toContain('recombinante')
      expect(await note(editor, id, 'zh')).toContain('可能已有相同信息')
      expect(await act(world(), editor, id, 'submission')).toBe(303)
      expect(await note(admin, id)).toContain(open)
      expect(await act(world(), admin, id, 'sending')).toBe(303)
      // The desk reads what is hidden from the member, and not its drafts.
      const reviewed = await note(desk, id)
      expect([open, hidden, need, distant, mine].map((each) => reviewed.includes(each))).toEqual([true, true, false, false, false])
      expect(await act(world(), desk, id, 'publication')).toBe(303)
      expect([await note(desk, id), await note(editor, id), await note(friend, id)]).toEqual(['', '', ''])
      // Whoever only reads it is told nothing of the kind.
      expect(await note(rival, open)).toBe('')
    })
  },
  settings,
)

const homeOf = async (world: World, key: string) =>
  (await world.rows(sql<{ key: string }>`select n.key from members.organization o join members.network n on n.desk_id = o.desk_id where o.key = ${key}`))[0]
    ?.key

onBothEngines(
  'what an office cannot do alone',
  (world) => {
    test('who is of the desk and of an organization that a listing is hidden from is told that a colleague has to publish it', async () => {
      const { desk, own, other, admin } = await cast(world())
      const id = await begin(admin, own)
      expect((await save(world(), admin, id, { audience: 'network', hidden_from: other })).status).toBe(303)
      expect(await act(world(), admin, id, 'sending')).toBe(303)
      const both = await makeMemberPerson(world(), other, 'Gia', 'viewer')
      await world().rows(
        sql`insert into members.office (id, space_id, network_id, person_id, office) select gen_random_uuid(), n.crew_id, n.id, ${both.id}::uuid, 'secretariat' from members.network n`,
      )
      const [{ version }] = (await world().rows(sql<{ version: string }>`select version::text from exchange.listing where id = ${id}`)) as [{ version: string }]
      for (const [language, said] of [
        ['en', 'a colleague'],
        ['vi', 'đồng nghiệp'],
      ] as const) {
        const refused = await both.post(`/${language}/listings/${id}/publication`, { version })
        expect([refused.status, (await refused.text()).includes(said)]).toEqual([409, true])
      }
      expect(await stateOf(world(), id)).toBe('desk-review')
      expect(await act(world(), desk, id, 'publication')).toBe(303)
    })

    test('a member that leaves for another network: what everybody read is closed, what was for its network is withdrawn, from the new one too', async () => {
      const key = await makeMember(world(), 'Example Mover')
      const [admin, desk] = [await makeMemberPerson(world(), key, 'Hoa', 'admin'), await makeSomebody(world(), 'Ana', ['administrator', 'secretariat'])]
      const stay = await makeMemberPerson(world(), await makeMember(world(), 'Example Stayer'), 'Iris', 'viewer')
      const [forAll, forNetwork, draft] = [
        await publish(world(), admin, desk, key),
        await publish(world(), admin, desk, key, { audience: 'network' }),
        await begin(admin, key),
      ]
      const paths = [forAll, forNetwork].map((id) => `/en/listings/${id}`)
      const reads = async (by: Somebody) => Promise.all(paths.map(async (path) => (await by.get(path)).status))
      expect(await reads(stay)).toEqual([200, 200])
      const lan = await makeSomebody(world(), 'Lan', [])
      await world().database.write(operator, async (db) => {
        const south = await makeNetwork(db, { key: 'south', name: { en: 'South' } })
        await appoint(db, south, lan.id, 'secretariat')
      })
      await world().rows(sql`insert into members.standing (id, space_id, desk_id, network_id, organization_id, state, founding, since)
        select gen_random_uuid(), s.space_id, n.desk_id, n.id, s.organization_id, 'admitted', false, s.since from members.standing s join members.organization o on o.id = s.organization_id, members.network n where o.key = ${key} and n.key = 'south'`)
      const [now] = await world().rows(
        sql<{
          id: string
          network: string
        }>`select s.id, s.network_id as network from members.standing s join members.organization o on o.id = s.organization_id join members.network n on n.id = s.network_id where o.key = ${key} and n.key = 'network'`,
      )
      expect((await desk.post(`/en/members/${key}/standing`, { network: now?.network ?? '', now: now?.id ?? '', state: 'left', reason: 'x' })).status).toBe(303)
      expect(await homeOf(world(), key)).toBe('south')
      expect([await stateOf(world(), forAll), await stateOf(world(), forNetwork), await stateOf(world(), draft)]).toEqual(['closed', 'withdrawn', 'draft'])
      expect([await reads(stay), await reads(desk), await reads(lan), await reads(admin)]).toEqual([
        [200, 404],
        [200, 404],
        [200, 404],
        [200, 200],
      ])
    })
  },
  settings,
)
