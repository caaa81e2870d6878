import { importer } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { mergeOrganizations, unmergeOrganization } from '../actions/merge-organizations.ts'

const reason = { name: 'reason', description: 'why, for the log; needed', default: '' } as const

/** The reason that was given. */
function reasonIn(options: Record<string, string | boolean>): string {
  const text = options['reason']
  if (typeof text !== 'string' || text.trim() === '') throw refuse('usage', { reason: 'say why with --reason TEXT' })
  return text
}

const merge: Command = {
  path: ['merge', 'organization'],
  summary: 'make one of two organizations on record that are the same; can be taken back',
  args: [
    { name: 'keep', description: 'key of the one that stays' },
    { name: 'gone', description: 'key of the one whose page leads there from now on' },
  ],
  options: [reason],
  async run({ database, args, options, out, json }) {
    const input = { kept: args['keep'] ?? '', gone: args['gone'] ?? '', reason: reasonIn(options) }
    const entries = await mergeOrganizations(database, importer, input)
    out(json ? JSON.stringify({ ...input, entries }) : `${input.gone} is now ${input.kept}: ${formatNumber(entries, 'en')} entries are shown anew.`)
  },
}

const unmerge: Command = {
  path: ['unmerge', 'organization'],
  summary: 'take back that an organization was merged into another',
  args: [{ name: 'gone', description: 'key of the one that was merged' }],
  options: [reason],
  async run({ database, args, options, out, json }) {
    const input = { gone: args['gone'] ?? '', reason: reasonIn(options) }
    const entries = await unmergeOrganization(database, importer, input)
    out(json ? JSON.stringify({ ...input, entries }) : `${input.gone} stands by itself again: ${formatNumber(entries, 'en')} entries are shown anew.`)
  },
}

export const mergeCommands = [merge, unmerge]
