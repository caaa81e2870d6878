import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { readHats, type Hats } from '../../members/index.ts'
import { lockListing, readListing, type Listing } from '../store/listings.ts'

export type Opened = { listing: Listing; hats: Hats }

/** A listing that the actor may read, with under which names they act. @throws Refusal `not_found` */
export async function openListing(db: Scope, id: string): Promise<Opened> {
  const listing = await readListing(db, id)
  if (!listing) throw refuse('not_found')
  return { listing, hats: await readHats(db) }
}

/** One that nobody else writes until the end of the transaction. @throws Refusal `not_found` */
export async function holdListing(db: WriteScope, id: string): Promise<Opened> {
  await lockListing(db, id)
  return openListing(db, id)
}
