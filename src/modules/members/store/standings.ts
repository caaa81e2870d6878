import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import type { StandingState } from '../schema/kinds.ts'
import { directorySpace, type Network } from './networks.ts'

/**
 * Says how an organization stands in a network from a day on; what stood until then ends. Who leaves the network that looked after it is looked after by
 * another one in which it stands.
 *
 * @returns the key of that one, if it is another now
 */
export async function writeStanding(
  db: WriteScope,
  network: Pick<Network, 'id' | 'desk'>,
  organization: { id: string; people: string },
  standing: { state: StandingState; founding: boolean; since: string; reason?: string | undefined },
): Promise<string | undefined> {
  const id = newId()
  await sql`update members.standing set until = greatest(since, ${standing.since}::date) where organization_id = ${organization.id} and network_id = ${network.id} and until is null`.execute(
    db,
  )
  await sql`insert into members.standing (id, space_id, desk_id, network_id, organization_id, state, founding, since)
    values (${id}, ${directorySpace}, ${network.desk}, ${network.id}, ${organization.id}, ${standing.state}, ${standing.founding}, ${standing.since})`.execute(
    db,
  )
  if (standing.reason !== undefined)
    await sql`insert into members.standing_reason (standing_id, space_id, desk_id, reason) values (${id}, ${organization.people}, ${network.desk}, ${standing.reason})`.execute(
      db,
    )
  const { rows } = await sql<{ home: string | null }>`select members.settle_home(${organization.id}) as home`.execute(db)
  return rows[0]?.home ?? undefined
}

/** Why an organization stands as it does, as far as the actor may know: by standing. */
export async function readReasons(db: Scope, organizationId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ standing: string; reason: string }>`
    select r.standing_id as standing, r.reason from members.standing_reason r join members.standing s on s.id = r.standing_id where s.organization_id = ${organizationId}`.execute(
    db,
  )
  return new Map(rows.map(({ standing, reason }) => [standing, reason]))
}
