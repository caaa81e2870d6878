import { z } from 'zod'
import { jobActor } from '../../../platform/access/actor.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { secondsUntil } from '../../../platform/db/days.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { tellDesk } from '../../members/index.ts'
import { comeDue } from '../store/broadcast.ts'
import { everybodySpace } from '../store/calls.ts'
import { queueBroadcast } from './broadcast.ts'
import { logCall } from './log.ts'

const remindedBefore = 3 * 86_400
const input = z.object({ call: z.uuid(), deadline: z.iso.date() })

/** Has somebody reminded before the last day of a call, and has the time for pledges end when it is over. Of one that is put off meanwhile, what was queued finds another day. */
export async function watchDeadline(db: WriteScope, call: string, deadline: string): Promise<void> {
  const seconds = await secondsUntil(db, deadline)
  const job = { kind: 'calls.due', input: { call, deadline } }
  if (seconds > remindedBefore) await queueJob(db, { ...job, inSeconds: seconds - remindedBefore })
  await queueJob(db, { ...job, inSeconds: seconds + 60 })
}

export const comeDueJob = jobKind({
  kind: 'calls.due',
  input,
  mostAttempts: 14,
  run: ({ call, deadline }, { database, config }) =>
    database.write(jobActor, async (db) => {
      const due = await comeDue(db, call)
      if (!due || due.deadline !== deadline) return
      const base = config.url ?? `http://localhost:${config.port}`
      const isOver = due.ended === 'yes'
      const name = `${due.number} ${pickText(due.title, due.original, due.original)?.text ?? ''}`
      await tellDesk(db, { network: due.network, what: isOver ? 'call-due' : 'call-soon', name, link: `${base}/calls/${call}` })
      if (!isOver) return queueBroadcast(db, call, 'reminder')
      const logged = { id: call, desk: due.desk, people: null, isPublic: due.space === everybodySpace, organization: null }
      await logCall(db, logged, { seen: true, byDesk: true }, 'due', { deadline })
    }),
})
