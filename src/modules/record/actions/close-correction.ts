import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { logAct } from '../../../platform/log/log.ts'
import { mailInput, queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { isSameEnd, type ClosureInput } from '../../members/index.ts'
import { mayCloseCorrection } from '../policy.ts'
import type { CorrectionOutcome } from '../schema.ts'
import { endCorrection, readCorrection, type Correction } from '../store/corrections.ts'
import { deskSpace } from '../store/tables.ts'
import { recordTexts } from '../text/index.ts'

type With = { database: Database; secrets: Secrets; base: string }
type End = ClosureInput<CorrectionOutcome>

/**
 * Marks a correction as dealt with, and tells whoever left a mail address. The same end asked for twice is one.
 *
 * @param base address of this site, for the mail
 * @returns the correction as somebody else has dealt with it meanwhile; `undefined` when all is well
 * @throws Refusal `not_found`
 */
export async function closeCorrection({ database, secrets, base }: With, person: Person, id: string, end: End): Promise<Correction | undefined> {
  if (!mayCloseCorrection(person)) throw refuse('not_found')
  return database.write(person, async (db) => {
    const now = await readCorrection(db, id, 'lock')
    if (!now) throw refuse('not_found')
    if (now.version !== end.version || now.closedAt) return isSameEnd(now, end) ? undefined : now
    await endCorrection(db, id, end)
    await mailSender(db, secrets, now, end, base)
    await logAct(db, {
      chain: 'network',
      spaceId: deskSpace,
      verb: 'record.correction.closed',
      object: { kind: 'correction', id },
      payload: { outcome: end.outcome, note: end.note },
    })
    return undefined
  })
}

/** What came of a correction, in the language it was written in. Of what somebody typed nothing goes out but a path of this site: the address may be another's. */
async function mailSender(db: WriteScope, secrets: Secrets, { contact, language, about, sentAt }: Correction, end: End, base: string) {
  const to = mailInput.shape.to.safeParse(contact)
  if (!to.success) return
  const say = recordTexts[language]
  const page = `${base}/${language}${about !== null && /^\/[^\s\\]*$/.test(about) ? about.replace(/^\/$/, '') : '/record'}`
  const body = [
    say('correction.mail.body', { date: formatDay(sentAt.toISOString().slice(0, 10), language), page }),
    say(`correction.mail.${end.outcome}`),
    ...(end.note ? [end.note] : []),
  ]
  await queueMail(db, secrets, { to: to.data, language, subject: say('correction.mail.subject'), body: body.join('\n\n') })
}
