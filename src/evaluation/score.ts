import type { Judgements } from './judged-set.ts'

/** What a system answers to each query: documents, best first. */
export type Run = ReadonlyMap<string, readonly string[]>

/** Averages over `queries`, those with at least one document of grade 1 or more; `forbidden` counts all queries that show one of -1 among the first ten. */
export type Figures = { queries: number; forbidden: number; ndcg10: number | null; recall10: number | null; mrr: number | null }

/** `same`: only documents in the query's language count, in run and judgements; `cross`: only those in another. */
export type Scores = { all: Figures; same: Figures; cross: Figures }

/**
 * Scores a run against judgements.
 *
 * @param languageOf of queries and of documents
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002, with gain 2^grade − 1, none below grade 1;
 * recall among the first ten is of ten at most; MRR is of the first document of grade 2 or more.
 */
export function score(
  judgements: Judgements,
  run: Run,
  languageOf: { query: (id: string) => string | undefined; document: (id: string) => string | undefined },
): Scores {
  const figures = (keep: (query: string | undefined, document: string | undefined) => boolean) =>
    average(
      [...judgements].map(([query, grades]) =>
        ofQuery(grades, run.get(query) ?? [], (document) => keep(languageOf.query(query), languageOf.document(document))),
      ),
    )
  return { all: figures(() => true), same: figures((query, document) => query === document), cross: figures((query, document) => query !== document) }
}

type OfQuery = { isForbidden: boolean; counted?: { ndcg10: number; recall10: number; mrr: number } }

function ofQuery(grades: ReadonlyMap<string, number>, answered: readonly string[], counts: (document: string) => boolean): OfQuery {
  const got = answered
    .filter(counts)
    .slice(0, depth)
    .map((document) => grades.get(document) ?? 0)
  const isForbidden = got.some((grade) => grade < 0)
  const wanted = [...grades].filter(([document, grade]) => grade >= 1 && counts(document)).map(([, grade]) => grade)
  if (wanted.length === 0) return { isForbidden }
  const first = got.findIndex((grade) => grade >= 2)
  return {
    isForbidden,
    counted: {
      ndcg10: discounted(got) / discounted(wanted.toSorted((a, b) => b - a)),
      recall10: got.filter((grade) => grade >= 1).length / Math.min(depth, wanted.length),
      mrr: first < 0 ? 0 : 1 / (first + 1),
    },
  }
}

const depth = 10
const gain = (grade: number) => (grade >= 1 ? 2 ** grade - 1 : 0)
const discounted = (grades: readonly number[]) => grades.slice(0, depth).reduce((sum, grade, at) => sum + gain(grade) / Math.log2(at + 2), 0)

function average(queries: readonly OfQuery[]): Figures {
  const counted = queries.flatMap((each) => each.counted ?? [])
  const mean = (of: 'ndcg10' | 'recall10' | 'mrr') =>
    counted.length === 0 ? null : Number((counted.reduce((sum, each) => sum + each[of], 0) / counted.length).toFixed(4))
  return {
    queries: counted.length,
    forbidden: queries.filter(({ isForbidden }) => isForbidden).length,
    ndcg10: mean('ndcg10'),
    recall10: mean('recall10'),
    mrr: mean('mrr'),
  }
}
