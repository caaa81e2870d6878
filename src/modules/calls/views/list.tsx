import type { List } from '../../../platform/db/lists.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import type { CallFilter } from '../schema/calls.ts'
import { kinds } from '../schema/terms.ts'
import type { Listed } from '../store/lists.ts'
import { Caller, dayOf, State, type CallsView } from './parts.tsx'

export type CallsProps = CallsView & {
  filter: CallFilter
  list: List<Listed>
  counts: { open: number; past: number }
  /** Whether the reader may begin a call, and whether they have pledges to look after. */
  may: { begin: boolean; pledge: boolean }
}

/** What is urgently needed, for everybody. */
export function CallsPage({ view, say, filter, list, counts, may }: CallsProps) {
  const title = say('calls.title')
  const tab = (state: 'open' | 'past') => {
    const n = counts[state]
    const words = `${say(`calls.${state}`)} (${n > countCap ? `${formatNumber(countCap, view.language)}+` : formatNumber(n, view.language)})`
    return (
      <a href={view.link(state === 'open' ? '/calls' : '/calls?state=past')} aria-current={(filter.state ?? 'open') === state ? 'page' : undefined}>
        {words}
      </a>
    )
  }
  return (
    <Layout view={view} title={title} description={say('calls.lead')} feed={{ path: '/calls.atom', title }}>
      <section class="lead">
        <h1>{title}</h1>
        <p>{say('calls.lead')}</p>
        <div class="tools">
          {may.begin && (
            <a class="btn" href={view.link('/calls/new')}>
              {say('call.begin')}
            </a>
          )}
          {may.pledge && <a href={view.link('/calls/mine')}>{say('calls.mine')}</a>}
          {may.pledge && <a href={view.link('/pledges')}>{say('pledges.mine')}</a>}
        </div>
      </section>
      <Filters
        view={view}
        sort={undefined}
        kept={{ state: filter.state }}
        filters={[{ name: 'kind', label: say('call.kind'), value: filter.kind, options: kinds.map((value) => ({ value, label: say(`call-kind.${value}`) })) }]}
      />
      <section class="stack">
        <p class="tabs">
          {tab('open')} {tab('past')} <a href={view.link('/calls.atom')}>Atom</a>
        </p>
        {list.rows.length === 0 && filter.kind === undefined ? (
          <p class="empty">{say(filter.state === 'past' ? 'calls.none-past' : 'calls.none-open')}</p>
        ) : (
          <Table view={view} caption={title} columns={columns({ view, say })} page={list} sort="deadline" />
        )}
      </section>
    </Layout>
  )
}

/** The calls behind which the reader's own organizations are, in whatever state. */
export function MyCallsPage({ view, say, list }: CallsView & { list: List<Listed> }) {
  const title = say('calls.mine')
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/calls')}>{say('calls.title')}</a>
        </p>
        <h1>{title}</h1>
        <Table view={view} caption={title} columns={columns({ view, say })} page={list} sort="made" />
      </section>
    </Layout>
  )
}

export const titleColumn = ({ view, say }: CallsView): Column<Listed> => ({
  key: 'title',
  label: say('call.title'),
  cell: ({ id, title, original }) => (
    <a href={view.link(`/calls/${id}`)}>
      <Text view={view} text={title} original={original} />
    </a>
  ),
})

const columns = ({ view, say }: CallsView): Column<Listed>[] => [
  { key: 'number', label: say('call.number'), cell: ({ number }) => <span class="nowrap">{number ?? '–'}</span> },
  titleColumn({ view, say }),
  { key: 'kind', label: say('call.kind'), cell: ({ kind }) => say(`call-kind.${kind}`) },
  { key: 'by', label: say('call.behind'), cell: (row) => <Caller view={view} of={row} /> },
  { key: 'countries', label: say('call.countries'), cell: ({ countries, place }) => whereOf(view, countries, place) },
  { key: 'deadline', label: say('call.deadline'), cell: ({ deadline }) => <span class="nowrap">{dayOf(view, deadline)}</span> },
  { key: 'state', label: say('call.state'), cell: (call) => <State say={say} call={call} /> },
]

/** For which countries and place. */
export const whereOf = (view: CallsView['view'], countries: readonly string[], place: string | null): string =>
  [...countries.map((code) => countryName(code, view.language)), ...(place === null ? [] : [place])].join(' · ') || '–'
