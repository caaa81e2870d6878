import type { Account } from '../../../platform/access/accounts.ts'
import { hoursOf } from '../../../platform/access/links.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { membersTexts } from '../text/index.ts'

/** The link for a new password. */
export async function mailPassword(db: WriteScope, secrets: Secrets, { email, language, name }: Account, link: string): Promise<void> {
  const say = membersTexts[language]
  await queueMail(db, secrets, {
    to: email,
    language,
    subject: say('mail.password.subject'),
    body: say('mail.password.body', { name, link }),
    endsInMinutes: hoursOf.password * 60,
  })
}
