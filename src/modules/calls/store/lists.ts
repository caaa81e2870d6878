import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import type { CallFilter, DeskFilter } from '../schema/calls.ts'
import { memberRef, type Call, type MemberRef } from './calls.ts'

/** A call as lists show it. `waiting`: pledges that wait for a decision, as far as the reader sees pledges. */
export type Listed = Pick<
  Call,
  'id' | 'number' | 'kind' | 'state' | 'origin' | 'original' | 'title' | 'countries' | 'place' | 'deadline' | 'outcome' | 'openedAt' | 'changedAt'
> & {
  organization: MemberRef | null
  networkName: LanguageText
  waiting: number
}

const shown = sql`c.id, c.number, c.kind, c.state, c.origin, c.original, c.title, c.countries, c.place, c.deadline::text as deadline, c.outcome, c.opened_at as "openedAt", c.changed_at as "changedAt",
  case when o.id is not null then ${memberRef('o')} end as organization, n.name as "networkName", (select count(*)::int from calls.pledge p where p.call_id = c.id and p.state = 'offered') as waiting`
const joins = sql`left join members.organization o on o.id = c.organization_id join members.network n on n.id = c.network_id`
const parts = { columns: shown, table: 'calls.call', alias: 'c', joins, sets: {} }

/** A page of the calls that fit a filter: open ones by their last day, past ones the newest first. */
export function listCalls(db: Scope, { state, kind, cursor }: CallFilter, size?: number): Promise<List<Listed>> {
  const isPast = state === 'past'
  return readList<Listed>(db, {
    ...parts,
    conditions: [
      isPast ? sql`c.state in ('due', 'closed')` : sql`c.state = 'open'`,
      sql`c.opened_at is not null and c.deadline is not null`,
      ...(kind ? [sql`c.kind = ${kind}`] : []),
    ],
    order: isPast
      ? { key: sql`c.opened_at`, cast: 'timestamptz', id: sql`c.id`, descending: true }
      : { key: sql`c.deadline`, cast: 'date', id: sql`c.id`, descending: false },
    cursor,
    ...(size !== undefined && { size }),
  })
}

/** The open calls that end soonest, for pages of other modules. */
export const openCalls = async (db: Scope): Promise<Listed[]> => (await listCalls(db, {}, 3)).rows

/** How many calls are open and past, each up to the cap. */
export async function countCalls(db: Scope): Promise<{ open: number; past: number }> {
  const count = (states: RawBuilder<unknown>) =>
    sql`(select count(*)::int from (select from calls.call c where c.state in (${states}) limit ${countCap + 1}) capped)`
  const { rows } = await sql<{ open: number; past: number }>`select ${count(sql`'open'`)} as open, ${count(sql`'due', 'closed'`)} as past`.execute(db)
  return rows[0] ?? { open: 0, past: 0 }
}

const atDesk = sql`c.desk_id = any ((select app.spaces('write'))::uuid[])`
const statesOf = {
  waiting: sql`c.state in ('requested', 'due')`,
  draft: sql`c.state in ('draft', 'returned')`,
  open: sql`c.state = 'open'`,
  closed: sql`c.state in ('closed', 'withdrawn')`,
} as const

/** The calls of the actor's desks: by default those that wait for the secretariat. */
export function listDesk(db: Scope, { state, cursor }: DeskFilter): Promise<List<Listed>> {
  return readList<Listed>(db, {
    ...parts,
    conditions: [atDesk, statesOf[state ?? 'waiting']],
    order: { key: sql`c.made_at`, cast: 'timestamptz', id: sql`c.id`, descending: true },
    cursor,
  })
}

/** Requests, and calls whose outcome is to be told, as rows to count. */
export const waitingCalls = sql`select from calls.call c where ${statesOf.waiting} and ${atDesk}`

/** The calls of one member, in whatever state, as far as the actor sees them; those begun last first. */
export function listOwn(db: Scope, organizations: readonly string[], cursor: string | undefined): Promise<List<Listed>> {
  return readList<Listed>(db, {
    ...parts,
    conditions: [sql`c.organization_id = any (${[...organizations]}::uuid[])`],
    order: { key: sql`c.made_at`, cast: 'timestamptz', id: sql`c.id`, descending: true },
    cursor,
  })
}
