import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Choices } from '../../../platform/ui/choices.tsx'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { membersTexts } from '../text/index.ts'

type Outcomes = readonly { value: string; label: string }[]
export type ClosureTyped = { outcome?: string | undefined; note?: string | undefined }

/** Something that came in, as far as it has come to an end. */
export type Closable = { contact: string | null; outcome: string | null; note: string | null; closedAt: Date | null; version: number }

export type ClosureProps = {
  view: View
  /** Where the form is sent. */
  action: string
  /** What may come of it, in the reader's words. */
  outcomes: Outcomes
  thing: Closable
  typed?: ClosureTyped | undefined
  issues?: readonly Issue[] | undefined
  /** That somebody else was quicker; what was typed is shown below what they decided. */
  stale?: boolean | undefined
}

/** How something that came in ended, or the form that ends it. */
export function Closure({ view, action, outcomes, thing, typed = {}, issues = [], stale = false }: ClosureProps) {
  const say = membersTexts[view.language]
  if (thing.closedAt) return <Ended view={view} outcomes={outcomes} thing={thing} typed={typed} stale={stale} />
  const labels = { outcome: say('desk.closure.outcome'), note: say('desk.closure.note') }
  const hint = thing.contact === null ? say('desk.closure.note-kept') : say('desk.closure.note-sent', { address: thing.contact })
  return (
    <>
      <IssueSummary view={view} issues={issues} labels={labels} />
      <Form action={view.link(action)}>
        <input type="hidden" name="version" value={String(thing.version)} />
        <Choices view={view} name="outcome" label={labels.outcome} options={outcomes} value={typed.outcome} issues={issues} />
        <Field view={view} issues={issues} name="note" label={labels.note} hint={hint} value={typed.note} maxLength={2000} lines={4} />
        <button class="btn">{say('desk.closure.close')}</button>
      </Form>
    </>
  )
}

function Ended({ view, outcomes, thing, typed, stale }: Required<Pick<ClosureProps, 'view' | 'outcomes' | 'thing'>> & { typed: ClosureTyped; stale: boolean }) {
  const say = membersTexts[view.language]
  const label = (value: string | null | undefined) => outcomes.find((each) => each.value === value)?.label ?? ''
  return (
    <>
      {stale && (
        <div class="note bad" role="alert">
          <b>{say('desk.closure.stale')}</b>
          <span>{say('desk.closure.stale-yours', { outcome: label(typed.outcome) })}</span>
          {typed.note && <span class="typed">{typed.note}</span>}
        </div>
      )}
      <dl class="facts">
        <dt>{say('desk.closure.outcome')}</dt>
        <dd>{label(thing.outcome)}</dd>
        {thing.note && (
          <>
            <dt>{say('desk.closure.note')}</dt>
            <dd class="typed">{thing.note}</dd>
          </>
        )}
        <dt>{say('desk.closure.closed')}</dt>
        <dd>{thing.closedAt && <time datetime={thing.closedAt.toISOString()}>{formatMoment(thing.closedAt, view.language)}</time>}</dd>
      </dl>
    </>
  )
}
