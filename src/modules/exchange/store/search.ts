import type { WriteScope } from '../../../platform/db/database.ts'
import { searchRows, writeSearchRows } from '../../../platform/search/search.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Content, Listing } from './listings.ts'
import { listingKind } from './lists.ts'

type Found = Pick<Content, 'title' | 'body' | 'sought' | 'original'> & Pick<Listing, 'id' | 'space' | 'isPublic'> & { by: LanguageText; number: string }

/** Puts listings into the search as they are published; what is taken back, the database takes out. */
export async function indexListings(db: WriteScope, listings: readonly Found[]): Promise<void> {
  await writeSearchRows(
    db,
    searchRows(
      listings.map(({ id, space, isPublic, title, body, sought, original, by, number }) => ({
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
      })),
    ),
  )
}
