import { sql, type RawBuilder } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import type { LanguageText } from '../i18n/languages.ts'
import { foldKey } from '../text/fold.ts'
import { isLookalike, looksOf } from '../text/lookalike.ts'
import type { Piece } from '../text/marks.ts'
import { conceptsNow, type Concepts } from './concepts.ts'
import { rowOf, type RowSource, type SearchDocument } from './index-row.ts'
import { marks, quoted } from './lexemes.ts'
import { searchMarker } from './marker.ts'
import { nearWords, readMended, spellingsOf, writeSpellings, type Spelling } from './near.ts'
import { notePublished } from './note-published.ts'
import { readQuestion, type Question } from './question.ts'

export type { SearchDocument } from './index-row.ts'

export type Hit = { objectId: string; kind: string; path: string; title: SearchDocument['title']; detail: LanguageText; names: string[]; words: string[] }
export type Found = {
  hits: Hit[]
  /** Of each kind, whichever kind was asked for. */
  counts: { kind: string; n: number }[]
  /** By what else the hits may be narrowed, such as `country:CU`; each count is what choosing it would leave. */
  facets: { facet: string; n: number }[]
  /** How many fit all that was asked, kind and facets too. */
  total: number
  /** There are more than `countCap`; the counts are a part of them. */
  capped: boolean
  /** The words looked for in place of mistyped ones, because nothing has the words as they were typed. */
  instead: string[]
  /** Nothing has all that was asked for; these have most of it. */
  partly: boolean
  /** What comes nearest, after the hits, where hardly anything has all that was asked for; none of it is counted. */
  nearest: Hit[]
  /** The best of the kind that was to stand apart; they are counted among `counts`, and are not among the hits nor in `total`. */
  apart: Hit[]
  /** The concepts that were understood, and the words that led to them. */
  concepts: Question['concepts']
  /** Takes a text apart at what was looked for. */
  mark: (text: string) => Piece[]
}
export type Asked = {
  kind?: string | undefined
  facets?: readonly string[]
  offset?: number
  limit: number
  nearest?: boolean
  apart?: { kind: string; most: number } | undefined
}

/** Things of some kinds that look as if they were called what they are not: by a name with other letters that look the same. At most a few. */
export async function searchLookalikes(db: Scope, name: string, kinds: readonly string[]): Promise<Pick<Hit, 'kind' | 'path' | 'names'>[]> {
  const looks = looksOf(name).map((look) => quoted(marks.lookalike + look))
  if (looks.length === 0) return []
  const words = looks.join(' | ')
  const { rows } = await sql<Pick<Hit, 'kind' | 'path' | 'names'>>`
    select r.kind, r.path, r.names
    from app.search('', ${words}::tsquery, ${words}::tsquery, ${words}::tsquery, ${words}::tsquery, '[]', false, ${filterQuery(kinds, [])}::tsquery, 20) f
      join app.search_row r using (object_id)`.execute(db)
  const key = foldKey(name)
  return rows.filter(({ names }) => !names.some((each) => foldKey(each) === key) && names.some((each) => isLookalike(name, each)))
}

/** Past this many hits a count is given as "at least". */
export const countCap = 1000

/** Rows of the index, ready to be written. */
export type SearchRows = readonly { objects: readonly string[]; rows: string; spellings: Spelling[] }[]

/** Makes the index rows of things; a matter of seconds for many, so that it can be done while the database is at other work. */
export function searchRows(documents: readonly SearchDocument[], concepts: Concepts | undefined): SearchRows {
  const parts = []
  for (let start = 0; start < documents.length; start += 500) {
    const part = documents.slice(start, start + 500)
    const named = part.filter(({ spelled }) => spelled !== false).map(({ spaceId, names, aliases }) => ({ spaceId, names: [...names, ...aliases] }))
    parts.push({
      objects: part.map(({ objectId }) => objectId),
      rows: JSON.stringify(part.map((document) => rowOf(document, concepts))),
      spellings: spellingsOf(named),
    })
  }
  return parts
}

/** Writes index rows, in the transaction that writes the things. */
export async function writeSearchRows(db: WriteScope, parts: SearchRows): Promise<void> {
  for (const { objects, rows } of parts) {
    await sql`
      insert into app.search_row (object_id, space_id, kind, path, title, detail, names, source, facets, vocabulary, terms)
      select object_id, space_id, kind, path, title, detail, names, source, facets, vocabulary, terms::tsvector
      from json_to_recordset(${rows}::json) as r (object_id uuid, space_id uuid, kind text, path text, title jsonb, detail jsonb, names text[], source jsonb, facets text[],
        vocabulary text, terms text)
      on conflict (object_id) do update set space_id = excluded.space_id, kind = excluded.kind, path = excluded.path, title = excluded.title,
        detail = excluded.detail, names = excluded.names, source = excluded.source, facets = excluded.facets, vocabulary = excluded.vocabulary,
        terms = excluded.terms, published_at = case when length(search_row.terms) = 0 then now() else search_row.published_at end`.execute(db)
    await notePublished(db, objects)
  }
  await writeSpellings(
    db,
    parts.flatMap(({ spellings }) => spellings),
  )
}

