import { thePublic } from '../../../platform/access/actor.ts'
import { isFrequentPassword } from '../../../platform/access/frequent-passwords.ts'
import { hashPassword } from '../../../platform/access/passwords.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Issue } from '../../../platform/errors.ts'
import { passwordIssues } from '../rules/passwords.ts'
import { listNetworks } from '../store/networks.ts'

/**
 * The hash of a new password of somebody, or what is wrong with it. Every way to set one goes through here, so none takes what another refuses.
 *
 * @param about whose it is to be: what can be read off them makes no password
 */
export async function hashNew(database: Database, password: string, about: { email: string; name: string }): Promise<{ hash: string } | { issues: Issue[] }> {
  const networks = await database.read(thePublic, listNetworks)
  const issues = passwordIssues(password, { ...about, networks: networks.flatMap(({ key, name }) => [key, ...Object.values(name)]) })
  if (issues.length === 0 && (await isFrequentPassword(password))) issues.push({ path: 'password', code: 'frequently_used' })
  return issues.length > 0 ? { issues } : { hash: await hashPassword(password) }
}
