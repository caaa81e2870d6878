import type { z } from 'zod'
import type { Command, CommandContext } from '../../../platform/cli/command.ts'
import { operator } from '../../../platform/access/actor.ts'
import { refuse } from '../../../platform/errors.ts'
import { platformTexts } from '../../../platform/i18n/index.ts'
import { languageNames, languages } from '../../../platform/i18n/languages.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { addNetwork, changeNetworkName, inviteAdministrator } from '../actions/networks.ts'
import { administratorInput, networkInput, networkRenaming } from '../schema/networks.ts'
import { countNetworks } from '../store/networks.ts'

const key = { name: 'key', description: 'its word in addresses: lower-case letters, digits, hyphens' }
const names = languages.map((language) => ({ name: language, description: `its name in ${languageNames[language]}`, default: '' }))

const namesIn = (options: CommandContext['options']) =>
  Object.fromEntries(languages.map((language) => [language, options[language]]).filter(([, name]) => name !== '' && name !== undefined))
const linkOf = ({ config }: CommandContext, path: string) => `${config.url ?? `http://localhost:${config.port}`}${path}`

/** Reads what was typed; says everything that is wrong with it, each by its option. */
function read<S extends z.ZodType>(schema: S, typed: unknown, { err }: CommandContext): z.output<S> {
  const parsed = schema.safeParse(typed, { reportInput: true })
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  for (const { path, code, params } of issues)
    err(`${path.replace(/^name\./, '--').replace('administrator', '--administrator')}: ${platformTexts.en(`issue.${code}`, params)}`)
  throw refuse('invalid_input', {}, issues)
}

const add: Command = {
  path: ['network', 'add'],
  summary: 'make another network on this instance, and the link with which its first administrator comes in',
  args: [key],
  options: [...names, { name: 'administrator', description: 'mail address of its first administrator, for whom alone the link works', default: '' }],
  async run(context) {
    const { database, args, options, out, json } = context
    const typed = { key: args['key'], name: namesIn(options), administrator: options['administrator'] === '' ? undefined : options['administrator'] }
    const input = read(networkInput, typed, context)
    const link = linkOf(context, await addNetwork(database, input))
    if (json) return out(JSON.stringify({ key: input.key, link }))
    out(`The network ${input.key} is made. This link makes its first administrator; it works once, within two weeks, for ${input.administrator}:`)
    out(link)
  },
}

const rename: Command = {
  path: ['network', 'rename'],
  summary: 'give a network other names; languages that are left out keep theirs',
  args: [key],
  options: names,
  async run(context) {
    const { database, args, options, out, json } = context
    const input = read(networkRenaming, { key: args['key'], name: namesIn(options) }, context)
    if (Object.keys(input.name).length === 0) throw refuse('usage', { reason: 'give at least one of --en, --es, --zh, --vi' })
    const name = await changeNetworkName(database, input)
    out(json ? JSON.stringify({ key: input.key, name }) : `${input.key}: ${Object.values(name).join(' · ')}`)
  },
}

const invite: Command = {
  path: ['network', 'invite'],
  summary: 'make a new link for an administrator of a network, when an earlier one has ended',
  args: [key, { name: 'email', description: 'mail address of the administrator' }],
  async run(context) {
    const { database, args, out, json } = context
    const input = read(administratorInput, { key: args['key'], administrator: args['email'] }, context)
    const link = linkOf(context, await inviteAdministrator(database, input.key, input.administrator))
    out(json ? JSON.stringify({ key: input.key, link }) : link)
  },
}

const list: Command = {
  path: ['network', 'list'],
  summary: 'the networks of this instance; the first runs the instance too',
  args: [],
  async run({ database, out, json }) {
    const networks = await database.read(operator, countNetworks)
    if (json) return out(JSON.stringify(networks.map(({ id: _, ...network }) => network)))
    for (const network of networks)
      out(`${network.key}: ${Object.values(network.name).join(' · ')}; ${network.members} members, ${network.officers} people at work`)
    if (networks.length === 0) out('There is no network yet. The first administrator makes one, or: puente network add')
  },
}

export const networkCommands: readonly Command[] = [add, rename, invite, list]
