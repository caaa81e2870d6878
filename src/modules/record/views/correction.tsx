import type { Issue } from '../../../platform/errors.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { RecordView } from './parts.tsx'

export type CorrectionTyped = {
  id: string
  about?: string | undefined
  claim?: string | undefined
  evidence?: string | undefined
  contact?: string | undefined
}

/** The form, empty or with what was typed and all that is wrong with it. */
export function CorrectionPage({ view, say, typed, issues = [] }: RecordView & { typed: CorrectionTyped; issues?: readonly Issue[] }) {
  const labels = { about: say('correction.about'), claim: say('correction.claim'), evidence: say('correction.evidence'), contact: say('correction.contact') }
  return (
    <Layout view={view} title={say('correction.title')} unlisted>
      <section class="stack">
        <h1>{say('correction.title')}</h1>
        <p>{say('correction.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link('/corrections')}>
          <input type="hidden" name="id" value={typed.id} />
          <Field view={view} issues={issues} name="about" label={labels.about} hint={say('correction.about-hint')} value={typed.about} maxLength={300} />
          <Field view={view} issues={issues} name="claim" label={labels.claim} value={typed.claim} maxLength={4000} lines={6} required />
          <Field
            view={view}
            issues={issues}
            name="evidence"
            label={labels.evidence}
            hint={say('correction.evidence-hint')}
            value={typed.evidence}
            maxLength={2000}
            lines={3}
          />
          <Field
            view={view}
            issues={issues}
            name="contact"
            label={labels.contact}
            hint={say('correction.contact-hint')}
            value={typed.contact}
            maxLength={320}
            type="email"
            autocomplete="email"
          />
          <button class="btn">{say('correction.send')}</button>
        </Form>
      </section>
    </Layout>
  )
}

export function CorrectionSentPage({ view, say }: RecordView) {
  return (
    <Layout view={view} title={say('correction.title')} unlisted>
      <section class="stack">
        <h1>{say('correction.title')}</h1>
        <div class="note good" role="status">
          <b>{say('correction.sent')}</b>
          <span>{say('correction.sent-more')}</span>
        </div>
        <p>
          <a href={view.link('/')}>{say('correction.back')}</a>
        </p>
      </section>
    </Layout>
  )
}