/** Makes index rows of things with the concepts as they are now, and writes them. */
export async function indexDocuments(db: WriteScope, documents: readonly SearchDocument[]): Promise<void> {
  const isRecognized = documents.some(({ is }) => is === undefined)
  await writeSearchRows(db, searchRows(documents, isRecognized ? await conceptsNow(db) : undefined))
}

/**
 * Finds what the actor of the transaction may see, by words of any language, with or without accents, and by the concepts that they name. One query answers hits and
 * counts; when nothing has the words as they were typed, a second asks for words one slip away, a third for these, and a fourth for what has most of them.
 *
 * @param asked.kind only this kind among the hits
 * @param asked.facets only what has all of these among the hits, such as `country:CU`
 * @param asked.offset how many hits to pass over; searches are read a page or two deep, and never past `countCap`
 * @param asked.apart a kind of which only the best so many are given, apart from the hits, as long as anything else is found and no kind is asked for
 * @param asked.nearest whether what has most of it is looked for too when fewer than ten, or than `limit`, have all: one query more
 */
export async function search(db: Scope, typed: string, asked: Asked): Promise<Found> {
  const concepts = await conceptsNow(db)
  const question = readQuestion(typed, concepts)
  if (question === undefined) return { ...nothing, nearest: [], mark: searchMarker(undefined, concepts) }
  const say = async ({ best: _, ...found }: FoundRows, of: Question, instead: string[] = []): Promise<Found> => ({
    ...found,
    nearest: await nearestTo(db, typed, of, found, asked),
    instead,
    concepts: of.concepts,
    mark: searchMarker(of, concepts),
  })
  const found = await find(db, typed, question, false, asked)
  if (found.counts.length > 0 && !isSentence(question, found)) return say(found, question)
  if (found.counts.length > 0) return say(await find(db, typed, question, true, asked), question)
  const near = await nearWords(db, typed)
  const mended = near.size === 0 ? undefined : readMended(typed, concepts, near)
  if (mended !== undefined) {
    const second = await find(db, typed, mended, false, asked)
    if (second.counts.length > 0) return say(second, mended, [...near.values()].flat())
  }
  const best = (near.size === 0 ? undefined : readQuestion(typed, concepts, near)) ?? question
  return best.pieces < 2 ? say(found, question) : say(await find(db, typed, best, true, asked), best)
}

/** With fewer that have all of it, the rest of a page is worth filling. */
const few = 10

async function nearestTo(
  db: Scope,
  typed: string,
  question: Question,
  { hits, total, partly }: Pick<Found, 'hits' | 'total' | 'partly'>,
  asked: Asked,
): Promise<Hit[]> {
  const { nearest = false, offset = 0, limit } = asked
  if (!nearest || offset > 0 || partly || (question.pieces < 2 && question.concepts.length === 0) || total >= Math.min(few, limit)) return []
  const { hits: most } = await find(db, typed, question, true, asked)
  const known = new Set(hits.map(({ objectId }) => objectId))
  return most.filter(({ objectId }) => !known.has(objectId)).slice(0, limit - hits.length)
}

/** Of a sentence hardly anything has every word, and what has may have them by chance; a name that has them all is meant. */
const isSentence = ({ pieces }: Question, { total, best }: FoundRows) => pieces >= 8 && total < 10 && best < 10

/** `best`: the score of the first. */
type FoundRows = Omit<Found, 'nearest' | 'instead' | 'concepts' | 'mark'> & { best: number }
const nothing = { best: 0, hits: [], apart: [], counts: [], facets: [], total: 0, capped: false, partly: false, instead: [], concepts: [] }

async function find(db: Scope, typed: string, question: Question, most: boolean, asked: Asked): Promise<FoundRows> {
  const found = await ask(db, typed, question, most, asked)
  // Nothing else is found: then what was to stand apart is what is looked for.
  return found.total === 0 && found.apart.length > 0 ? ask(db, typed, question, most, { ...asked, apart: undefined }) : found
}

