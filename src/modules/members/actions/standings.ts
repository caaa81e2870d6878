import { addresseesOf } from '../../../platform/access/accounts.ts'
import { accounts, type Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayRunNetwork } from '../policy.ts'
import type { StandingState } from '../schema/kinds.ts'
import { mayStandNext } from '../rules/standings.ts'
import { dayOf, readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { listNetworks, type Network } from '../store/networks.ts'
import { makeOrganization, readOrganization, type Facts } from '../store/organizations.ts'
import { heldRoles } from '../store/roles.ts'
import { writeStanding } from '../store/standings.ts'
import { mailStanding } from './mails.ts'
import { lockOrganization, logPublic, refuseLookalike, refuseTaken } from './organizations.ts'

type Deps = { database: Database; secrets: Secrets }
type Typed = { network: string; state: StandingState; reason?: string | undefined; now: string }

/** The secretariat says how a member stands from today on. `now`: the standing it had in view. @throws Refusal `standing_unfit` */
export async function changeStanding({ database, secrets }: Deps, person: Person, key: string, typed: Typed, base: string): Promise<void> {
  const admins = await adminsOf(database, key)
  await database.write(person, async (db) => {
    const network = await deskOf(db, typed.network)
    const organization = await lockOrganization(db, key)
    const now = organization.standings.find(({ network: id, until }) => id === network.id && until === null)
    if (!now || now.id !== typed.now || !mayStandNext(now.state, typed.state)) throw refuse('standing_unfit')
    if (typed.state !== 'admitted' && typed.reason === undefined) throw refuse('invalid_input', {}, [{ path: 'reason', code: 'required' }])
    const { state, reason } = typed
    const home = await writeStanding(db, network, organization, { state, reason, founding: now.founding, since: dayOf(await readNow(db)) })
    for (const to of await addresseesOf(database, db, admins))
      await mailStanding(db, secrets, to, organization, { state, reason: reason ?? '', base, network: network.name })
    await logPublic(db, organization.id, 'members.organization.stands', { network: network.key, state, ...(home !== undefined && { home }) })
    if (reason !== undefined)
      await logAct(db, {
        chain: `organization:${organization.id}`,
        spaceId: network.desk,
        organizationId: organization.id,
        verb: 'members.organization.reasoned',
        object: { kind: 'organization', id: organization.id },
        payload: { state, reason },
      })
  })
}

/** A network whose desk the actor runs. @throws Refusal `not_found` */
export async function deskOf(db: WriteScope, networkId: string): Promise<Network> {
  const network = (await listNetworks(db)).find(({ id }) => id === networkId)
  if (!network || !mayRunNetwork(await readHats(db), network.id)) throw refuse('not_found')
  return network
}

/** Those who say who acts for an organization, to be written to. Looked up by the system: the desk of a network that does not look after the member sees none of them. */
const adminsOf = (database: Database, key: string): Promise<string[]> =>
  database.read(accounts, async (db) => {
    const organization = await readOrganization(db, { key })
    const held = organization ? await heldRoles(db, organization.id) : []
    return held.filter(({ role }) => role === 'admin').map(({ personId }) => personId)
  })

/** The secretariat takes up a member that sent no application, such as those who founded the network. @returns its key */
export async function enterMember(
  database: Database,
  person: Person,
  made: Facts & { network: string; name: LanguageText; original: Language; since: string; founding: boolean },
): Promise<string> {
  return database.write(person, async (db) => {
    for (const [language, name] of Object.entries(made.name)) await refuseLookalike(db, language === made.original ? 'name' : 'english', name)
    const network = await deskOf(db, made.network)
    await refuseTaken(db, null, made)
    const organization = await makeOrganization(db, { ...made, network, onBehalf: true })
    const { since, founding } = made
    await writeStanding(db, network, organization, { state: 'admitted', founding, since })
    await logPublic(db, organization.id, 'members.organization.admitted', { network: network.key, since, founding, onBehalf: true })
    return organization.key
  })
}
