import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { searchRows, writeSearchRows, type SearchDocument } from '../../../platform/search/search.ts'
import type { Label } from '../rules/draft.ts'
import { queueRenewal } from '../../../platform/search/renew.ts'
import { loadAbove } from './names.ts'
import { chunks, curatedSpace, searchKind } from './tables.ts'

type Found = { id: string; key: string; state: string; labels: Label[]; above: Label[]; codes: string[] }

/** Writes anew what a search finds concepts by. Retired ones are found no more; what replaced them has their words. @param ids only these; all if not given */
export async function writeConceptSearch(db: WriteScope, ids?: readonly string[]): Promise<void> {
  const allAbove = await loadAbove(db)
  let written: Promise<void> | undefined
  for (const part of chunks(await readFound(db, ids), 500)) {
    // While the database is at one part, the next is made.
    const rows = searchRows(
      part.map((each) => documentOf(each, allAbove.get(each.key) ?? [])),
      undefined,
    )
    await written
    written = writeSearchRows(db, rows)
  }
  await written
  await queueRenewal(db)
}

/** Put together here and not by joins: after a first load the database has no figures yet by which to choose how to join. */
async function readFound(db: WriteScope, ids?: readonly string[]): Promise<Found[]> {
  const among = (column: string, some = ids) => (some === undefined ? sql`true` : sql`${sql.raw(column)} = any (${[...some]}::uuid[])`)
  const concepts = await sql<Pick<Found, 'id' | 'key' | 'state'>>`select id, key, state from vocabulary.concept where ${among('id')} order by id`.execute(db)
  const firsts = await sql<{ id: string; above: string }>`select distinct on (concept_id) concept_id as id, target_id as above
    from vocabulary.relation where kind = 'broader' and ended_at is null and ${among('concept_id')} order by concept_id, id`.execute(db)
  const needed = ids && [...ids, ...firsts.rows.map(({ above }) => above)]
  const labels = await sql<{ id: string; rows: Label[] }>`
    select concept_id as id, json_agg(json_build_object('language', language, 'kind', kind, 'text', text) order by position, id) as rows
    from vocabulary.label where ended_at is null and ${among('concept_id', needed)} group by concept_id`.execute(db)
  const codes = await sql<{ id: string; rows: string[] }>`
    select concept_id as id, array_agg(code order by code) as rows from vocabulary.code where ended_at is null and ${among('concept_id')} group by concept_id`.execute(
    db,
  )
  const byId = <T extends { id: string }, R>({ rows }: { rows: T[] }, of: (row: T) => R) => new Map(rows.map((row) => [row.id, of(row)]))
  const [above, labelled, coded] = [byId(firsts, (row) => row.above), byId(labels, ({ rows }) => rows), byId(codes, ({ rows }) => rows)]
  return concepts.rows.map((concept) => ({
    ...concept,
    labels: labelled.get(concept.id) ?? [],
    above: labelled.get(above.get(concept.id) ?? '') ?? [],
    codes: coded.get(concept.id) ?? [],
  }))
}

const preferred = (labels: readonly Label[]): LanguageText =>
  Object.fromEntries(
    languages.flatMap((language) => labels.filter((each) => each.kind === 'preferred' && each.language === language).map(({ text }) => [language, text])),
  )

function documentOf({ id, key, state, labels, above, codes }: Found, allAbove: readonly string[]): SearchDocument {
  const of = (kind: Label['kind']) => labels.filter((label) => label.kind === kind)
  const isFound = state === 'current'
  const texts = (kind: Label['kind']) => (isFound ? of(kind).map(({ text }) => text) : [])
  return {
    objectId: id,
    spaceId: curatedSpace,
    kind: searchKind,
    path: `/concepts/${key}`,
    title: preferred(labels),
    detail: preferred(above),
    names: texts('preferred'),
    aliases: texts('alternative'),
    ...(isFound && { is: { concept: key, above: allAbove } }),
    // Not among the names, which are shown.
    words: isFound ? [...texts('hidden'), ...codes] : [],
  }
}
