import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { CorrectionInput } from '../schema.ts'
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
    .select(['id', 'about', 'claim', 'evidence', 'contact', 'language', 'sent_at'])
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
