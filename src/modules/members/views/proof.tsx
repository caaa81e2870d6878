import type { Factors } from '../../../platform/access/second-factor.ts'
import type { Issue } from '../../../platform/errors.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Wrong } from './notes.tsx'
import { PasskeyForm } from './passkeys.tsx'
import { Code } from './second-factor.tsx'
import type { MembersView } from './sign-in.tsx'

export type ProofProps = MembersView & {
  /** Where to go on. */
  next: string
  factors: Factors
  issues: readonly Issue[]
  /** A passkey was not accepted. */
  isRefused: boolean
}

/** Somebody signed in shows anew who they are. */
export function ProofPage({ view, say, next, factors, issues, isRefused }: ProofProps) {
  const labels = { current: say('password.current'), code: say('factor.any-code') }
  const hasPasskeys = factors.passkeys > 0
  return (
    <Layout view={view} title={say('factor.proof')} unlisted passkeys={hasPasskeys}>
      <section class="stack">
        <h1>{say('factor.proof')}</h1>
        <p>{say('factor.proof-lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        {isRefused && <Wrong>{say('factor.passkey-refused')}</Wrong>}
        <Form action={view.link('/account/proof')}>
          <input type="hidden" name="next" value={next} />
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
          {factors.totp && <Code view={view} label={labels.code} issues={issues} />}
          <button class="btn">{say('factor.proof-go')}</button>
        </Form>
        {hasPasskeys && (
          <PasskeyForm view={view} say={say} action="/account/proof/passkey" asks="/account/proof/passkey/challenge">
            <input type="hidden" name="next" value={next} />
            <button class="btn quiet">{say('factor.passkey-prove')}</button>
          </PasskeyForm>
        )}
      </section>
    </Layout>
  )
}
