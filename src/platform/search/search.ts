import { sql, type RawBuilder } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import type { LanguageText } from '../i18n/languages.ts'
import { foldKey } from '../text/fold.ts'
import { isLookalike, looksOf } from '../text/lookalike.ts'
import { terms, tsQuery, weighted } from '../text/terms.ts'
import { nearWords, spellingsOf, writeSpellings, type Spelling } from './near.ts'

/** What a module hands in for each thing that a search may find. */
export type SearchDocument = {
  objectId: string
  spaceId: string
  kind: string
  /** Path of its page, without the language. */
  path: string
  title: LanguageText & { original?: string }
  detail: LanguageText
  /** Names and titles in any language; found first. */
  names: string[]
  /** Acronyms and other names; found next. */
  aliases: string[]
  /** Anything else worth finding. */
  words: string[]
  /** Whether mistyped words are mended with those of its names. Not of what may be hidden from some of its audience: the mended word would tell them of it. */
  spelled?: boolean
}

export type Hit = { objectId: string; kind: string; path: string; title: SearchDocument['title']; detail: LanguageText; names: string[] }
/** What was found; `instead`: the words looked for in place of mistyped ones, because nothing has the words as they were typed. */
export type Found = { hits: Hit[]; counts: { kind: string; n: number }[]; capped: boolean; instead: string[] }
type Asked = { kind?: string | undefined; offset?: number; limit: number }

/** Things of some kinds that look as if they were called what they are not: by a name with other letters that look the same. At most a few. */
export async function searchLookalikes(db: Scope, name: string, kinds: readonly string[]): Promise<Pick<Hit, 'kind' | 'path' | 'names'>[]> {
  const looks = looksOf(name).map((look) => `'~${look}'`)
  if (looks.length === 0) return []
  const words = looks.join(' | ')
  const { rows } = await sql<Pick<Hit, 'kind' | 'path' | 'names'>>`
    select r.kind, r.path, r.names from app.search(${words}::tsquery, ${words}::tsquery, '', ${kinds}::text[], 20) f join app.search_row r using (object_id)`.execute(
    db,
  )
  const key = foldKey(name)
  return rows.filter(({ names }) => !names.some((each) => foldKey(each) === key) && names.some((each) => isLookalike(name, each)))
}

/** Past this many hits a count is given as "at least". */
export const countCap = 1000

/** Rows of the index, ready to be written. */
export type SearchRows = readonly { rows: string; spellings: Spelling[] }[]

/** Makes the index rows of things; a matter of seconds for many, so that it can be done while the database is at other work. */
export function searchRows(documents: readonly SearchDocument[]): SearchRows {
  const parts = []
  for (let start = 0; start < documents.length; start += 500) {
    const part = documents.slice(start, start + 500)
    const named = part.filter(({ spelled }) => spelled !== false).map(({ spaceId, names, aliases }) => ({ spaceId, names: [...names, ...aliases] }))
    parts.push({ rows: JSON.stringify(part.map(rowOf)), spellings: spellingsOf(named) })
  }
  return parts
}

/** Writes index rows, in the transaction that writes the things. */
export async function writeSearchRows(db: WriteScope, parts: SearchRows): Promise<void> {
  for (const { rows, spellings } of parts) {
    await sql`
      insert into app.search_row (object_id, space_id, kind, path, title, detail, names, terms)
      select object_id, space_id, kind, path, title, detail, names, terms::tsvector
      from json_to_recordset(${rows}::json) as r (object_id uuid, space_id uuid, kind text, path text, title jsonb, detail jsonb, names text[], terms text)
      on conflict (object_id) do update set space_id = excluded.space_id, kind = excluded.kind, path = excluded.path, title = excluded.title,
        detail = excluded.detail, names = excluded.names, terms = excluded.terms`.execute(db)
    await writeSpellings(db, spellings)
  }
}

