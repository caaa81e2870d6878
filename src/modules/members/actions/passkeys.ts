import type { Person } from '../../../platform/access/actor.ts'
import { makeChallenge, takeChallenge } from '../../../platform/access/challenges.ts'
import { credentialsOf, endPasskey, insertPasskey, listPasskeys, type PasskeyShown } from '../../../platform/access/passkeys.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import { additionOptions, challengeIn, checkAdded, readAdded, type RelyingParty } from '../../../platform/access/webauthn.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { hasWayIn } from '../rules/ways-in.ts'
import type { FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { mailNotice } from './mails.ts'
import { requireProof } from './proof.ts'
import { ownAccount } from './second-factor.ts'

/** The passkeys of whoever acts. */
export const ownPasskeys = (database: Database, person: Person): Promise<PasskeyShown[]> => database.read(person, (db) => listPasskeys(database, db, person.id))

/** What the browser is asked, to add a passkey. */
export async function askForAddition(database: Database, person: Person, party: RelyingParty) {
  const { challenge, account, known } = await database.write(person, async (db) => {
    await requireProof(database, db, person)
    return {
      challenge: await makeChallenge(database, db, 'addition', person.id),
      account: await ownAccount(database, db, person),
      known: await credentialsOf(database, db, person.id),
    }
  })
  return additionOptions(party, challenge, account, known)
}

/** Adds a passkey to the account of whoever acts. @returns `false` when it is not as it has to be */
export async function addPasskey(deps: FactorDeps, person: Person, party: RelyingParty, typed: { name: string; response: string }): Promise<boolean> {
  const { database, secrets, base } = deps
  const answer = readAdded(typed.response)
  if (!answer) return false
  const challenge = challengeIn(answer)
  const isAsked = await database.write(person, async (db) => {
    await requireProof(database, db, person)
    return takeChallenge(database, db, 'addition', person.id, challenge)
  })
  const passkey = isAsked ? await checkAdded(party, answer, challenge) : undefined
  if (!passkey) return false
  return database.write(person, async (db) => {
    const id = await insertPasskey(database, db, { ...passkey, accountId: person.id, name: typed.name })
    if (id === undefined) return false
    await mailNotice(db, secrets, await ownAccount(database, db, person), { what: 'passkey-added', params: { name: typed.name }, base })
    await logPerson(db, person.id, 'members.passkey.added', { passkey: id, name: typed.name })
    return true
  })
}

/**
 * Removes a passkey of whoever acts; every other session ends.
 *
 * @throws Refusal `not_found` when it is none of theirs; `last_way_in` when nobody would get into the account any more
 */
export async function removePasskey({ database, secrets, base }: FactorDeps, person: Person, id: string): Promise<void> {
  await database.write(person, async (db) => {
    await requireProof(database, db, person)
    const ended = await endPasskey(database, db, person.id, id)
    if (!ended) throw refuse('not_found')
    if (!hasWayIn({ hasPassword: ended.hasPassword, passkeys: ended.left })) throw refuse('last_way_in')
    await endSessions(database, db, person.id, { allBut: person.session })
    await mailNotice(db, secrets, await ownAccount(database, db, person), { what: 'passkey-removed', params: { name: ended.name }, base })
    await logPerson(db, person.id, 'members.passkey.removed', { passkey: id, name: ended.name })
  })
}
