import type { Issue } from '../../../platform/errors.ts'
import { Choices } from '../../../platform/ui/choices.tsx'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { reportReasons } from '../schema.ts'
import type { MembersView } from './sign-in.tsx'

export type ReportTyped = { id: string; about?: string | undefined; reason?: string | undefined; claim?: string | undefined; contact?: string | undefined }

/** The form with which anybody reports a page, empty or with what was typed and all that is wrong with it. */
export function ReportPage({ view, say, typed, issues = [] }: MembersView & { typed: ReportTyped; issues?: readonly Issue[] }) {
  const labels = { about: say('report.about'), reason: say('report.reason'), claim: say('report.claim'), contact: say('report.contact') }
  const reasons = reportReasons.map((value) => ({ value, label: say(`report.reason.${value}`) }))
  return (
    <Layout view={view} title={view.say('site.report')} unlisted>
      <section class="stack">
        <h1>{view.say('site.report')}</h1>
        <p>{say('report.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link('/reports')}>
          <input type="hidden" name="id" value={typed.id} />
          <Field view={view} issues={issues} name="about" label={labels.about} hint={say('report.about-hint')} value={typed.about} maxLength={300} required />
          <Choices view={view} issues={issues} name="reason" label={labels.reason} options={reasons} value={typed.reason} />
          <Field view={view} issues={issues} name="claim" label={labels.claim} value={typed.claim} maxLength={4000} lines={6} required />
          <Field
            view={view}
            issues={issues}
            name="contact"
            label={labels.contact}
            hint={say('report.contact-hint')}
            value={typed.contact}
            maxLength={254}
            type="email"
            autocomplete="email"
          />
          <button class="btn">{say('report.send')}</button>
        </Form>
      </section>
    </Layout>
  )
}

export function ReportSentPage({ view, say }: MembersView) {
  return (
    <Layout view={view} title={view.say('site.report')} unlisted>
      <section class="stack">
        <h1>{view.say('site.report')}</h1>
        <div class="note good" role="status">
          <b>{say('report.sent')}</b>
          <span>{say('report.sent-more')}</span>
        </div>
      </section>
    </Layout>
  )
}
