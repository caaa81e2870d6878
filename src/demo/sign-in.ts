import { memberActions } from '../modules/members/index.ts'
import { accountByEmail } from '../platform/access/accounts.ts'
import { thePublic, type Actor } from '../platform/access/actor.ts'
import { endSessions, type Visitor } from '../platform/access/sessions.ts'
import type { Database } from '../platform/db/database.ts'
import { readDemoMark } from '../platform/demo.ts'
import { refuse } from '../platform/errors.ts'

/**
 * Signs a browser in as somebody of the demonstration; who was signed in with it before is signed out. There is no password to it, so it asks the database, and not
 * only the way in which the server was started, whether all of this is invented.
 *
 * @throws Refusal `not_found` in a database that is not marked as a demonstration
 */
export async function becomePerson(database: Database, actor: Actor, email: string, from: Visitor) {
  if ((await readDemoMark(database)) !== 'built') throw refuse('not_found')
  const account = await database.read(thePublic, (db) => accountByEmail(database, db, email))
  if (!account) throw refuse('not_found')
  if (actor.kind === 'person')
    await database.write(actor, async (db) => {
      await endSessions(database, db, actor.id, { only: actor.session })
      await memberActions.logPerson(db, actor.id, 'members.session.ended', { session: actor.session })
    })
  return database.write(memberActions.asPerson(account), async (db) => {
    const entry = await memberActions.letIn(database, db, account.id, from)
    await memberActions.logPerson(db, account.id, 'members.session.started', { address: from.address, by: 'demo' })
    return entry
  })
}
