import type { Addressee } from '../../../platform/access/accounts.ts'
import type { KeyScope } from '../../../platform/access/scopes.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import type { Organization } from '../store/organizations.ts'
import { membersTexts } from '../text/index.ts'

/** What happened to a key. `by` empty: whoever runs the instance. */
export type KeyMail = { by: string | undefined; key: string; hint: string } & ({ what: 'made'; scopes: readonly string[]; until: string } | { what: 'revoked' })

/** Tells of a key that was made or revoked, since it may not have been meant to be. */
export async function mailKey(
  db: WriteScope,
  secrets: Secrets,
  { email, name, language }: Addressee,
  organization: Pick<Organization, 'key' | 'name' | 'original'> | undefined,
  mail: KeyMail,
  { base, scopes }: { base: string; scopes: readonly KeyScope[] },
): Promise<void> {
  const say = membersTexts[language]
  const owner = (organization && pickText(organization.name, language, organization.original)?.text) ?? name
  const link = `${base}/${language}${organization ? `/members/${organization.key}` : '/account'}/api-keys`
  const said = { name, by: mail.by ?? say('key.operator'), key: mail.key, hint: mail.hint, owner, link }
  const made = mail.what === 'made' && {
    until: formatDay(mail.until, language),
    scopes: scopes
      .filter((scope) => mail.scopes.includes(scope.name))
      .map(({ label }) => label[language])
      .join(' · '),
  }
  await queueMail(db, secrets, {
    to: email,
    language,
    subject: say(`key.mail.${mail.what}.subject`),
    body: say(`key.mail.${mail.what}.body`, { ...said, ...made }),
  })
}
