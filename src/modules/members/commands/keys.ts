import { operator } from '../../../platform/access/actor.ts'
import { listAllKeys } from '../../../platform/access/api-keys.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { Secrets } from '../../../platform/secrets/secrets.ts'
import { revokeAnyKey } from '../actions/api-keys.ts'
import { nameKeys } from '../store/organizations.ts'

/** Keys shown at once. */
const most = 1000

const list: Command = {
  path: ['key', 'list'],
  summary: `show the API keys that have not ended, the newest ${most}: id, beginning, name, whose, scopes, last day, last use`,
  args: [],
  async run({ database, out, json }) {
    const { keys, members } = await database.read(operator, async (db) => {
      const found = await listAllKeys(database, db, most)
      return {
        keys: found,
        members: await nameKeys(
          db,
          found.filter(({ owner }) => owner.kind === 'organization').map(({ owner }) => owner.id),
        ),
      }
    })
    for (const { id, hint, name, owner, email, scopes, endsAt, usedAt, state } of keys) {
      const whose = email ?? members.get(owner.id) ?? owner.id
      if (json) out(JSON.stringify({ id, hint, name, owner: { ...owner, name: whose }, scopes, ends_at: endsAt, used_at: usedAt, state }))
      else
        out(
          [id, `${hint}…`, name, whose, scopes.join(' '), `ends ${endsAt.toISOString()}`, usedAt ? `used ${usedAt.toISOString()}` : 'not used', state].join(
            '\t',
          ),
        )
    }
  },
}

const revoke: Command = {
  path: ['key', 'revoke'],
  summary: 'revoke an API key at once, such as one that was found where it should not be; its owner is told by mail',
  args: [{ name: 'key', description: 'its id as key list shows it, or the key itself' }],
  async run({ config, database, args, out, json }) {
    const base = config.url ?? `http://localhost:${config.port}`
    const revoked = await revokeAnyKey({ database, secrets: new Secrets(config.data), base, scopes: [] }, args['key'] ?? '')
    out(json ? JSON.stringify(revoked) : `Revoked ${revoked.id} (${revoked.name}). Whoever it belongs to was told by mail.`)
  },
}

export const keyCommands: readonly Command[] = [list, revoke]
