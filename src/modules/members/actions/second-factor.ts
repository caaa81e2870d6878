import { accountById, type Account } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { forgetFailures, noteFailure, secondsToWait } from '../../../platform/access/attempts.ts'
import { endPendings } from '../../../platform/access/pending.ts'
import { endRecoveryCodes, makeRecoveryCodes } from '../../../platform/access/recovery-codes.ts'
import { confirmTotp, endTotp, factorsOf, readTotp, startTotp, totpPlace } from '../../../platform/access/second-factor.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import { newTotpSecret, stepOfCode, totpAddress, totpCodeIn } from '../../../platform/access/totp.ts'
import type { Database, Scope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { tellOfCode, useCode, type FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { mailNotice } from './mails.ts'
import { requireProof } from './proof.ts'
import { guessedAt } from './second-step.ts'
import { originOf, type From } from './sign-in.ts'

/** What a person takes over into their authenticator app: the secret, and the address that holds it. */
export type Setup = { secret: string; address: string }

/** How the second factor of a person stands; `setup` while an app is being set up. */
export type Standing = { totp: boolean; recoveryCodes: number; setup: Setup | undefined }

const wrongCode: Issue[] = [{ path: 'code', code: 'wrong_code' }]

/** The account of whoever acts. */
export async function ownAccount(database: Database, db: Scope, person: Person): Promise<Account> {
  const account = await accountById(database, db, person.id)
  if (!account) throw refuse('forbidden')
  return account
}

/** How the second factor of a person stands. The secret is told only while it does not count yet. @param issuer the name of this site in the app */
export async function readStanding({ database, secrets }: FactorDeps, person: Person, issuer: string): Promise<Standing> {
  return database.read(person, async (db) => {
    await requireProof(database, db, person)
    const { totp, recoveryCodes } = await factorsOf(database, db, person.id)
    const kept = totp ? undefined : await readTotp(database, db, person.id)
    if (!kept) return { totp, recoveryCodes, setup: undefined }
    const { email } = await ownAccount(database, db, person)
    const secret = await secrets.open(kept.sealed, totpPlace(person.id))
    return { totp, recoveryCodes, setup: { secret, address: totpAddress(secret, { issuer, label: email }) } }
  })
}

/** Makes a secret for an authenticator app; it does not count yet. With an app that counts nothing happens. */
export async function startSecondFactor({ database, secrets }: FactorDeps, person: Person): Promise<void> {
  const sealed = await secrets.seal(newTotpSecret(), totpPlace(person.id))
  await database.write(person, async (db) => {
    await requireProof(database, db, person)
    if (await startTotp(database, db, person.id, sealed)) await logPerson(db, person.id, 'members.second-factor.begun', {})
  })
}

/** Confirms an authenticator app by its first code. From now on signing in asks for one. @returns the recovery codes, or what is wrong with the code */
export async function confirmSecondFactor(deps: FactorDeps, person: Person, typed: string): Promise<{ codes: string[] } | Issue[]> {
  const { database, secrets, base } = deps
  return database.write(person, async (db) => {
    await requireProof(database, db, person)
    const totp = await readTotp(database, db, person.id)
    const code = totpCodeIn(typed)
    if (!totp || totp.confirmed || code === undefined) return wrongCode
    const step = stepOfCode(await secrets.open(totp.sealed, totpPlace(person.id)), code, totp.seconds)
    if (step === undefined || !(await confirmTotp(database, db, person.id, totp.sealed, step))) return wrongCode
    const codes = await makeRecoveryCodes(database, db, person.id)
    await mailNotice(db, secrets, await ownAccount(database, db, person), { what: 'set', base })
    await logPerson(db, person.id, 'members.second-factor.set', { recoveryCodes: codes.length })
    return { codes }
  })
}

/** Makes new recovery codes; the old ones end. @throws Refusal `forbidden` without a second factor */
export async function renewRecoveryCodes({ database, secrets, base }: FactorDeps, person: Person): Promise<string[]> {
  return database.write(person, async (db) => {
    await requireProof(database, db, person)
    if (!(await factorsOf(database, db, person.id)).totp) throw refuse('forbidden')
    const codes = await makeRecoveryCodes(database, db, person.id)
    await mailNotice(db, secrets, await ownAccount(database, db, person), { what: 'recovery-made', base })
    await logPerson(db, person.id, 'members.recovery-codes.made', { recoveryCodes: codes.length })
    return codes
  })
}

/**
 * Turns the second factor off, with a code of it or a recovery code. Every other session ends.
 *
 * @returns what is wrong, nothing if it is off
 * @throws Refusal `too_many_requests` when they have to wait after wrong codes
 */
export async function endSecondFactor(deps: FactorDeps, person: Person, typed: string, from: From): Promise<Issue[]> {
  const { database, secrets, base } = deps
  const { account, origin, wait } = await database.read(person, async (db) => {
    await requireProof(database, db, person)
    const own = await ownAccount(database, db, person)
    const where = await originOf(database, db, own.email, from)
    return { account: own, origin: where, wait: await secondsToWait(database, db, guessedAt(own.id), where) }
  })
  if (wait > 0) throw refuse('too_many_requests', { n: wait })
  const isOff = await database.write(person, async (db) => {
    const used = await useCode(deps, db, person.id, typed)
    if (!used) return false
    await endTotp(database, db, person.id)
    await endRecoveryCodes(database, db, person.id)
    await endPendings(database, db, person.id)
    await endSessions(database, db, person.id, { allBut: person.session })
    await forgetFailures(database, db, guessedAt(account.id), origin)
    await mailNotice(db, secrets, account, { what: 'off', base })
    await tellOfCode(deps, db, account, used)
    await logPerson(db, person.id, 'members.second-factor.removed', { by: used.by })
    return true
  })
  if (isOff) return []
  await database.write(person, (db) => noteFailure(database, db, guessedAt(account.id), origin))
  return wrongCode
}
