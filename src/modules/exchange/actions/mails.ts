import type { Addressee } from '../../../platform/access/accounts.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { exchangeTexts } from '../text/index.ts'

/** What is told of a listing by mail. */
export type ListingMail = 'review' | 'returned' | 'published' | 'closed' | 'reminder' | 'expired'
export type MailAbout = { title: LanguageText; original: string; link: string; reason?: string; until?: string }

const weeksKept = 8

/** Tells somebody of the organization what became of a listing, or will. */
export async function mailListing(db: WriteScope, secrets: Secrets, { email, name, language }: Addressee, what: ListingMail, about: MailAbout): Promise<void> {
  const say = exchangeTexts[language]
  const title = pickText(about.title, language, about.original)?.text ?? ''
  const params = { name, title, link: about.link, reason: about.reason ?? '', until: about.until === undefined ? '' : formatDay(about.until, language) }
  await queueMail(db, secrets, {
    to: email,
    language,
    subject: say(`mail.${what}.subject`, params).slice(0, 200),
    body: say(`mail.${what}.body`, params),
    endsInMinutes: weeksKept * 7 * 24 * 60,
  })
}
