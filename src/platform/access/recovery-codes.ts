import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, WriteScope } from '../db/database.ts'
import './auth-tables.ts'
import { digestOf } from './tokens.ts'

const howMany = 10
const letters = 24
/** Crockford's base 32: none of its letters is taken for another. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A code that nobody guesses, nor finds from its hash: 120 random bits, six times four letters, to be copied by hand. */
export function newRecoveryCode(): string {
  const code = Array.from(randomBytes(letters), (byte) => alphabet[byte % alphabet.length]).join('')
  return code.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** A recovery code as it is hashed, from what somebody typed: case, width, blanks and what looks alike make no difference. */
export const foldRecoveryCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')

const digestOfCode = (typed: string) => digestOf(foldRecoveryCode(typed))

/** Gives an account ten new recovery codes; the old ones end. @returns the codes, which nobody can be shown again */
export async function makeRecoveryCodes(database: Database, db: WriteScope, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newRecoveryCode)
  await endRecoveryCodes(database, db, accountId)
  await database.asAuthority(db, () =>
    sql`insert into auth.recovery_code (account_id, digest) select ${accountId}, unnest(${codes.map(digestOfCode)}::bytea[])`.execute(db),
  )
  return codes
}

/** Uses up a recovery code. @returns how many are left, `undefined` when it is none, or was used */
export async function takeRecoveryCode(database: Database, db: WriteScope, accountId: string, typed: string): Promise<number | undefined> {
  return database.asAuthority(db, async () => {
    const taken = await sql`update auth.recovery_code set ended_at = now()
      where account_id = ${accountId} and digest = ${digestOfCode(typed)} and ended_at is null`.execute(db)
    if (Number(taken.numAffectedRows ?? 0) !== 1) return undefined
    const { rows } = await sql<{
      left: number
    }>`select count(*)::int as left from auth.recovery_code where account_id = ${accountId} and ended_at is null`.execute(db)
    return rows[0]?.left ?? 0
  })
}

/** Ends the recovery codes of an account. */
export async function endRecoveryCodes(database: Database, db: WriteScope, accountId: string): Promise<void> {
  await database.asAuthority(db, () => sql`update auth.recovery_code set ended_at = now() where account_id = ${accountId} and ended_at is null`.execute(db))
}
