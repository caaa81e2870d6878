import { operator } from '../../../platform/access/actor.ts'
import type { Command, CommandContext } from '../../../platform/cli/command.ts'
import { parseInput } from '../../../platform/issues.ts'
import { mergeConcepts, restore, retire } from '../actions/curate.ts'
import { conceptKey, mergeInput, retireInput } from '../schema.ts'

const reason = [{ name: 'reason', description: 'why; it stands in the public history', default: '' }] as const
const key = (name: string, description: string) => ({ name, description })
const tell = ({ out, json }: CommandContext, answer: Record<string, string>, words: string) => out(json ? JSON.stringify(answer) : words)

const mergeCommand: Command = {
  path: ['vocabulary', 'merge'],
  summary: 'say that a concept is another one: it is retired, and the other has its labels',
  args: [key('kept', 'key of the concept that is kept'), key('gone', 'key of the one that is gone')],
  options: reason,
  async run(context) {
    const { database, args, options } = context
    const input = parseInput(mergeInput.omit({ version: true }), { kept: args['kept'], reason: options['reason'] })
    const gone = parseInput(conceptKey, args['gone'])
    await mergeConcepts(database, operator, gone, input)
    tell(context, { kept: input.kept, gone }, `${gone} is ${input.kept} from now on.`)
  },
}

const endings = {
  retire: { act: retire, summary: 'offer a concept no more; where it is used it stays' },
  restore: { act: restore, summary: 'bring back a concept that was retired or merged' },
}

const endingCommands = Object.entries(endings).map(([name, { act, summary }]): Command => ({
  path: ['vocabulary', name],
  summary,
  args: [key('key', 'key of the concept')],
  options: reason,
  async run(context) {
    const input = parseInput(retireInput.omit({ version: true }), { reason: context.options['reason'] })
    const concept = parseInput(conceptKey, context.args['key'])
    await act(context.database, operator, concept, input)
    tell(context, { key: concept }, `${concept}: done.`)
  },
}))

export const curationCommands = [mergeCommand, ...endingCommands]
