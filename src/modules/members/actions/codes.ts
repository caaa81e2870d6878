import type { Account } from '../../../platform/access/accounts.ts'
import { takeRecoveryCode } from '../../../platform/access/recovery-codes.ts'
import { readTotp, takeTotpStep, totpPlace } from '../../../platform/access/second-factor.ts'
import { stepOfCode, totpCodeIn } from '../../../platform/access/totp.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { logPerson } from './log-person.ts'
import { mailNotice } from './mails.ts'

/** As what wrong guesses at the second factor of an account are counted. In capitals, which no address has that somebody types at signing in. */
export const guessedAt = (accountId: string): string => `SECOND FACTOR ${accountId}`

/** What actions on factors need. base: the address of this site, for the links in mails. */
export type FactorDeps = { database: Database; secrets: Secrets; base: string }

export type CodeUsed = { by: 'code' } | { by: 'recovery-code'; left: number }

/**
 * Uses up a code of the authenticator app, or a recovery code.
 *
 * @returns which of both it was; `undefined` when it is neither, or was used before
 */
export async function useCode({ database, secrets }: FactorDeps, db: WriteScope, accountId: string, typed: string): Promise<CodeUsed | undefined> {
  const code = totpCodeIn(typed)
  if (code === undefined) {
    const left = await takeRecoveryCode(database, db, accountId, typed)
    return left === undefined ? undefined : { by: 'recovery-code', left }
  }
  const totp = await readTotp(database, db, accountId)
  if (!totp?.confirmed) return undefined
  const step = stepOfCode(await secrets.open(totp.sealed, totpPlace(accountId)), code, totp.seconds)
  return step !== undefined && (await takeTotpStep(database, db, accountId, totp.sealed, step)) ? { by: 'code' } : undefined
}

/** Tells of a recovery code that was used: the person by mail, and the log. */
export async function tellOfCode({ secrets, base }: FactorDeps, db: WriteScope, account: Account, used: CodeUsed): Promise<void> {
  if (used.by === 'code') return
  await mailNotice(db, secrets, account, { what: 'recovery-used', params: { n: used.left }, base })
  await logPerson(db, account.id, 'members.recovery-code.used', { left: used.left })
}
