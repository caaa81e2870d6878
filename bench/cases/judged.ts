import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import '../../src/modules.ts'
import { readJudgedSet, type JudgedListing, type JudgedSet, type Judgements } from '../../src/evaluation/judged-set.ts'
import { findAll } from '../../src/evaluation/pipeline.ts'
import type { Ranked } from '../../src/evaluation/run-file.ts'
import { score, type Scores } from '../../src/evaluation/score.ts'
import { readConfig } from '../../src/platform/config.ts'
import { root } from '../../src/platform/root.ts'
import { bm25, miniSearch, postgresText, type Ranker } from '../peers/rankers.ts'
import type { Benchmark, Options } from '../support/benchmark.ts'
import { benchPostgres } from '../support/puente.ts'
import { markdownTable } from '../support/table.ts'

const folder = join(root, 'bench', 'matching')
const sets = readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
const most = 50

type Row = { set: string; half: string; what: 'matches' | 'search'; way: string } & Scores
/** What a way of finding answers to each query. */
type Answers = { way: string; matches: Ranked; search: Ranked }

/** How well counterparts and typed searches fit what was judged, beside what words alone find in the same listings. */
export const judged: Benchmark = {
  name: 'judged',
  cases: sets.map((name) => `judged-${name}`),
  run: async (chosen, options) => {
    const rows: Row[] = []
    for (const name of sets.filter((each) => chosen.includes(`judged-${each}`))) rows.push(...(await ofSet(name, options)))
    return { tables: [tableOf(rows)], rows, failures: 0 }
  },
}

async function ofSet(name: string, { say }: Options): Promise<Row[]> {
  const set = await readJudgedSet(join(folder, name))
  if (set.issues.length > 0) throw new Error(`${name}: ${JSON.stringify(set.issues[0])}`)
  const answers: Answers[] = [{ way: 'Puente', ...(await findAll(readConfig({}), set, say)) }]
  const documents = set.listings.map(({ id, title, text }) => ({ id, text: `${title} ${text}` }))
  const inPostgres = await postgresText(await benchPostgres(), 'postgres', documents)
  for (const ranker of [bm25(documents), miniSearch(documents), inPostgres]) {
    say(`${name}: ${ranker.name} …`)
    answers.push(await byWords(ranker, set))
  }
  await inPostgres.end()
  const sides = new Map(
    readFileSync(join(folder, name, 'split.tsv'), 'utf8')
      .split('\n')
      .map((line) => line.split('\t') as [string, string]),
  )
  return ['tune', 'report'].flatMap((half) => answers.flatMap((each) => scored(each, set, name, half, (query) => sides.get(query) === half)))
}

/** Words alone, asked with the title and text of a listing; the same rules of who may meet are kept, so that what differs is what is found. */
async function byWords(ranker: Ranker, { listings, queries }: JudgedSet): Promise<Answers> {
  const byId = new Map(listings.map((each) => [each.id, each]))
  const matches = new Map<string, { document: string; score: number }[]>()
  for (const listing of listings) {
    const found = await ranker.rank({ id: listing.id, text: `${listing.title} ${listing.text}` }, listings.length)
    matches.set(listing.id, found.filter(({ document }) => mayMeet(listing, byId.get(document))).slice(0, most))
  }
  const search = new Map<string, { document: string; score: number }[]>()
  for (const { id, text } of queries) search.set(id, await ranker.rank({ id, text }, most))
  return { way: ranker.name, matches, search }
}

const mayMeet = (a: JudgedListing, b: JudgedListing | undefined): boolean =>
  b !== undefined && a.direction !== b.direction && a.org !== b.org && !a.countries_excluded.includes(b.country) && !b.countries_excluded.includes(a.country)

function scored(
  { way, matches, search }: Answers,
  { listings, judgements, queries }: JudgedSet,
  set: string,
  half: string,
  isIn: (query: string) => boolean,
): Row[] {
  const languages = new Map(listings.map(({ id, language }) => [id, language]))
  const typed = new Map(queries.map((each) => [each.id, each]))
  const document = (id: string) => languages.get(id)
  const part = (all: Judgements) => new Map([...all].filter(([query]) => isIn(query)))
  const run = (ranked: Ranked) => new Map([...ranked].map(([query, found]) => [query, found.map((each) => each.document)]))
  const relevant = new Map(queries.map((each) => [each.id, each.relevant]))
  return [
    { set, half, what: 'matches', way, ...score(part(judgements), run(matches), { query: document, document }) },
    { set, half, what: 'search', way, ...score(part(relevant), run(search), { query: (id) => typed.get(id)?.language, document }) },
  ]
}

const figure = (n: number | null) => (n === null ? '' : n.toFixed(3))

function tableOf(rows: readonly Row[]): string {
  const head = ['set', 'half', 'what', 'way', 'queries', 'forbidden', 'nDCG@10', 'same', 'cross', 'recall@10', 'same', 'cross', 'MRR']
  const lines = rows.map(({ set, half, what, way, all, same, cross }) => {
    const figures = [all.ndcg10, same.ndcg10, cross.ndcg10, all.recall10, same.recall10, cross.recall10, all.mrr].map(figure)
    return [set, half, what, way, String(all.queries), String(all.forbidden), ...figures]
  })
  return markdownTable(head, lines, 4)
}
