import { accountById } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait } from '../../../platform/access/attempts.ts'
import { isPassword } from '../../../platform/access/passwords.ts'
import { factorsOf } from '../../../platform/access/second-factor.ts'
import { isProven, proveSession } from '../../../platform/access/sessions.ts'
import type { Database, Scope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { guessedAt, tellOfCode, useCode, type FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { originOf, type From } from './sign-in.ts'

/** Whether whoever acts showed lately who they are. */
export const hasProof = (database: Database, person: Person): Promise<boolean> => database.read(person, (db) => isProven(database, db, person.session))

/** @throws Refusal `forbidden` when whoever acts has to show first who they are */
export async function requireProof(database: Database, db: Scope, person: Person): Promise<void> {
  if (!(await isProven(database, db, person.session))) throw refuse('forbidden')
}

/**
 * Somebody signed in shows that it is still them, by all that signing in asks for: the password, and a code if there is a second factor. Guesses count with
 * those at signing in.
 *
 * @returns the new token of their session if it is them, else what is wrong
 * @throws Refusal `too_many_requests` when they have to wait after wrong guesses
 */
export async function proveByPassword(
  deps: FactorDeps,
  person: Person,
  typed: { current: string; code: string },
  from: From,
): Promise<{ token: string } | Issue[]> {
  const { database } = deps
  const { account, totp, origin, wait } = await database.read(person, async (db) => {
    const own = await accountById(database, db, person.id)
    if (!own) throw refuse('forbidden')
    const where = await originOf(database, db, own.email, from)
    const waits = [await secondsToWait(database, db, own.email, where), await secondsToWait(database, db, guessedAt(own.id), where)]
    return { account: own, origin: where, wait: Math.max(...waits), totp: (await factorsOf(database, db, own.id)).totp }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  const failed = (subject: string) => database.write(person, (db) => noteFailure(database, db, subject, origin))
  if (!(await isPassword(typed.current, account.password))) {
    await failed(account.email)
    return [{ path: 'current', code: 'wrong_password' }]
  }
  if (totp && typed.code === '') return [{ path: 'code', code: 'required' }]
  const token = await database.write(person, async (db) => {
    const used = totp ? await useCode(deps, db, person.id, typed.code) : undefined
    if (totp && !used) return undefined
    for (const subject of [account.email, guessedAt(account.id)]) await forgetFailures(database, db, subject, origin)
    const renewed = await proveSession(database, db, person.session)
    if (used) await tellOfCode(deps, db, account, used)
    await logPerson(db, person.id, 'members.session.proven', { session: person.session, by: used?.by ?? 'password' })
    return renewed
  })
  if (token !== undefined) return { token }
  await failed(guessedAt(account.id))
  return [{ path: 'code', code: 'wrong_code' }]
}
