import { foldEmail } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { hoursOf, makeLink } from '../../../platform/access/links.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayAppoint, mayRunNetwork } from '../policy.ts'
import type { Office } from '../schema/kinds.ts'
import { readHats } from '../store/hats.ts'
import { closeInvitation, insertInvitation, readInvitation } from '../store/invitations.ts'
import { lock } from '../store/locks.ts'
import { endOffice, listNetworks, listOfficers, type Network } from '../store/networks.ts'
import { mailOffice } from './mails.ts'

type Deps = { database: Database; secrets: Secrets }

/** A network, for its administrators. @throws Refusal `not_found` for who has no office in it, `forbidden` for the others */
async function openCrew(db: WriteScope, key: string): Promise<Network> {
  const network = (await listNetworks(db)).find((each) => each.key === key)
  const hats = await readHats(db)
  if (!network || !mayRunNetwork(hats, network.id)) throw refuse('not_found')
  if (!mayAppoint(hats, network.id)) throw refuse('forbidden')
  await lock(db, 'organization', network.id)
  return network
}

/** An administrator asks somebody by mail to work for the network. */
export async function inviteOfficer(
  { database, secrets }: Deps,
  person: Person,
  key: string,
  typed: { email: string; role: Office },
  language: Language,
  base: string,
): Promise<void> {
  await database.write(person, async (db) => {
    const network = await openCrew(db, key)
    const email = foldEmail(typed.email)
    const invitation = await insertInvitation(db, {
      spaceId: network.crew,
      deskId: network.desk,
      networkId: network.id,
      email,
      role: typed.role,
      by: person.id,
      hours: hoursOf.invitation,
    })
    const token = await makeLink(database, db, 'invitation', { email, aboutId: invitation })
    await mailOffice(db, secrets, {
      to: email,
      by: person.name,
      language,
      office: typed.role,
      network: network.name,
      link: `${base}/${language}/join/${token}`,
    })
    await logCrew(db, network, 'members.invitation.sent', { email, office: typed.role })
  })
}

export async function withdrawOfficerInvitation(database: Database, person: Person, key: string, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const network = await openCrew(db, key)
    const invitation = await readInvitation(db, id)
    if (invitation?.network?.id !== network.id) throw refuse('not_found')
    if (!(await closeInvitation(db, id, 'withdrawn'))) throw refuse('decided_already')
    await logCrew(db, network, 'members.invitation.withdrawn', { email: invitation.email, office: invitation.role })
  })
}

/** Ends an office. @throws Refusal `last_admin` for that of the only administrator */
export async function endOfficeOf(database: Database, person: Person, key: string, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const network = await openCrew(db, key)
    const officers = await listOfficers(db, network.id)
    const ended = officers.find((officer) => officer.id === id)
    if (!ended) throw refuse('decided_already')
    if (ended.office === 'administrator' && officers.filter(({ office }) => office === 'administrator').length === 1) throw refuse('last_admin')
    if (!(await endOffice(db, network.id, id))) throw refuse('decided_already')
    await logCrew(db, network, 'members.office.ended', { person: ended.personId, office: ended.office })
  })
}

export const logCrew = (db: WriteScope, { id, crew }: Network, verb: string, payload: object) =>
  logAct(db, { chain: `network:${id}`, spaceId: crew, verb, object: { kind: 'network', id }, payload })
