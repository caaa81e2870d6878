import { addresseesOf } from '../../../platform/access/accounts.ts'
import type { Acting } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { lastDayIssue } from '../../../platform/day-issue.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { tellDesk } from '../../members/index.ts'
import { mayDo, sidesOf } from '../policy.ts'
import { missingIn } from '../rules/complete.ts'
import { nextState, type Verb } from '../rules/lifecycle.ts'
import { isShown } from '../schema/terms.ts'
import { writersOf, writeState, type Listing } from '../store/listings.ts'
import { indexListings } from '../store/search.ts'
import { watchDay } from './come-due.ts'
import { findCounterparts } from './counterparts.ts'
import { logListing } from './log.ts'
import { mailListing, type ListingMail } from './mails.ts'
import { holdListing } from './open.ts'

type Deps = { database: Database; secrets: Secrets; base: string }
export type Typed = { version: number; reason?: string | undefined; until?: string | undefined }

const acts: Record<Verb, string> = {
  submit: 'submitted',
  send: 'sent',
  recall: 'recalled',
  return: 'returned',
  publish: 'published',
  renew: 'renewed',
  match: 'matched',
  close: 'closed',
  revise: 'revised',
  withdraw: 'withdrawn',
}

/**
 * Moves a listing on: to a review, back from it, to its readers, to its end.
 *
 * @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale`, `invalid_input` with all that it has not yet, or a day that is over
 */
export async function moveListing({ database, secrets, base }: Deps, actor: Acting, id: string, verb: Verb, typed: Typed): Promise<void> {
  await database.write(actor, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    const to = nextState(listing.state, verb)
    const sides = sidesOf(hats, listing)
    if (to === undefined) throw refuse(sides.size > 0 ? 'decided_already' : 'forbidden')
    if (!mayDo(hats, listing, verb)) throw refuse('forbidden')
    if (listing.version !== typed.version) throw refuse('conflict_stale')
    await refuseUnfit(db, listing, verb, typed)
    const change = { reason: to === 'draft' || to === 'returned' ? typed.reason : undefined, until: typed.until }
    if (!(await writeState(db, listing, to, change))) throw refuse('conflict_stale')
    if (verb === 'publish' && listing.number !== null && listing.organization !== null)
      await indexListings(db, [{ ...listing, by: listing.organization.name, number: listing.number }]).catch(sayHidden)
    if (to === 'published') await findCounterparts(db, [id])
    const until = typed.until ?? listing.validUntil
    if (to === 'published' && until !== null) await watchDay(db, id, until)
    const byDesk = !sides.has('writer')
    await tell({ database, secrets, base }, db, listing, verb, typed.reason, byDesk)
    const seen = isShown(listing.state) || isShown(to)
    await logListing(db, listing, { seen, byDesk }, acts[verb], { from: listing.state, to, reason: typed.reason ?? null, until: typed.until ?? null })
  })
}

/** Nobody writes into the search what is hidden from an organization that they act for as well: what they write, they would have to be able to find. */
function sayHidden(error: unknown): never {
  throw (error as { code?: string }).code === '42501' ? refuse('hidden_from_you') : error
}

/** What goes to a review says enough; what is published holds until a day to come. */
async function refuseUnfit(db: WriteScope, listing: Listing, verb: Verb, { until }: Typed): Promise<void> {
  const now = await today(db)
  if (verb === 'submit' || verb === 'send' || verb === 'publish') {
    const issues = missingIn(listing, now)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
  }
  const late = verb === 'renew' ? lastDayIssue('until', until ?? '', now) : undefined
  if (late !== undefined) throw refuse('invalid_input', {}, [late])
}

/** Tells the other side, each in their language: the desk what waits there, the organization what became of its listing. */
async function tell({ database, secrets, base }: Deps, db: WriteScope, listing: Listing, verb: Verb, reason = '', byDesk: boolean): Promise<void> {
  const { organization, network, title, original, id } = listing
  if (organization === null || network === null) return
  if (verb === 'send') await tellDesk(db, { network, what: 'listing', name: title[original] ?? '', link: `${base}/listings/${id}` })
  const what = mailOf(verb, byDesk)
  if (what === undefined) return
  const readers = await writersOf(db, organization.id, what === 'review' ? 'admins' : 'all')
  for (const to of await addresseesOf(database, db, readers))
    await mailListing(db, secrets, to, what, { title, original, reason, link: `${base}/${to.language}/listings/${id}` })
}

function mailOf(verb: Verb, byDesk: boolean): ListingMail | undefined {
  if (verb === 'submit') return 'review'
  if (verb === 'return') return 'returned'
  if (verb === 'publish') return 'published'
  return verb === 'close' && byDesk ? 'closed' : undefined
}
