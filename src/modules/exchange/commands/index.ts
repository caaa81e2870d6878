import { importer } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { platformTexts } from '../../../platform/i18n/index.ts'
import { loadDerived } from '../actions/load-derived.ts'

const load: Command = {
  path: ['import', 'listings'],
  summary: 'load offers and needs that are derived from published sources, each with its sources',
  args: [{ name: 'file', description: 'a CSV file as seeds/exchange/listings.csv is one', isPath: true }],
  async run({ database, args, out, json }) {
    const { issues, ...counts } = await loadDerived(database, importer, args['file'] ?? '')
    for (const { file, line, issue } of issues) {
      const sentence = platformTexts.en(`issue.${issue.code}`, issue.params)
      out(json ? JSON.stringify({ file, line, column: issue.path, code: issue.code, message: sentence }) : `${file}:${line} ${issue.path}: ${sentence}`)
    }
    if (issues.length > 0) throw refuse('import_invalid', { n: issues.length })
    out(json ? JSON.stringify(counts) : `${counts.added} added, ${counts.changed} changed, ${counts.closed} closed.`)
  },
}

export const exchangeCommands: readonly Command[] = [load]
