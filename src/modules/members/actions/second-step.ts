import { accountById } from '../../../platform/access/accounts.ts'
import { thePublic } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait } from '../../../platform/access/attempts.ts'
import { failPending, readPending, takePending } from '../../../platform/access/pending.ts'
import { startSession } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { guessedAt, tellOfCode, useCode, type FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { asPerson, originOf, type From } from './sign-in.ts'

/** Whether a browser is awaited to give a second factor. */
export const isPending = (database: Database, token: string | undefined): Promise<boolean> =>
  database.read(thePublic, async (db) => token !== undefined && (await readPending(database, db, token)) !== undefined)

/** Which address a browser gave that is awaited to give a second factor; nothing when its time is over, as after too many wrong codes. */
export const emailOfPending = (database: Database, token: string | undefined): Promise<string | undefined> =>
  database.read(thePublic, async (db) => {
    const pending = token === undefined ? undefined : await readPending(database, db, token)
    return pending && (await accountById(database, db, pending.accountId))?.email
  })

/**
 * Finishes signing in: with a code of the authenticator app, or a recovery code.
 *
 * @param token of the browser, from when the password was right
 * @returns the token of the session; `undefined` when the code is wrong
 * @throws Refusal `sign_in_ended`; `too_many_requests` when they have to wait after wrong codes
 */
export async function giveCode(deps: FactorDeps, token: string | undefined, typed: string, from: From): Promise<string | undefined> {
  const { database } = deps
  const { pending, account, origin, wait } = await database.read(thePublic, async (db) => {
    const found = token === undefined ? undefined : await readPending(database, db, token)
    const whose = found && (await accountById(database, db, found.accountId))
    if (!found || !whose) throw refuse('sign_in_ended')
    const where = await originOf(database, db, whose.email, from)
    return { pending: found, account: whose, origin: where, wait: await secondsToWait(database, db, guessedAt(whose.id), where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  const session = await database.write(asPerson(account), async (db) => {
    const used = await useCode(deps, db, account.id, typed)
    if (!used) return undefined
    if (!(await takePending(database, db, pending.id))) throw refuse('sign_in_ended')
    await forgetFailures(database, db, guessedAt(account.id), origin)
    const started = await startSession(database, db, account.id, from)
    await tellOfCode(deps, db, account, used)
    await logPerson(db, account.id, 'members.session.started', { address: from.address, by: used.by })
    return started.token
  })
  if (session !== undefined) return session
  await database.write(thePublic, async (db) => {
    await noteFailure(database, db, guessedAt(account.id), origin)
    await failPending(database, db, pending.id)
  })
  return undefined
}
