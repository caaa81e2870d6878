import type { WriteScope } from '../../../platform/db/database.ts'
import { indexDocuments } from '../../../platform/search/search.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Content, Listing } from './listings.ts'
import { listingKind } from './lists.ts'

type Found = Pick<Content, 'direction' | 'pillar' | 'title' | 'body' | 'sought' | 'original'> &
  Pick<Listing, 'id' | 'space' | 'isPublic' | 'country' | 'concepts'> & { by: LanguageText; number: string }

/** Puts listings into the search as they are published; what is taken back, the database takes out. */
export async function indexListings(db: WriteScope, listings: readonly Found[]): Promise<void> {
  await indexDocuments(
    db,
    listings.map(({ id, space, isPublic, direction, pillar, country, concepts, title, body, sought, original, by, number }) => ({
      objectId: id,
      spaceId: space,
      kind: listingKind,
      path: `/listings/${id}`,
      title: { ...title, original },
      detail: by,
      names: Object.values(title),
      aliases: [number],
      words: [body, sought, by].flatMap((text) => Object.values(text)),
      spelled: isPublic,
      about: concepts,
      facets: [`direction:${direction}`, `pillar:${pillar}`, `country:${country}`, ...Object.keys(title).map((language) => `language:${language}`)],
    })),
  )
}
