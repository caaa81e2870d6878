import type { Issue } from '../../../platform/errors.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import type { Setup, Standing } from '../actions/second-factor.ts'
import { Done } from './notes.tsx'
import { PasskeySignIn } from './passkeys.tsx'
import type { MembersView } from './sign-in.tsx'

const longest = 40

/** Signing in, after the password: the code. */
export function CodePage({ view, say, next, issues = [] }: MembersView & { next: string | undefined; issues?: readonly Issue[] }) {
  return (
    <Layout view={view} title={say('factor.step')} unlisted passkeys>
      <section class="stack">
        <h1>{say('factor.step')}</h1>
        <p>{say('factor.step-lead')}</p>
        <IssueSummary view={view} issues={issues} labels={{ code: say('factor.any-code') }} />
        <Form action={view.link('/sign-in/code')}>
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <Code view={view} label={say('factor.any-code')} issues={issues} />
          <button class="btn">{say('sign-in.title')}</button>
        </Form>
        <p>
          <a href={view.link('/sign-in')}>{say('factor.step-back')}</a>
        </p>
        <PasskeySignIn view={view} say={say} next={next} />
      </section>
    </Layout>
  )
}

export type SecondFactorProps = MembersView & { standing: Standing; issues: readonly Issue[]; isOff: boolean }

/** The second factor of somebody signed in: set up, kept, turned off. */
export function SecondFactorPage({ view, say, standing, issues, isOff }: SecondFactorProps) {
  const { totp, setup } = standing
  return (
    <Layout view={view} title={say('factor.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/account')}>{say('account.title')}</a>
        </p>
        <h1>{say('factor.title')}</h1>
        {isOff && !totp && <Done>{say('factor.now-off')}</Done>}
        <p>{say('factor.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={{ code: say('factor.code') }} />
        {totp && <Kept view={view} say={say} standing={standing} />}
        {setup && <Setting view={view} say={say} setup={setup} issues={issues} />}
        {!totp && (
          <form method="post" action={view.link('/account/second-factor/setup')}>
            <button class={setup ? 'btn quiet' : 'btn'}>{setup ? say('factor.restart') : say('factor.start')}</button>
          </form>
        )}
      </section>
    </Layout>
  )
}

function Setting({ view, say, setup, issues }: MembersView & { setup: Setup; issues: readonly Issue[] }) {
  return (
    <>
      <p>{say('factor.scan')}</p>
      <QrCode text={setup.address} label={say('factor.picture')} />
      <p>
        <small>{say('factor.secret')}</small>
        <br />
        <code class="secret">{setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <p>
        <a href={setup.address}>{say('factor.open')}</a>
      </p>
      <Form action={view.link('/account/second-factor')}>
        <Code view={view} label={say('factor.code')} issues={issues} />
        <button class="btn">{say('factor.confirm')}</button>
      </Form>
    </>
  )
}

function Kept({ view, say, standing }: MembersView & { standing: Standing }) {
  return (
    <>
      <p>
        <b>{say('factor.now-on')}</b>
      </p>
      <div class="apart">
        <h2>{say('factor.codes')}</h2>
        <p>
          <small>{say('factor.codes-left', { n: standing.recoveryCodes })}</small>
          <br />
          {say('factor.codes-renew-lead')}
        </p>
        <form method="post" action={view.link('/account/second-factor/recovery-codes')}>
          <button class="btn quiet">{say('factor.codes-renew')}</button>
        </form>
      </div>
      <div class="apart">
        <h2>{say('factor.end')}</h2>
        <p>{say('factor.end-lead')}</p>
        <form method="post" action={view.link('/account/second-factor/end')}>
          <button class="btn quiet">{say('factor.end')}</button>
        </form>
      </div>
    </>
  )
}

/** The recovery codes, this once; as plain lines, so that they are copied and printed as they stand. */
export function RecoveryCodesPage({ view, say, codes, isNew = false }: MembersView & { codes: readonly string[]; isNew?: boolean }) {
  return (
    <Layout view={view} title={say('factor.codes')} unlisted>
      <section class="stack">
        <h1>{say('factor.codes')}</h1>
        {isNew && <Done>{say('factor.now-on')}</Done>}
        <p>{say('factor.codes-lead')}</p>
        <pre class="codes">{codes.join('\n')}</pre>
        <p>
          <a class="btn" href={view.link('/account/second-factor')}>
            {say('factor.codes-kept')}
          </a>
        </p>
      </section>
    </Layout>
  )
}

/** A field for a code, which a telephone may fill in. */
export function Code({ view, label, issues }: { view: MembersView['view']; label: string; issues: readonly Issue[] }) {
  return <Field view={view} issues={issues} name="code" label={label} value={undefined} maxLength={longest} autocomplete="one-time-code" required />
}
