import { accountByEmail, foldEmail } from '../../../platform/access/accounts.ts'
import { thePublic, type Actor } from '../../../platform/access/actor.ts'
import { forgetFailures, noteHere, secondsToWait, takeGuess, type Origin } from '../../../platform/access/attempts.ts'
import { makePending } from '../../../platform/access/pending.ts'
import { isPassword } from '../../../platform/access/passwords.ts'
import { factorsOf } from '../../../platform/access/second-factor.ts'
import { isKnownDevice, startSession, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logPerson } from './log-person.ts'

export type From = Visitor & { device: string | undefined }

/** How far somebody came: they are signed in, or the second factor is awaited. The token is for the cookie of either. */
export type Entry = { session: string } | { pending: string }

/**
 * Lets somebody in by address and password; where there is a second factor, as far as its page.
 *
 * @returns `undefined` when address and password do not belong together, whichever of them is wrong
 * @throws Refusal `too_many_requests` when they have to wait after wrong guesses
 */
export async function signIn(database: Database, typed: { email: string; password: string }, from: From): Promise<Entry | undefined> {
  const email = foldEmail(typed.email)
  const { account, origin, wait } = await database.read(thePublic, async (db) => {
    const where = await originOf(database, db, email, from)
    return { account: await accountByEmail(database, db, email), origin: where, wait: await secondsToWait(database, db, email, where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  const isCounted = await database.write(thePublic, (db) => takeGuess(database, db, email, origin))
  // No transaction is open while the password is checked: it takes a while, for whoever asks.
  const isRight = await isPassword(typed.password, account?.password ?? null)
  if (!isRight || !account) {
    if (!isCounted) await database.write(thePublic, (db) => noteHere(database, db, email, origin))
    return undefined
  }
  return database.write(asPerson(account), async (db) => {
    await forgetFailures(database, db, email, origin, true)
    const entry = await letIn(database, db, account.id, from)
    const verb = 'session' in entry ? 'members.session.started' : 'members.password.given'
    await logPerson(db, account.id, verb, { address: from.address })
    return entry
  })
}

/** Starts a session, or awaits the second factor if the account has one. */
export async function letIn(database: Database, db: WriteScope, accountId: string, from: Visitor): Promise<Entry> {
  const { totp } = await factorsOf(database, db, accountId)
  return totp ? { pending: await makePending(database, db, accountId) } : { session: (await startSession(database, db, accountId, from)).token }
}

/** Where guesses at an account come from: a browser that is known to it, or an address. */
export async function originOf(database: Database, db: Scope, email: string, { device, address }: From): Promise<Origin> {
  const isKnown = device !== undefined && (await isKnownDevice(database, db, email, device))
  return isKnown ? { kind: 'device', token: device } : { kind: 'address', address }
}

/** Somebody who has just shown who they are, before their browser has a session. */
export const asPerson = ({ id, name, language }: { id: string; name: string; language: 'en' | 'es' | 'zh' | 'vi' }): Actor => ({
  kind: 'person',
  id,
  name,
  language,
  session: id,
})
