import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { searchCall } from '../../../platform/search/search.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import { marker } from '../../../platform/text/marks.ts'
import { allAbove } from '../rules/above.ts'
import type { Label } from '../rules/draft.ts'
import { curatedSpace, searchKind } from './tables.ts'

/** What the concept `c` is called, by language. */
export const namesOf = (alias: string) =>
  sql.raw(
    `(select coalesce(jsonb_object_agg(l.language, l.text), '{}') from vocabulary.label l where l.concept_id = ${alias}.id and l.kind = 'preferred' and l.ended_at is null)`,
  )

export type ConceptLabel = Label & { concept: string }

/** Every label of every concept in use, for what recognizes concepts in texts: one query. `concept` is the key. */
export async function loadLabels(db: Scope): Promise<ConceptLabel[]> {
  const { rows } = await sql<ConceptLabel>`select c.key as concept, l.language, l.kind, l.text
    from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id where l.ended_at is null and c.state = 'current' order by c.key, l.position, l.id`.execute(
    db,
  )
  return rows
}

/**
 * A mark that is another one after each change of labels or relations, so that whoever has worked something out from them knows when it is old: one look into an index.
 * It is the newest entry of the log about the vocabulary; these are written one after the other, since all stand in one chain.
 */
export async function vocabularyVersion(db: Scope): Promise<string> {
  const { rows } = await sql<{
    version: string
  }>`select position::text as version from app.log_entry where space_id = ${curatedSpace} order by -position limit 1`.execute(db)
  return rows[0]?.version ?? '0'
}

/** As `vocabularyVersion`, the same on no other instance: the hash of that entry. `undefined` if there is none. */
export async function vocabularyMark(db: Scope): Promise<string | undefined> {
  const { rows } = await sql<{
    mark: string
  }>`select encode(hash, 'hex') as mark from app.log_entry where space_id = ${curatedSpace} order by -position limit 1`.execute(db)
  return rows[0]?.mark
}

/** The keys of all concepts above each concept in use, however far. */
export async function loadAbove(db: Scope): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ key: string; broader: string[] }>`
    select c.key, array_agg(coalesce(n.key, b.key)::text) as broader from vocabulary.relation t join vocabulary.concept c on c.id = t.concept_id
      join vocabulary.concept b on b.id = t.target_id left join vocabulary.concept n on n.id = b.replaced_by_id
    where t.kind = 'broader' and t.ended_at is null group by c.key`.execute(db)
  return allAbove(new Map(rows.map(({ key, broader }) => [key, broader])))
}

/** What a concept is called: in which language, and, if it was merged, the key of the one that it is now. */
export type ConceptName = { text: string; language: Language; replacedBy: string | null }

/** What some concepts are called in the reader's language, else in English, else in any: one query. Those that are not there are left out. */
export async function conceptNames(db: Scope, keys: readonly string[], language: Language): Promise<Map<string, ConceptName>> {
  const { rows } = await sql<{ key: string; names: LanguageText; replacedBy: string | null }>`
    select c.key, ${namesOf('c')} as names, (select k.key from vocabulary.concept k where k.id = c.replaced_by_id) as "replacedBy"
    from vocabulary.concept c where c.key = any (${[...keys]}::text[])`.execute(db)
  return new Map(
    rows.flatMap(({ key, names, replacedBy }): [string, ConceptName][] => {
      const name = pickText(names, language)
      return name === undefined ? [] : [[key, { ...name, replacedBy }]]
    }),
  )
}

/** All concepts above some others, however far: one query. Of one that was merged, those above the one that it is now, and that one itself. */
export async function broaderOf(db: Scope, keys: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ key: string; above: string[] }>`
    with recursive up as (
      select c.key as asked, coalesce(c.replaced_by_id, c.id) as id, c.replaced_by_id is not null as counts from vocabulary.concept c where c.key = any (${[...keys]}::text[])
      union
      select up.asked, coalesce(b.replaced_by_id, b.id), true from up
        join vocabulary.relation t on t.concept_id = up.id and t.kind = 'broader' and t.ended_at is null join vocabulary.concept b on b.id = t.target_id)
    select up.asked as key, array_agg(distinct c.key::text order by c.key::text) filter (where up.counts) as above
    from up join vocabulary.concept c on c.id = up.id group by up.asked`.execute(db)
  return new Map(rows.map(({ key, above }) => [key, above ?? []]))
}

/** A concept as a form suggests it. `found`: the label that has what was typed, where that is not its name. */
export type ConceptFound = { key: string; text: string; language: Language; found: string | null }

/** Concepts by what somebody has typed so far, in whichever language, best first: one query. */
export async function findConcepts(db: Scope, typed: string, language: Language, limit: number): Promise<ConceptFound[]> {
  const call = await searchCall(db, typed, [searchKind])
  if (call === undefined) return []
  const { rows } = await sql<{ key: string; names: LanguageText; labels: string[] }>`
    select c.key, r.title as names, r.names as labels from ${call} f join app.search_row r using (object_id) join vocabulary.concept c on c.id = f.object_id
    order by f.score desc, c.key limit ${limit}`.execute(db)
  return rows.flatMap(({ key, names, labels }) => {
    const name = pickText(names, language)
    return name === undefined ? [] : [{ key, ...name, found: labelFound(typed, name.text, labels) }]
  })
}

/** The label that has most of what was typed, if the name that is shown has not as much. */
export function labelFound(typed: string, shown: string, labels: readonly string[]): string | null {
  const mark = marker(typed)
  const hits = (text: string) => mark(text).reduce((sum, piece) => sum + (piece.hit ? piece.text.length : 0), 0)
  let [best, most]: [string | null, number] = [null, hits(shown)]
  for (const label of labels) {
    const n = hits(label)
    if (n > most || (best !== null && n === most && label.length < best.length)) [best, most] = [label, n]
  }
  return best
}

/** The concepts in use that some words are labels of, in whichever language and however written: one query. @returns keys by word; several where a word means several */
export async function conceptsLabelled(db: Scope, words: readonly string[]): Promise<Map<string, string[]>> {
  const folded = [...new Set(words.map(sortKey))].filter((each) => each !== '')
  if (folded.length === 0) return new Map()
  const { rows } = await sql<{ folded: string; keys: string[] }>`
    select l.folded, array_agg(distinct c.key::text order by c.key::text) as keys from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id
    where l.ended_at is null and c.state = 'current' and l.folded = any (${folded}::text[]) group by l.folded`.execute(db)
  const found = new Map(rows.map(({ folded: word, keys }) => [word, keys]))
  return new Map(words.flatMap((word): [string, string[]][] => [[word, found.get(sortKey(word)) ?? []]]))
}
