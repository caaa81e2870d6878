import type { WriteScope } from '../../../platform/db/database.ts'
import { recordSpace } from '../../record/index.ts'
import { broaderOf } from '../../vocabulary/index.ts'
import { writeConcepts } from '../store/concepts.ts'
import { insertDerived, type DerivedListing } from '../store/derived.ts'
import { indexListings } from '../store/search.ts'
import { findCounterparts } from './counterparts.ts'
import { suggestConcepts } from './suggest.ts'

/** Puts listings that are derived from sources where everybody reads them. @returns their ids, in the same order */
export async function publishDerived(db: WriteScope, listings: readonly DerivedListing[]): Promise<string[]> {
  const ids = await insertDerived(db, recordSpace, listings)
  await describeDerived(
    db,
    listings.map((each, index) => ({ ...each, id: ids[index] ?? '' })),
  )
  return ids
}

/** Says what they are about, as far as it is recognized, so that readers of other languages see it; puts them into the search and has their counterparts looked for. */
export async function describeDerived(db: WriteScope, listings: readonly (DerivedListing & { id: string })[]): Promise<void> {
  const about = new Map<string, string[]>()
  for (const { id, original, title, body, sought } of listings) {
    const passages = [title, body, sought].map((text) => ({ text: text[original] ?? '', language: original }))
    const concepts = await suggestConcepts(db, passages, 6)
    const above = [...(await broaderOf(db, concepts)).values()].flat()
    await writeConcepts(db, id, concepts, above)
    about.set(id, concepts)
  }
  await indexListings(
    db,
    listings.map((each) => ({ ...each, concepts: about.get(each.id) ?? [], space: recordSpace, isPublic: true, by: nameOf(each) })),
  )
  await findCounterparts(
    db,
    listings.map(({ id }) => id),
  )
}

const nameOf = ({ entry: { name } }: DerivedListing) => {
  const { original: _, ...names } = name
  return names
}
