import { accountByEmail, accountById } from '../../../platform/access/accounts.ts'
import { thePublic, type Person } from '../../../platform/access/actor.ts'
import { accountOfIdentity, connectIdentity, endIdentity, useIdentity, type Identity } from '../../../platform/access/identities.ts'
import { factorsOf } from '../../../platform/access/second-factor.ts'
import type { Proven } from '../../../platform/access/openid.ts'
import { startSession, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { hasWayIn } from '../rules/ways-in.ts'
import { logPerson } from './log-person.ts'
import { asPerson } from './sign-in.ts'

/** What a proven identity leads to: a session, an account that could be joined with it, or nothing. */
export type Arrival = { token: string } | { holder: string } | undefined

/**
 * Signs in whoever an identity is connected with. One that is connected with nobody is never joined on the strength of its address alone: whoever runs the
 * provider could then take any account.
 */
export async function signInByIdentity(database: Database, proven: Proven, from: Visitor): Promise<Arrival> {
  const account = await database.read(thePublic, async (db) => {
    const id = await accountOfIdentity(database, db, proven)
    return id === undefined ? undefined : accountById(database, db, id)
  })
  if (account) {
    return database.write(asPerson(account), async (db) => {
      if (!(await useIdentity(database, db, account.id, proven))) throw refuse('openid_failed', { reason: 'disconnected meanwhile' })
      const { token } = await startSession(database, db, account.id, from)
      await logPerson(db, account.id, 'members.session.started', { address: from.address, by: 'openid' })
      return { token }
    })
  }
  const email = await proven.email()
  const holder = email === undefined ? undefined : await database.read(thePublic, (db) => accountByEmail(database, db, email))
  return holder && { holder: holder.id }
}

/**
 * Connects an identity with the account of whoever acts. A second time changes nothing.
 *
 * @throws Refusal `identity_taken` when it is somebody else's, or the account has another one there
 */
export async function connectOwn(database: Database, person: Person, { issuer, subject }: Identity): Promise<void> {
  await database.write(person, async (db) => {
    if (await connectIdentity(database, db, person.id, { issuer, subject })) await logPerson(db, person.id, 'members.identity.connected', { issuer, subject })
    else if ((await accountOfIdentity(database, db, { issuer, subject })) !== person.id) throw refuse('identity_taken')
  })
}

/**
 * Disconnects the account of whoever acts from a provider. A second time changes nothing.
 *
 * @throws Refusal `last_way_in` when they could not sign in any more
 */
export async function disconnectOwn(database: Database, person: Person, issuer: string): Promise<void> {
  await database.write(person, async (db) => {
    const account = await accountById(database, db, person.id)
    const { passkeys } = await factorsOf(database, db, person.id)
    if (!hasWayIn({ hasPassword: account?.password != null, passkeys })) throw refuse('last_way_in')
    if (await endIdentity(database, db, person.id, issuer)) await logPerson(db, person.id, 'members.identity.ended', { issuer })
  })
}
