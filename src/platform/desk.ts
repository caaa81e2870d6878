import { sql, type RawBuilder } from 'kysely'
import type { Actor } from './access/actor.ts'
import type { Scope } from './db/database.ts'
import type { Language } from './i18n/languages.ts'
import { countCap } from './search/search.ts'

type Label = Record<Language, string>

/** A page of the desk, where those who run a network or the instance work; handed in by a module. */
export type DeskPage = {
  path: string
  label: Label
  /** Who is shown the page: the policy of its module. What they see on it, grants decide. */
  may: (actor: Actor) => boolean
  /** What may wait there: where it is listed, and the rows that wait, which access rules bind as everywhere. */
  waits?: readonly { path: string; label: Label; rows: RawBuilder<unknown> }[]
}

/** Something that waits at the desk; a number above `countCap` means that there are more. */
export type Waiting = { path: string; label: Label; n: number }

/** The pages of the desk that an actor is shown; none to whom there is no desk. */
export const deskOf = (pages: readonly DeskPage[], actor: Actor): DeskPage[] => pages.filter(({ may }) => may(actor))

/** How much waits on these pages, as far as the actor of the transaction may read it: one query. */
export async function countWaiting(db: Scope, pages: readonly DeskPage[]): Promise<Waiting[]> {
  const all = pages.flatMap(({ waits }) => waits ?? [])
  if (all.length === 0) return []
  const counts = all.map(({ rows }) => sql`(select count(*)::int from (${rows} limit ${countCap + 1}) capped)`)
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db)
  return all.map(({ path, label }, index) => ({ path, label, n: rows[0]?.counts[index] ?? 0 }))
}
