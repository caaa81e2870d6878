import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languages } from '../platform/i18n/languages.ts'
import { root } from '../platform/root.ts'
import { readJudgedSet } from './judged-set.ts'
import { writeRun } from './run-file.ts'
import { score } from './score.ts'

const perfect = new Map([
  [
    'q',
    new Map([
      ['a', 3],
      ['b', 1],
      ['c', 0],
      ['d', -1],
    ]),
  ],
])
const languageOf = { query: () => 'en', document: (id: string) => (id === 'b' ? 'vi' : 'en') }

test('the best first scores one, and nothing that is forbidden counts as good', () => {
  expect(score(perfect, new Map([['q', ['a', 'b']]]), languageOf).all).toEqual({ queries: 1, forbidden: 0, ndcg10: 1, recall10: 1, mrr: 1 })
  expect(score(perfect, new Map([['q', ['d', 'a', 'b']]]), languageOf)).toMatchObject({
    all: { forbidden: 1, recall10: 1, mrr: 0.5 },
    cross: { forbidden: 0, ndcg10: 1, mrr: 0 },
  })
  expect(score(perfect, new Map(), languageOf).all).toEqual({ queries: 1, forbidden: 0, ndcg10: 0, recall10: 0, mrr: 0 })
  expect(score(new Map(), new Map(), languageOf).all).toEqual({ queries: 0, forbidden: 0, ndcg10: null, recall10: null, mrr: null })
})

const scorer = join(root, '..', 'shared', 'evaluation', 'score.mjs')

test.skipIf(!existsSync(scorer))('figures are those of the scorer that everybody uses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-judged-'))
  const listings = Array.from({ length: 60 }, (_, at) => ({
    id: `L-${at}`,
    org: `Example Institute ${at % 7}`,
    country: 'VN',
    direction: at % 2 ? 'offer' : 'need',
    pillar: 'research',
    language: languages[at % 4],
    title: 'Example',
    text: '',
  }))
  const grades = fc.dictionary(fc.constantFrom(...listings.map(({ id }) => id)), fc.integer({ min: -1, max: 3 }), { maxKeys: 25 })
  const runs = fc.shuffledSubarray(listings.map(({ id }) => id))
  const [judged, found] = fc.sample(fc.tuple(fc.array(grades, { minLength: 25, maxLength: 25 }), fc.array(runs, { minLength: 25, maxLength: 25 })), {
    numRuns: 1,
    seed: 9,
  })[0] ?? [[], []]
  const tab = (rows: readonly (readonly (string | number)[])[]) => rows.map((row) => `${row.join('\t')}\n`).join('')
  writeFileSync(join(folder, 'listings.jsonl'), listings.map((each) => `${JSON.stringify(each)}\n`).join(''))
  writeFileSync(
    join(folder, 'judgements.tsv'),
    tab([['query_id', 'doc_id', 'grade'], ...judged.flatMap((each, at) => Object.entries(each).map(([id, grade]) => [`L-${at}`, id, grade]))]),
  )
  const relevant = (each: Record<string, number>) =>
    Object.entries(each)
      .map(([id, grade]) => `${id}:${grade}`)
      .join(';')
  writeFileSync(
    join(folder, 'queries.tsv'),
    tab([['id', 'language', 'text', 'relevant'], ...judged.map((each, at) => [`Q-${at}`, languages[at % 4] ?? '', 'example', relevant(each)])]),
  )
  const ranked = (prefix: string) => new Map(found.map((ids, at) => [`${prefix}-${at}`, ids.map((document, place) => ({ document, score: 1 / (place + 1) }))]))
  await writeRun(join(folder, 'matches.run'), ranked('L'), 'test')
  await writeRun(join(folder, 'search.run'), ranked('Q'), 'test')

  const { issues, judgements, queries } = await readJudgedSet(folder)
  expect(issues).toEqual([])
  const run = (prefix: string) => new Map([...ranked(prefix)].map(([id, documents]) => [id, documents.map(({ document }) => document)]))
  const document = new Map(listings.map(({ id, language }) => [id, language]))
  const ofDocument = { document: (id: string) => document.get(id) }
  const ours = {
    matches: score(judgements, run('L'), { ...ofDocument, query: (id) => document.get(id) }),
    search: score(new Map(queries.map(({ id, relevant: each }) => [id, each])), run('Q'), {
      ...ofDocument,
      query: (id) => queries.find((each) => each.id === id)?.language,
    }),
  }
  expect(ours).toEqual(JSON.parse(execFileSync(process.execPath, [scorer, folder], { encoding: 'utf8' })))
  rmSync(folder, { recursive: true })
})
