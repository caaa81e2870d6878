import type { Issue } from '../../../platform/errors.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { Invitation } from '../store/invitations.ts'
import type { Application } from '../store/applications.ts'
import { roleName } from './people.tsx'
import { NewPassword, type MembersView } from './sign-in.tsx'
import { lastDayOf, nameIn } from './words.ts'

type Props = MembersView & {
  token: string
  joining: { email: string; hasAccount: boolean; invitation?: Invitation; application?: Application }
  /** The address of who is signed in. */
  signedInAs: string | undefined
  issues?: readonly Issue[]
  name?: string | undefined
}

/** A link that came by mail: what it is for, and the way in. */
export function JoinPage({ view, say, token, joining, signedInAs, issues = [], name }: Props) {
  const { email, hasAccount } = joining
  const labels = { name: say('account.name'), password: say('password.new') }
  return (
    <Layout view={view} title={say('join.title')} unlisted>
      <section class="stack">
        <h1>{say('join.title')}</h1>
        <p>{purposeOf({ view, say }, joining)}</p>
        <p>{say('join.for', { email })}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        {signedInAs === email ? (
          <Form action={view.link(`/join/${token}`)}>
            <button class="btn">{say('join.accept')}</button>
          </Form>
        ) : signedInAs !== undefined ? (
          <>
            <div class="note bad" role="alert">
              <b>{say('join.other', { email: signedInAs })}</b>
            </div>
            <form method="post" action={view.link('/sign-out')}>
              <button class="btn">{say('account.sign-out')}</button>
            </form>
          </>
        ) : hasAccount ? (
          <p>
            <a class="btn" href={view.link(`/sign-in?next=${encodeURIComponent(`/join/${token}`)}`)}>
              {say('sign-in.title')}
            </a>
          </p>
        ) : (
          <Form action={view.link(`/join/${token}`)}>
            <Field
              view={view}
              issues={issues}
              name="name"
              label={labels.name}
              value={name ?? joining.application?.contactName}
              maxLength={200}
              autocomplete="name"
              required
            />
            <input type="hidden" name="email" value={email} autocomplete="username" />
            <NewPassword view={view} say={say} issues={issues} />
            <button class="btn">{say('join.make')}</button>
          </Form>
        )}
      </section>
    </Layout>
  )
}

function purposeOf({ view, say }: MembersView, { invitation, application }: Props['joining']): string {
  if (application) return say('join.application', { organization: nameIn(application.name, view.language, application.original) })
  if (!invitation) return ''
  const role = roleName(say, invitation.role)
  if (!invitation.organization) return say('join.office', { network: nameIn(invitation.network?.name ?? {}, view.language), office: role })
  const organization = nameIn(invitation.organization.name, view.language, invitation.organization.original)
  return invitation.guestUntil
    ? say('join.guest', { organization, date: formatDay(lastDayOf(invitation.guestUntil), view.language) })
    : say('join.role', { organization, role })
}
