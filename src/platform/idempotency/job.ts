import { z } from 'zod'
import { jobActor } from '../access/actor.ts'
import { jobKind } from '../jobs/job.ts'
import { forgetAnswers } from './store.ts'

export const forgetKind = 'idempotency.forget'

/** Deletes answers whose day is over. */
export const forgetAnswersJob = jobKind({
  kind: forgetKind,
  input: z.object({}),
  mostAttempts: 14,
  run: async (_, { database }) => void (await database.write(jobActor, forgetAnswers)),
})
