import { expect } from 'vitest'
import { newId } from '../../src/platform/id.ts'
import type { Asker } from './actors.ts'
import type { Somebody } from './persons.ts'
import { sql, type World } from './world.ts'

export type Cast = { desk: Somebody; key: string; network: string }
export type Facts = { number: string | null; state: string; outcome: string | null; version: number; deadline: string | null }

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export async function mustBe(status: number, answer: Promise<Response> | undefined): Promise<void> {
  expect((await answer)?.status).toBe(status)
}

/** All that a call needs beside its lines. */
export const whole = (over: Record<string, string> = {}): Record<string, string> => ({
  kind: 'outbreak',
  original: 'en',
  title_en: 'Dengue vaccine for the delta',
  body_en: 'Three provinces report dengue; children under ten are to be vaccinated.',
  countries: 'Việt Nam',
  place: 'Example Delta',
  deadline: inDays(10),
  audience: 'everybody',
  totals: 'shown',
  ...over,
})

/** Begins a call. @returns its id */
export async function begin(by: Somebody, { network }: Pick<Cast, 'network'>, over: Record<string, string>): Promise<string> {
  const id = newId()
  await mustBe(303, by.post('/en/calls', { id, network, kind: 'outbreak', original: 'en', title: 'Dengue vaccine', ...over }))
  return id
}

/** Writes what is needed. @returns the id of the line */
export async function line(by: Somebody, call: string, over: Record<string, string> = {}): Promise<string> {
  const id = newId()
  const typed = { item_en: 'Doses of dengue vaccine', amount: '10000', unit: 'doses', concepts: 'vaccine', version: '0', ...over }
  await mustBe(303, by.post(`/en/calls/${call}/lines/${id}`, typed))
  return id
}

/** A call of the desk that is open. */
export async function openCall(desk: Somebody, who: Pick<Cast, 'network'>, over: Record<string, string> = {}): Promise<{ id: string; line: string }> {
  const id = await begin(desk, who, { origin: 'desk' })
  await mustBe(303, desk.post(`/en/calls/${id}/edit`, { ...whole(over), version: '1' }))
  const made = await line(desk, id)
  await mustBe(303, desk.post(`/en/calls/${id}/opening`, { version: '2' }))
  return { id, line: made }
}

/** Calls of the stage. `call`: open, of the network alone and run for it, with pledges of the member `own`; `callDraft`, `callRequested`: of `own`. */
export type CallTargets = Record<
  'call' | 'callVersion' | 'callLine' | 'callDraft' | 'callDraftVersion' | 'callDraftLine' | 'callRequested' | 'callRequestedVersion',
  string
> &
  Record<'pledge' | 'pledgeAccepted', string>

/** Sets the calls of the stage, by the forms that people use. */
export async function stageCalls(world: World, network: string, members: { own: string; other: string }, by: (name: string) => Asker): Promise<CallTargets> {
  const who = (name: string): Somebody => {
    const { somebody } = by(name)
    if (!somebody) throw new Error(`${name} is not signed in`)
    return somebody
  }
  const [admin, desk, other] = [who('admin'), who('secretariat'), who('other')]
  const versionOf = async (id: string) =>
    String((await world.rows(sql<{ version: number }>`select version from calls.call where id = ${id}`))[0]?.version ?? '')
  const written = async (by: Somebody, over: Record<string, string>, start: Record<string, string>) => {
    const id = await begin(by, { network }, start)
    await mustBe(303, by.post(`/en/calls/${id}/edit`, { ...whole(over), version: '1' }))
    return { id, line: await line(by, id) }
  }
  const ofOwn = { origin: 'member', member: members.own }
  const inNetwork = { audience: 'network', totals: '' }
  const send = async (by: Somebody, id: string, noun: string, more: Record<string, string> = {}) =>
    mustBe(303, by.post(`/en/calls/${id}/${noun}`, { version: await versionOf(id), ...more }))
  const call = await written(desk, inNetwork, { origin: 'desk' })
  const draft = await written(admin, {}, ofOwn)
  const [requested, open, back] = [await written(admin, {}, ofOwn), await written(admin, {}, ofOwn), await written(admin, inNetwork, ofOwn)]
  for (const { id } of [requested, open, back]) await send(admin, id, 'request')
  for (const { id } of [call, open]) await send(desk, id, 'opening')
  await send(desk, back.id, 'return', { reason: 'Say how many.' })
  await written(desk, {}, { origin: 'desk' })
  const pledges = []
  for (const [to, by, member] of [
    [call, admin, members.own],
    [call, admin, members.own],
    [open, other, members.other],
  ] as const) {
    const id = newId()
    pledges.push(id)
    const typed = { id, member, line: to.line, amount: '10', available_from: inDays(1), language: 'en', conditions: 'As a gift.', note: 'In boxes.' }
    await mustBe(303, by.post(`/en/calls/${to.id}/pledges`, typed))
  }
  const [pledge = '', pledgeAccepted = ''] = pledges
  await mustBe(303, desk.post(`/en/pledges/${pledgeAccepted}/acceptance`, { version: '1', accepted: '9' }))
  await mustBe(303, desk.post(`/en/pledges/${pledgeAccepted}/deliveries`, { id: newId(), delivered: '4', delivered_on: inDays(0), delivery_note: 'By air.' }))
  await mustBe(303, desk.post(`/en/desk/calls/${call.id}/broadcast`, { countries: 'VN' }))
  await mustBe(303, desk.post(`/en/calls/${call.id}/updates`, { id: newId(), original: 'en', text_en: 'The first boxes came.' }))
  return {
    call: call.id,
    callLine: call.line,
    callVersion: await versionOf(call.id),
    callDraft: draft.id,
    callDraftLine: draft.line,
    callDraftVersion: await versionOf(draft.id),
    callRequested: requested.id,
    callRequestedVersion: await versionOf(requested.id),
    pledge,
    pledgeAccepted,
  }
}
