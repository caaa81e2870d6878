import { writeFile } from 'node:fs/promises'

/** Documents found for a query, best first, each with its score. */
export type Ranked = ReadonlyMap<string, readonly { document: string; score: number }[]>

/** Writes what was found in the form of TREC: `query Q0 document rank score tag`, ranks from 1. */
export async function writeRun(path: string, found: Ranked, tag: string): Promise<void> {
  const lines = [...found].flatMap(([query, documents]) =>
    documents.map(({ document, score }, at) => `${query} Q0 ${document} ${at + 1} ${score.toFixed(6)} ${tag}\n`),
  )
  await writeFile(path, lines.join(''))
}
