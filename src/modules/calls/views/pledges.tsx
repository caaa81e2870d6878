import type { List } from '../../../platform/db/lists.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { nameIn } from '../../members/index.ts'
import type { Call } from '../store/calls.ts'
import type { Pledge } from '../store/pledges.ts'
import { dayOf, quantity, type CallsView } from './parts.tsx'

const tones: Partial<Record<Pledge['state'], 'on' | 'warn'>> = { accepted: 'on', delivered: 'on', offered: 'warn' }

export function PledgeState({ say, state }: { say: CallsView['say']; state: Pledge['state'] }) {
  const tone = tones[state]
  return tone === undefined ? <Badge>{say(`pledge-state.${state}`)}</Badge> : <Badge tone={tone}>{say(`pledge-state.${state}`)}</Badge>
}

/** What lists of pledges show. @param shown.call for lists of more than one call */
export const pledgeColumns = ({ view, say }: CallsView, shown: { call: boolean }): Column<Pledge>[] => [
  {
    key: 'what',
    label: say('pledge.what'),
    cell: ({ id, amount, line }) => (
      <a href={view.link(`/pledges/${id}`)}>
        {quantity(view, amount, line.unit)} · <Text view={view} text={line.item} original={line.original} />
      </a>
    ),
  },
  { key: 'by', label: say('pledge.by'), cell: ({ organization }) => nameIn(organization.name, view.language, organization.original) },
  ...(shown.call
    ? [
        {
          key: 'call',
          label: say('call.one'),
          cell: ({ call }: Pledge) => `${call.number ?? ''} ${pickText(call.title, view.language, call.original)?.text ?? ''}`,
        },
      ]
    : []),
  { key: 'from', label: say('pledge.available_from'), cell: ({ availableFrom }) => <span class="nowrap">{dayOf(view, availableFrom)}</span> },
  { key: 'state', label: say('call.state'), cell: ({ state }) => <PledgeState say={say} state={state} /> },
]

/** Pledges to one call, for those who read who pledged; or, without a call, those of the reader's own members. */
export function PledgesPage({
  view,
  say,
  list,
  call,
}: CallsView & { list: List<Pledge>; call: Pick<Call, 'id' | 'number' | 'title' | 'original'> | undefined }) {
  const title = say(call === undefined ? 'pledges.mine' : 'pledges.of-call')
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(call === undefined ? '/calls' : `/calls/${call.id}`)}>
            {call === undefined ? say('calls.title') : `${call.number ?? ''} ${pickText(call.title, view.language, call.original)?.text ?? ''}`}
          </a>
        </p>
        <h1>{title}</h1>
        <Table view={view} caption={title} columns={pledgeColumns({ view, say }, { call: call === undefined })} page={list} sort="made" />
      </section>
    </Layout>
  )
}
