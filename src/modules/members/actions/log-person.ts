import type { WriteScope } from '../../../platform/db/database.ts'
import { logAct } from '../../../platform/log/log.ts'
import { ownSpaceOf } from '../store/persons.ts'

/** Adds to the log what a person did with their own account; they alone may read of it. */
export async function logPerson(db: WriteScope, personId: string, verb: string, payload: unknown): Promise<void> {
  await logAct(db, { chain: `person:${personId}`, spaceId: await ownSpaceOf(db, personId), verb, object: { kind: 'person', id: personId }, payload })
}
