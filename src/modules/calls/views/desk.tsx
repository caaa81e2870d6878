import type { Issue } from '../../../platform/errors.ts'
import type { List } from '../../../platform/db/lists.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Several } from '../../../platform/ui/choices.tsx'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { DeskLayout, memberInputs, membersTexts } from '../../members/index.ts'
import type { DeskFilter } from '../schema/calls.ts'
import type { Reach } from '../store/broadcast.ts'
import type { Call } from '../store/calls.ts'
import type { Listed } from '../store/lists.ts'
import type { Pledge } from '../store/pledges.ts'
import { titleColumn } from './list.tsx'
import { Caller, dayOf, one, State, type CallsView, type Typed } from './parts.tsx'
import { pledgeColumns } from './pledges.tsx'

const states = ['draft', 'open', 'closed'] as const

/** The calls of the reader's desks: by default what waits there. */
export function QueuePage({ view, say, list, filter }: CallsView & { list: List<Listed>; filter: DeskFilter }) {
  const columns: Column<Listed>[] = [
    { key: 'number', label: say('call.number'), cell: ({ number }) => <span class="nowrap">{number ?? '–'}</span> },
    titleColumn({ view, say }),
    { key: 'by', label: say('call.behind'), cell: (row) => <Caller view={view} of={row} /> },
    { key: 'state', label: say('call.state'), cell: (call) => <State say={say} call={call} /> },
    { key: 'deadline', label: say('call.deadline'), cell: ({ deadline }) => <span class="nowrap">{dayOf(view, deadline)}</span> },
    { key: 'waiting', label: say('desk.pledges-waiting'), numeric: true, cell: ({ waiting }) => formatNumber(waiting, view.language) },
  ]
  return (
    <DeskLayout view={view} title={say('desk.calls')}>
      <p class="small">{say('desk.calls-lead')}</p>
      <p>
        <a class="btn" href={view.link('/calls/new')}>
          {say('call.begin')}
        </a>
      </p>
      <Filters
        view={view}
        sort={undefined}
        filters={[{ name: 'state', label: say('call.state'), value: filter.state, options: states.map((value) => ({ value, label: say(`desk.${value}`) })) }]}
      />
      <Table view={view} caption={say('desk.calls')} columns={columns} page={list} sort="made" />
    </DeskLayout>
  )
}

/** Pledges that wait for a decision. */
export function WaitingPledgesPage({ view, say, list }: CallsView & { list: List<Pledge> }) {
  return (
    <DeskLayout view={view} title={say('desk.pledges')}>
      <Table view={view} caption={say('desk.pledges')} columns={pledgeColumns({ view, say }, { call: true })} page={list} sort="made" />
    </DeskLayout>
  )
}

export type BroadcastProps = CallsView & { call: Call; reach: Reach; typed: Typed; issues: readonly Issue[] }

/** Whom a call would reach, before it is sent; and how far what was sent has come. */
export function BroadcastPage({ view, say, call, reach, typed, issues }: BroadcastProps) {
  const named = { view, issues }
  const title = say('broadcast.title')
  const labels = { kinds: say('broadcast.kinds'), countries: say('broadcast.countries') }
  const words = membersTexts[view.language]
  const rows = (['fitting', 'chosen', 'told', 'fresh'] as const).map((name) => [say(`broadcast.${name}`), reach[name]] as const)
  const fields = (
    <>
      <Several
        {...named}
        name="kinds"
        label={labels.kinds}
        options={memberInputs.organizationKinds.map((value) => ({ value, label: words(`kind.${value}`) }))}
        values={typed['kinds'] ?? []}
      />
      <Field {...named} name="countries" label={labels.countries} hint={say('call.countries-hint')} value={one(typed, 'countries')} maxLength={1000} />
    </>
  )
  return (
    <DeskLayout view={view} title={title}>
      <p class="kicker">
        <a href={view.link(`/calls/${call.id}`)}>
          {call.number} {pickText(call.title, view.language, call.original)?.text}
        </a>
      </p>
      <p>{say('broadcast.lead')}</p>
      <IssueSummary view={view} issues={issues} labels={labels} />
      <dl class="facts">
        {rows.map(([name, n]) => (
          <>
            <dt>{name}</dt>
            <dd>{formatNumber(n, view.language)}</dd>
          </>
        ))}
      </dl>
      {reach.told > 0 && (
        <p role="status">
          <progress max={reach.told} value={reach.mailed} aria-label={say('broadcast.progress', { n: reach.mailed, all: reach.told })} />{' '}
          {say('broadcast.progress', { n: reach.mailed, all: reach.told })}
        </p>
      )}
      <form class="form" method="get" action={view.link(view.path)}>
        {fields}
        <button class="btn quiet">{say('broadcast.count')}</button>
      </form>
      {call.isOpen && reach.fresh > 0 && issues.length === 0 && (
        <Form action={view.link(`/desk/calls/${call.id}/broadcast`)}>
          {(typed['kinds'] ?? []).map((kind) => (
            <input type="hidden" name="kinds" value={kind} />
          ))}
          <input type="hidden" name="countries" value={one(typed, 'countries') ?? ''} />
          <button class="btn">{say('broadcast.send', { n: reach.fresh })}</button>
        </Form>
      )}
    </DeskLayout>
  )
}
