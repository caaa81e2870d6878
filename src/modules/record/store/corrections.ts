import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { CorrectionInput, CorrectionOutcome } from '../schema.ts'
import { pageSize } from '../../../platform/db/lists.ts'
import { deskSpace } from './tables.ts'

export async function insertCorrection(db: WriteScope, input: CorrectionInput, language: Language): Promise<void> {
  await db
    .insertInto('record.correction')
    .values({
      id: input.id,
      space_id: deskSpace,
      about: input.about ?? null,
      claim: input.claim,
      evidence: input.evidence ?? null,
      contact: input.contact ?? null,
      language,
    })
    .execute()
}

/** The newest corrections first. */
export function listCorrections(db: Scope, limit: number) {
  return db
    .selectFrom('record.correction')
    .select(['id', 'about', 'claim', 'evidence', 'contact', 'language', 'sent_at', 'outcome', 'note', 'closed_at'])
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export type Correction = {
  id: string
  about: string | null
  claim: string
  evidence: string | null
  contact: string | null
  language: Language
  sentAt: Date
  outcome: CorrectionOutcome | null
  note: string | null
  closedAt: Date | null
  version: number
}

const columns = sql`id, about, claim, evidence, contact, language, sent_at as "sentAt", outcome, note, closed_at as "closedAt", version`

/** The corrections that wait for somebody, for who counts them. */
export const openCorrections = sql`select from record.correction where closed_at is null`

/** A page of the corrections, what is open first, the newest first. */
export async function pageOfCorrections(
  db: Scope,
  { state, cursor }: { state?: 'open' | 'closed' | undefined; cursor?: string | undefined },
): Promise<Page<Correction>> {
  const parts = keyset({ key: sql`turn`, cast: 'timestamp', id: sql`id`, descending: true }, cursor, pageSize)
  const fits = state === undefined ? sql`true` : sql`closed_at is ${state === 'open' ? sql`null` : sql`not null`}`
  const { rows } = await sql<Keyed<Correction>>`select ${columns}, ${parts.select} from record.correction
    where ${fits} and ${parts.where} order by ${parts.orderBy} limit ${parts.limit}`.execute(db)
  return pageOf(parts, rows)
}

/** A correction, as far as the actor may read it. @param lock keeps others from changing it until the transaction ends */
export async function readCorrection(db: Scope, id: string, lock: 'lock' | 'look' = 'look'): Promise<Correction | undefined> {
  const { rows } = await sql<Correction>`select ${columns} from record.correction where id = ${id} ${lock === 'lock' ? sql`for update` : sql``}`.execute(db)
  return rows[0]
}

export async function endCorrection(db: WriteScope, id: string, end: { outcome: CorrectionOutcome; note?: string | undefined }): Promise<void> {
  await sql`update record.correction set outcome = ${end.outcome}, note = ${end.note ?? null}, closed_at = now(), version = version + 1 where id = ${id}`.execute(
    db,
  )
}
