import { sql, type RawBuilder } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { DeclineReason, InterestState } from '../schema/interests.ts'
import type { Direction } from '../schema/terms.ts'
import { memberRef, type MemberRef, type Organization } from './listings.ts'

/** That a member is interested in a listing, for those who sent it and those whom it went to. */
export type Interest = {
  id: string
  state: InterestState
  language: Language
  message: string | null
  reason: DeclineReason | null
  answer: string | null
  version: number
  sentAt: Date
  seenAt: Date | null
  endedAt: Date | null
  /** Who sent it. */
  organization: MemberRef
  /** Whom it went to; nobody when that is the desk of a network. */
  receiver: MemberRef | null
  network: string | null
  people: string
  space: string
  /** As far as the reader sees the listing. */
  listing: { id: string; title: LanguageText; original: Language; number: string | null; direction: Direction } | null
}

const columns = sql`i.id, i.state, i.language, i.message, i.reason, i.answer, i.version, i.sent_at as "sentAt", i.seen_at as "seenAt", i.ended_at as "endedAt",
  ${memberRef('o')} as organization, case when t.id is not null then ${memberRef('t')} end as receiver, n.id as network, i.people_id as people, i.space_id as space,
  case when l.id is not null then jsonb_build_object('id', l.id, 'title', l.title, 'original', l.original, 'number', l.number, 'direction', l.direction) end as listing`
const joins = sql`join members.organization o on o.id = i.organization_id left join members.organization t on t.id = i.receiver_id
  left join members.network n on n.desk_id = i.taker_id left join exchange.listing l on l.id = i.listing_id`

export async function readInterest(db: Scope, id: string): Promise<Interest | undefined> {
  const { rows } = await sql<Interest>`select ${columns} from exchange.interest i ${joins} where i.id = ${id}`.execute(db)
  return rows[0]
}

/** The listing of whoever an interest went to, which is another than that of the interest where they took over what sources said. */
export async function listingOfReceiver(db: WriteScope, { id }: Pick<Interest, 'id'>): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select l.id from exchange.interest i join exchange.listing l on i.listing_id in (l.id, l.derived_id) and l.organization_id = i.receiver_id and l.state <> 'withdrawn'
    where i.id = ${id}`.execute(db)
  return rows[0]?.id
}

/** Waits until nobody else answers or withdraws this interest. */
export async function lockInterest(db: WriteScope, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`interest ${id}`}, 0))`.execute(db)
}

type Sent = { id: string; listing: string; language: Language; message: string | null }

/**
 * Sends an interest to whoever answers for the listing.
 *
 * @returns `false` when the organization has one open there already, or this very one
 */
export async function insertInterest(db: WriteScope, from: Organization, { id, listing, language, message }: Sent): Promise<boolean> {
  const { rows } = await sql`
    insert into exchange.interest (id, listing_id, organization_id, people_id, keeper_id, space_id, taker_id, receiver_id, language, message)
    select ${id}, ${listing}, ${from.id}, ${from.people}, ${from.keeper}, a.space_id, a.taker_id, a.receiver_id, ${language}, ${message}
    from exchange.addressee(${listing}, ${from.id}) a on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}

/** Moves an interest on. @returns `false` when it is not as it was when it was read */
export async function writeInterest(
  db: WriteScope,
  { id, version }: Pick<Interest, 'id' | 'version'>,
  to: Exclude<InterestState, 'sent'>,
  { reason, answer }: { reason?: DeclineReason | undefined; answer?: string | undefined } = {},
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.interest set state = ${to}, version = version + 1, reason = ${reason ?? null}, answer = ${answer ?? null},
      seen_at = case when ${to} = 'withdrawn' then seen_at else coalesce(seen_at, now()) end, ended_at = case when ${to} = 'seen' then null else now() end
    where id = ${id} and version = ${version} and state in ('sent', 'seen') returning id`.execute(db)
  return rows.length > 0
}

/** An organization that may say that it is interested in a listing, with the interest of it that is open or accepted. */
export type Sender = MemberRef & { open: string | null; state: 'sent' | 'seen' | 'accepted' | null }

/** Which of some organizations may be interested in a listing: it is open to them, and not theirs. */
export async function sendersTo(db: Scope, listing: string, organizations: readonly string[]): Promise<Sender[]> {
  const { rows } = await sql<Sender>`
    select o.id, o.key, o.name, o.original, i.id as open, i.state
    from members.organization o left join exchange.interest i on i.listing_id = ${listing} and i.organization_id = o.id and i.state in ('sent', 'seen', 'accepted')
    where o.id = any (${[...organizations]}::uuid[]) and exists (select from exchange.addressee(${listing}, o.id)) order by o.name_sort, o.id`.execute(db)
  return rows
}

const list = (db: Scope, conditions: RawBuilder<unknown>[], cursor: string | undefined): Promise<List<Interest>> =>
  readList<Interest>(db, {
    columns,
    table: 'exchange.interest',
    alias: 'i',
    joins,
    sets: {},
    conditions,
    order: { key: sql`i.sent_at`, cast: 'timestamptz', id: sql`i.id`, descending: true },
    cursor,
  })

/** The interests of one side of an organization, those sent last first. */
export const listInterests = (db: Scope, organization: string, side: 'received' | 'sent', cursor: string | undefined): Promise<List<Interest>> =>
  list(db, [side === 'sent' ? sql`i.organization_id = ${organization}` : sql`i.receiver_id = ${organization}`], cursor)

const atDesk = sql`i.receiver_id is null and i.taker_id = any ((select app.spaces('write'))::uuid[])`
const isOpen = sql`i.state in ('sent', 'seen')`

/** The interests at the actor's desks, in listings that no organization has taken over. */
export const listAtDesk = (db: Scope, state: 'open' | 'closed' | undefined, cursor: string | undefined): Promise<List<Interest>> =>
  list(db, [atDesk, ...(state === 'open' ? [isOpen] : state === 'closed' ? [sql`not ${isOpen}`] : [])], cursor)

/** Those of them that wait, as rows to count. */
export const waitingInterests = sql`select from exchange.interest i where ${atDesk} and ${isOpen}`

/** What to tell by mail of an interest. */
export type InterestLetter = {
  people: string[]
  title: LanguageText
  original: Language
  sender: LanguageText
  sender_original: Language
  state: InterestState
  reason: DeclineReason | null
  answer: string | null
  from_desk: boolean
}

export async function interestLetter(db: WriteScope, id: string): Promise<InterestLetter | undefined> {
  const { rows } = await sql<InterestLetter>`select * from exchange.interest_letter(${id})`.execute(db)
  return rows[0]
}
