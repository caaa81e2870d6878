import { importer } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { loadBuiltIn } from '../actions/load-built-in.ts'
import { importThesaurus } from '../actions/import-thesaurus.ts'
import { tellIssues } from '../../../platform/cli/issues.ts'

const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : '')
const number = (n: number) => formatNumber(n, 'en')

export const importCommand: Command = {
  path: ['import', 'vocabulary'],
  summary: 'load a thesaurus, all of it or nothing: SKOS in Turtle or RDF/XML, concepts in CSV, or a list of terms',
  args: [{ name: 'file', description: '.ttl, .rdf, .xml or .csv', isPath: true }],
  options: [
    { name: 'dry-run', description: 'say what would be done, and write nothing', default: false },
    { name: 'scheme', description: 'short name of the thesaurus in addresses; the name of the file if not given', default: '' },
    { name: 'name', description: 'its name, where the file does not say it', default: '' },
    { name: 'licence', description: 'its licence, where the file does not say it', default: '' },
    { name: 'source', description: 'where it is from, where the file does not say it', default: '' },
  ],
  async run({ database, args, options, out, err, json }) {
    const given = { key: text(options['scheme']), name: text(options['name']), licence: text(options['licence']), source: text(options['source']) }
    const { issues, scheme, counts, doubtful } = await importThesaurus(
      database,
      importer,
      args['file'] ?? '',
      { ...given, dryRun: options['dry-run'] === true },
      (step, n) => err(`${step}: ${number(n)}`),
    )
    tellIssues({ out, json }, issues)
    if (json) return out(JSON.stringify({ scheme, counts, doubtful }))
    const attached = counts.code + counts.labels
    out(
      `${scheme.name} (${scheme.key}): ${number(attached)} attached (${number(counts.code)} by a code, ${number(counts.labels)} by labels), ${number(counts.new)} added, ${number(counts.known)} known from before.`,
    )
    out(`${number(doubtful.length)} to be looked at:`)
    for (const { key, doubts } of doubtful.slice(0, 50))
      for (const { kind, text: words, other } of doubts)
        out(kind === 'may-be' ? `  ${key}: may be ${other} (${words})` : `  ${key}: without "${words}", which means ${other}`)
    if (doubtful.length > 50) out(`  … ${number(doubtful.length - 50)} more; --json has them all.`)
    if (options['dry-run'] === true) out('Nothing was written.')
  },
}

export const loadCommand: Command = {
  path: ['vocabulary', 'load'],
  summary: 'load the vocabulary that comes with the program, as each start of the server does',
  args: [],
  options: [{ name: 'folder', description: 'another folder of CSV files, one for each area', default: '', isPath: true }],
  async run({ database, config, options, out, err, json }) {
    const folder = text(options['folder']) || config.vocabulary
    const { issues, problems, ...counts } = await loadBuiltIn(database, importer, folder, (n) => err(`concepts: ${number(n)}`))
    tellIssues({ out, json }, issues)
    for (const { area, key, kind, detail } of problems) out(json ? JSON.stringify({ area, key, kind, detail }) : `${area}: ${key}: ${kind} ${detail}`.trim())
    if (problems.length > 0) throw refuse('import_invalid', { n: problems.length })
    if (counts.added + counts.changed + counts.retired > 0) await database.vacuum()
    out(json ? JSON.stringify(counts) : `${number(counts.added)} added, ${number(counts.changed)} changed, ${number(counts.retired)} retired.`)
  },
}
