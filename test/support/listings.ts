import { newId } from '../../src/platform/id.ts'
import type { Asker } from './actors.ts'
import { sql, type World } from './world.ts'

/** Listings of the member `own`, in the states that tell actors apart. `listing`: for the network, hidden from `other`, with a confidential part that `suspended` may read. */
export type ListingTargets = Record<'listing' | 'listingVersion' | 'draft' | 'draftVersion' | 'waiting' | 'waitingVersion' | 'undertaking', string>

const sent = async (what: string, answer: Promise<Response> | undefined) => {
  const status = (await answer)?.status
  if (status !== 303) throw new Error(`${what} answers ${status}`)
}
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** What a form of a listing sends that says enough. */
export const listingForm = (over: Record<string, string> = {}): Record<string, string> => ({
  direction: 'offer',
  pillar: 'production',
  original: 'en',
  title_en: 'Filling of vials',
  body_en: 'A line that fills vials under good manufacturing practice, free from next spring.',
  sought_en: 'A partner who needs vials.',
  audience: 'everybody',
  forms: 'service',
  concepts: 'vaccine',
  timing: 'From spring.',
  amount: '5',
  unit: 'million vials a year',
  valid_until: day(100),
  ...over,
})

/** Sets the listings of the stage, by the forms that people use. */
export async function stageListings(
  world: World,
  members: { own: string; other: string; suspended: string },
  by: (name: string) => Asker,
): Promise<ListingTargets> {
  const [admin, desk] = [by('admin').somebody, by('secretariat').somebody]
  const versionOf = async (id: string) =>
    String((await world.rows(sql<{ version: number }>`select version from exchange.listing where id = ${id}`))[0]?.version ?? '')
  const [listing, draft, waiting, open, back, undertaking] = [newId(), newId(), newId(), newId(), newId(), newId()]
  const move = async (who: typeof admin, id: string, noun: string, fields: Record<string, string> = {}) =>
    sent(noun, who?.post(`/en/listings/${id}/${noun}`, { version: await versionOf(id), ...fields }))
  for (const id of [listing, draft, waiting, open, back]) {
    await sent('a listing', admin?.post('/en/listings', { id, member: members.own, direction: 'offer', pillar: 'production', original: 'en', title: 'Vials' }))
    const over: Record<string, string> = id === listing || id === draft ? { audience: 'network', hidden_from: members.other } : {}
    await move(admin, id, 'edit', listingForm(over))
    if (id !== draft) await move(admin, id, 'sending')
  }
  await move(desk, listing, 'publication')
  await move(desk, open, 'publication')
  await move(desk, back, 'return', { reason: 'Say how many.' })
  await sent('a confidential part', admin?.post(`/en/listings/${listing}/confidential`, { text: 'The price is low.', language: 'en', version: '0' }))
  await sent(
    'an undertaking',
    admin?.post(`/en/listings/${listing}/undertakings`, { id: undertaking, member: members.suspended, signed_on: day(-1), note: 'On paper.' }),
  )
  return {
    listing,
    draft,
    waiting,
    undertaking,
    listingVersion: await versionOf(listing),
    draftVersion: await versionOf(draft),
    waitingVersion: await versionOf(waiting),
  }
}
