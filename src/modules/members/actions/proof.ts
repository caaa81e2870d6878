import { accountById } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait } from '../../../platform/access/attempts.ts'
import { isPassword } from '../../../platform/access/passwords.ts'
import { isProven, proveSession } from '../../../platform/access/sessions.ts'
import type { Database, Scope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { logPerson } from './log-person.ts'
import { originOf, type From } from './sign-in.ts'

/** Whether whoever acts showed lately who they are. */
export const hasProof = (database: Database, person: Person): Promise<boolean> => database.read(person, (db) => isProven(database, db, person.session))

/** @throws Refusal `forbidden` when whoever acts has to show first who they are */
export async function requireProof(database: Database, db: Scope, person: Person): Promise<void> {
  if (!(await isProven(database, db, person.session))) throw refuse('forbidden')
}

/**
 * Somebody signed in shows by their password that it is still them. Guesses count with those at signing in.
 *
 * @returns what is wrong, nothing if it is them
 * @throws Refusal `too_many_requests` when they have to wait after wrong guesses
 */
export async function proveByPassword(database: Database, person: Person, password: string, from: From): Promise<Issue[]> {
  const { account, origin, wait } = await database.read(person, async (db) => {
    const own = await accountById(database, db, person.id)
    if (!own) throw refuse('forbidden')
    const where = await originOf(database, db, own.email, from)
    return { account: own, origin: where, wait: await secondsToWait(database, db, own.email, where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  const isRight = await isPassword(password, account.password)
  await database.write(person, async (db) => {
    if (!isRight) return noteFailure(database, db, account.email, origin)
    await forgetFailures(database, db, account.email, origin)
    await proveSession(database, db, person.session)
    await logPerson(db, person.id, 'members.session.proven', { session: person.session, by: 'password' })
  })
  return isRight ? [] : [{ path: 'current', code: 'wrong_password' }]
}
