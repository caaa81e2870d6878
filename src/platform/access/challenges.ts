import { sql } from 'kysely'
import type { Database, WriteScope } from '../db/database.ts'
import { newId } from '../id.ts'
import './auth-tables.ts'
import { digestOf, newToken } from './tokens.ts'

export type ChallengePurpose = 'sign-in' | 'addition' | 'proof'

/** For how many minutes a passkey may answer. */
export const challengeMinutes = 5

/** Makes what a passkey is to sign, once. @param accountId whose passkey it has to be; nobody's before signing in @returns the challenge */
export async function makeChallenge(database: Database, db: WriteScope, purpose: ChallengePurpose, accountId: string | null): Promise<string> {
  const challenge = newToken()
  const ends = sql`now() + make_interval(mins => ${challengeMinutes})`
  await database.asAuthority(db, () =>
    sql`with old as (select id from auth.challenge where ends_at < now() order by ends_at limit 1 for update skip locked),
      again as (update auth.challenge c set digest = ${digestOf(challenge)}, purpose = ${purpose}, account_id = ${accountId}::uuid, ends_at = ${ends}, used_at = null
        from old where c.id = old.id returning c.id)
      insert into auth.challenge (id, digest, purpose, account_id, ends_at)
      select ${newId()}::uuid, ${digestOf(challenge)}::bytea, ${purpose}, ${accountId}::uuid, ${ends} where not exists (select from again)`.execute(db),
  )
  return challenge
}

/** Uses a challenge up, whatever comes of it. @returns whether it still counted, for this purpose and account */
export async function takeChallenge(
  database: Database,
  db: WriteScope,
  purpose: ChallengePurpose,
  accountId: string | null,
  challenge: string,
): Promise<boolean> {
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.challenge set used_at = now() where digest = ${digestOf(challenge)} and purpose = ${purpose}
      and account_id is not distinct from ${accountId}::uuid and used_at is null and ends_at > now()`.execute(db),
  )
  return Number(numAffectedRows ?? 0) === 1
}
