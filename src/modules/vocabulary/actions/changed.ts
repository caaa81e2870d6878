import type { WriteScope } from '../../../platform/db/database.ts'
import { queueJob } from '../../../platform/jobs/store.ts'

/** Several changes in a row are worked out at once. */
const inSeconds = 60

/** Has counterparts looked for anew, after labels or relations changed. A module further down does it, which is known here by the kind of job alone. */
export async function tellChanged(db: WriteScope): Promise<void> {
  await queueJob(db, { kind: 'matching.rebuild', input: { vocabulary: true }, inSeconds })
}
