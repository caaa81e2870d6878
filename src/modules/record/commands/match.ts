import { importer } from '../../../platform/access/actor.ts'
import type { Command, CommandContext } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { applyRegistry } from '../actions/apply-registry.ts'
import { matchRegistry, writeReport } from '../actions/match-registry.ts'
import { recordTexts } from '../text/index.ts'
import { tellIssues } from './issues.ts'

const matchCommand: Command = {
  path: ['import', 'ror'],
  summary: 'match organizations on record with the Research Organization Registry: first a report, then what it calls the same',
  args: [{ name: 'file', description: 'records of the registry, schema 2.0 or 2.1: JSON, or one a line', isPath: true }],
  options: [
    { name: 'report', description: 'write who may be whom into a new CSV file; nothing else is written', default: '', isPath: true },
    { name: 'apply', description: 'add what the registry says of the rows of a report whose decision is "same"', default: '', isPath: true },
  ],
  async run(context) {
    const [report, apply] = [context.options['report'], context.options['apply']].map((path) => (typeof path === 'string' && path !== '' ? path : undefined))
    if (report !== undefined && apply !== undefined) throw refuse('usage', { reason: 'name a file with --report or with --apply, not with both' })
    await (apply === undefined ? match(context, report) : add(context, apply))
  },
}

async function match(context: CommandContext, report: string | undefined): Promise<void> {
  const { database, args, out, json } = context
  const { issues, counts, pairs } = await matchRegistry(database, importer, args['file'] ?? '')
  tellIssues(context, issues)
  if (report !== undefined) await writeReport(report, pairs, (reason) => recordTexts.en(`match.${reason}`))
  if (json) return out(JSON.stringify({ ...counts, pairs: pairs.length }))
  const n = (count: number) => formatNumber(count, 'en')
  out(`${n(counts.records)} organizations in the registry's file.`)
  out(`On record: ${n(counts.certain)} are certain, ${n(counts.look)} have candidates to look at, ${n(counts.none)} have none.`)
  out(report === undefined ? 'Write the candidates into a file with --report FILE.' : `Wrote ${n(pairs.length)} candidates to ${report}.`)
}

async function add(context: CommandContext, apply: string): Promise<void> {
  const { database, args, out, json } = context
  const { issues, ...done } = await applyRegistry(database, importer, args['file'] ?? '', apply)
  tellIssues(context, issues)
  out(json ? JSON.stringify(done) : `${formatNumber(done.statements, 'en')} statements were added to ${formatNumber(done.organizations, 'en')} organizations.`)
}

export const matchCommands = [matchCommand]
