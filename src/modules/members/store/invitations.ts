import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { Office, Role } from '../schema/kinds.ts'

export type Invitation = {
  id: string
  space: string
  desk: string
  email: string
  role: Role | Office
  /** When a guest has to leave again. */
  guestUntil: Date | null
  sentAt: Date
  endsAt: Date
  isOpen: boolean
  organization: { id: string; key: string; name: LanguageText; original: Language; people: string; desk: string } | null
  network: { id: string; name: LanguageText } | null
}

const columns = sql`i.id, i.space_id as space, i.desk_id as desk, i.email, i.role, i.guest_until as "guestUntil", i.sent_at as "sentAt", i.ends_at as "endsAt",
  (i.accepted_at is null and i.withdrawn_at is null and i.ends_at > now()) as "isOpen",
  (select jsonb_build_object('id', o.id, 'key', o.key, 'name', o.name, 'original', o.original, 'people', o.people_id, 'desk', o.desk_id) from members.organization o where o.id = i.organization_id) as organization,
  (select jsonb_build_object('id', n.id, 'name', n.name) from members.network n where n.id = i.network_id) as network`

/** Asks somebody to act for an organization, or for a network; an earlier question to the same address about the same role ends. `by`: nobody, if it was the operator of the instance. */
export async function insertInvitation(
  db: WriteScope,
  wanted: { spaceId: string; deskId: string; email: string; role: string; guestUntil?: Date | null; by: string | null; hours: number } & (
    | { organizationId: string }
    | { networkId: string }
  ),
): Promise<string> {
  const id = newId()
  const [organization, network] = 'organizationId' in wanted ? [wanted.organizationId, null] : [null, wanted.networkId]
  await sql`update members.invitation set withdrawn_at = now() where email = ${wanted.email} and role = ${wanted.role}
    and organization_id is not distinct from ${organization}::uuid and network_id is not distinct from ${network}::uuid and accepted_at is null and withdrawn_at is null`.execute(
    db,
  )
  await sql`insert into members.invitation (id, space_id, desk_id, organization_id, network_id, email, role, guest_until, invited_by, ends_at)
    values (${id}, ${wanted.spaceId}, ${wanted.deskId}, ${organization}, ${network}, ${wanted.email}, ${wanted.role}, ${wanted.guestUntil ?? null}, ${wanted.by}, now() + make_interval(hours => ${wanted.hours}))`.execute(
    db,
  )
  return id
}

export async function readInvitation(db: Scope, id: string): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`select ${columns} from members.invitation i where i.id = ${id}`.execute(db)
  return rows[0]
}

/** The open invitations of an organization or a network, the newest first. */
export async function listInvitations(db: Scope, to: { organizationId: string } | { networkId: string }): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select ${columns} from members.invitation i where ${'organizationId' in to ? sql`i.organization_id = ${to.organizationId}` : sql`i.network_id = ${to.networkId}`}
      and i.accepted_at is null and i.withdrawn_at is null order by i.sent_at desc, i.id desc limit 200`.execute(db)
  return rows
}

/** Notes how an invitation ended. @returns `false` when it had ended before */
export async function closeInvitation(db: WriteScope, id: string, how: 'accepted' | 'withdrawn'): Promise<boolean> {
  const { rows } =
    await sql`update members.invitation set ${sql.raw(`${how}_at`)} = now() where id = ${id} and accepted_at is null and withdrawn_at is null returning id`.execute(
      db,
    )
  return rows.length > 0
}