async function ask(db: Scope, typed: string, question: Question, most: boolean, asked: Asked): Promise<FoundRows> {
  const { kind, facets = [], offset = 0, limit } = asked
  const { kind: apart = null, most: mostApart = 0 } = (kind === undefined && asked.apart) || {}
  const chosen = kind !== undefined || facets.length > 0
  const fits = sql`(${kind ?? null}::text is null or f.kind = ${kind ?? null}::text) and f.facets @> ${facets}::text[]`
  // What has most of it comes best first and is not counted: enough of what was chosen among it is all that is asked for.
  const isEnough = sql`((select count(*) from wide) <= ${countCap} ${most ? sql`or (select count(*) from wide f where ${fits}) >= ${offset + limit}` : sql``})`
  const narrowed = sql`select object_id, kind, facets, score from ${callOf(typed, question, most, kind === undefined ? undefined : [kind], facets)} where not ${isEnough}`
  const { rows } = await sql<(Hit | { objectId: null }) & { beside: boolean } & Pick<FoundRows, 'counts' | 'facets' | 'total' | 'capped' | 'partly' | 'best'>>`
    with wide as materialized (select * from ${callOf(typed, question, most)}),
      narrow as materialized (select f.object_id, f.kind, f.facets, f.score from wide f where ${fits} ${
        chosen ? sql`and ${isEnough} union all ${narrowed}` : sql``
      }),
      kinds as (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'n', n) order by n desc, kind), '[]') as counts
        from (select f.kind, count(*)::int as n from wide f where f.facets @> ${facets}::text[] group by f.kind) by_kind),
      others as (select coalesce(jsonb_agg(jsonb_build_object('facet', facet, 'n', n) order by n desc, facet), '[]') as facets
        from (select each.facet, count(*)::int as n from wide f cross join unnest(f.facets) each (facet)
          where (${kind ?? null}::text is null or f.kind = ${kind ?? null}::text)
            and not exists (select from unnest(${facets}::text[]) c where split_part(c, ':', 1) <> split_part(each.facet, ':', 1) and c <> all (f.facets))
          group by each.facet) by_facet),
      chosen as ((select object_id, score, false as beside from narrow where kind is distinct from ${apart}::text order by score desc, object_id offset ${offset} limit ${limit})
        union all (select object_id, score, true from narrow where kind = ${apart}::text order by score desc, object_id limit ${mostApart})),
      hits as (select r.object_id, r.kind, r.path, r.title, r.detail, r.names, r.source -> 'words' as words, f.score, f.beside from chosen f join app.search_row r using (object_id))
    select kinds.counts, others.facets, (select count(*)::int from narrow where kind is distinct from ${apart}::text) as total, (select count(*) > ${countCap} from wide) as capped,
      coalesce((select bool_and(partly) from wide), false) as partly, coalesce((select max(score) from narrow), 0) as best,
      hits.object_id as "objectId", hits.kind, hits.path, hits.title, hits.detail, hits.names, hits.words, hits.beside
    from kinds cross join others left join hits on true order by hits.score desc nulls last, hits.object_id`.execute(db)
  const [first] = rows
  if (first === undefined) return nothing
  const hitsOf = (beside: boolean) =>
    rows.flatMap((row) => {
      if (row.objectId === null || row.beside !== beside) return []
      const { objectId, kind: own, path, title, detail, names, words } = row
      return [{ objectId, kind: own, path, title, detail, names, words }]
    })
  return {
    hits: hitsOf(false),
    apart: hitsOf(true),
    counts: first.counts,
    facets: first.facets,
    total: Math.min(first.total, countCap),
    capped: first.capped,
    partly: first.partly,
    best: first.best,
  }
}

/**
 * The call of `app.search` for what somebody typed: `object_id`, `kind` and `score` of at most `countCap + 1` things that have all of it.
 *
 * @param kinds only these; all if not given
 * @returns `undefined` when nothing that can be looked for was typed
 */
export async function searchCall(db: Scope, typed: string, kinds?: readonly string[]): Promise<RawBuilder<unknown> | undefined> {
  const question = readQuestion(typed, await conceptsNow(db))
  return question && callOf(typed, question, false, kinds)
}

function callOf(typed: string, question: Question, most: boolean, kinds: readonly string[] = [], facets: readonly string[] = []): RawBuilder<unknown> {
  const { names, begunNames, words, begunWords, sought } = question
  return sql`app.search(${foldKey(typed)}, ${names}::tsquery, ${begunNames}::tsquery, ${words}::tsquery, ${begunWords}::tsquery, ${JSON.stringify(sought)}::json, ${most},
    ${filterQuery(kinds, facets)}::tsquery, ${countCap + 1})`
}

/** The part of a question that says of which kinds and with which facets. */
export function filterQuery(kinds: readonly string[], facets: readonly string[]): string {
  const any = kinds.map((kind) => quoted(marks.kind + kind)).join(' | ')
  return [...(any === '' ? [] : [`(${any})`]), ...facets.map((facet) => quoted(marks.facet + facet))].join(' & ')
}

export type { RowSource }
