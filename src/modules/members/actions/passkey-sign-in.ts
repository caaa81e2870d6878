import { accountById, type Account } from '../../../platform/access/accounts.ts'
import { accounts, thePublic, type Person } from '../../../platform/access/actor.ts'
import { makeChallenge, takeChallenge } from '../../../platform/access/challenges.ts'
import { countPasskey, readPasskey, type Passkey } from '../../../platform/access/passkeys.ts'
import { proveSession, startSession, type Visitor } from '../../../platform/access/sessions.ts'
import { challengeIn, checkSigned, readSigned, signatureOptions, type RelyingParty } from '../../../platform/access/webauthn.ts'
import type { Database } from '../../../platform/db/database.ts'
import { logPerson } from './log-person.ts'
import { asPerson } from './sign-in.ts'

type Asked = { purpose: 'sign-in' | 'proof'; person: Person | undefined; party: RelyingParty }

/** What the browser is asked, to sign in or to show anew who somebody is; and the challenge in it. */
export async function askForSignature(database: Database, { purpose, person, party }: Asked) {
  const challenge = await database.write(person ?? thePublic, (db) => makeChallenge(database, db, purpose, person?.id ?? null))
  return { challenge, options: await signatureOptions(party, challenge) }
}

/**
 * Signs somebody in by a passkey. The device has asked for finger, face or number, so it stands for both factors.
 *
 * @param kept the challenge that this browser was given
 * @returns the token of the session; `undefined` when the passkey is not taken
 */
export async function signInByPasskey(
  database: Database,
  response: string,
  { party, kept, from }: { party: RelyingParty; kept: string | undefined; from: Visitor },
): Promise<string | undefined> {
  const used = await usePasskey(database, response, { purpose: 'sign-in', person: undefined, party, kept })
  if (!used) return undefined
  const { account, passkey } = used
  return database.write(asPerson(account), async (db) => {
    const { token } = await startSession(database, db, account.id, from)
    await logPerson(db, account.id, 'members.session.started', { address: from.address, by: 'passkey', passkey: passkey.id })
    return token
  })
}

/** Somebody signed in shows by a passkey that it is still them. @returns the new token of their session, if it is taken */
export async function proveByPasskey(database: Database, person: Person, response: string, party: RelyingParty): Promise<string | undefined> {
  const used = await usePasskey(database, response, { purpose: 'proof', person, party, kept: undefined })
  if (!used) return undefined
  return database.write(person, async (db) => {
    const token = await proveSession(database, db, person.session)
    await logPerson(db, person.id, 'members.session.proven', { session: person.session, by: 'passkey', passkey: used.passkey.id })
    return token
  })
}

/** Checks what a passkey signed, and counts it. */
async function usePasskey(
  database: Database,
  response: string,
  { purpose, person, party, kept }: Asked & { kept: string | undefined },
): Promise<{ account: Account; passkey: Passkey } | undefined> {
  const answer = readSigned(response)
  if (!answer) return undefined
  const challenge = challengeIn(answer)
  // Before signing in, nothing but its cookie ties a challenge to the browser that asked for it.
  if (person === undefined && challenge !== kept) return undefined
  const found = await database.write(person ?? thePublic, async (db) => {
    if (!(await takeChallenge(database, db, purpose, person?.id ?? null, challenge))) return undefined
    const passkey = await readPasskey(database, db, answer.id)
    const account = passkey && (await accountById(database, db, passkey.accountId))
    return account && { passkey, account }
  })
  if (!found || (person !== undefined && person.id !== found.account.id)) return undefined
  const counter = await checkSigned(party, answer, challenge, found.passkey)
  if (counter === undefined) return undefined
  return database.write(accounts, async (db) => {
    if (await countPasskey(database, db, found.passkey.id, counter)) return found
    await logPerson(db, found.account.id, 'members.passkey.refused', { passkey: found.passkey.id, counter })
    return undefined
  })
}
