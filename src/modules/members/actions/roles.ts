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
import { daysIssue, endsWith, isOwn, leavesNoAdmin, type Held } from '../rules/roles.ts'
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
  typed: { email: string; role: Role; guest_until?: string | undefined },
  language: Language,
  base: string,
  hours = hoursOf.invitation,
): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, byDesk } = await openPeople(db, key)
    const email = foldEmail(typed.email)
    const guestUntil = typed.role === 'guest' && typed.guest_until !== undefined ? endOf(typed.guest_until) : null
    if (guestUntil) {
      const now = await readNow(db)
      refuseDays(now, guestUntil, now, 'guest_until')
    }
    const invitation = await insertInvitation(db, {
      spaceId: organization.people,
      deskId: organization.desk,
      organizationId: organization.id,
      email,
      role: typed.role,
      guestUntil,
      by: person.id,
      hours,
    })
    const token = await makeLink(database, db, 'invitation', { email, aboutId: invitation })
    await mailInvitation(db, secrets, { to: email, by: person.name, language, role: typed.role, of: organization, link: `${base}/${language}/join/${token}` })
    await logPeople(db, organization, byDesk, 'members.invitation.sent', { email, role: typed.role, ...(guestUntil && { until: typed.guest_until }) })
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
    const role = movable(held, id)
    refuseHeir(held, role, to)
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
    const role = movable(held, id)
    refuseHeir(held, role, typed.person)
    const [from, until] = [new Date(`${typed.from}T00:00:00Z`), endOf(typed.until)]
    refuseDays(from, until, await readNow(db))
    await giveRole(db, organization, { personId: typed.person, role: role.role, deputyOf: role.id, from, until })
    await logPeople(db, organization, byDesk, 'members.role.deputized', { ...typed, role: role.role, for: role.personId })
  })
}

/** The role that is to go to somebody else, at once or for a time. @throws Refusal `decided_already` */
function movable(held: readonly Held[], id: string): Held {
  const role = held.find((each) => each.id === id && each.deputyOf === null && isOwn(each))
  if (!role) throw refuse('decided_already')
  return role
}

/** @throws Refusal `invalid_input` for somebody who is not one of the organization's own people, or has the role already */
function refuseHeir(held: readonly Held[], role: Held, to: string): void {
  if (role.personId === to || !held.some((each) => each.personId === to && isOwn(each)))
    throw refuse('invalid_input', {}, [{ path: 'person', code: 'unknown_reference' }])
}

/** The last day is theirs to its end. */
const endOf = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)

/** @throws Refusal `invalid_input` */
function refuseDays(from: Date, until: Date, now: Date, path = 'until'): void {
  const issue = daysIssue(from, until, now)
  if (issue) throw refuse('invalid_input', {}, [{ path, code: issue }])
}

/** Adds to the log of an organization what its own people, or the desk that acts for them, read. */
export const logPeople = (db: WriteScope, { id, people, desk }: Pick<Organization, 'id' | 'people' | 'desk'>, byDesk: boolean, verb: string, payload: object) =>
  logAct(db, { chain: `organization:${id}`, spaceId: byDesk ? desk : people, organizationId: id, verb, object: { kind: 'organization', id }, payload })
