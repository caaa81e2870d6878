import { beforeAll } from 'vitest'
import { matchListing } from '../../src/modules/matching/index.ts'
import * as calls from './calls.ts'
import * as listings from './listing-scene.ts'
import { makeMember, makeMemberPerson } from './members.ts'
import { makeSomebody } from './persons.ts'
import { shownCall, shownNeed, shownOffer, type Site } from './site.ts'
import { sql } from './world.ts'

/** Puts on a site with one member what members show everybody: an offer with its counterpart in another language, and an open call. */
export function withListings(site: () => Site): void {
  beforeAll(async () => {
    const { world } = site()
    const desk = await makeSomebody(world, 'Eva Ejemplo', ['secretariat'])
    const other = await makeMember(world, 'Example Clinic', { logo: false })
    const need = {
      direction: 'need',
      original: 'vi',
      title_es: '',
      body_es: '',
      title_vi: 'Cần vắc-xin tái tổ hợp',
      body_vi: 'Bệnh viện tìm nguồn vắc-xin tái tổ hợp.\n\nCần giao hàng theo quý, kèm hồ sơ.',
      countries_wanted: 'Việt Nam',
      countries_excluded: '',
    }
    for (const [id, member, over] of [
      [shownOffer, 'example-hospital', {}],
      [shownNeed, other, need],
    ] as const) {
      const by = await makeMemberPerson(world, member, 'Bảo Ví dụ', 'admin')
      await calls.mustBe(303, by.post('/en/listings', { id, member, direction: 'offer', pillar: 'technology-transfer', original: 'es', title: 'Vacuna' }))
      await listings.publish(world, by, desk, member, over, id)
    }
    for (const each of [shownNeed, shownOffer]) await matchListing(world.database, each)
    if (!(await (await world.ask(`/en/listings/${shownOffer}/matches`)).text()).includes(shownNeed)) throw new Error('the offer has no counterpart')
    const [network] = await world.rows(sql<{ id: string }>`select id from members.network`)
    await calls.begin(desk, { network: network?.id ?? '' }, { origin: 'desk', id: shownCall })
    await calls.mustBe(303, desk.post(`/en/calls/${shownCall}/edit`, { ...calls.whole(), version: '1' }))
    await calls.line(desk, shownCall)
    await calls.mustBe(303, desk.post(`/en/calls/${shownCall}/opening`, { version: '2' }))
  })
}
