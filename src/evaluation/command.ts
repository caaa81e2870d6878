import { join } from 'node:path'
import type { Command } from '../platform/cli/command.ts'
import { tellIssues } from '../platform/cli/issues.ts'
import { readJudgedSet, type JudgedSet } from './judged-set.ts'
import { findAll, type Found } from './pipeline.ts'
import { writeRun, type Ranked } from './run-file.ts'
import { score, type Run, type Scores } from './score.ts'

/** How well matches and searches of a judged set fit what was judged. */
export function scoresOf({ listings, judgements, queries }: JudgedSet, found: Found): { matches: Scores; search?: Scores } {
  const languages = new Map(listings.map(({ id, language }) => [id, language]))
  const document = (id: string) => languages.get(id)
  const typed = new Map(queries.map((each) => [each.id, each]))
  return {
    matches: score(judgements, runOf(found.matches), { query: document, document }),
    ...(queries.length > 0 && {
      search: score(new Map(queries.map(({ id, relevant }) => [id, relevant])), runOf(found.search), { query: (id) => typed.get(id)?.language, document }),
    }),
  }
}

const runOf = (ranked: Ranked): Run => new Map([...ranked].map(([query, documents]) => [query, documents.map(({ document }) => document)]))

/** `puente evaluate`: the real pipeline on a judged set. It touches no instance. */
export const evaluateCommand: Command = {
  path: ['evaluate'],
  summary: 'say how well matching and search do on a judged set, in a database made for it; writes matches.run and search.run',
  args: [{ name: 'folder', description: 'holds listings.jsonl, judgements.tsv and, for searches, queries.tsv', isPath: true }],
  options: [{ name: 'runs', description: 'where to write the run files, if not there', default: '', isPath: true }],
  isLocal: true,
  async run({ config, args, options, out, err, json }) {
    const folder = args['folder'] ?? ''
    const set = await readJudgedSet(folder)
    tellIssues({ out: err, json }, set.issues)
    const found = await findAll(config, set, err)
    const runs = typeof options['runs'] === 'string' && options['runs'] !== '' ? options['runs'] : folder
    await writeRun(join(runs, 'matches.run'), found.matches, 'puente')
    if (set.queries.length > 0) await writeRun(join(runs, 'search.run'), found.search, 'puente')
    out(JSON.stringify(scoresOf(set, found), null, json ? 0 : 1))
  },
}
