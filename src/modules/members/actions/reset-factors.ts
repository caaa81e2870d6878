import { accountByEmail } from '../../../platform/access/accounts.ts'
import { accounts } from '../../../platform/access/actor.ts'
import { endPasskeys } from '../../../platform/access/passkeys.ts'
import { endPendings } from '../../../platform/access/pending.ts'
import { endRecoveryCodes } from '../../../platform/access/recovery-codes.ts'
import { endTotp } from '../../../platform/access/second-factor.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import { refuse } from '../../../platform/errors.ts'
import type { FactorDeps } from './codes.ts'
import { logPerson } from './log-person.ts'
import { mailNotice } from './mails.ts'

export type Reset = { totp: boolean; passkeys: number; sessions: number }

/**
 * Takes every factor but the password from somebody who has lost them all, and signs them out everywhere. For whoever runs the command line.
 *
 * @throws Refusal `person_unknown`
 */
export async function resetFactors({ database, secrets, base }: FactorDeps, email: string): Promise<Reset> {
  // To the log of a person nobody adds but they, and the one who makes accounts.
  return database.write(accounts, async (db) => {
    const account = await accountByEmail(database, db, email)
    if (!account) throw refuse('person_unknown', { email })
    const totp = await endTotp(database, db, account.id)
    await endRecoveryCodes(database, db, account.id)
    const passkeys = await endPasskeys(database, db, account.id)
    await endPendings(database, db, account.id)
    const sessions = await endSessions(database, db, account.id, { allBut: undefined })
    await mailNotice(db, secrets, account, { what: 'reset', base })
    await logPerson(db, account.id, 'members.factors.reset', { by: 'operator', totp, passkeys, sessions })
    return { totp, passkeys, sessions }
  })
}
