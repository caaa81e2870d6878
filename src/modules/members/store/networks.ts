import { sql } from 'kysely'
import { grantsOf, letIn, makeSpace } from '../../../platform/access/spaces.ts'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { Office } from '../schema/kinds.ts'
import { curatedSpace, curationSpace, deskSpace, outboxSpace } from '../../../platform/spaces.ts'

/** What everybody may read of members: networks, organizations, how these stand. */
export const directorySpace = '00000000-0000-7000-8000-000000000004'

export type Network = { id: string; key: string; name: LanguageText; desk: string; crew: string }

/** The network of this instance; the first made, if there are several. */
export async function readNetwork(db: Scope): Promise<Network | undefined> {
  const { rows } = await sql<Network>`select id, key, name, desk_id as desk, crew_id as crew from members.network order by made_at, id limit 1`.execute(db)
  return rows[0]
}

/** Makes a network with its desk, in which the secretariat works, its crew, in which administrators say who does, and its circle, which its members read. */
export async function makeNetwork(db: WriteScope, network: { key: string; name: LanguageText }): Promise<Network> {
  const [id, desk, crew, circle] = [newId(), newId(), newId(), newId()]
  const [administrator, secretariat, curator] = [`role:${id}:administrator`, `role:${id}:secretariat`, `role:${id}:curator`]
  const system = grantsOf('system:operator', 'read', 'write')
  // Whoever follows a link into a role or an office has none yet, so it is given by the part of the system that checked the link.
  const accounts = grantsOf('system:accounts', 'read', 'write')
  const jobs = grantsOf('system:jobs', 'read')
  const ofDesk = [
    ...system,
    ...accounts,
    ...grantsOf('system:jobs', 'add'),
    ...grantsOf(administrator, 'read', 'write'),
    ...grantsOf(secretariat, 'read', 'write'),
  ]
  const ofCrew = [...system, ...accounts, ...jobs, ...grantsOf(administrator, 'read', 'write'), ...grantsOf(secretariat, 'read')]
  await makeSpace(db, desk, `desk-${id}`, ofDesk)
  await makeSpace(db, crew, `crew-${id}`, ofCrew)
  const ofCircle = [`network:${id}`, administrator, secretariat, curator].flatMap((grantee) => grantsOf(grantee, 'read'))
  await makeSpace(db, circle, `circle-${id}`, ofCircle)
  await sql`insert into members.network (id, space_id, desk_id, crew_id, circle_id, key, name)
    values (${id}, ${directorySpace}, ${desk}, ${crew}, ${circle}, ${network.key}, ${JSON.stringify(network.name)}::jsonb)`.execute(db)
  // Everybody of the network adds to what is public, such as the log of it; to change a thing there takes more.
  for (const grantee of [administrator, secretariat, `network:${id}`]) await letIn(db, directorySpace, { grantee, scope: 'add' })
  return { id, ...network, desk, crew }
}

/** All networks of this instance, the first made first. */
export async function listNetworks(db: Scope): Promise<Network[]> {
  const { rows } = await sql<Network>`select id, key, name, desk_id as desk, crew_id as crew from members.network order by made_at, id limit 100`.execute(db)
  return rows
}

/** Gives a network other names. */
export async function renameNetwork(db: WriteScope, id: string, name: LanguageText): Promise<void> {
  await sql`update members.network set name = ${JSON.stringify(name)}::jsonb where id = ${id}`.execute(db)
}

export type NetworkCounted = Pick<Network, 'id' | 'key' | 'name'> & { members: number; officers: number }

/** All networks with how many members are admitted and how many people work for each, as far as the actor sees them. */
export async function countNetworks(db: Scope): Promise<NetworkCounted[]> {
  const { rows } = await sql<NetworkCounted>`
    select n.id, n.key, n.name,
      (select count(*)::int from members.standing s where s.network_id = n.id and s.until is null and s.state = 'admitted') as members,
      (select count(distinct o.person_id)::int from members.office o where o.network_id = n.id and (o.valid_to is null or o.valid_to > now())) as officers
    from members.network n order by n.made_at, n.id limit 100`.execute(db)
  return rows
}

/**
 * Lets the offices of a network run the instance: its secretariat reads what visitors send, its administrators also what mail is on its way, and all of them, with
 * the curators, keep what is curated.
 */
export async function entrustInstance(db: WriteScope, { id }: Network): Promise<void> {
  const [administrator, secretariat, curator] = [`role:${id}:administrator`, `role:${id}:secretariat`, `role:${id}:curator`]
  const wanted: [string, string][] = [
    [deskSpace, administrator],
    [deskSpace, secretariat],
    [outboxSpace, administrator],
    ...[administrator, secretariat, curator].map((office): [string, string] => [curationSpace, office]),
  ]
  for (const office of [administrator, secretariat, curator]) await letIn(db, curatedSpace, { grantee: office, scope: 'write' })
  for (const [space, grantee] of wanted) for (const grant of grantsOf(grantee, 'read', 'write')) await letIn(db, space, grant)
}

/** Gives a person an office in a network. */
export async function appoint(db: WriteScope, network: Network, personId: string, office: Office): Promise<void> {
  await sql`insert into members.office (id, space_id, network_id, person_id, office) values (${newId()}, ${network.crew}, ${network.id}, ${personId}, ${office}) on conflict do nothing`.execute(
    db,
  )
}

/** Whether somebody administers this instance, as far as the actor sees. */
export async function hasAdministrator(db: Scope): Promise<boolean> {
  const { rows } = await sql`select from members.office where office = 'administrator' and (valid_to is null or valid_to > now()) limit 1`.execute(db)
  return rows.length > 0
}

export type Officer = { id: string; personId: string; person: string; office: Office; since: Date }

/** Who works for a network now. */
export async function listOfficers(db: Scope, networkId: string): Promise<Officer[]> {
  const { rows } = await sql<Officer>`
    select o.id, o.person_id as "personId", p.name as person, o.office, o.valid_from as since from members.office o join members.person p on p.id = o.person_id
    where o.network_id = ${networkId} and o.valid_to is null order by o.office, o.valid_from, o.id limit 200`.execute(db)
  return rows
}

/** Ends an office. @returns `false` when it was ended before */
export async function endOffice(db: WriteScope, networkId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`update members.office set valid_to = greatest(valid_from + interval '1 microsecond', now()) where id = ${id} and network_id = ${networkId} and valid_to is null returning id`.execute(
      db,
    )
  return rows.length > 0
}
