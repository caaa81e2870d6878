import type { Account, Addressee } from '../../../platform/access/accounts.ts'
import { hoursOf } from '../../../platform/access/links.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import type { Office, Role, StandingState } from '../schema/kinds.ts'
import type { Application } from '../store/applications.ts'
import type { Claim } from '../store/claims.ts'
import type { Organization } from '../store/organizations.ts'
import { membersTexts, type MembersSay } from '../text/index.ts'

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

/** Tells a person that their account was closed. */
export const mailClosed = (db: WriteScope, secrets: Secrets, { email, language, name }: Account): Promise<unknown> =>
  queueMail(db, secrets, {
    to: email,
    language,
    subject: membersTexts[language]('mail.closed.subject'),
    body: membersTexts[language]('mail.closed.body', { name }),
  })

type Words = { subject: MailSubject; body: MailBody; params: Record<string, string> }
type MailSubject = Extract<Parameters<MembersSay>[0], `mail.${string}.subject`>
type MailBody = Extract<Parameters<MembersSay>[0], `mail.${string}.body`>

const send = (db: WriteScope, secrets: Secrets, to: string, language: Language, { subject, body, params }: Words, hours: number) =>
  queueMail(db, secrets, {
    to,
    language,
    // A name may be longer than a subject.
    subject: membersTexts[language](subject, params).slice(0, 200),
    body: membersTexts[language](body, params),
    endsInMinutes: hours * 60,
  })

const weeks = (n: number) => n * 7 * 24
const inLanguage = (text: LanguageText, language: Language, original?: string) => pickText(text, language, original)?.text ?? ''

/** The link by which whoever applied shows that the address is theirs. */
export const mailConfirmation = (
  db: WriteScope,
  secrets: Secrets,
  {
    email,
    language,
    name,
    network,
    organization,
    link,
  }: { email: string; language: Language; name: string; network: LanguageText; organization: string; link: string },
) =>
  send(
    db,
    secrets,
    email,
    language,
    { subject: 'mail.confirmation.subject', body: 'mail.confirmation.body', params: { name, network: inLanguage(network, language), organization, link } },
    hoursOf.address,
  )

/** What became of an application, or what the secretariat asks. */
export const mailAboutApplication = (
  db: WriteScope,
  secrets: Secrets,
  { id, contactName, contactEmail, language, name, original, network }: Application,
  what: 'question' | 'declined' | 'admitted',
  { base, text }: { base: string; text: string },
) =>
  send(
    db,
    secrets,
    contactEmail,
    language,
    {
      subject: `mail.${what}.subject`,
      body: `mail.${what}.body`,
      params: {
        name: contactName,
        organization: inLanguage(name, language, original),
        network: inLanguage(network.name, language),
        text,
        link: `${base}/${language}/applications/${id}`,
      },
    },
    weeks(8),
  )

export const mailStanding = (
  db: WriteScope,
  secrets: Secrets,
  { email, name, language }: Addressee,
  organization: Pick<Organization, 'key' | 'name' | 'original'>,
  { state, reason, base, network }: { state: StandingState; reason: string; base: string; network: LanguageText },
) =>
  send(
    db,
    secrets,
    email,
    language,
    {
      subject: 'mail.standing.subject',
      body: 'mail.standing.body',
      params: {
        name,
        organization: inLanguage(organization.name, language, organization.original),
        network: inLanguage(network, language),
        state: membersTexts[language](`standing.${state}`),
        reason,
        link: `${base}/${language}/members/${organization.key}`,
      },
    },
    weeks(8),
  )

type Asked = { to: string; by: string; language: Language; link: string }

export const mailInvitation = (
  db: WriteScope,
  secrets: Secrets,
  { to, by, language, link, role, of }: Asked & { role: Role; of: Pick<Organization, 'name' | 'original'> },
) =>
  send(
    db,
    secrets,
    to,
    language,
    {
      subject: 'mail.invitation.subject',
      body: 'mail.invitation.body',
      params: { by, organization: inLanguage(of.name, language, of.original), role: membersTexts[language](`role.${role}`), link },
    },
    hoursOf.invitation,
  )

export const mailOffice = (db: WriteScope, secrets: Secrets, { to, by, language, link, office, network }: Asked & { office: Office; network: LanguageText }) =>
  send(
    db,
    secrets,
    to,
    language,
    {
      subject: 'mail.office.subject',
      body: 'mail.office.body',
      params: { by, network: inLanguage(network, language), office: membersTexts[language](`office.${office}`), link },
    },
    hoursOf.invitation,
  )

export const mailClaim = (
  db: WriteScope,
  secrets: Secrets,
  { email, name, language }: Addressee,
  claim: Claim,
  { verdict, reason, base }: { verdict: 'verified' | 'refused' | 'ended'; reason: string; base: string },
) =>
  send(
    db,
    secrets,
    email,
    language,
    {
      subject: `mail.claim-${verdict}.subject`,
      body: `mail.claim-${verdict}.body`,
      params: {
        name,
        entry: inLanguage(claim.entryName, language, claim.entryName.original),
        reason,
        link: `${base}/${language}/members/${claim.organization.key}`,
      },
    },
    weeks(8),
  )

/** What the secretariat is told of by mail: it waits for them. */
export const deskMatters = ['application', 'answer', 'claim', 'listing', 'interest', 'call', 'call-soon', 'call-due', 'pledge', 'proposal'] as const
type DeskMatter = (typeof deskMatters)[number]

/** Something waits at the desk. */
export const mailDesk = (
  db: WriteScope,
  secrets: Secrets,
  { email, name: to, language }: Addressee,
  { what, name, link, network }: { what: DeskMatter; name: string; link: string; network: LanguageText },
) =>
  send(
    db,
    secrets,
    email,
    language,
    {
      subject: `mail.desk-${what}.subject`,
      body: `mail.desk-${what}.body`,
      params: { to, name, network: inLanguage(network, language), link: link.replace(/(^https?:\/\/[^/]+)\//, `$1/${language}/`) },
    },
    weeks(4),
  )
