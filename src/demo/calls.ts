import { callActions, callInputs } from '../modules/calls/index.ts'
import { readDirectory } from '../modules/members/index.ts'
import { conceptNames } from '../modules/vocabulary/index.ts'
import type { Person } from '../platform/access/actor.ts'
import { newId } from '../platform/id.ts'
import { parseInput } from '../platform/issues.ts'
import type { Play } from './applications.ts'
import { fieldsOf, lastResort } from './fields.ts'
import type { DemoCall } from './seeds.ts'

/** Plays a call from its draft to where it stands: asked for or begun, opened, made known, pledged for, and closed if it was. */
export async function playCall(play: Play, call: DemoCall): Promise<void> {
  const { deps, stage, network } = play
  const [by, desk] = [stage.as(call.by), play.secretariat()]
  const { origin, member, kind, original } = call
  const now = await deps.database.read(by, readDirectory.readNow)
  const lastDay = readDirectory.dayOf(new Date(now.getTime() + call.days * 86_400_000))
  const start = parseInput(callInputs.callStart, { id: newId(), origin, network: network.id, member, kind, original, title: call.title[original] })
  await callActions.beginCall(deps.database, by, start)
  const { id } = start
  const written = { ...fieldsOf('title', call.title), ...fieldsOf('body', call.body), kind, original, countries: call.countries, place: call.place }
  const input = parseInput(callInputs.callInput, { ...written, deadline: lastDay, audience: 'everybody', totals: 'shown', version: '1' })
  await callActions.changeCall(deps.database, by, id, input)
  const lines: string[] = []
  // An instance may have another vocabulary.
  const known = await deps.database.read(by, (db) =>
    conceptNames(
      db,
      call.lines.flatMap(({ concepts }) => concepts),
      'en',
    ),
  )
  for (const { item, concepts, ...others } of call.lines) {
    const there = concepts.filter((key) => known.has(key))
    const rest = { ...others, concepts: there.length > 0 ? there : [lastResort] }
    const line = newId()
    lines.push(line)
    await callActions.changeLine(deps.database, by, id, line, parseInput(callInputs.lineInput, { ...fieldsOf('item', item), ...rest, version: '0' }))
  }
  if (origin === 'member') await callActions.moveCall(deps, by, id, 'request', { version: await versionOf(play, by, id) })
  await callActions.moveCall(deps, desk, id, 'open', { version: await versionOf(play, desk, id) })
  await callActions.broadcast(deps.database, desk, id, { kinds: ['enterprise', 'institute'], countries: [] })
  for (const pledge of call.pledges) await playPledge(play, id, lines[pledge.line] ?? '', pledge)
  if (call.update) await callActions.postUpdate(deps.database, desk, id, { id: newId(), ...call.update })
  if (!call.closed) return
  const { outcome, text: report } = call.closed
  await callActions.moveCall(deps, desk, id, 'close', { version: await versionOf(play, desk, id), closed: { outcome, original: 'en', report } })
}

async function versionOf({ deps }: Play, person: Person, id: string): Promise<number> {
  const { call } = await deps.database.read(person, (db) => callActions.openCall(db, id))
  return call.version
}

/** A member pledges; the secretariat takes it, and records what has arrived. */
async function playPledge({ deps, stage, secretariat }: Play, call: string, line: string, pledge: DemoCall['pledges'][number]): Promise<void> {
  const { by, member, amount, conditions, accepted, delivered } = pledge
  const person = stage.as(by)
  const id = newId()
  const today = readDirectory.dayOf(await deps.database.read(person, readDirectory.readNow))
  const typed = { id, member, line, amount, available_from: today, language: person.language, conditions }
  await callActions.pledge(deps, person, call, parseInput(callInputs.pledgeInput, typed))
  if (accepted !== undefined) await callActions.accept(deps.database, secretariat(), id, { version: 1, accepted })
  if (delivered !== undefined) await callActions.deliver(deps.database, secretariat(), id, { id: newId(), amount: delivered, deliveredOn: today, note: null })
}
