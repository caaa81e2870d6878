import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { deskSpace, outboxSpace } from '../../../platform/spaces.ts'

/** What everybody may read of members: networks, organizations, how these stand. */
export const directorySpace = '00000000-0000-7000-8000-000000000004'

export type Network = { id: string; key: string; name: LanguageText; desk: string; crew: string }
export type Office = 'administrator' | 'secretariat' | 'curator'

/** The network of this instance; the first made, if there are several. */
export async function readNetwork(db: Scope): Promise<Network | undefined> {
  const { rows } = await sql<Network>`select id, key, name, desk_id as desk, crew_id as crew from members.network order by made_at, id limit 1`.execute(db)
  return rows[0]
}

/** Makes a network with its desk, in which the secretariat works, and its crew, in which administrators say who does. */
export async function makeNetwork(db: WriteScope, network: { key: string; name: LanguageText }): Promise<Network> {
  const [id, desk, crew] = [newId(), newId(), newId()]
  const grants = (grantee: string, ...scopes: string[]) => scopes.map((scope) => ({ grantee, scope }))
  const [administrator, secretariat] = [`role:${id}:administrator`, `role:${id}:secretariat`]
  const system = grants('system:operator', 'read', 'write')
  const ofDesk = [...system, ...grants(administrator, 'read', 'write'), ...grants(secretariat, 'read', 'write'), ...grants('system:accounts', 'add')]
  const ofCrew = [...system, ...grants(administrator, 'read', 'write'), ...grants(secretariat, 'read')]
  await sql`select app.make_space(${desk}, ${`desk-${id}`}, ${JSON.stringify(ofDesk)}::jsonb), app.make_space(${crew}, ${`crew-${id}`}, ${JSON.stringify(ofCrew)}::jsonb)`.execute(
    db,
  )
  await sql`insert into members.network (id, space_id, desk_id, crew_id, key, name)
    values (${id}, ${directorySpace}, ${desk}, ${crew}, ${network.key}, ${JSON.stringify(network.name)}::jsonb)`.execute(db)
  return { id, ...network, desk, crew }
}

/** Lets the offices of a network run the instance: its secretariat reads what visitors send, its administrators also what mail is on its way. */
export async function entrustInstance(db: WriteScope, { id }: Network): Promise<void> {
  const [administrator, secretariat] = [`role:${id}:administrator`, `role:${id}:secretariat`]
  const grants = [
    [deskSpace, administrator, secretariat],
    [outboxSpace, administrator],
    [directorySpace, administrator, secretariat],
  ]
  for (const [space, ...grantees] of grants)
    for (const grantee of grantees)
      for (const scope of space === directorySpace ? ['add'] : ['read', 'write']) await sql`select app.grant_space(${space}, ${grantee}, ${scope})`.execute(db)
}

/** Gives a person an office in a network. */
export async function appoint(db: WriteScope, network: Network, personId: string, office: Office): Promise<void> {
  await sql`insert into members.office (id, space_id, network_id, person_id, office) values (${newId()}, ${network.crew}, ${network.id}, ${personId}, ${office})`.execute(
    db,
  )
}

/** Whether somebody administers this instance, as far as the actor sees. */
export async function hasAdministrator(db: Scope): Promise<boolean> {
  const { rows } = await sql`select from members.office where office = 'administrator' and (valid_to is null or valid_to > now()) limit 1`.execute(db)
  return rows.length > 0
}
