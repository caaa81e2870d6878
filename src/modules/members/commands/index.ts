import type { Command } from '../../../platform/cli/command.ts'
import { firstLink } from '../actions/first.ts'
import { keyCommands } from './keys.ts'
import { networkCommands } from './networks.ts'
import { termsCommands } from './terms.ts'
import { personCommands } from './person.ts'

const first: Command = {
  path: ['first'],
  summary: 'make the link with which the first administrator makes their account',
  args: [],
  async run({ config, database, out, json }) {
    const path = await firstLink(database)
    const link = path === undefined ? undefined : `${config.url ?? `http://localhost:${config.port}`}${path}`
    if (json) return out(JSON.stringify({ link: link ?? null }))
    out(link ?? 'There is an administrator already. They appoint others; a lost password is set anew on the page /password.')
  },
}

export const membersCommands: readonly Command[] = [first, ...personCommands, ...termsCommands, ...networkCommands, ...keyCommands]
