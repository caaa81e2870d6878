import type { Person } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { mayTakeOver } from '../policy.ts'
import { readListing } from '../store/listings.ts'
import { takeOver, takeoverOf } from '../store/takeover.ts'
import { logListing } from './log.ts'
import { holdListing } from './open.ts'

/**
 * Makes a draft of an organization from what sources say that it offers or needs: whoever writes for the member that is linked to it on the record.
 *
 * @param id that of the draft, made by the form
 * @throws Refusal `not_found`, `forbidden`, `decided_already`
 */
export async function takeOverListing(database: Database, person: Person, derived: string, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const { listing, hats } = await holdListing(db, derived)
    const { organization, listing: there } = await takeoverOf(db, listing)
    if (organization === null || !mayTakeOver(hats, listing, organization)) throw refuse('forbidden')
    // A second click.
    if (there === id) return
    if (listing.state !== 'published' || !(await takeOver(db, id, derived, organization))) throw refuse('decided_already')
    const draft = await readListing(db, id)
    if (!draft) throw refuse('forbidden')
    await logListing(db, draft, { seen: false, byDesk: false }, 'taken-over', { derived, number: listing.number })
  })
}
