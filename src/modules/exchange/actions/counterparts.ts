import type { WriteScope } from '../../../platform/db/database.ts'
import { queueJob } from '../../../platform/jobs/store.ts'

/** Has the counterparts of published listings looked for, soon after the commit. A module further down does it, which is known here by the kind of job alone. */
export async function findCounterparts(db: WriteScope, listings: readonly string[]): Promise<void> {
  if (listings.length > 0) await queueJob(db, { kind: 'matching.match', input: { listings } })
}
