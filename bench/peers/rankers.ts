import MiniSearch from 'minisearch'
import type { TestPostgres } from '../../test/support/postgres.ts'
import { ownerName } from '../../test/support/postgres.ts'
import pg from 'pg'

export type Document = { id: string; text: string }
export type Query = { id: string; text: string }
/** Ranks documents for a query, best first. @returns ids with scores, `most` at most */
export type Ranker = { name: string; rank: (query: Query, most: number) => Promise<{ document: string; score: number }[]> }

const wordsAndPairs = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}+|[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).flatMap((run) => (/^\p{Script=Han}/u.test(run) && run.length > 1 ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)) : [run]))

/** Plain BM25 (k1 1.2, b 0.75) over words in small letters, and over pairs of characters in Han script. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009). */
export function bm25(documents: readonly Document[]): Ranker {
  const postings = new Map<string, { at: number; times: number }[]>()
  const lengths = documents.map(({ text }, at) => {
    const words = wordsAndPairs(text)
    const times = new Map<string, number>()
    for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
    for (const [word, n] of times) postings.set(word, [...(postings.get(word) ?? []), { at, times: n }])
    return words.length
  })
  const usual = lengths.reduce((sum, length) => sum + length, 0) / documents.length
  return {
    name: 'BM25',
    rank: ({ text }, most) => {
      const scores = new Map<number, number>()
      for (const word of new Set(wordsAndPairs(text))) {
        const found = postings.get(word) ?? []
        const rarity = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5))
        for (const { at, times } of found) {
          const gain = (rarity * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * (lengths[at] ?? 0)) / usual))
          scores.set(at, (scores.get(at) ?? 0) + gain)
        }
      }
      return Promise.resolve(
        [...scores]
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, most)
          .map(([at, score]) => ({ document: documents[at]?.id ?? '', score })),
      )
    },
  }
}

/** MiniSearch as it comes: its tokens, prefixes and slips off, any word may match. */
export function miniSearch(documents: readonly Document[]): Ranker {
  const index = new MiniSearch<Document>({ fields: ['text'], idField: 'id' })
  index.addAll(documents)
  return {
    name: 'MiniSearch',
    rank: ({ text }, most) =>
      Promise.resolve(
        index
          .search(text)
          .slice(0, most)
          .map(({ id, score }) => ({ document: String(id), score })),
      ),
  }
}

/** PostgreSQL's own full-text search with the configuration `simple`: any word of the query may match, `ts_rank` decides. Each call makes a table of its own. */
export async function postgresText(server: TestPostgres, database: string, documents: readonly Document[]): Promise<Ranker & { end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: server.url(ownerName, database) })
  await client.connect()
  await client.query('create temp table documents (id text primary key, words tsvector)')
  await client.query("insert into documents select id, to_tsvector('simple', text) from jsonb_to_recordset($1::jsonb) as d (id text, text text)", [
    JSON.stringify(documents),
  ])
  await client.query('create index on documents using gin (words)')
  return {
    name: 'PostgreSQL simple',
    rank: async ({ text }, most) => {
      const { rows } = await client.query<{ document: string; score: number }>(
        `with asked as (select string_agg(quote_literal(lexeme), ' | ')::tsquery as query from unnest(to_tsvector('simple', $1)))
         select id as document, ts_rank(words, query, 1) as score from documents, asked where words @@ query order by 2 desc, 1 limit $2`,
        [text, most],
      )
      return rows
    },
    end: () => client.end(),
  }
}
