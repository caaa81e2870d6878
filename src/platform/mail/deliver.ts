import { z } from 'zod'
import { jobActor } from '../access/actor.ts'
import type { Config } from '../config.ts'
import { platformTexts } from '../i18n/index.ts'
import { jobKind, TryLater, type JobContext, type JobKind } from '../jobs/job.ts'
import { sendLetter } from './smtp.ts'
import { bodyPlace, deliverKind, endKind, endMail, markDelayed, markRefused, markSent, readOpenMail } from './store.ts'

const input = z.object({ mail: z.uuid() })

/**
 * The jobs of mail: sending, if a server is configured for it (else mails wait for one), and emptying what has ended.
 */
export function mailJobs({ smtp }: Config): JobKind[] {
  const end = jobKind({
    kind: endKind,
    input,
    mostAttempts: 14,
    run: ({ mail }, { database }) => database.write(jobActor, (db) => endMail(db, mail)),
  })
  if (!smtp) return [end]
  return [jobKind({ kind: deliverKind, input, mostAttempts: 14, run: ({ mail }, context) => deliver(smtp, mail, context) }), end]
}

async function deliver(smtp: NonNullable<Config['smtp']>, id: string, { database, secrets, signal, isLast }: JobContext): Promise<void> {
  const mail = await database.read(jobActor, (db) => readOpenMail(db, id))
  if (!mail) return
  if (mail.isEnded) return database.write(jobActor, (db) => endMail(db, id))
  const { recipient: to, language, subject, made_at: madeAt } = mail
  const body = await secrets.open(mail.body, bodyPlace(id))
  const text = `${body.trimEnd()}\n\n-- \n${platformTexts[language]('mail.automatic')}\n`
  const answer = await sendLetter(smtp, { id, to, language, subject, text, madeAt }, signal)
  if (answer.what === 'sent') return database.write(jobActor, (db) => markSent(db, id))
  if (signal.aborted) throw new TryLater(answer.words)
  const isOver = answer.what === 'refused' || isLast
  await database.write(jobActor, (db) => (isOver ? markRefused : markDelayed)(db, id, answer.words))
  if (!isOver) throw new TryLater(answer.words)
}
