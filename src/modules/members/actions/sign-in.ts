import { accountByEmail, foldEmail } from '../../../platform/access/accounts.ts'
import { thePublic, type Actor } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait, type Origin } from '../../../platform/access/attempts.ts'
import { isPassword } from '../../../platform/access/passwords.ts'
import { isKnownDevice, startSession, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logPerson } from './log-person.ts'

type From = Visitor & { device: string | undefined }

/**
 * Signs somebody in by address and password.
 *
 * @returns the token of the session; `undefined` when address and password do not belong together, whichever of them is wrong
 * @throws Refusal `too_many_requests` when they have to wait after wrong guesses
 */
export async function signIn(database: Database, typed: { email: string; password: string }, from: From): Promise<string | undefined> {
  const email = foldEmail(typed.email)
  const { account, origin, wait } = await database.read(thePublic, async (db) => {
    const known = from.device !== undefined && (await isKnownDevice(database, db, email, from.device))
    const where: Origin = known && from.device !== undefined ? { kind: 'device', token: from.device } : { kind: 'address', address: from.address }
    return { account: await accountByEmail(database, db, email), origin: where, wait: await secondsToWait(database, db, email, where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  // No transaction is open while the password is checked: it takes a while, for whoever asks.
  const isRight = await isPassword(typed.password, account?.password ?? null)
  if (!isRight || !account) {
    await database.write(thePublic, (db) => noteFailure(database, db, email, origin))
    return undefined
  }
  return database.write(asPerson(account), async (db) => {
    await forgetFailures(database, db, email, origin)
    const { token } = await startSession(database, db, account.id, from)
    await logPerson(db, account.id, 'members.session.started', { address: from.address })
    return token
  })
}

/** Somebody who has just shown who they are, before their browser has a session. */
export const asPerson = ({ id, name, language }: { id: string; name: string; language: 'en' | 'es' | 'zh' | 'vi' }): Actor => ({
  kind: 'person',
  id,
  name,
  language,
  session: id,
})
