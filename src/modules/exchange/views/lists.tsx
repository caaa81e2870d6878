import type { List } from '../../../platform/db/lists.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { DeskLayout, nameIn } from '../../members/index.ts'
import type { Listed } from '../store/lists.ts'
import type { MemberRef } from '../store/listings.ts'
import { dayOf, Owner, pillarWord, State, type ExchangeView } from './parts.tsx'

/** The listings of one member, as far as the reader sees them: for its own people in whatever state. */
export function MemberListingsPage({
  view,
  say,
  organization,
  list,
  mayBegin,
}: ExchangeView & { organization: MemberRef; list: List<Listed>; mayBegin: boolean }) {
  const title = say('listing.of', { name: nameIn(organization.name, view.language, organization.original) })
  return (
    <Layout view={view} title={title}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <h1>{title}</h1>
        {mayBegin && (
          <p>
            <a class="btn" href={view.link(`/listings/new?member=${organization.key}`)}>
              {say('listing.begin')}
            </a>
          </p>
        )}
        <Table view={view} caption={title} columns={ownColumns({ view, say })} page={list} sort="date" />
      </section>
    </Layout>
  )
}

const titled = ({ view, say }: ExchangeView): Column<Listed> => ({
  key: 'title',
  label: say('listing.title'),
  cell: ({ id, title, original }) => (
    <a href={view.link(`/listings/${id}`)}>
      <Text view={view} text={title} original={original} />
    </a>
  ),
})

const ownColumns = ({ view, say }: ExchangeView): Column<Listed>[] => [
  { key: 'number', label: say('listing.number'), cell: ({ number }) => <span class="nowrap">{number ?? '–'}</span> },
  titled({ view, say }),
  { key: 'direction', label: say('listing.direction'), cell: ({ direction }) => say(`direction.${direction}`) },
  { key: 'pillar', label: say('listing.pillar'), cell: ({ pillar }) => pillarWord(view, pillar) },
  { key: 'state', label: say('listing.state'), cell: (row) => <State say={say} listing={row} /> },
  { key: 'until', label: say('listing.valid_until'), cell: ({ validUntil }) => <span class="nowrap">{dayOf(view, validUntil)}</span> },
]

/** What waits for the secretariat's review, what was sent first on top. */
export function QueuePage({ view, say, list }: ExchangeView & { list: List<Listed> }) {
  const columns: Column<Listed>[] = [
    { key: 'number', label: say('listing.number'), cell: ({ number }) => <span class="nowrap">{number ?? '–'}</span> },
    titled({ view, say }),
    { key: 'direction', label: say('listing.direction'), cell: ({ direction }) => say(`direction.${direction}`) },
    { key: 'organization', label: say('listing.organization'), cell: (row) => <Owner view={view} of={row} /> },
    {
      key: 'sent',
      label: say('listing.sent'),
      cell: ({ sentAt }) => <span class="nowrap">{sentAt === null ? '–' : formatMoment(sentAt, view.language)}</span>,
    },
  ]
  return (
    <DeskLayout view={view} title={say('desk.listings')}>
      <p class="small">{say('desk.listings-lead')}</p>
      <Table view={view} caption={say('desk.listings')} columns={columns} page={list} sort="sent" />
    </DeskLayout>
  )
}
