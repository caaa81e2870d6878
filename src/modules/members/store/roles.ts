import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { Role } from '../schema/kinds.ts'
import type { Held } from '../rules/roles.ts'

/** The spaces of an organization in which its roles lie. */
export type Seat = { id: string; people: string; desk: string }
export type HeldByName = Held & { person: string }

/** Who acts for an organization, or will, or did: those of today first. */
export async function listRoles(db: Scope, organizationId: string): Promise<HeldByName[]> {
  const { rows } = await sql<HeldByName>`
    select r.id, r.person_id as "personId", p.name as person, r.role, r.valid_from as "from", r.valid_to as until, r.deputy_of as "deputyOf"
    from members.role r join members.person p on p.id = r.person_id where r.organization_id = ${organizationId}
    order by r.valid_to is not null and r.valid_to <= now(), array_position(array['admin', 'editor', 'signatory', 'quality', 'trader', 'viewer', 'guest'], r.role), r.valid_from desc, r.id
    limit 500`.execute(db)
  return rows
}

/** The roles that an organization has given out, those of later days too. */
export async function heldRoles(db: Scope, organizationId: string): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select id, person_id as "personId", role, valid_from as "from", valid_to as until, deputy_of as "deputyOf" from members.role
    where organization_id = ${organizationId} and (valid_to is null or valid_to > now())`.execute(db)
  return rows
}

/** The organizations in which a person has a role, now or from a later day on. */
export async function seatsOf(db: Scope, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct organization_id as id from members.role
    where person_id = ${personId} and (valid_to is null or valid_to > now()) order by organization_id`.execute(db)
  return rows.map(({ id }) => id)
}

export async function giveRole(
  db: WriteScope,
  { id, people, desk }: Seat,
  given: { personId: string; role: Role; deputyOf?: string; from?: Date; until?: Date },
): Promise<string> {
  const role = newId()
  await sql`insert into members.role (id, space_id, desk_id, organization_id, person_id, role, deputy_of, valid_from, valid_to)
    values (${role}, ${people}, ${desk}, ${id}, ${given.personId}, ${given.role}, ${given.deputyOf ?? null}, coalesce(${given.from ?? null}::timestamptz, now()), ${given.until ?? null})
    on conflict do nothing`.execute(db)
  return role
}

/** Ends roles; one that was to begin later never does. */
export async function endRoles(db: WriteScope, ids: readonly string[]): Promise<void> {
  await sql`update members.role set valid_to = greatest(valid_from, now()) where id = any (${ids}::uuid[]) and (valid_to is null or valid_to > now())`.execute(
    db,
  )
}

export type ActsFor = { id: string; key: string; name: LanguageText; original: Language; roles: Role[]; admitted: boolean }

/** The organizations that a person acts for. */
export async function organizationsOf(db: Scope, personId: string): Promise<ActsFor[]> {
  const { rows } = await sql<ActsFor>`
    select o.id, o.key, o.name, o.original, array_agg(distinct r.role order by r.role) as roles,
      exists (select from members.standing s where s.organization_id = o.id and s.until is null and s.state = 'admitted') as admitted
    from members.role r join members.organization o on o.id = r.organization_id
    where r.person_id = ${personId} and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now()) group by o.id order by o.name_sort, o.id limit 200`.execute(
    db,
  )
  return rows
}

/** Members of the actor's desks that nobody administers: they never had an admin, or the last one left. */
export const orphans = sql`select o.key, o.name, o.original, o.name_sort, o.id from members.organization o
  where o.admin_until <= now() and o.desk_id = any ((select app.spaces('write'))::uuid[])
    and exists (select from members.standing s where s.organization_id = o.id and s.until is null and s.state <> 'left')`

export async function withoutAdmin(db: Scope, limit: number): Promise<{ key: string; name: LanguageText; original: Language }[]> {
  const { rows } = await sql<{
    key: string
    name: LanguageText
    original: Language
  }>`select key, name, original from (${orphans}) o order by name_sort, id limit ${limit}`.execute(db)
  return rows
}
