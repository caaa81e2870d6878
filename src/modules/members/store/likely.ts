import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { search, type Hit } from '../../../platform/search/search.ts'

export type Likely = Pick<Hit, 'path' | 'kind' | 'title'>

/** Members, and organizations on the public record, that go by a name like one of these, in any script. */
export async function likelySame(db: Scope, names: LanguageText): Promise<Likely[]> {
  const found = new Map<string, Likely>()
  for (const name of Object.values(names)) {
    const { hits } = await search(db, name, { limit: 8 })
    for (const hit of hits) if (hit.kind === 'member' || hit.kind === 'organization') found.set(hit.path, hit)
  }
  return [...found.values()].slice(0, 10)
}
