import { foldEmail } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { hoursOf, makeLink } from '../../../platform/access/links.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayRunNetwork, maySayWhoActs } from '../policy.ts'
import type { Role } from '../schema/kinds.ts'
import { deputyIssue, endsWith, leavesNoAdmin } from '../rules/roles.ts'
import { readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { closeInvitation, insertInvitation, readInvitation } from '../store/invitations.ts'
import type { Organization } from '../store/organizations.ts'
import { endRoles, giveRole, heldRoles } from '../store/roles.ts'
import { mailInvitation } from './mails.ts'
import { lockOrganization } from './organizations.ts'

type Deps = { database: Database; secrets: Secrets }
type People = { organization: Organization; byDesk: boolean }

/** An organization of which the actor says who acts for it. @throws Refusal `not_found`, `forbidden` */
async function openPeople(db: WriteScope, key: string): Promise<People> {
  const organization = await lockOrganization(db, key)
  const hats = await readHats(db)
  if (!maySayWhoActs(hats, organization)) throw refuse('forbidden')
  return { organization, byDesk: mayRunNetwork(hats, organization.network) && !hats.organizations.has(organization.id) }
}

/** Asks somebody by mail to act for an organization. The secretariat may too: so an organization without an admin gets one again. @param hours for which it stays open */
export async function invite(
  { database, secrets }: Deps,
  person: Person,
  key: string,
  typed: { email: string; role: Role },
  language: Language,
  base: string,
  hours = hoursOf.invitation,
): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const email = foldEmail(typed.email)
    const invitation = await insertInvitation(db, {
      spaceId: organization.people,
      deskId: organization.desk,
      organizationId: organization.id,
      email,
      role: typed.role,
      by: person.id,
      hours,
    })
    const token = await makeLink(database, db, 'invitation', { email, aboutId: invitation })
    await mailInvitation(db, secrets, { to: email, by: person.name, language, role: typed.role, of: organization, link: `${base}/${language}/join/${token}` })
    await logPeople(db, organization, byDesk, 'members.invitation.sent', { email, role: typed.role })
  })
}

export async function withdrawInvitation(database: Database, person: Person, key: string, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const invitation = await readInvitation(db, id)
    if (invitation?.organization?.id !== organization.id) throw refuse('not_found')
    if (!(await closeInvitation(db, id, 'withdrawn'))) throw refuse('decided_already')
    await logPeople(db, organization, byDesk, 'members.invitation.withdrawn', { email: invitation.email, role: invitation.role })
  })
}

/** Ends a role, and with it the deputies in it. @throws Refusal `last_admin` unless the secretariat ends it */
export async function endRole(database: Database, person: Person, key: string, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const held = await heldRoles(db, organization.id)
    const role = held.find((each) => each.id === id)
    if (!role) throw refuse('decided_already')
    if (!byDesk && leavesNoAdmin(held, id, await readNow(db))) throw refuse('last_admin')
    // Before the end: whoever ends their own last role may not write of it afterwards.
    await logPeople(db, organization, byDesk, 'members.role.ended', { person: role.personId, role: role.role })
    await endRoles(db, endsWith(held, id))
  })
}

/** Gives a role to somebody else of the organization and ends it for who had it, both at once. */
export async function handOver(database: Database, person: Person, key: string, id: string, to: string): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const held = await heldRoles(db, organization.id)
    const role = held.find((each) => each.id === id && each.deputyOf === null)
    if (!role) throw refuse('decided_already')
    if (role.personId === to || !held.some(({ personId }) => personId === to))
      throw refuse('invalid_input', {}, [{ path: 'person', code: 'unknown_reference' }])
    await giveRole(db, organization, { personId: to, role: role.role })
    await logPeople(db, organization, byDesk, 'members.role.handed-over', { from: role.personId, to, role: role.role })
    await endRoles(db, endsWith(held, id))
  })
}

/** Lets somebody of the organization stand in for a role from one day to another. */
export async function appointDeputy(
  database: Database,
  person: Person,
  key: string,
  id: string,
  typed: { person: string; from: string; until: string },
): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const held = await heldRoles(db, organization.id)
    const role = held.find((each) => each.id === id && each.deputyOf === null)
    if (!role) throw refuse('decided_already')
    if (role.personId === typed.person || !held.some(({ personId }) => personId === typed.person))
      throw refuse('invalid_input', {}, [{ path: 'person', code: 'unknown_reference' }])
    // The last day is theirs to its end.
    const [from, until] = [new Date(`${typed.from}T00:00:00Z`), new Date(Date.parse(`${typed.until}T00:00:00Z`) + 86_400_000)]
    const issue = deputyIssue(from, until, await readNow(db))
    if (issue) throw refuse('invalid_input', {}, [{ path: 'until', code: issue }])
    await giveRole(db, organization, { personId: typed.person, role: role.role, deputyOf: role.id, from, until })
    await logPeople(db, organization, byDesk, 'members.role.deputized', { ...typed, role: role.role, for: role.personId })
  })
}

/** Adds to the log of an organization what its own people, or the desk that acts for them, read. */
export const logPeople = (db: WriteScope, { id, people, desk }: Pick<Organization, 'id' | 'people' | 'desk'>, byDesk: boolean, verb: string, payload: object) =>
  logAct(db, { chain: `organization:${id}`, spaceId: byDesk ? desk : people, organizationId: id, verb, object: { kind: 'organization', id }, payload })
