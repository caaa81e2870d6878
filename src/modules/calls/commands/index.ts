import { operator } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { unitWord } from '../../exchange/index.ts'
import { callFilter } from '../schema/calls.ts'
import { callByNumber, readCall } from '../store/calls.ts'
import { listSteps } from '../store/lines.ts'
import { listCalls } from '../store/lists.ts'
import { presentCall, presentListed } from '../views/present.ts'

const most = 1000
const inEnglish = (text: Parameters<typeof pickText>[0], original: string) => pickText(text, 'en', original)?.text ?? ''
const number = (n: number) => formatNumber(n, 'en')

const list: Command = {
  path: ['call', 'list'],
  summary: `show the calls for urgent needs that everybody reads, at most ${most}: number, kind, state, last day, title; open ones by their last day`,
  args: [],
  options: [
    { name: 'state', description: 'open or past', default: 'open' },
    { name: 'kind', description: 'of one kind only', default: '' },
  ],
  async run({ database, options, out, json }) {
    const filter = parseInput(callFilter, { state: options['state'], kind: options['kind'] })
    const { rows } = await database.read(operator, (db) => listCalls(db, filter, most))
    for (const call of rows)
      out(
        json
          ? JSON.stringify(presentListed(call))
          : [call.number ?? call.id, call.kind, call.state, call.deadline ?? '', inEnglish(call.title, call.original)].join('\t'),
      )
  },
}

const show: Command = {
  path: ['call', 'show'],
  summary: 'show one call that everybody reads: what is needed, and how far it has come',
  args: [{ name: 'number', description: 'its number, such as CA-2026-0012' }],
  async run({ database, args, out, json }) {
    const found = await database.read(operator, async (db) => {
      const id = await callByNumber(db, args['number'] ?? '')
      const call = id === undefined ? undefined : await readCall(db, id)
      return call && { call, steps: await listSteps(db, call.id) }
    })
    if (!found) throw refuse('not_found')
    const { call, steps } = found
    if (json) return out(JSON.stringify(presentCall(call, steps)))
    out(`${call.number ?? ''}\t${inEnglish(call.title, call.original)}`)
    out(`${call.kind}\t${call.state}\tuntil ${call.deadline ?? ''}\t${call.countries.join(' ')}`)
    for (const { item, original, amount, unit, pledged, accepted, delivered } of call.lines) {
      const sums = call.seesTotals ? `\t${number(pledged)} pledged\t${number(accepted)} accepted\t${number(delivered)} delivered` : ''
      out(`${inEnglish(item, original)}\t${number(amount)} ${unitWord(unit, 'en')}${sums}`)
    }
    for (const { what, madeAt, text, original } of steps)
      out(`${madeAt.toISOString()}\t${what}\t${text === null ? '' : inEnglish(text, original ?? call.original)}`)
  },
}

export const callsCommands: readonly Command[] = [list, show]
