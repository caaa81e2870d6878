import type { WriteScope } from '../../../platform/db/database.ts'
import { logAct } from '../../../platform/log/log.ts'
import { everybodySpace, type Listing } from '../store/listings.ts'

type Logged = Pick<Listing, 'id' | 'space' | 'people' | 'desk' | 'isPublic'> & { organization: { id: string } | null }

/**
 * Adds to the log of a listing. `seen`: what everybody sees of a public one has changed, so everybody may read that it did; else the organization's people read of what they
 * did, and the desk of what it did. Never in the circle of a network: whoever a listing is hidden from would find its trace there.
 */
export async function logListing(
  db: WriteScope,
  listing: Logged,
  { seen, byDesk }: { seen: boolean; byDesk: boolean },
  verb: string,
  payload: object,
): Promise<void> {
  const own = byDesk ? listing.desk : listing.people
  await logAct(db, {
    chain: `organization:${listing.organization?.id ?? listing.id}`,
    spaceId: seen && listing.isPublic ? everybodySpace : (own ?? everybodySpace),
    ...(listing.organization !== null && { organizationId: listing.organization.id }),
    verb: `exchange.listing.${verb}`,
    object: { kind: 'listing', id: listing.id },
    payload,
  })
}
