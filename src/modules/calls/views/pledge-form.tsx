import { pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Choices } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { languageOptions } from '../../members/index.ts'
import type { Call } from '../store/calls.ts'
import type { CallsSay } from '../text/index.ts'
import { dayOf, one, quantity, type Part } from './parts.tsx'

export const pledgeLabels = (say: CallsSay): Record<string, string> => ({
  member: say('pledge.by'),
  line: say('pledge.line'),
  amount: say('pledge.amount'),
  available_from: say('pledge.available_from'),
  available_until: say('pledge.available_until'),
  language: say('pledge.language'),
  conditions: say('pledge.conditions'),
  note: say('pledge.note'),
})

/** What is pledged, in the unit of its line. */
export function PledgeFields({ view, say, typed, issues }: Part) {
  const named = { view, issues }
  const labels = pledgeLabels(say)
  const field = (name: string, rest: { type?: 'date'; lines?: number; maxLength: number; required?: boolean; hint?: string }) => (
    <Field {...named} name={name} label={labels[name] ?? name} value={one(typed, name)} {...rest} />
  )
  return (
    <>
      {field('amount', { maxLength: 20, required: true, hint: say('pledge.amount-hint') })}
      {field('available_from', { type: 'date', maxLength: 10, required: true })}
      {field('available_until', { type: 'date', maxLength: 10 })}
      {field('conditions', { lines: 3, maxLength: 2000, hint: say('pledge.conditions-hint') })}
      {field('note', { lines: 3, maxLength: 2000 })}
      <Choice {...named} name="language" label={say('pledge.language')} value={one(typed, 'language')} options={languageOptions} required />
    </>
  )
}

export type PledgeFormProps = Part & { call: Call; members: readonly { value: string; label: string }[] }

/** Where a member pledges for one line of a call. */
export function PledgeFormPage({ view, say, call, members, typed, issues }: PledgeFormProps) {
  const named = { view, issues }
  const lines = call.lines.map(({ id, item, original, amount, unit }) => ({
    value: id,
    label: `${pickText(item, view.language, original)?.text ?? ''} (${quantity(view, amount, unit)})`,
  }))
  return (
    <Layout view={view} title={say('pledge.begin')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/calls/${call.id}`)}>
            {call.number} {pickText(call.title, view.language, call.original)?.text}
          </a>
        </p>
        <h1>{say('pledge.begin')}</h1>
        <p>{say('pledge.lead', { day: dayOf(view, call.deadline) })}</p>
        {members.length === 0 ? (
          <p class="empty">{say('pledge.nobody')}</p>
        ) : (
          <>
            <IssueSummary view={view} issues={issues} labels={pledgeLabels(say)} />
            <Form action={view.link(`/calls/${call.id}/pledges`)}>
              <input type="hidden" name="id" value={one(typed, 'id')} />
              <Choice {...named} name="member" label={say('pledge.by')} value={one(typed, 'member')} options={members} required />
              <Choices
                {...named}
                name="line"
                label={say('pledge.line')}
                value={one(typed, 'line') ?? (lines.length === 1 ? lines[0]?.value : undefined)}
                options={lines}
              />
              <PledgeFields {...{ view, say, typed, issues }} />
              <button class="btn">{say('pledge.send')}</button>
            </Form>
          </>
        )}
      </section>
    </Layout>
  )
}
