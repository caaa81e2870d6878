import type { Command } from '../../../platform/cli/command.ts'
import { Secrets } from '../../../platform/secrets/secrets.ts'
import { resetFactors } from '../actions/reset-factors.ts'

/** `puente person reset-factors`: for somebody who has lost telephone, recovery codes and passkeys. */
export const resetFactorsCommand: Command = {
  path: ['person', 'reset-factors'],
  summary: 'take second factor, recovery codes and passkeys from somebody who has lost them all; the password stays',
  args: [{ name: 'email', description: 'the address they sign in with' }],
  async run({ config, database, args, out, json }) {
    const email = args['email'] ?? ''
    const base = config.url ?? `http://localhost:${config.port}`
    const reset = await resetFactors({ database, secrets: new Secrets(config.data), base }, email)
    const what = `${reset.totp ? 'the second factor' : 'no second factor'}, ${reset.passkeys} passkeys; ${reset.sessions} sessions ended`
    out(json ? JSON.stringify({ email, ...reset }) : `Removed from ${email}: ${what}. They were told by mail.`)
  },
}
