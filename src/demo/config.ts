import { resolve } from 'node:path'
import { readConfig, type Config } from '../platform/config.ts'
import { refuse } from '../platform/errors.ts'

const openid = ['OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET', 'OPENID_NAME']
/** What must not reach out of a demonstration, or lead into it, is not read: mail stays in the outbox, nobody signs in by a provider, and no model reads its listings. */
const unread = ['SMTP_URL', 'MAIL_FROM', ...openid, 'EMBEDDINGS_URL', 'EMBEDDINGS_MODEL', 'EMBEDDINGS_KEY']

/**
 * Reads the configuration of a demonstration: that of a server, on an embedded database in a folder of its own.
 *
 * @throws Refusal `config_invalid` for what belongs to a real instance
 */
export function readDemoConfig(env: NodeJS.ProcessEnv): Config {
  const config = readConfig({ ...env, PUENTE_DATA: env['PUENTE_DATA'] || './.puente-demo', ...Object.fromEntries(unread.map((name) => [name, ''])) })
  const reasons = [
    config.postgres && 'DATABASE_URL is set; a demonstration has an embedded database of its own, unset DATABASE_URL and DATABASE_OWNER_URL',
    config.url?.startsWith('https:') && 'PUENTE_URL begins with https, as of a public site; in a demonstration anybody signs in as anybody',
    config.data === resolve('./.puente') && 'PUENTE_DATA is the folder of the ordinary server; name another one',
  ].filter((reason) => typeof reason === 'string')
  if (reasons.length > 0) throw refuse('config_invalid', { reason: reasons.join('; ') })
  return config
}
