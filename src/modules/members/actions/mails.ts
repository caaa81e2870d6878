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

/** What a person is told of when it happens to their account, since it may not have been them. */
export type Notice = 'set' | 'off' | 'recovery-used' | 'recovery-made' | 'passkey-added' | 'passkey-removed' | 'reset'

/** Tells a person of a change to the ways in which they sign in. @param base the address of this site */
export async function mailNotice(
  db: WriteScope,
  secrets: Secrets,
  { email, language, name }: Account,
  notice: { what: Notice; params?: Record<string, string | number>; base: string },
): Promise<void> {
  const say = membersTexts[language]
  const what = say(`factor.mail.${notice.what}`, notice.params)
  const link = `${notice.base}/${language}/account`
  await queueMail(db, secrets, { to: email, language, subject: say('factor.mail.subject'), body: say('factor.mail.body', { name, what, link }) })
}
