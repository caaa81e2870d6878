import { firstLink, memberActions, memberInputs, readDirectory } from '../modules/members/index.ts'
import { jobActor, operator, thePublic } from '../platform/access/actor.ts'
import { propose, proposalInput } from '../modules/vocabulary/index.ts'
import { beginDemo, endDemo, readDemoMark } from '../platform/demo.ts'
import { refuse } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { parseInput } from '../platform/issues.ts'
import { markRefused } from '../platform/mail/store.ts'
import { applyOnly, readAtDesk, type Play } from './applications.ts'
import { playCall } from './calls.ts'
import { playListings } from './listings.ts'
import { bringIn } from './organizations.ts'
import { readDemoSeeds, type DemoSeeds } from './seeds.ts'
import { Stage, unknown, visitor, type BuildDeps } from './stage.ts'

/**
 * Builds the demonstration beside the record, by the same use cases that people have; a second time it finds it.
 *
 * @param say called with a line for each step
 * @throws Refusal `demo_folder` for a database in which members are already, or in which the building was cut short
 */
export async function buildDemo(deps: BuildDeps, data: string, say: (line: string) => void): Promise<void> {
  const { database } = deps
  const mark = await readDemoMark(database)
  if (mark === 'built') return
  const seeds = readDemoSeeds()
  if (mark === 'begun' || (await database.read(operator, readDirectory.readNetwork)) !== undefined) throw refuse('demo_folder', { path: data })
  await beginDemo(database)
  await memberActions.publishTerms(database, seeds.terms)
  const stage = new Stage(deps, seeds.persons)
  say('Building the demonstration: the secretariat')
  const network = await openNetwork(stage, seeds)
  const play: Play = {
    deps,
    stage,
    network,
    secretariat: (language) => stage.as(seeds.network.secretariat, language),
    applicationOf: (id) => readAtDesk(deps, stage.as(seeds.network.secretariat), id),
  }
  for (const [index, organization] of seeds.organizations.entries()) {
    say(`Building the demonstration: ${organization.name.en} (${index + 1} of ${seeds.organizations.length})`)
    await bringIn(play, organization)
  }
  say('Building the demonstration: applications')
  for (const application of seeds.applications) await applyOnly(play, application)
  say('Building the demonstration: offers and needs')
  await playListings(play, seeds.listings)
  say('Building the demonstration: calls for urgent needs')
  for (const call of seeds.calls) await playCall(play, call)
  await fillDesk(stage, seeds)
  for (const person of stage.everybody) await memberActions.acceptTerms(database, person, 1, person.language)
  await endDemo(database)
}

/** The first administrator comes by the link that the server prints; the others are invited. */
async function openNetwork(stage: Stage, { network }: DemoSeeds): Promise<{ id: string }> {
  const { deps } = stage
  const { database, base } = deps
  const token = (await firstLink(database))?.split('/').at(-1) ?? ''
  const first = { ...stage.seed(network.administrator), password: unknown() }
  const made = await memberActions.makeFirst(database, token, first, visitor, { key: network.key, name: network.name })
  if (typeof made !== 'string') throw new Error(`no administrator: ${JSON.stringify(made)}`)
  const administrator = await stage.arrive(network.administrator)
  for (const [office, key] of [
    ['secretariat', network.secretariat],
    ['curator', network.curator],
  ] as const) {
    const { email, language } = stage.seed(key)
    await memberActions.inviteOfficer(deps, administrator, network.key, { email, role: office }, language, base)
    await stage.join(key)
  }
  const opened = await database.read(operator, readDirectory.readNetwork)
  if (!opened) throw new Error('there is no network')
  return opened
}

/** What else waits at the desk: a report, a proposal for the vocabulary, and a mail that was refused. */
async function fillDesk(stage: Stage, { desk: { report, refusedMail, proposal } }: DemoSeeds): Promise<void> {
  const { database, base } = stage.deps
  const { language, ...typed } = report
  await memberActions.report(database, thePublic, parseInput(memberInputs.reportInput, { id: newId(), ...typed }), language)
  const { by, language: inLanguage, ...proposed } = proposal
  await propose({ database, base }, stage.as(by), parseInput(proposalInput, { id: newId(), ...proposed }), inLanguage)
  const id = await stage.mailTo(stage.seed(refusedMail.to).email)
  await database.write(jobActor, (db) => markRefused(db, id, refusedMail.answer))
}
