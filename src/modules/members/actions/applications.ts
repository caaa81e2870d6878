import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayRunNetwork } from '../policy.ts'
import { nextState, type ApplicationVerb } from '../rules/applications.ts'
import { standsIn } from '../rules/standings.ts'
import type { ApplicationState } from '../schema/kinds.ts'
import { insertMessage, readApplication, writeApplication, type Application } from '../store/applications.ts'
import { readHats } from '../store/hats.ts'
import { lock } from '../store/locks.ts'
import { makeOrganization, readOrganization } from '../store/organizations.ts'
import { giveRole } from '../store/roles.ts'
import { writeStanding } from '../store/standings.ts'
import { tellDesk } from './tell-desk.ts'
import { logPublic, refuseTaken } from './organizations.ts'
import { mailAboutApplication } from './mails.ts'

type Deps = { database: Database; secrets: Secrets }
type Side = 'applicant' | 'secretariat'

/** An application for whom it concerns: who sent it, or the desk. @throws Refusal `not_found` for everybody else */
export async function openApplication(
  db: WriteScope,
  person: Person,
  id: string,
  verb: ApplicationVerb,
  version: number,
): Promise<{ application: Application; side: Side; next: ApplicationState }> {
  await lock(db, 'application', id)
  const application = await readApplication(db, id)
  if (!application) throw refuse('not_found')
  const side = application.personId === person.id ? 'applicant' : 'secretariat'
  if (side === 'secretariat' && !mayRunNetwork(await readHats(db), application.network.id)) throw refuse('not_found')
  // Who wears both hats decides as the secretariat, and not on what they sent themselves.
  if ((verb === 'answer' || verb === 'withdraw') !== (side === 'applicant')) throw refuse('forbidden')
  const next = nextState(application.state, verb)
  if (next === undefined) throw refuse('decided_already')
  if (application.version !== version) throw refuse('conflict_stale')
  return { application, side, next }
}

/** A question of the secretariat, or an answer of whoever applied. */
export async function writeMessage(
  { database, secrets }: Deps,
  person: Person,
  id: string,
  typed: { text: string; version: number },
  verb: 'ask' | 'answer',
  base: string,
): Promise<void> {
  await database.write(person, async (db) => {
    const { application, side, next } = await openApplication(db, person, id, verb, typed.version)
    await insertMessage(db, application, { personId: person.id, side, text: typed.text, language: person.language })
    await keep(db, application, next)
    if (verb === 'ask') await mailAboutApplication(db, secrets, application, 'question', { base, text: typed.text })
    else await tellDesk(db, { network: application.network.id, what: 'answer', name: nameOf(application), link: `${base}/applications/${id}` })
    await log(db, application, side, verb === 'ask' ? 'members.application.asked' : 'members.application.answered', { text: typed.text })
  })
}

/** Who applied takes it back. */
export async function withdrawApplication({ database }: Pick<Deps, 'database'>, person: Person, id: string, version: number): Promise<void> {
  await database.write(person, async (db) => {
    const { application, side, next } = await openApplication(db, person, id, 'withdraw', version)
    await keep(db, application, next)
    await log(db, application, side, 'members.application.withdrawn', {})
  })
}

/** The secretariat declines, and says why. */
export async function declineApplication(
  { database, secrets }: Deps,
  person: Person,
  id: string,
  typed: { reason: string; version: number },
  base: string,
): Promise<void> {
  await database.write(person, async (db) => {
    const { application, side, next } = await openApplication(db, person, id, 'decline', typed.version)
    await keep(db, application, next, { reason: typed.reason })
    await mailAboutApplication(db, secrets, application, 'declined', { base, text: typed.reason })
    await log(db, application, side, 'members.application.declined', { reason: typed.reason })
  })
}

/** The secretariat admits: the organization becomes a member, and who applied its first admin. @returns the key of the organization */
export async function admitApplication(
  { database, secrets }: Deps,
  person: Person,
  id: string,
  typed: { since: string; founding: boolean; version: number },
  base: string,
): Promise<string> {
  return database.write(person, async (db) => {
    const { application, side, next } = await openApplication(db, person, id, 'admit', typed.version)
    const organization = await memberOf(db, application)
    await keep(db, application, next, { organizationId: organization.id })
    const { since, founding } = typed
    const home = await writeStanding(db, application.network, organization, { state: 'admitted', founding, since })
    if (application.personId !== null && application.organization === null)
      await giveRole(db, { ...organization, desk: application.desk }, { personId: application.personId, role: 'admin' })
    await mailAboutApplication(db, secrets, application, 'admitted', { base, text: '' })
    await log(db, application, side, 'members.application.admitted', { organization: organization.key })
    await logPublic(db, organization.id, 'members.organization.admitted', {
      network: application.network.key,
      since,
      founding,
      ...(home !== undefined && { home }),
    })
    return organization.key
  })
}

/** The member that an application makes, or that applied to another network. */
async function memberOf(db: WriteScope, application: Application): Promise<{ id: string; key: string; people: string }> {
  if (application.organization !== null) {
    await lock(db, 'organization', application.organization.id)
    const there = await readOrganization(db, { id: application.organization.id })
    if (!there) throw refuse('not_found')
    if (standsIn(there.standings, application.network.id)) throw refuse('standing_unfit')
    return there
  }
  await refuseTaken(db, null, application)
  return makeOrganization(db, { ...application, onBehalf: false })
}

const nameOf = ({ name, original }: Application) => name[original] ?? ''

async function keep(db: WriteScope, application: Application, next: ApplicationState, change?: { reason?: string; organizationId?: string }): Promise<void> {
  if (!(await writeApplication(db, application, next, change))) throw refuse('conflict_stale')
}

const log = (db: WriteScope, { id, desk, space, network }: Application, side: Side, verb: string, payload: object) =>
  logAct(db, {
    chain: `application:${id}`,
    spaceId: side === 'secretariat' ? desk : space,
    verb,
    object: { kind: 'application', id },
    payload: { ...payload, network: network.key },
  })
