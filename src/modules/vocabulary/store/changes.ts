import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { namesOf } from './names.ts'
import { curatedSpace } from './tables.ts'

export type ConceptChange = { id: string; at: Date; verb: string; key: string; names: LanguageText }

/** What was done with concepts by hand, the newest first; what files bring is one act for all of them and not named. */
export async function listChanges(db: Scope, most: number): Promise<ConceptChange[]> {
  const { rows } = await sql<ConceptChange>`
    select e.id, e.at, e.verb, c.key, ${namesOf('c')} as names
    from (select id, at, verb, object_id, position from app.log_entry where space_id = ${curatedSpace} and object_kind = 'concept' order by -position limit ${most}) e
      join vocabulary.concept c on c.id = e.object_id order by e.position desc`.execute(db)
  return rows
}

export const conceptsPerFile = 10_000

/** The keys of concepts in use for one file of the sitemap. @param file counted from 0 */
export async function conceptKeys(db: Scope, file: number): Promise<{ key: string }[]> {
  const { rows } = await sql<{
    key: string
  }>`select key from vocabulary.concept where state = 'current' order by key offset ${file * conceptsPerFile} limit ${conceptsPerFile}`.execute(db)
  return rows
}

export async function countConcepts(db: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from vocabulary.concept where state = 'current'`.execute(db)
  return rows[0]?.n ?? 0
}
