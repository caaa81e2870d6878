import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'

/** What has become of a listing that is derived from sources: who is linked to what it is about, and the listing of theirs that takes its place, as far as the actor sees it. */
export type Takeover = { organization: string | null; listing: string | null }

export async function takeoverOf(db: Scope, derived: { id: string; entry: { key: string } | null }): Promise<Takeover> {
  const { rows } = await sql<Takeover>`select
    (select e.organization_id from members.entry_link e where e.entry_key = ${derived.entry?.key ?? ''} and e.until is null limit 1) as organization,
    (select l.id from exchange.listing l where l.derived_id = ${derived.id} and l.state <> 'withdrawn') as listing`.execute(db)
  return rows[0] ?? { organization: null, listing: null }
}

/** Makes a draft of an organization from a derived listing, and gives it the interests that wait. @returns `false` when that was done already */
export async function takeOver(db: WriteScope, id: string, derived: string, organization: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select exchange.take_over(${id}, ${derived}, ${organization}) as done`.execute(db)
  return rows[0]?.done === true
}
