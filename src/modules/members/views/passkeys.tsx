import type { Child } from 'hono/jsx'
import type { PasskeyShown } from '../../../platform/access/passkeys.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Field, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Done, Wrong } from './notes.tsx'
import type { MembersView } from './sign-in.tsx'

/**
 * A form that a script of ours sends once a passkey has answered. Until the script has run it is hidden, and a sentence says what is missing.
 *
 * @param asks where the script gets what the passkey is to sign
 */
export function PasskeyForm({ view, say, action, asks, children }: MembersView & { action: string; asks: string; children: Child }) {
  return (
    <div class="apart">
      <form class="form" method="post" action={view.link(action)} data-asks={view.link(asks)} hidden>
        <input type="hidden" name="response" value="" />
        {children}
      </form>
      <p class="issue" role="alert" data-when="failed" hidden>
        {say('factor.passkey-failed')}
      </p>
      <p data-when="unknown" hidden>
        {say('factor.passkey-unknown')}
      </p>
      <p data-when="no-script">{say('factor.passkey-script')}</p>
    </div>
  )
}

/** Signing in without an address. */
export function PasskeySignIn({ view, say, next }: MembersView & { next: string | undefined }) {
  return (
    <PasskeyForm view={view} say={say} action="/sign-in/passkey" asks="/sign-in/passkey/challenge">
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <button class="btn quiet">{say('factor.passkey-sign-in')}</button>
    </PasskeyForm>
  )
}

export type PasskeysProps = MembersView & {
  passkeys: PasskeyShown[]
  issues?: readonly Issue[]
  typed?: string
  /** A passkey was not accepted. */
  isRefused?: boolean
  done?: 'added' | 'removed' | undefined
}

export function PasskeysPage({ view, say, passkeys, issues = [], typed, isRefused = false, done }: PasskeysProps) {
  const labels = { name: say('factor.passkey-name') }
  return (
    <Layout view={view} title={say('factor.passkeys')} unlisted passkeys>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/account')}>{say('account.title')}</a>
        </p>
        <h1>{say('factor.passkeys')}</h1>
        {done && <Done>{done === 'added' ? say('factor.passkey-added') : say('factor.passkey-removed')}</Done>}
        <p>{say('factor.passkeys-lead')}</p>
        {passkeys.length === 0 ? <p class="quiet">{say('factor.passkeys-none')}</p> : <Passkeys view={view} say={say} passkeys={passkeys} />}
        <IssueSummary view={view} issues={issues} labels={labels} />
        {isRefused && <Wrong>{say('factor.passkey-refused')}</Wrong>}
        <PasskeyForm view={view} say={say} action="/account/passkeys" asks="/account/passkeys/challenge">
          <Field view={view} issues={issues} name="name" label={labels.name} hint={say('factor.passkey-hint')} value={typed} maxLength={100} required />
          <button class="btn">{say('factor.passkey-add')}</button>
        </PasskeyForm>
      </section>
    </Layout>
  )
}

function Passkeys({ view, say, passkeys }: MembersView & { passkeys: PasskeyShown[] }) {
  return (
    <ul class="linklist">
      {passkeys.map(({ id, name, madeAt, usedAt }) => (
        <li>
          <b>{name}</b>{' '}
          <small>
            {say('factor.passkey-since', { date: formatMoment(madeAt, view.language) })} ·{' '}
            {usedAt === null ? say('factor.passkey-unused') : say('factor.passkey-used', { date: formatMoment(usedAt, view.language) })}
          </small>
          <form method="post" action={view.link(`/account/passkeys/${id}/end`)}>
            <button class="btn quiet">{say('factor.passkey-remove', { name })}</button>
          </form>
        </li>
      ))}
    </ul>
  )
}
