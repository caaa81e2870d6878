import { foldEmail } from '../../../platform/access/accounts.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { Secrets } from '../../../platform/secrets/secrets.ts'
import { closePerson, reopenPerson } from '../actions/close-account.ts'
import { resetFactors } from '../actions/reset-factors.ts'

const email = [{ name: 'email', description: 'the address they sign in with' }] as const

/** `puente person reset-factors`: for somebody who has lost telephone, recovery codes and passkeys. */
export const resetFactorsCommand: Command = {
  path: ['person', 'reset-factors'],
  summary: 'take second factor, recovery codes and passkeys from somebody who has lost them all; the password stays',
  args: email,
  async run({ config, database, args, out, json }) {
    const address = args['email'] ?? ''
    const base = config.url ?? `http://localhost:${config.port}`
    const reset = await resetFactors({ database, secrets: new Secrets(config.data), base }, address)
    const what = `${reset.totp ? 'the second factor' : 'no second factor'}, ${reset.passkeys} passkeys; ${reset.sessions} sessions ended`
    out(json ? JSON.stringify({ email: address, ...reset }) : `Removed from ${address}: ${what}. They were told by mail.`)
  },
}

/** `puente person close`: for somebody who has left, or whose account somebody else has got hold of. */
const close: Command = {
  path: ['person', 'close'],
  summary: 'close the account of somebody: signed out everywhere, no way in, roles and offices ended; what they did stays',
  args: email,
  async run({ config, database, args, out, json }) {
    const address = args['email'] ?? ''
    const closed = await closePerson({ database, secrets: new Secrets(config.data) }, address)
    const what = `${closed.sessions} sessions, ${closed.roles} roles and ${closed.offices} offices ended`
    out(json ? JSON.stringify({ email: address, ...closed }) : `Closed the account of ${address}: ${what}. They were told by mail.`)
  },
}

/** `puente person reopen`: takes a closing back, but for what ended with it. */
const reopen: Command = {
  path: ['person', 'reopen'],
  summary: 'open an account that was closed; without password, factors, roles and offices, which are given anew',
  args: email,
  async run({ database, args, out, json }) {
    const address = args['email'] ?? ''
    await reopenPerson({ database }, address)
    out(
      json ? JSON.stringify({ email: address }) : `Opened the account of ${address}. They set a password on the page /password; roles are given by invitation.`,
    )
  },
}

/** `puente person mark`: whose failed sign-ins stand in the lines of the server. */
const mark: Command = {
  path: ['person', 'mark'],
  summary: 'say under which mark failed sign-ins at an address stand in the lines of the server, whether it has an account or not',
  args: email,
  async run({ config, args, out, json }) {
    const address = foldEmail(args['email'] ?? '')
    const marked = await new Secrets(config.data).mark(address)
    out(json ? JSON.stringify({ email: address, mark: marked }) : marked)
  },
}

export const personCommands: readonly Command[] = [resetFactorsCommand, close, reopen, mark]