/**
 * Finds what the actor of the transaction may see, by words of any language, with or without accents. One query answers hits and counts; when nothing has the
 * words as they were typed, a second asks for words one slip away, and a third for these.
 *
 * @param kind only this kind among the hits; the counts stay those of all kinds
 * @param offset how many hits to pass over; searches are read a page or two deep, and never past `countCap`
 */
export async function search(db: Scope, typed: string, asked: Asked): Promise<Found> {
  const found = await findAsTyped(db, searchCall(typed), asked)
  if (found.counts.length > 0) return found
  const near = await nearWords(db, typed)
  if (near.size === 0) return found
  const second = await findAsTyped(db, searchCall(typed, undefined, near), asked)
  return { ...second, instead: second.counts.length === 0 ? [] : [...near.values()].flat() }
}

async function findAsTyped(db: Scope, call: RawBuilder<unknown> | undefined, { kind, offset, limit }: Asked): Promise<Found> {
  if (call === undefined) return { hits: [], counts: [], capped: false, instead: [] }
  const rows = await sql<Hit & { counts: Found['counts'] }>`
    with found as materialized (select * from ${call}),
      counts as (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'n', n) order by n desc, kind), '[]') as counts
        from (select kind, count(*)::int as n from found group by kind) by_kind),
      hits as (select r.object_id, r.kind, r.path, r.title, r.detail, r.names, f.score from found f join app.search_row r using (object_id)
        where ${kind ?? null}::text is null or f.kind = ${kind ?? null}::text
        order by f.score desc, r.object_id offset ${offset ?? 0} limit ${limit})
    select counts.counts, hits.object_id as "objectId", hits.kind, hits.path, hits.title, hits.detail, hits.names
    from counts left join hits on true order by hits.score desc nulls last, hits.object_id`.execute(db)
  const counts = rows.rows[0]?.counts ?? []
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  const hits = rows.rows.filter((row) => row.objectId !== null).map(({ counts: _, ...hit }) => hit)
  return { hits, counts, capped: total > countCap, instead: [] }
}

/**
 * The call of `app.search` for what somebody typed: `object_id`, `kind` and `score` of at most `countCap + 1` things.
 *
 * @param kinds only these; all if not given
 * @param near other spellings of words
 * @returns `undefined` when nothing that can be looked for was typed
 */
export function searchCall(typed: string, kinds?: readonly string[], near?: ReadonlyMap<string, readonly string[]>): RawBuilder<unknown> | undefined {
  const words = tsQuery(typed, near)
  return words === undefined
    ? undefined
    : sql`app.search(${words}::tsquery, ${words.replaceAll(/'([^']+)'/g, "'^$1'")}::tsquery, ${foldKey(typed)}, ${kinds ?? null}::text[], ${countCap + 1})`
}

/** The longest name that is kept as a whole; PostgreSQL takes terms of two thousand bytes at most. */
const longestName = 400

function rowOf(document: SearchDocument) {
  const [names, aliases, words] = [document.names, document.aliases, document.words].map((texts) => texts.flatMap(terms))
  const wholes = [...document.names, ...document.aliases].map(foldKey).filter(({ length }) => length <= longestName)
  return {
    object_id: document.objectId,
    space_id: document.spaceId,
    kind: document.kind,
    path: document.path,
    title: document.title,
    detail: document.detail,
    names: [...new Set([...document.names, ...document.aliases])],
    terms: [
      ...new Set(
        document.names
          .filter(({ length }) => length <= longestName)
          .flatMap(looksOf)
          .map((look) => `'~${look}'`),
      ),
      ...[`@${document.spaceId}`, `#${document.kind}`, ...new Set(wholes.map((name) => `=${name}`))].map((term) => `'${term}'`),
      ...new Set([...(names ?? []), ...(aliases ?? [])].map((term) => `'^${term}'`)),
      weighted(names ?? [], 'A'),
      weighted(aliases ?? [], 'B'),
      weighted(words ?? [], 'C'),
    ].join(' '),
  }
}
