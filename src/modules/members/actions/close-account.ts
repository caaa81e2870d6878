import { accountByEmail, closeAccount, reopenAccount, type Account } from '../../../platform/access/accounts.ts'
import { accounts } from '../../../platform/access/actor.ts'
import { endKeysOf } from '../../../platform/access/api-keys.ts'
import { endIdentities } from '../../../platform/access/identities.ts'
import { endLinks } from '../../../platform/access/links.ts'
import { endPasskeys } from '../../../platform/access/passkeys.ts'
import { endPendings } from '../../../platform/access/pending.ts'
import { endRecoveryCodes } from '../../../platform/access/recovery-codes.ts'
import { endTotp } from '../../../platform/access/second-factor.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { endSavedOf } from '../../../platform/search/saved.ts'
import { endsWith } from '../rules/roles.ts'
import { lock } from '../store/locks.ts'
import { endOffice, listNetworks, listOfficers } from '../store/networks.ts'
import { readOrganization } from '../store/organizations.ts'
import { endRoles, heldRoles, seatsOf } from '../store/roles.ts'
import type { FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { mailClosed } from './mails.ts'
import { logCrew } from './offices.ts'
import { logPeople } from './roles.ts'

export type Closed = { sessions: number; roles: number; offices: number }

/**
 * Closes an account: whoever has it is signed out everywhere and cannot come in again in any way, and their roles and offices end, so that an organization
 * whose last admin they were shows up at the desk. What they did stays, under their name. For whoever runs the command line.
 *
 * @throws Refusal `person_unknown`, also for an account that is closed already
 */
export async function closePerson({ database, secrets }: Pick<FactorDeps, 'database' | 'secrets'>, email: string): Promise<Closed> {
  return database.write(accounts, async (db) => {
    const account = await accountByEmail(database, db, email)
    if (!account) throw refuse('person_unknown', { email })
    const roles = await endRolesOf(db, account)
    const offices = await endOfficesOf(db, account)
    for (const end of [endTotp, endRecoveryCodes, endPasskeys, endIdentities, endKeysOf, endPendings, endLinks]) await end(database, db, account.id)
    await endSavedOf(db, account.id)
    const sessions = await endSessions(database, db, account.id, { allBut: undefined })
    await mailClosed(db, secrets, account)
    await closeAccount(database, db, account.id)
    await logPerson(db, account.id, 'members.account.closed', { by: 'operator', sessions, roles, offices })
    return { sessions, roles, offices }
  })
}

/**
 * Opens an account that was closed. It has no password, factor, role or office any more: a link sent to its address sets a password, and invitations give the rest.
 *
 * @throws Refusal `person_unknown` when no closed account has the address
 */
export async function reopenPerson({ database }: Pick<FactorDeps, 'database'>, email: string): Promise<void> {
  await database.write(accounts, async (db) => {
    const id = await reopenAccount(database, db, email)
    if (id === undefined) throw refuse('person_unknown', { email })
    await logPerson(db, id, 'members.account.reopened', { by: 'operator' })
  })
}

/** Of those who stand in for them, too. @returns how many of the person's own ended */
async function endRolesOf(db: WriteScope, { id: personId }: Account): Promise<number> {
  let ended = 0
  for (const seat of await seatsOf(db, personId)) {
    await lock(db, 'organization', seat)
    const organization = await readOrganization(db, { id: seat })
    if (!organization) continue
    const held = await heldRoles(db, seat)
    const own = held.filter((role) => role.personId === personId)
    await endRoles(db, [...new Set(own.flatMap(({ id }) => endsWith(held, id)))])
    for (const { role } of own) await logPeople(db, organization, true, 'members.role.ended', { person: personId, role, by: 'operator' })
    ended += own.length
  }
  return ended
}

async function endOfficesOf(db: WriteScope, { id: personId }: Account): Promise<number> {
  let ended = 0
  for (const network of await listNetworks(db)) {
    await lock(db, 'organization', network.id)
    for (const { id, office } of (await listOfficers(db, network.id)).filter((officer) => officer.personId === personId)) {
      await endOffice(db, network.id, id)
      await logCrew(db, network, 'members.office.ended', { person: personId, office, by: 'operator' })
      ended += 1
    }
  }
  return ended
}
