import { sql, type RawBuilder } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { DeclineCode, PledgeState } from '../schema/terms.ts'
import { memberRef, type Call, type MemberRef, type Organization } from './calls.ts'

export type PledgeContent = {
  amount: number
  availableFrom: string
  availableUntil: string | null
  language: Language
  conditions: string | null
  note: string | null
}

export type Pledge = PledgeContent & {
  id: string
  state: PledgeState
  version: number
  accepted: number | null
  declineCode: DeclineCode | null
  declineNote: string | null
  delivered: number
  madeAt: Date
  organization: MemberRef
  line: { id: string; item: LanguageText; original: Language; unit: string; amount: number }
  call: Pick<Call, 'id' | 'number' | 'title' | 'original'>
  network: string
  desk: string
  /** The space of the people of the member that pledges. */
  people: string
  /** Whether the call takes pledges today. */
  isOpen: boolean
  callIsPublic: boolean
}

const shown = sql`p.id, p.state, p.version, p.amount::float8 as amount, p.available_from::text as "availableFrom", p.available_until::text as "availableUntil", p.language, p.conditions, p.note,
  p.accepted::float8 as accepted, p.decline_code as "declineCode", p.decline_note as "declineNote", p.made_at as "madeAt", p.desk_id as desk, p.space_id as people, ${memberRef('o')} as organization,
  coalesce((select sum(d.amount) from calls.delivery d where d.pledge_id = p.id), 0)::float8 as delivered,
  jsonb_build_object('id', l.id, 'item', l.item, 'original', l.original, 'unit', l.unit, 'amount', l.amount) as line,
  jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title, 'original', c.original) as call, c.network_id as network,
  c.state = 'open' and c.deadline >= (now() at time zone 'UTC')::date as "isOpen", c.space_id = '00000000-0000-7000-8000-000000000004' as "callIsPublic"`
const joins = sql`join calls.line l on l.id = p.line_id join calls.call c on c.id = p.call_id join members.organization o on o.id = p.organization_id`

export async function readPledge(db: Scope, id: string): Promise<Pledge | undefined> {
  const { rows } = await sql<Pledge>`select ${shown} from calls.pledge p ${joins} where p.id = ${id}`.execute(db)
  return rows[0]
}

/** Pledges as far as the actor sees them, the newest first: to one call, of some members, or those that wait at the actor's desks. */
export function listPledges(
  db: Scope,
  which: { call: string } | { organizations: readonly string[] } | { waiting: true },
  cursor: string | undefined,
): Promise<List<Pledge>> {
  const condition: RawBuilder<unknown> =
    'call' in which ? sql`p.call_id = ${which.call}` : 'waiting' in which ? waits : sql`p.organization_id = any (${[...which.organizations]}::uuid[])`
  return readList<Pledge>(db, {
    columns: shown,
    table: 'calls.pledge',
    alias: 'p',
    joins,
    sets: {},
    conditions: [condition],
    order: { key: sql`p.made_at`, cast: 'timestamptz', id: sql`p.id`, descending: true },
    cursor,
  })
}

const waits = sql`p.state = 'offered' and p.desk_id = any ((select app.spaces('write'))::uuid[])`
/** Pledges that wait for a decision, as rows to count. */
export const waitingPledges = sql`select from calls.pledge p where ${waits}`

/** The members that pledged for a call and did not take it back, as far as the actor sees them. */
export async function pledgersOf(db: Scope, call: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select distinct organization_id as id from calls.pledge where call_id = ${call} and state <> 'withdrawn' order by 1`.execute(db)
  return rows.map(({ id }) => id)
}

/** Pledges. @returns `false` when that pledge is there */
export async function insertPledge(
  db: WriteScope,
  { id: call, desk, people }: Pick<Call, 'id' | 'desk' | 'people'>,
  by: Pick<Organization, 'id' | 'keeper' | 'people'>,
  pledge: PledgeContent & { id: string; line: string },
): Promise<boolean> {
  const { rows } =
    await sql`insert into calls.pledge (id, call_id, line_id, space_id, keeper_id, desk_id, behind_id, organization_id, amount, available_from, available_until, language, conditions, note)
    values (${pledge.id}, ${call}, ${pledge.line}, ${by.people}, ${by.keeper}, ${desk}, ${people}, ${by.id}, ${pledge.amount}, ${pledge.availableFrom}, ${pledge.availableUntil}, ${pledge.language},
      ${pledge.conditions}, ${pledge.note}) on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}

/** Writes what is pledged anew; it is to be decided on anew. @returns `false` when it is not as it was when it was read */
export async function changePledge(db: WriteScope, id: string, version: number, pledge: PledgeContent): Promise<boolean> {
  const { rows } =
    await sql`update calls.pledge set state = 'offered', amount = ${pledge.amount}, available_from = ${pledge.availableFrom}, available_until = ${pledge.availableUntil},
      language = ${pledge.language}, conditions = ${pledge.conditions}, note = ${pledge.note}, accepted = null, decline_code = null, decline_note = null, decided_at = null, changed_at = now(),
      version = version + 1
    where id = ${id} and version = ${version} returning id`.execute(db)
  return rows.length > 0
}

export type Decision = { accepted?: number | undefined; code?: DeclineCode | undefined; note?: string | undefined }

/** Moves a pledge on. @returns `false` when it is not as it was when it was read */
export async function writePledgeState(db: WriteScope, id: string, version: number, to: PledgeState, { accepted, code, note }: Decision): Promise<boolean> {
  const { rows } =
    await sql`update calls.pledge set state = ${to}, accepted = ${to === 'delivered' ? sql`accepted` : (accepted ?? null)}, decline_code = ${code ?? null}, decline_note = ${note ?? null},
      decided_at = now(), changed_at = now(), version = version + 1
    where id = ${id} and version = ${version} returning id`.execute(db)
  return rows.length > 0
}

export type Delivery = { id: string; amount: number; deliveredOn: string; note: string | null }

/** What has arrived of a pledge. */
export async function listDeliveries(db: Scope, pledge: string): Promise<Delivery[]> {
  const { rows } =
    await sql<Delivery>`select id, amount::float8 as amount, delivered_on::text as "deliveredOn", note from calls.delivery where pledge_id = ${pledge}
    order by delivered_on, id limit 200`.execute(db)
  return rows
}

/** Records that some of it has arrived. @returns `false` when that is recorded */
export async function insertDelivery(db: WriteScope, pledge: string, call: string, { id, amount, deliveredOn, note }: Delivery): Promise<boolean> {
  const { rows } =
    await sql`insert into calls.delivery (id, pledge_id, call_id, amount, delivered_on, note) values (${id}, ${pledge}, ${call}, ${amount}, ${deliveredOn}, ${note})
    on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}
