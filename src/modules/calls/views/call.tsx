import type { Issue } from '../../../platform/errors.ts'
import { languageInSentence } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import type { Verb } from '../rules/lifecycle.ts'
import type { Call } from '../store/calls.ts'
import type { StepOf } from '../store/lines.ts'
import { Acts } from './acts.tsx'
import { Lines } from './lines.tsx'
import { whereOf } from './list.tsx'
import { Caller, dayOf, Paragraphs, State, type CallsView, type Names, type Typed } from './parts.tsx'

export type CallProps = CallsView & {
  call: Call
  steps: readonly StepOf[]
  names: Names
  /** `pledges`: reads who pledged what. */
  may: { write: boolean; tell: boolean; pledge: boolean; pledges: boolean; verbs: readonly Verb[] }
  issues: readonly Issue[]
  typed: Typed
  /** A new id for a form that makes something. */
  fresh: string
}

/** A call: what is needed, how far it has come, what happened. */
export function CallPage(props: CallProps) {
  const { view, say, call, steps, may } = props
  const shown = pickText(call.title, view.language, call.original)
  return (
    <Layout view={view} title={shown?.text ?? ''} description={say('calls.lead')} unlisted={!call.isPublic || call.openedAt === null}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/calls')}>{say('calls.title')}</a> › {call.number ?? say(`state.${call.state}`)}
        </p>
        <h1 lang={shown && shown.language !== view.language ? htmlLanguage[shown.language] : undefined}>{shown?.text}</h1>
        <p class="tags">
          <Badge tone="warn">{say(`call-kind.${call.kind}`)}</Badge> <State say={say} call={call} />
        </p>
        <p>
          <Caller view={view} of={call} /> · {whereOf(view, call.countries, call.place)}
        </p>
        {call.deadline !== null && (
          <p>
            <b>{say(call.isOpen ? 'call.until' : 'call.was-until', { day: dayOf(view, call.deadline) })}</b>
          </p>
        )}
        {call.reason !== null && (
          <div class="note bad" role="status">
            <b>{say('call.returned-because')}</b>
            <span>{call.reason}</span>
          </div>
        )}
        {call.state === 'due' && (
          <div class="note" role="status">
            <b>{say('call.due-note')}</b>
          </div>
        )}
        <div class="tools">
          {may.pledge && call.isOpen && (
            <a class="btn" href={view.link(`/calls/${call.id}/pledges/new`)}>
              {say('pledge.begin')}
            </a>
          )}
          {may.pledges && call.openedAt !== null && <a href={view.link(`/calls/${call.id}/pledges`)}>{say('pledges.of-call')}</a>}
          {may.tell && <a href={view.link(`/desk/calls/${call.id}/broadcast`)}>{say('broadcast.title')}</a>}
        </div>
      </section>
      <section class="stack">
        <Outcome view={view} say={say} call={call} />
        <Lines {...props} />
        <Said view={view} say={say} call={call} />
        {steps.length > 0 && <Timeline view={view} say={say} steps={steps} />}
        <Acts {...props} />
      </section>
    </Layout>
  )
}

/** How it ended, and the report. */
function Outcome({ view, say, call }: CallsView & { call: Call }) {
  if (call.outcome === null || call.report === null) return null
  return (
    <>
      <h2>{say('call.outcome')}</h2>
      <p>
        <b>{say(`outcome.${call.outcome}`)}</b>
      </p>
      <Paragraphs view={view} text={call.report} original={call.reportOriginal ?? undefined} />
    </>
  )
}

/** Its text in the reader's language, or as it is, with a word about it. */
function Said({ view, say, call: { body, original } }: CallsView & { call: Call }) {
  const picked = pickText(body, view.language, original)
  if (picked === undefined) return null
  return (
    <>
      <h2>{say('call.body')}</h2>
      {picked.language !== view.language && <p class="small">{say('call.other-language', { language: languageInSentence(picked.language, view.language) })}</p>}
      {picked.language === view.language && original !== view.language && (
        <p class="small">{say('call.not-original', { language: languageInSentence(original, view.language) })}</p>
      )}
      <Paragraphs view={view} text={body} original={original} />
    </>
  )
}

/** What happened, the newest first. */
function Timeline({ view, say, steps }: CallsView & { steps: readonly StepOf[] }) {
  return (
    <>
      <h2>{say('step.title')}</h2>
      <ol class="events">
        {steps.map(({ what, text, original, deadline, madeAt }) => (
          <li>
            <time datetime={madeAt.toISOString()}>{dayOf(view, madeAt)}</time>
            <div>
              {text === null ? say(`step.${what}`, { day: dayOf(view, deadline) }) : <Paragraphs view={view} text={text} original={original ?? undefined} />}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
