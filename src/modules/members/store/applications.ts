import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { ApplicationState } from '../schema/kinds.ts'
import { lock } from './locks.ts'
import type { Facts } from './organizations.ts'

export type Application = Facts & {
  id: string
  number: number
  space: string
  desk: string
  network: { id: string; key: string; name: LanguageText; desk: string }
  personId: string | null
  contactName: string
  contactEmail: string
  language: Language
  organization: { id: string; key: string } | null
  name: LanguageText
  original: Language
  why: string
  entryKey: string | null
  state: ApplicationState
  reason: string | null
  sentAt: Date
  decidedAt: Date | null
  version: number
}

const columns = sql`a.id, a.number, a.space_id as space, a.desk_id as desk, a.person_id as "personId", a.contact_name as "contactName", a.contact_email as "contactEmail", a.language,
  a.name, a.original, a.kind, a.country, a.website, a.ror, a.gln, a.lei, a.why, a.entry_key as "entryKey", a.state, a.reason, a.sent_at as "sentAt", a.decided_at as "decidedAt", a.version,
  (select jsonb_build_object('id', n.id, 'key', n.key, 'name', n.name, 'desk', n.desk_id) from members.network n where n.id = a.network_id) as network,
  (select jsonb_build_object('id', o.id, 'key', o.key) from members.organization o where o.id = a.organization_id) as organization`

export type NewApplication = Facts & {
  id: string
  space: string
  network: { id: string; desk: string }
  personId: string | null
  contactName: string
  contactEmail: string
  language: Language
  organizationId: string | null
  name: LanguageText
  original: Language
  why: string
  entryKey: string | null
}

/** Puts an application on the desk of the network. @returns `false` when it lies there already */
export async function insertApplication(db: WriteScope, a: NewApplication): Promise<boolean> {
  // Two clicks at once: the second waits here, and finds the first.
  await lock(db, 'application', a.id)
  const { rows: there } = await sql`select from members.application where id = ${a.id}`.execute(db)
  if (there.length > 0) return false
  await sql`
    insert into members.application (id, space_id, desk_id, network_id, number, person_id, contact_name, contact_email, language, organization_id, name, original,
      kind, country, website, ror, gln, lei, why, entry_key)
    values (${a.id}, ${a.space}, ${a.network.desk}, ${a.network.id}, members.next_application(${a.network.id}), ${a.personId}, ${a.contactName}, ${a.contactEmail}, ${a.language},
      ${a.organizationId}, ${JSON.stringify(a.name)}::jsonb, ${a.original}, ${a.kind}, ${a.country}, ${a.website}, ${a.ror}, ${a.gln}, ${a.lei}, ${a.why}, ${a.entryKey})`.execute(
    db,
  )
  return true
}

export async function readApplication(db: Scope, id: string): Promise<Application | undefined> {
  const { rows } = await sql<Application>`select ${columns} from members.application a where a.id = ${id}`.execute(db)
  return rows[0]
}

/** Writes what became of an application. @returns `false` when it is not as it was when it was read */
export async function writeApplication(
  db: WriteScope,
  { id, version }: Pick<Application, 'id' | 'version'>,
  state: ApplicationState,
  change: { reason?: string; organizationId?: string } = {},
): Promise<boolean> {
  const decided = state === 'admitted' || state === 'declined' || state === 'withdrawn'
  const { rows } = await sql`
    update members.application set state = ${state}, reason = ${change.reason ?? null}, organization_id = coalesce(${change.organizationId ?? null}::uuid, organization_id),
      decided_at = ${decided ? sql`now()` : null}, version = version + 1 where id = ${id} and version = ${version} returning id`.execute(db)
  return rows.length > 0
}

/** Hands an application to the person who has shown that its address is theirs. */
export async function giveApplication(db: WriteScope, id: string, person: { id: string; space: string }): Promise<void> {
  await sql`update members.application set person_id = ${person.id}, space_id = ${person.space}, version = version + 1 where id = ${id}`.execute(db)
}

export type Message = { id: string; side: 'applicant' | 'secretariat'; person: string; text: string; language: Language; sentAt: Date }

export async function listMessages(db: Scope, applicationId: string): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select m.id, m.side, coalesce(p.name, '') as person, m.text, m.language, m.sent_at as "sentAt" from members.message m left join members.person p on p.id = m.person_id
    where m.application_id = ${applicationId} order by m.sent_at, m.id limit 1000`.execute(db)
  return rows
}

export async function insertMessage(
  db: WriteScope,
  application: { id: string; space: string; desk: string },
  message: { personId: string; side: 'applicant' | 'secretariat'; text: string; language: Language },
): Promise<void> {
  await sql`insert into members.message (id, space_id, desk_id, application_id, person_id, side, text, language)
    values (${newId()}, ${application.space}, ${application.desk}, ${application.id}, ${message.personId}, ${message.side}, ${message.text}, ${message.language})`.execute(
    db,
  )
}

export type Listed = Pick<Application, 'id' | 'number' | 'name' | 'original' | 'kind' | 'country' | 'state' | 'sentAt' | 'contactName' | 'network'> & {
  confirmed: boolean
}

/** A page of the applications that the actor may read, the newest first. @param states all if none; written out, so that the index of those that wait is found to fit */
export function listApplications(
  db: Scope,
  { states, cursor, personId }: { states: readonly ApplicationState[]; cursor?: string | undefined; personId?: string },
): Promise<List<Listed>> {
  return readList<Listed>(db, {
    columns: sql`a.id, a.number, a.name, a.original, a.kind, a.country, a.state, a.sent_at as "sentAt", a.contact_name as "contactName", a.person_id is not null as confirmed,
      (select jsonb_build_object('id', n.id, 'key', n.key, 'name', n.name, 'desk', n.desk_id) from members.network n where n.id = a.network_id) as network`,
    table: 'members.application',
    alias: 'a',
    joins: sql``,
    sets: {},
    conditions: [
      ...(states.length > 0 ? [sql`a.state in (${sql.join(states.map((state) => sql.lit(state)))})`] : []),
      personId === undefined ? sql`a.desk_id = any ((select app.spaces('write'))::uuid[])` : sql`a.person_id = ${personId}`,
    ],
    order: { key: sql`a.sent_at`, cast: 'timestamptz', id: sql`a.id`, descending: true },
    cursor,
  })
}

/** The applications that wait for a decision, as rows to count. */
export const openApplications = sql`select from members.application a where a.state in ('sent', 'asked', 'answered') and a.desk_id = any ((select app.spaces('write'))::uuid[])`
