import { accountByEmail, accountById, setPassword } from '../../../platform/access/accounts.ts'
import { accounts, thePublic, type Person } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait } from '../../../platform/access/attempts.ts'
import { makeLink, readLink, takeLink } from '../../../platform/access/links.ts'
import { isPassword } from '../../../platform/access/passwords.ts'
import { endPendings } from '../../../platform/access/pending.ts'
import { endSessions, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mailPassword } from './mails.ts'
import { logPerson } from './log-person.ts'
import { hashNew } from './new-password.ts'
import { asPerson, letIn, originOf, type Entry, type From } from './sign-in.ts'

/** Sends a link for a new password, if the address has an account; whoever asks learns neither. */
export async function askForPassword({ database, secrets }: { database: Database; secrets: Secrets }, email: string, base: string): Promise<void> {
  await database.write(accounts, async (db) => {
    const account = await accountByEmail(database, db, email)
    if (!account) return
    const token = await makeLink(database, db, 'password', { accountId: account.id })
    await mailPassword(db, secrets, account, `${base}/${account.language}/password/${token}`)
    await logPerson(db, account.id, 'members.password.asked', {})
  })
}

/** Whether a link for a new password works. */
export const isPasswordLink = (database: Database, token: string): Promise<boolean> =>
  database.read(thePublic, async (db) => (await readLink(database, db, 'password', token)) !== undefined)

/**
 * Sets a new password by a link. All sessions end; the browser gets a new one, where there is a second factor only after that.
 *
 * @returns how far they came, or what is wrong with the password
 * @throws Refusal `link_ended`
 */
export async function setPasswordByLink(database: Database, token: string, password: string, from: Visitor): Promise<Entry | Issue[]> {
  const account = await database.read(thePublic, async (db) => {
    const link = await readLink(database, db, 'password', token)
    return link?.accountId ? accountById(database, db, link.accountId) : undefined
  })
  if (!account) throw refuse('link_ended')
  const made = await hashNew(database, password, account)
  if ('issues' in made) return made.issues
  return database.write(asPerson(account), async (db) => {
    if (!(await takeLink(database, db, 'password', token))) throw refuse('link_ended')
    await setPassword(database, db, account.id, made.hash)
    await endSessions(database, db, account.id, { allBut: undefined })
    await endPendings(database, db, account.id)
    const entry = await letIn(database, db, account.id, from)
    await logPerson(db, account.id, 'members.password.set', { by: 'link' })
    return entry
  })
}

/**
 * Changes the password of somebody signed in; every other session ends. Guesses at the present one count with those at signing in.
 *
 * @returns what is wrong, nothing if it is changed
 * @throws Refusal `too_many_requests` when they have to wait after wrong guesses
 */
export async function changePassword(database: Database, person: Person, typed: { current: string; password: string }, from: From): Promise<Issue[]> {
  const { account, origin, wait } = await database.read(person, async (db) => {
    const own = await accountById(database, db, person.id)
    if (!own) throw refuse('forbidden')
    const where = await originOf(database, db, own.email, from)
    return { account: own, origin: where, wait: await secondsToWait(database, db, own.email, where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  if (!(await isPassword(typed.current, account.password))) {
    await database.write(person, (db) => noteFailure(database, db, account.email, origin))
    return [{ path: 'current', code: 'wrong_password' }]
  }
  const made = await hashNew(database, typed.password, account)
  if ('issues' in made) return made.issues
  await database.write(person, async (db) => {
    await setPassword(database, db, person.id, made.hash)
    await forgetFailures(database, db, account.email, origin)
    await endSessions(database, db, person.id, { allBut: person.session })
    await endPendings(database, db, person.id)
    await logPerson(db, person.id, 'members.password.set', { by: 'person' })
  })
  return []
}
