import type { Scope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { explain } from '../actions/explain.ts'
import { listIntroduced } from '../store/introductions.ts'
import { listMatches, readWanting } from '../store/matches.ts'
import { matchingTexts } from '../text/index.ts'

/** What every view of matching is given. */
export const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: matchingTexts[c.var.language] })

/** The counterparts of a listing with their reasons, a page of them, as far as the actor of the transaction sees them. @throws Refusal `not_found` */
export async function shownMatches(c: Ctx, db: Scope, listing: string, { cursor, size }: { cursor?: string | undefined; size?: number }) {
  const wanting = await readWanting(db, listing)
  if (!wanting) throw refuse('not_found')
  const list = await listMatches(db, listing, cursor, size)
  const { explained, names } = await explain(db, wanting, list.rows, c.var.language)
  const introduced = c.var.actor.kind === 'person' ? await listIntroduced(db, listing) : []
  return { wanting, matches: { ...list, rows: explained }, names, introduced }
}
