import { importer, operator } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { importRecord } from '../actions/import-record.ts'
import { mayReadCorrections } from '../policy.ts'
import { listCorrections } from '../store/corrections.ts'
import { exportRecord } from './export-record.ts'
import { tellIssues } from './issues.ts'
import { matchCommands } from './match.ts'
import { mergeCommands } from './merge.ts'

const importCommand: Command = {
  path: ['import', 'record'],
  summary: 'load the record from a folder of CSV files, all of it or nothing',
  args: [
    {
      name: 'dir',
      description: 'folder with places.csv, sources.csv, organizations.csv, agreements.csv and, as far as there are any, the other sheets',
      isPath: true,
    },
  ],
  async run({ database, files, args, out, err, json }) {
    const { issues, changes } = await importRecord({ database, files }, importer, args['dir'] ?? '', (step, rows) =>
      err(`${step}: ${formatNumber(rows, 'en')}`),
    )
    tellIssues({ out, json }, issues)
    if (json) return out(JSON.stringify(changes))
    for (const [what, { added, changed }] of Object.entries(changes)) out(`${what}: ${formatNumber(added, 'en')} added, ${formatNumber(changed, 'en')} changed`)
  },
}

const corrections: Command = {
  path: ['corrections'],
  summary: 'list what visitors say is wrong on the record, newest first',
  args: [],
  options: [{ name: 'limit', description: 'how many', default: '50' }],
  async run({ database, options, out, json }) {
    if (!mayReadCorrections(operator)) throw refuse('forbidden')
    const limit = Number(options['limit'])
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw refuse('usage', { reason: '--limit takes a number from 1 to 1000' })
    const rows = await database.read(operator, (db) => listCorrections(db, limit))
    if (json) return out(JSON.stringify(rows))
    if (rows.length === 0) out('Nothing has come in.')
    for (const row of rows)
      out(
        [
          `${row.sent_at.toISOString()}  ${row.about ?? '(no page named)'}`,
          `  ${row.claim}`,
          ...(row.evidence ? [`  Shown by: ${row.evidence}`] : []),
          ...(row.contact ? [`  From: ${row.contact}`] : []),
          ...(row.outcome ? [`  Dealt with: ${[row.outcome, row.note].filter(Boolean).join(', ')}`] : []),
        ].join('\n'),
      )
  },
}

const exportCommand: Command = {
  path: ['export', 'record'],
  summary: 'write the public record into a new folder as open data: CSV and JSON lines',
  args: [{ name: 'dir', description: 'a folder that is not there yet, or empty', isPath: true }],
  async run({ database, config, args, out, err, json }) {
    const base = config.url ?? `http://localhost:${config.port}`
    const written = await exportRecord(database, args['dir'] ?? '', base, (name, rows) => err(`${name}: ${formatNumber(rows, 'en')}`))
    if (json) return out(JSON.stringify({ folder: args['dir'], files: written }))
    out(`Wrote ${Object.keys(written).length} files to ${args['dir'] ?? ''}.`)
  },
}

export const recordCommands = [importCommand, ...matchCommands, exportCommand, ...mergeCommands, corrections]
