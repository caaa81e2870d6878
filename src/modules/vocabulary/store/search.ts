import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { searchRows, writeSearchRows, type SearchDocument } from '../../../platform/search/search.ts'
import type { Label } from '../rules/draft.ts'
import { curatedSpace, searchKind } from './tables.ts'

type Found = { id: string; key: string; state: string; labels: Label[]; above: LanguageText | null; codes: string[] }

/** Writes anew what a search finds concepts by. Retired ones are found no more; what replaced them has their words. @param ids only these; all if not given */
export async function writeConceptSearch(db: WriteScope, ids?: readonly string[]): Promise<void> {
  const { rows } = await sql<Found>`
    select c.id, c.key, c.state,
      (select coalesce(jsonb_agg(jsonb_build_object('language', l.language, 'kind', l.kind, 'text', l.text) order by l.position, l.id), '[]')
        from vocabulary.label l where l.concept_id = c.id and l.ended_at is null) as labels,
      (select jsonb_object_agg(b.language, b.text) from vocabulary.label b where b.kind = 'preferred' and b.ended_at is null and b.concept_id =
        (select t.target_id from vocabulary.relation t where t.concept_id = c.id and t.kind = 'broader' and t.ended_at is null order by t.id limit 1)) as above,
      array(select o.code from vocabulary.code o where o.concept_id = c.id and o.ended_at is null) as codes
    from vocabulary.concept c where ${ids === undefined ? sql`true` : sql`c.id = any (${[...ids]}::uuid[])`} order by c.id`.execute(db)
  await writeSearchRows(db, searchRows(rows.map(documentOf)))
}

function documentOf({ id, key, state, labels, above, codes }: Found): SearchDocument {
  const of = (kind: Label['kind']) => labels.filter((label) => label.kind === kind)
  const isFound = state === 'current'
  const texts = (kind: Label['kind']) => (isFound ? of(kind).map(({ text }) => text) : [])
  return {
    objectId: id,
    spaceId: curatedSpace,
    kind: searchKind,
    path: `/concepts/${key}`,
    title: Object.fromEntries(
      languages.flatMap((language) =>
        of('preferred')
          .filter((each) => each.language === language)
          .map(({ text }) => [language, text]),
      ),
    ),
    detail: above ?? {},
    names: texts('preferred'),
    aliases: texts('alternative'),
    // Not among the names, which are shown.
    words: isFound ? [...texts('hidden'), ...codes] : [],
  }
}
