import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor } from '../../../platform/access/actor.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { secondsUntil } from '../../../platform/db/days.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { comeDue, everybodySpace } from '../store/listings.ts'
import { logListing } from './log.ts'
import { mailListing } from './mails.ts'

const remindedBefore = 14 * 86_400
const input = z.object({ listing: z.uuid(), until: z.iso.date() })

/** Has somebody reminded before the last day of a listing, and has it end when that day is over. Of one that is renewed meanwhile, what was queued finds another day. */
export async function watchDay(db: WriteScope, listing: string, until: string): Promise<void> {
  const seconds = await secondsUntil(db, until)
  const job = { kind: 'exchange.due', input: { listing, until } }
  if (seconds > remindedBefore) await queueJob(db, { ...job, inSeconds: seconds - remindedBefore })
  await queueJob(db, { ...job, inSeconds: seconds + 60 })
}

export const comeDueJob = jobKind({
  kind: 'exchange.due',
  input,
  mostAttempts: 14,
  run: ({ listing, until }, { database, secrets, config }) =>
    database.write(jobActor, async (db) => {
      const due = await comeDue(db, listing)
      if (!due || due.validUntil !== until) return
      const base = config.url ?? `http://localhost:${config.port}`
      const what = due.ended === 'yes' ? 'expired' : 'reminder'
      for (const to of await addresseesOf(database, db, due.people))
        await mailListing(db, secrets, to, what, { title: due.title, original: due.original, until, link: `${base}/${to.language}/listings/${listing}` })
      if (due.ended !== 'yes') return
      const logged = {
        id: listing,
        space: due.space,
        isPublic: due.space === everybodySpace,
        people: null,
        desk: due.desk,
        organization: { id: due.organization },
      }
      await logListing(db, logged, { seen: true, byDesk: true }, 'expired', { until })
    }),
})
