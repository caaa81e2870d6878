import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor } from '../../../platform/access/actor.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { formatDay, formatNumber } from '../../../platform/i18n/format.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { unitWord } from '../../exchange/index.ts'
import { declineCodes, outcomes } from '../schema/terms.ts'
import { editorsOf } from '../store/broadcast.ts'
import { callsTexts } from '../text/index.ts'
import { mailCall, mailKinds } from './mails.ts'

const text = z.partialRecord(z.enum(languages), z.string())
const input = z.object({
  organization: z.uuid(),
  what: z.enum(mailKinds),
  number: z.string(),
  title: text,
  original: z.enum(languages),
  path: z.string(),
  reason: z.string().optional(),
  code: z.enum(declineCodes).optional(),
  outcome: z.enum(outcomes).optional(),
  until: z.iso.date().optional(),
  amount: z.number().optional(),
  unit: z.string().optional(),
})
export type Tidings = z.output<typeof input>

/** Tells the people of a member, after the transaction and each in their language: the desk of a network need not see who they are. */
export const tellMember = (db: WriteScope, tidings: Tidings): Promise<string> => queueJob(db, { kind: 'calls.tell', input: tidings })

export const tellJob = jobKind({
  kind: 'calls.tell',
  input,
  mostAttempts: 10,
  run: ({ organization, what, path, ...tidings }, { database, secrets, config }) =>
    database.write(jobActor, async (db) => {
      const base = config.url ?? `http://localhost:${config.port}`
      for (const to of await addresseesOf(database, db, await editorsOf(db, organization)))
        await mailCall(db, secrets, to, what, { ...tidings, why: '', detail: detailOf(to.language, tidings), link: `${base}/${to.language}${path}` })
    }),
})

/** What there is to say beside what happened: a day, a quantity, an outcome, a reason. */
function detailOf(language: (typeof languages)[number], { code, outcome, until, amount, unit, reason }: Partial<Tidings>): string {
  const say = callsTexts[language]
  return [
    ...(until === undefined ? [] : [formatDay(until, language)]),
    ...(amount === undefined ? [] : [`${formatNumber(amount, language)} ${unitWord(unit ?? '', language)}`]),
    ...(outcome === undefined ? [] : [say(`outcome.${outcome}`)]),
    ...(code === undefined ? [] : [say(`decline.${code}`)]),
    ...(reason === undefined ? [] : [reason]),
  ].join('\n')
}
