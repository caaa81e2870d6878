import type { Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import { maySuggestCorrection } from '../policy.ts'
import type { CorrectionInput } from '../schema.ts'
import { insertCorrection } from '../store/corrections.ts'
import { deskSpace } from '../store/tables.ts'

/**
 * A visitor tells the desk that something on the record is wrong. Sent a second time with the same id, it stays one.
 *
 * @returns whether it is new
 */
export async function suggestCorrection(database: Database, actor: Actor, input: CorrectionInput, language: Language): Promise<boolean> {
  if (!maySuggestCorrection(actor)) throw refuse('forbidden')
  try {
    await database.write(actor, async (db) => {
      await insertCorrection(db, input, language)
      await logAct(db, {
        chain: 'network',
        spaceId: deskSpace,
        verb: 'record.correction.suggested',
        object: { kind: 'correction', id: input.id },
        payload: { ...input, language },
      })
    })
    return true
  } catch (error) {
    if ((error as { code?: string; constraint?: string }).code === '23505') return false
    throw error
  }
}
