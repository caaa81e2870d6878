import { z } from 'zod'
import type { WriteScope } from '../db/database.ts'
import { languages } from '../i18n/languages.ts'
import { newId } from '../id.ts'
import { parseInput } from '../issues.ts'
import { queueJob } from '../jobs/store.ts'
import { logAct } from '../log/log.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { outboxSpace } from '../spaces.ts'
import { bodyPlace, deliverKind, endKind, insertMail } from './store.ts'

const week = 7 * 24 * 60

/** A mail to one person, in their language. Plain text; the subject is one line. */
export const mailInput = z.strictObject({
  to: z.email().max(254).describe('One address'),
  language: z.enum(languages),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    // A line end in a header would begin another header.
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u),
  body: z.string().min(1).max(50_000).describe('Its lines; links in it may let somebody in'),
  endsInMinutes: z
    .int()
    .min(1)
    .max(525_600)
    .default(week)
    .describe('When what it says has no use any more: it is not sent after that, and its body is emptied'),
})
export type MailInput = z.input<typeof mailInput>

/**
 * Queues a mail in the transaction at hand: it goes out soon after the commit, or never if there is none. Where no mail server is configured it waits in the
 * outbox, where the operator reads it. Call it late: the log entry locks the head of the chain `mail` until the commit.
 *
 * @param db of any actor that may add to the outbox, which everybody may
 * @returns the id of the mail
 * @throws Refusal `invalid_input` when the address is none, or the subject is more than one line
 * @example await queueMail(db, deps.secrets, { to, language, subject: say('invitation.subject'), body: say('invitation.body', { link }), endsInMinutes: 60 })
 */
export async function queueMail(db: WriteScope, secrets: Secrets, given: MailInput): Promise<string> {
  const { to, language, subject, body, endsInMinutes } = parseInput(mailInput, given)
  const id = newId()
  await insertMail(db, { id, recipient: to, language, subject, body: await secrets.seal(body, bodyPlace(id)), endsInMinutes })
  // The job has the id of its mail, so that it can be dropped with it.
  await queueJob(db, { id, kind: deliverKind, input: { mail: id } })
  await queueJob(db, { kind: endKind, input: { mail: id }, inSeconds: endsInMinutes * 60 })
  await logAct(db, { chain: 'mail', spaceId: outboxSpace, verb: 'mail.queued', object: { kind: 'mail', id }, payload: { language, subject } })
  return id
}
