import { addresseesOf } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
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
import { makeOrganization, type Facts, type Organization } from '../store/organizations.ts'
import { heldRoles } from '../store/roles.ts'
import { writeStanding } from '../store/standings.ts'
import { mailStanding } from './mails.ts'
import { lockOrganization, logPublic, refuseTaken } from './organizations.ts'

type Deps = { database: Database; secrets: Secrets }
type Typed = { network: string; state: StandingState; reason?: string | undefined; now: string }

/** The secretariat says how a member stands from today on. `now`: the standing it had in view. @throws Refusal `standing_unfit` */
export async function changeStanding({ database, secrets }: Deps, person: Person, key: string, typed: Typed, base: string): Promise<void> {
  await database.write(person, async (db) => {
    const network = await deskOf(db, typed.network)
    const organization = await lockOrganization(db, key)
    const now = organization.standings.find(({ network: id, until }) => id === network.id && until === null)
    if (!now || now.id !== typed.now || !mayStandNext(now.state, typed.state)) throw refuse('standing_unfit')
    if (typed.state !== 'admitted' && typed.reason === undefined) throw refuse('invalid_input', {}, [{ path: 'reason', code: 'required' }])
    const { state, reason } = typed
    await writeStanding(db, network, organization, { state, reason, founding: now.founding, since: dayOf(await readNow(db)) })
    await tellAdmins(database, db, secrets, organization, { state, reason: reason ?? '', base, network: network.name })
    await logPublic(db, organization.id, 'members.organization.stands', { network: network.key, state })
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

/** Writes to those who say who acts for an organization. Roles of another network's member are not seen from this desk; then nobody is written to. */
async function tellAdmins(
  database: Database,
  db: WriteScope,
  secrets: Secrets,
  organization: Organization,
  told: { state: StandingState; reason: string; base: string; network: LanguageText },
): Promise<void> {
  const admins = (await heldRoles(db, organization.id)).filter(({ role }) => role === 'admin').map(({ personId }) => personId)
  for (const to of await addresseesOf(database, db, admins)) await mailStanding(db, secrets, to, organization, told)
}

/** The secretariat takes up a member that sent no application, such as those who founded the network. @returns its key */
export async function enterMember(
  database: Database,
  person: Person,
  made: Facts & { network: string; name: LanguageText; original: Language; since: string; founding: boolean },
): Promise<string> {
  return database.write(person, async (db) => {
    const network = await deskOf(db, made.network)
    await refuseTaken(db, null, made)
    const organization = await makeOrganization(db, { ...made, network, onBehalf: true })
    const { since, founding } = made
    await writeStanding(db, network, organization, { state: 'admitted', founding, since })
    await logPublic(db, organization.id, 'members.organization.admitted', { network: network.key, since, founding, onBehalf: true })
    return organization.key
  })
}
