import { Choices } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { languages } from '../../../platform/i18n/languages.ts'
import { languageOptions } from '../../members/index.ts'
import type { Verb } from '../rules/lifecycle.ts'
import { likelyOutcome } from '../rules/progress.ts'
import { updateLength } from '../schema/calls.ts'
import { outcomes } from '../schema/terms.ts'
import type { CallProps } from './call.tsx'
import { labelsOf } from './edit.tsx'
import { labelsIn, one, TextFields } from './parts.tsx'

/** The address below a call at which each verb is done. */
export const nouns: Record<Verb, string> = {
  request: 'request',
  recall: 'recall',
  return: 'return',
  open: 'opening',
  extend: 'extension',
  close: 'closure',
  withdraw: 'withdrawal',
}

const plain = ['request', 'open', 'recall', 'withdraw'] as const

/** What this reader may do with the call now. */
export function Acts(props: CallProps) {
  const { view, say, call, may, issues } = props
  if (!may.write && !may.tell && may.verbs.length === 0) return null
  const labels = {
    ...labelsOf(say),
    ...labelsIn('text', say('update.text')),
    ...labelsIn('report', say('close.report')),
    reason: say('call.reason'),
    lines: say('line.title'),
    concepts: say('line.concepts'),
    outcome: say('call.outcome'),
    report_original: say('call.original'),
  }
  return (
    <>
      <h2>{say('call.acts')}</h2>
      <IssueSummary view={view} issues={issues} labels={labels} />
      <div class="tools" id="lines">
        {may.write && (
          <a class="btn quiet" id="concepts" href={view.link(`/calls/${call.id}/edit`)}>
            {say('call.edit')}
          </a>
        )}
        {plain
          .filter((verb) => may.verbs.includes(verb))
          .map((verb) => (
            <form method="post" action={at(props, verb)}>
              <Version {...props} />
              <button class={verb === 'withdraw' ? 'btn end' : 'btn'}>{say(`verb.${verb}`)}</button>
            </form>
          ))}
      </div>
      {may.verbs.includes('return') && <Return {...props} />}
      {may.tell && <Update {...props} />}
      {may.verbs.includes('extend') && <Extend {...props} />}
      {may.verbs.includes('close') && <Close {...props} />}
    </>
  )
}

const at = ({ view, call }: CallProps, verb: Verb) => view.link(`/calls/${call.id}/${nouns[verb]}`)
const Version = ({ call }: CallProps) => <input type="hidden" name="version" value={String(call.version)} />

function Return(props: CallProps) {
  const { view, say, issues, typed } = props
  return (
    <Form action={at(props, 'return')}>
      <Version {...props} />
      <Field view={view} issues={issues} name="reason" label={say('call.reason')} value={one(typed, 'reason')} maxLength={2000} lines={3} required />
      <button class="btn quiet">{say('verb.return')}</button>
    </Form>
  )
}

function Update({ view, say, call, issues, typed, fresh }: CallProps) {
  const original = languages.find((each) => each === one(typed, 'original')) ?? view.language
  return (
    <details open={issues.some(({ path }) => path.startsWith('text_'))}>
      <summary>{say('update.title')}</summary>
      <Form action={view.link(`/calls/${call.id}/updates`)}>
        <input type="hidden" name="id" value={one(typed, 'id') ?? fresh} />
        <Choice view={view} issues={issues} name="original" label={say('call.original')} value={original} options={languageOptions} required />
        <TextFields
          {...{ view, say, typed, issues, original }}
          name="text"
          label={say('update.text')}
          maxLength={updateLength}
          lines={4}
          hint={say('update.hint')}
          more={say('call.other-languages')}
        />
        <button class="btn">{say('update.post')}</button>
      </Form>
    </details>
  )
}

function Extend(props: CallProps) {
  const { view, say, call, issues, typed } = props
  return (
    <details open={issues.some(({ path }) => path === 'deadline')}>
      <summary>{say('verb.extend')}</summary>
      <Form action={at(props, 'extend')}>
        <Version {...props} />
        <Field
          view={view}
          issues={issues}
          name="deadline"
          label={say('extend.deadline')}
          type="date"
          value={one(typed, 'deadline') ?? call.deadline ?? ''}
          maxLength={10}
          required
        />
        <button class="btn quiet">{say('verb.extend')}</button>
      </Form>
    </details>
  )
}

function Close(props: CallProps) {
  const { view, say, call, issues, typed } = props
  const original = languages.find((each) => each === one(typed, 'report_original')) ?? view.language
  const isWrong = issues.some(({ path }) => path === 'outcome' || path.startsWith('report'))
  return (
    <details open={isWrong || call.state === 'due'}>
      <summary>{say('verb.close')}</summary>
      <Form action={at(props, 'close')}>
        <Version {...props} />
        <p class="small">{say('close.likely', { outcome: say(`outcome.${likelyOutcome(call.lines)}`) })}</p>
        <Choices
          view={view}
          issues={issues}
          name="outcome"
          label={say('call.outcome')}
          value={one(typed, 'outcome')}
          options={outcomes.map((value) => ({ value, label: say(`outcome.${value}`) }))}
        />
        <Choice view={view} issues={issues} name="report_original" label={say('call.original')} value={original} options={languageOptions} required />
        <TextFields
          {...{ view, say, typed, issues, original }}
          name="report"
          label={say('close.report')}
          maxLength={updateLength}
          lines={6}
          hint={say('close.hint')}
          more={say('call.other-languages')}
        />
        <button class="btn">{say('verb.close')}</button>
      </Form>
    </details>
  )
}
