import type { Addressee } from '../../../platform/access/accounts.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { callsTexts } from '../text/index.ts'

/** What is told of a call or a pledge by mail. */
export const mailKinds = ['call', 'reminder', 'opened', 'returned', 'pledged', 'accepted', 'declined', 'delivered', 'extended', 'closed'] as const
export type CallMail = (typeof mailKinds)[number]

const weeksKept = 4

/** Tells somebody of a call. @param params.title the call, in whichever languages; others as they shall read */
export async function mailCall(
  db: WriteScope,
  secrets: Secrets,
  { email, name, language }: Addressee,
  what: CallMail,
  { title, original, ...params }: { title: LanguageText; original: string; link: string; number: string; why: string; detail: string },
): Promise<void> {
  const say = callsTexts[language]
  const words = { ...params, name, title: pickText(title, language, original)?.text ?? '' }
  await queueMail(db, secrets, {
    to: email,
    language,
    // A title may be longer than a subject.
    subject: say(`mail.${what}.subject`, words).slice(0, 200),
    body: say(`mail.${what}.body`, words),
    endsInMinutes: weeksKept * 7 * 24 * 60,
  })
}
