import type { z } from 'zod'
import { foldEmail } from '../../../platform/access/accounts.ts'
import { operator } from '../../../platform/access/actor.ts'
import { hoursOf, makeLink } from '../../../platform/access/links.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { networkInput, networkRenaming } from '../schema/networks.ts'
import { insertInvitation } from '../store/invitations.ts'
import { lockNames } from '../store/locks.ts'
import { directorySpace, entrustInstance, listNetworks, makeNetwork, renameNetwork, type Network } from '../store/networks.ts'
import { logCrew } from './offices.ts'

/**
 * Makes a network, and asks somebody to administer it. The first network of an instance runs the instance too.
 *
 * @returns the path of the link that makes its first administrator
 * @throws Refusal `network_taken`
 */
export async function addNetwork(database: Database, { key, name, administrator }: z.output<typeof networkInput>): Promise<string> {
  return database.write(operator, async (db) => {
    await lockNames(db)
    const there = await listNetworks(db)
    if (there.some((each) => each.key === key)) throw refuse('network_taken', { key })
    const network = await makeNetwork(db, { key, name })
    if (there.length === 0) await entrustInstance(db, network)
    await logNetwork(db, network, 'members.network.made', { key, name })
    return linkFor(database, db, network, administrator)
  })
}

/** Gives a network other names, in the languages that are given. @returns all its names @throws Refusal `network_unknown` */
export async function changeNetworkName(database: Database, { key, name }: z.output<typeof networkRenaming>): Promise<Network['name']> {
  return database.write(operator, async (db) => {
    await lockNames(db)
    const network = await networkOf(db, key)
    const names = { ...network.name, ...name }
    await renameNetwork(db, network.id, names)
    await logNetwork(db, network, 'members.network.renamed', { key, name: names })
    return names
  })
}

/**
 * Asks somebody to administer a network, such as when its first link has ended or its last administrator is gone.
 *
 * @returns the path of the link; one made before for the same address works no more
 * @throws Refusal `network_unknown`
 */
export async function inviteAdministrator(database: Database, key: string, administrator: string): Promise<string> {
  return database.write(operator, async (db) => linkFor(database, db, await networkOf(db, key), administrator))
}

async function networkOf(db: WriteScope, key: string): Promise<Network> {
  const network = (await listNetworks(db)).find((each) => each.key === key)
  if (!network) throw refuse('network_unknown', { key })
  return network
}

/** An invitation like any other, by nobody: who runs the machine has no account. */
async function linkFor(database: Database, db: WriteScope, network: Network, typed: string): Promise<string> {
  const email = foldEmail(typed)
  const role = 'administrator'
  const wanted = { spaceId: network.crew, deskId: network.desk, networkId: network.id, email, role, by: null, hours: hoursOf.invitation }
  const invitation = await insertInvitation(db, wanted)
  const token = await makeLink(database, db, 'invitation', { email, aboutId: invitation })
  await logCrew(db, network, 'members.invitation.sent', { email, office: role })
  return `/join/${token}`
}

const logNetwork = (db: WriteScope, { id }: Network, verb: string, payload: object) =>
  logAct(db, { chain: `network:${id}`, spaceId: directorySpace, verb, object: { kind: 'network', id }, payload })
