import { expect } from 'vitest'
import { newId } from '../../src/platform/id.ts'
import { makeMember, makeMemberPerson } from './members.ts'
import { makeSomebody, statusAndPlace, type Somebody } from './persons.ts'
import { sql, type World } from './world.ts'

export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
export const body = 'Nuestra planta produce una vacuna recombinante a escala industrial y puede transferir el proceso completo.'

/** All that a listing needs before it is reviewed. */
export const whole = (over: Record<string, string> = {}) => ({
  direction: 'offer',
  pillar: 'technology-transfer',
  original: 'es',
  title_es: 'Tecnología de vacuna recombinante',
  body_es: body,
  audience: 'everybody',
  forms: 'licence',
  concepts: 'vaccine',
  countries_wanted: 'Việt Nam, 中国',
  countries_excluded: 'Francia',
  amount: '200000',
  unit: 'dosis al año',
  valid_until: inDays(90),
  ...over,
})

export async function begin(by: Somebody, member: string, over: Record<string, string> = {}): Promise<string> {
  const id = newId()
  const typed = { id, member, direction: 'offer', pillar: 'technology-transfer', original: 'es', title: 'Tecnología de vacuna', ...over }
  expect(statusAndPlace(await by.post('/en/listings', typed))).toEqual([303, `/en/listings/${id}/edit`])
  return id
}

export const versionOf = async (world: World, id: string) =>
  String((await world.rows(sql<{ version: number }>`select version from exchange.listing where id = ${id}`))[0]?.version)
export const stateOf = async (world: World, id: string) =>
  (await world.rows(sql<{ state: string }>`select state from exchange.listing where id = ${id}`))[0]?.state

/** Does something with a listing as it stands now. */
export const act = async (world: World, by: Somebody, id: string, noun: string, fields: Record<string, string> = {}) =>
  (await by.post(`/en/listings/${id}/${noun}`, { version: await versionOf(world, id), ...fields })).status

export async function save(world: World, by: Somebody, id: string, over: Record<string, string> = {}) {
  return by.post(`/en/listings/${id}/edit`, { ...whole(over), version: await versionOf(world, id) })
}

/** Writes, sends and publishes a listing, which was begun already if its id is given. */
export async function publish(world: World, by: Somebody, desk: Somebody, member: string, over: Record<string, string> = {}, begun?: string): Promise<string> {
  const id = begun ?? (await begin(by, member))
  expect((await save(world, by, id, over)).status).toBe(303)
  expect(await act(world, by, id, 'sending')).toBe(303)
  expect(await act(world, desk, id, 'publication')).toBe(303)
  return id
}

/** A desk, a member with an admin and an editor, a rival of it, and somebody of a third. */
export async function cast(world: World) {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  const [own, other] = [await makeMember(world, 'Example Biotech'), await makeMember(world, 'Example Rival')]
  const admin = await makeMemberPerson(world, own, 'Bảo', 'admin')
  const editor = await makeMemberPerson(world, own, 'Chi', 'editor')
  const rival = await makeMemberPerson(world, other, 'Dora', 'admin')
  const friend = await makeMemberPerson(world, await makeMember(world, 'Example Friend'), 'Fei', 'viewer')
  return { desk, own, other, admin, editor, rival, friend }
}
export type Cast = Awaited<ReturnType<typeof cast>>
