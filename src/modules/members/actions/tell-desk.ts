import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor } from '../../../platform/access/actor.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { listNetworks, listOfficers } from '../store/networks.ts'
import { deskMatters, mailDesk } from './mails.ts'

const input = z.object({ network: z.uuid(), what: z.enum(deskMatters), name: z.string(), link: z.url() })

/** Tells the secretariat, and of what is for the vocabulary the curators too, after the transaction and each in their language. Whoever applies or claims does not see who they are. */
export const tellDesk = (db: WriteScope, matter: z.input<typeof input>): Promise<string> => queueJob(db, { kind: 'members.tell', input: matter })

export const tellDeskJob = jobKind({
  kind: 'members.tell',
  input,
  mostAttempts: 8,
  run: ({ network: id, what, name, link }, { database, secrets }) =>
    database.write(jobActor, async (db) => {
      const network = (await listNetworks(db)).find((each) => each.id === id)
      if (!network) return
      const told = (await listOfficers(db, id))
        .filter(({ office }) => office === 'secretariat' || (what === 'proposal' && office === 'curator'))
        .map(({ personId }) => personId)
      for (const to of await addresseesOf(database, db, [...new Set(told)])) await mailDesk(db, secrets, to, { what, name, link, network: network.name })
    }),
})
