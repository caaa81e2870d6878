import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { readDirectory } from '../../members/index.ts'
import type { CallKind, CallState, Origin, Outcome } from '../schema/terms.ts'

export type Organization = NonNullable<Awaited<ReturnType<typeof readDirectory.readOrganization>>>
export type Network = NonNullable<Awaited<ReturnType<typeof readDirectory.readNetwork>>>
export type MemberRef = Pick<Organization, 'id' | 'key' | 'name' | 'original'>

/** What a call says, for whoever may read it. */
export type Content = {
  kind: CallKind
  original: Language
  title: LanguageText
  body: LanguageText
  countries: string[]
  place: string | null
  deadline: string | null
  /** Its audience is everybody; else the network. */
  isPublic: boolean
  showsTotals: boolean
}

/** One thing that is needed. The sums are 0 where they may not be read, too: see `Call.seesTotals`. */
export type Line = {
  id: string
  original: Language
  item: LanguageText
  amount: number
  unit: string
  concepts: string[]
  version: number
  pledged: number
  accepted: number
  delivered: number
}

export type Call = Content & {
  id: string
  number: string | null
  origin: Origin
  state: CallState
  reason: string | null
  outcome: Outcome | null
  report: LanguageText | null
  reportOriginal: Language | null
  version: number
  space: string
  desk: string
  keeper: string | null
  people: string | null
  network: string
  networkName: LanguageText
  /** The member behind it; none where the network itself calls. */
  organization: MemberRef | null
  openedAt: Date | null
  changedAt: Date
  /** Whether it takes pledges today. */
  isOpen: boolean
  seesTotals: boolean
  lines: Line[]
}

/** What everybody may read of members; public calls lie there. */
export const everybodySpace = '00000000-0000-7000-8000-000000000004'

export const memberRef = (alias: string) =>
  sql.raw(`jsonb_build_object('id', ${alias}.id, 'key', ${alias}.key, 'name', ${alias}.name, 'original', ${alias}.original)`)

const line =
  sql.raw(`jsonb_build_object('id', l.id, 'original', l.original, 'item', l.item, 'amount', l.amount, 'unit', l.unit, 'concepts', l.concepts, 'version', l.version,
  'pledged', coalesce(t.pledged, 0), 'accepted', coalesce(t.accepted, 0), 'delivered', coalesce(t.delivered, 0))`)

/** A call with all that its page shows of it, in one query. */
export async function readCall(db: Scope, id: string): Promise<Call | undefined> {
  const { rows } = await sql<Call>`
    select c.id, c.number, c.origin, c.kind, c.state, c.original, c.title, c.body, c.countries, c.place, c.deadline::text as deadline, c.shows_totals as "showsTotals", c.reason, c.outcome,
      c.report, c.report_original as "reportOriginal", c.version, c.space_id = ${everybodySpace} as "isPublic", c.space_id as space, c.desk_id as desk, c.keeper_id as keeper, c.people_id as people,
      c.network_id as network, n.name as "networkName", c.opened_at as "openedAt", c.changed_at as "changedAt", c.state = 'open' and c.deadline >= (now() at time zone 'UTC')::date as "isOpen",
      (select ${memberRef('o')} from members.organization o where o.id = c.organization_id) as organization,
      c.shows_totals or c.state = 'closed' or c.desk_id = any ((select app.spaces('read'))::uuid[]) or coalesce(c.people_id = any ((select app.spaces('read'))::uuid[]), false) as "seesTotals",
      (select coalesce(jsonb_agg(${line} order by l.made_at, l.id), '[]') from calls.line l left join calls.total t on t.line_id = l.id where l.call_id = c.id and l.ended_at is null) as lines
    from calls.call c join members.network n on n.id = c.network_id where c.id = ${id}`.execute(db)
  return rows[0]
}

/** The id of a call that was opened, by the number that people quote. */
export async function callByNumber(db: Scope, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select c.id from calls.call c where c.number = ${number} and c.opened_at is not null`.execute(db)
  return rows[0]?.id
}

/** Waits until nobody else is writing this call, its lines or pledges to it. */
export async function lockCall(db: WriteScope, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`call ${id}`}, 0))`.execute(db)
}

type Start = Pick<Content, 'kind' | 'original' | 'title'> & { id: string; origin: Origin }

/** Begins a call. */
export async function insertCall(db: WriteScope, network: Pick<Network, 'id' | 'desk'>, behind: Organization | undefined, start: Start): Promise<void> {
  await sql`insert into calls.call (id, space_id, desk_id, keeper_id, people_id, network_id, organization_id, origin, kind, original, title)
    values (${start.id}, ${everybodySpace}, ${network.desk}, ${behind?.keeper ?? null}, ${behind?.people ?? null}, ${network.id}, ${behind?.id ?? null}, ${start.origin}, ${start.kind},
      ${start.original}, ${JSON.stringify(start.title)}::jsonb)`.execute(db)
}

/** Writes what a call says. @returns `false` when it is not as it was when it was read */
export async function writeContent(db: WriteScope, { id, network }: Pick<Call, 'id' | 'network'>, version: number, content: Content): Promise<boolean> {
  const { rows } = await sql`
    update calls.call set kind = ${content.kind}, original = ${content.original}, title = ${JSON.stringify(content.title)}::jsonb, body = ${JSON.stringify(content.body)}::jsonb,
      countries = ${content.countries}, place = ${content.place}, deadline = ${content.deadline}, shows_totals = ${content.showsTotals},
      space_id = case when ${content.isPublic} then ${everybodySpace}::uuid else (select n.circle_id from members.network n where n.id = ${network}) end,
      changed_at = now(), version = version + 1
    where id = ${id} and version = ${version} and state in ('draft', 'returned', 'requested') returning id`.execute(db)
  return rows.length > 0
}

export type Change = {
  reason?: string | undefined
  deadline?: string | undefined
  closed?: { outcome: Outcome; report: LanguageText; original: Language } | undefined
}

/** Moves a call on, with a number when it first leaves whoever writes it. @returns `false` when it is not as it was when it was read */
export async function writeState(
  db: WriteScope,
  { id, version, number }: Pick<Call, 'id' | 'version' | 'number'>,
  to: CallState,
  { reason, deadline, closed }: Change,
): Promise<boolean> {
  const { rows } = await sql`
    update calls.call set state = ${to}, reason = ${reason ?? null}, version = version + 1, changed_at = now(), deadline = coalesce(${deadline ?? null}::date, deadline)
      ${number === null && (to === 'requested' || to === 'open') ? sql`, number = calls.next_number()` : sql``}
      ${to === 'requested' ? sql`, requested_at = now()` : sql``} ${to === 'open' && deadline === undefined ? sql`, opened_at = now()` : sql``}
      ${to === 'withdrawn' || to === 'closed' ? sql`, ended_at = now()` : sql``}
      ${closed ? sql`, outcome = ${closed.outcome}, report = ${JSON.stringify(closed.report)}::jsonb, report_original = ${closed.original}` : sql``}
    where id = ${id} and version = ${version} returning id`.execute(db)
  return rows.length > 0
}
