import { memberActions, memberInputs, readDirectory, type ApplicationOf } from '../modules/members/index.ts'
import type { Person } from '../platform/access/actor.ts'
import type { Language } from '../platform/i18n/languages.ts'
import { newId } from '../platform/id.ts'
import { parseInput } from '../platform/issues.ts'
import type { DemoApplication } from './seeds.ts'
import type { BuildDeps, Stage } from './stage.ts'

/** What the parts of the building share. */
export type Play = {
  deps: BuildDeps
  stage: Stage
  network: { id: string }
  /** The secretariat, which answers in the language it was written to. */
  secretariat: (language?: Language) => Person
  applicationOf: (id: string) => Promise<ApplicationOf>
}

/** Sends an application as a visitor, confirms its address, and leads the thread. @returns its id */
export async function apply(play: Play, seed: Omit<DemoApplication, 'end' | 'reason'>): Promise<string> {
  const { deps, stage } = play
  const { by, contact, thread, ...fields } = seed
  const typed = parseInput(memberInputs.applicationInput, { id: newId(), network: play.network.id, ...fields })
  const sender = by === undefined ? contact : stage.seed(by)
  const { contact: name, email } = parseInput(memberInputs.contactInput, { contact: sender?.name, email: sender?.email })
  await memberActions.applyAsVisitor(deps, typed, { name, email }, seed.original, deps.base)
  if (by === undefined) return typed.id
  await stage.join(by)
  for (const [verb, text] of thread) {
    const { version } = await play.applicationOf(typed.id)
    const writer = verb === 'ask' ? play.secretariat(seed.original) : stage.as(by)
    await memberActions.writeMessage(deps, writer, typed.id, { text, version }, verb, deps.base)
  }
  return typed.id
}

/** Applications that did not become members: open ones in every state, and those that have ended. */
export async function applyOnly(play: Play, { end, reason = '', ...seed }: DemoApplication): Promise<void> {
  const id = await apply(play, seed)
  if (end === undefined || seed.by === undefined) return
  const { version } = await play.applicationOf(id)
  if (end === 'withdrawn') await memberActions.withdrawApplication(play.deps, play.stage.as(seed.by), id, version)
  else await memberActions.declineApplication(play.deps, play.secretariat(seed.original), id, { reason, version }, play.deps.base)
}

/** Reads an application as the desk has it. */
export async function readAtDesk({ database }: BuildDeps, reader: Person, id: string): Promise<ApplicationOf> {
  const application = await database.read(reader, (db) => readDirectory.readApplication(db, id))
  if (!application) throw new Error(`there is no application ${id}`)
  return application
}
