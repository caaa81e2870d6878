import type { Issue } from '../../../platform/errors.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { View } from '../../../platform/ui/view.ts'
import type { MembersSay } from '../text/index.ts'
import { OpenIdButton } from './openid.tsx'
import { PasskeySignIn } from './passkeys.tsx'
import { Wrong } from './notes.tsx'

/** What views of the members are given: the page and the members' own sentences. */
export type MembersView = { view: View; say: MembersSay }
type Issues = { issues?: readonly Issue[] }

const longestEmail = 254
const longestPassword = 200

/**
 * @param wrong what was not right about an attempt, without saying what of it
 * @param next where to go afterwards, a path of this site
 * @param provider another way in, as people call it
 */
export function SignInPage({
  view,
  say,
  issues = [],
  typed = '',
  wrong,
  next,
  provider,
}: MembersView & Issues & { typed?: string; wrong?: string | undefined; next?: string | undefined; provider?: string | undefined }) {
  const labels = { email: say('sign-in.email'), password: say('sign-in.password') }
  return (
    <Layout view={view} title={say('sign-in.title')} unlisted passkeys>
      <section class="stack">
        <h1>{say('sign-in.title')}</h1>
        <p>{say('sign-in.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        {wrong && <Wrong>{wrong}</Wrong>}
        <Form action={view.link('/sign-in')}>
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <Email view={view} say={say} issues={issues} value={typed} />
          <Field
            view={view}
            issues={issues}
            name="password"
            label={labels.password}
            value={undefined}
            maxLength={longestPassword}
            type="password"
            autocomplete="current-password"
            required
          />
          <button class="btn">{say('sign-in.title')}</button>
        </Form>
        {provider !== undefined && <OpenIdButton view={view} say={say} name={provider} next={next} />}
        <p>
          <a href={view.link('/password')}>{say('sign-in.forgotten')}</a>
        </p>
        <PasskeySignIn view={view} say={say} next={next} />
      </section>
    </Layout>
  )
}

export function PasswordAskPage({ view, say, issues = [], typed = '' }: MembersView & Issues & { typed?: string }) {
  const labels = { email: say('sign-in.email') }
  return (
    <Layout view={view} title={say('password.title')} unlisted>
      <section class="stack">
        <h1>{say('password.title')}</h1>
        <p>{say('password.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link('/password')}>
          <Email view={view} say={say} issues={issues} value={typed} />
          <button class="btn">{say('password.ask')}</button>
        </Form>
      </section>
    </Layout>
  )
}

export function PasswordSentPage({ view, say }: MembersView) {
  return (
    <Layout view={view} title={say('password.title')} unlisted>
      <section class="stack">
        <h1>{say('password.title')}</h1>
        <div class="note good" role="status">
          <b>{say('password.sent')}</b>
          <span>{say('password.sent-more')}</span>
        </div>
      </section>
    </Layout>
  )
}

/** A new password by the link that came with a mail. */
export function PasswordPage({ view, say, issues = [], token }: MembersView & Issues & { token: string }) {
  const labels = { password: say('password.new') }
  return (
    <Layout view={view} title={say('password.title')} unlisted>
      <section class="stack">
        <h1>{say('password.title')}</h1>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link(`/password/${token}`)}>
          <NewPassword view={view} say={say} issues={issues} />
          <button class="btn">{say('password.set')}</button>
        </Form>
      </section>
    </Layout>
  )
}

export type FirstTyped = { email?: string | undefined; name?: string | undefined }

/** The account of the first administrator. */
export function FirstPage({ view, say, issues = [], token, typed = {} }: MembersView & Issues & { token: string; typed?: FirstTyped }) {
  const labels = { email: say('sign-in.email'), name: say('account.name'), password: say('password.new') }
  return (
    <Layout view={view} title={say('first.title')} unlisted>
      <section class="stack">
        <h1>{say('first.title')}</h1>
        <p>{say('first.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link(`/first/${token}`)}>
          <Field view={view} issues={issues} name="name" label={labels.name} value={typed.name} maxLength={200} autocomplete="name" required />
          <Email view={view} say={say} issues={issues} value={typed.email} />
          <NewPassword view={view} say={say} issues={issues} />
          <button class="btn">{say('first.make')}</button>
        </Form>
      </section>
    </Layout>
  )
}

function Email({ view, say, issues, value }: MembersView & { issues: readonly Issue[]; value: string | undefined }) {
  return (
    <Field
      view={view}
      issues={issues}
      name="email"
      label={say('sign-in.email')}
      value={value}
      maxLength={longestEmail}
      type="email"
      autocomplete="username"
      required
    />
  )
}

/** A password to come, with what makes a good one. */
export function NewPassword({ view, say, issues }: MembersView & { issues: readonly Issue[] }) {
  return (
    <Field
      view={view}
      issues={issues}
      name="password"
      label={say('password.new')}
      hint={say('password.hint')}
      value={undefined}
      maxLength={longestPassword}
      type="password"
      autocomplete="new-password"
      required
    />
  )
}
