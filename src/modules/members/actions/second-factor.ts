import { accountById, type Account } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { endPendings } from '../../../platform/access/pending.ts'
import { endRecoveryCodes, makeRecoveryCodes } from '../../../platform/access/recovery-codes.ts'
import { confirmTotp, endTotp, factorsOf, readTotp, startTotp, totpPlace } from '../../../platform/access/second-factor.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import { newTotpSecret, stepOfCode, totpAddress, totpCodeIn } from '../../../platform/access/totp.ts'
import type { Database, Scope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { mailNotice } from './mails.ts'
import { requireProof } from './proof.ts'

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

/** Turns the second factor off. Every other session ends. */
export async function endSecondFactor({ database, secrets, base }: FactorDeps, person: Person): Promise<void> {
  await database.write(person, async (db) => {
    await requireProof(database, db, person)
    if (!(await endTotp(database, db, person.id))) return
    await endRecoveryCodes(database, db, person.id)
    await endPendings(database, db, person.id)
    await endSessions(database, db, person.id, { allBut: person.session })
    await mailNotice(db, secrets, await ownAccount(database, db, person), { what: 'off', base })
    await logPerson(db, person.id, 'members.second-factor.removed', {})
  })
}
