import type { Child } from 'hono/jsx'
import type { Person } from '../../../platform/access/actor.ts'
import type { Factors } from '../../../platform/access/second-factor.ts'
import type { SessionShown } from '../../../platform/access/sessions.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { agentName } from '../rules/agents.ts'
import type { Listed } from '../store/applications.ts'
import type { ActsFor } from '../store/roles.ts'
import { Belonging } from './belonging.tsx'
import { NewPassword, type MembersView } from './sign-in.tsx'
import { languageOptions } from './words.ts'

export type AccountProps = MembersView & {
  person: Person
  sessions: SessionShown[]
  actsFor: readonly ActsFor[]
  applications: readonly Listed[]
  factors: Factors
  /** What other modules have to say to this person. */
  sections: Child[]
  issues?: readonly Issue[]
  /** Parts of the page that have files of their own. */
  children?: Child
  /** What has just been done. */
  done?: 'saved' | 'password' | undefined
}

export function AccountPage(props: AccountProps) {
  const { view, say, person, sessions, factors, issues = [], done, children } = props
  const labels = { name: say('account.name'), language: say('account.language'), current: say('password.current'), password: say('password.new') }
  return (
    <Layout view={view} title={say('account.title')} unlisted>
      <section class="stack">
        <h1>{say('account.title')}</h1>
        {done && (
          <div class="note good" role="status">
            <b>{done === 'saved' ? say('account.saved') : say('password.changed')}</b>
          </div>
        )}
        <IssueSummary view={view} issues={issues} labels={labels} />
      </section>
      <Belonging {...props} />
      {props.sections}
      <section class="stack">
        <h2>{say('account.you')}</h2>
        <Form action={view.link('/account')}>
          <Field view={view} issues={issues} name="name" label={labels.name} value={person.name} maxLength={200} autocomplete="name" required />
          <Choice view={view} issues={issues} name="language" label={labels.language} value={person.language} options={languageOptions} required />
          <button class="btn">{say('account.save')}</button>
        </Form>
      </section>
      <section class="stack">
        <h2>{say('account.password')}</h2>
        <Form action={view.link('/account/password')}>
          <Field
            view={view}
            issues={issues}
            name="current"
            label={labels.current}
            value={undefined}
            maxLength={200}
            type="password"
            autocomplete="current-password"
            required
          />
          <NewPassword view={view} say={say} issues={issues} />
          <button class="btn">{say('password.set')}</button>
        </Form>
      </section>
      <FactorsSection view={view} say={say} factors={factors} />
      <section class="stack">
        <h2>{say('key.title')}</h2>
        <ul class="linklist">
          <li>
            <a href={view.link('/account/api-keys')}>{say('key.title')}</a>
          </li>
        </ul>
      </section>
      <section class="stack">
        <h2>{say('account.searches')}</h2>
        <ul class="linklist">
          <li>
            <a href={view.link('/account/searches')}>{say('account.searches')}</a>
          </li>
        </ul>
      </section>
      {children}
      <Sessions view={view} say={say} person={person} sessions={sessions} />
    </Layout>
  )
}

function FactorsSection({ view, say, factors: { totp, recoveryCodes, passkeys } }: MembersView & { factors: Factors }) {
  return (
    <section class="stack">
      <h2>{say('factor.section')}</h2>
      <ul class="linklist">
        <li>
          <a href={view.link('/account/second-factor')}>{say('factor.title')}</a>{' '}
          <small>
            {totp ? say('factor.on') : say('factor.off')}
            {totp && ` · ${say('factor.codes-left', { n: recoveryCodes })}`}
          </small>
        </li>
        <li>
          <a href={view.link('/account/passkeys')}>{say('factor.passkeys')}</a>{' '}
          <small>{passkeys === 0 ? say('factor.passkeys-none') : say('factor.passkeys-count', { n: passkeys })}</small>
        </li>
      </ul>
    </section>
  )
}

function Sessions({ view, say, person, sessions }: Pick<AccountProps, 'view' | 'say' | 'person' | 'sessions'>) {
  return (
    <section class="stack">
      <h2>{say('account.sessions')}</h2>
      <ul class="linklist">
        {sessions.map(({ id, madeAt, seenAt, address, agent }) => (
          <li>
            <span>
              <span title={agent}>{agentName(agent) || '–'}</span> <small>{address}</small>
            </span>{' '}
            <small>
              {say('account.session-since', { date: formatMoment(madeAt, view.language) })} ·{' '}
              {say('account.session-seen', { date: formatMoment(seenAt, view.language) })}
              {id === person.session && ` · ${say('account.session-here')}`}
            </small>
            {id !== person.session && (
              <form method="post" action={view.link(`/account/sessions/${id}/end`)}>
                <button class="btn quiet">{say('account.session-end')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={view.link('/account/sessions/end')}>
          <button class="btn quiet">{say('account.sessions-end')}</button>
        </form>
      )}
      <form method="post" action={view.link('/sign-out')}>
        <button class="btn">{say('account.sign-out')}</button>
      </form>
    </section>
  )
}
