import type { List } from '../../../platform/db/lists.ts'
import { formatMoment, formatNumber } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { DeskLayout, nameIn } from '../../members/index.ts'
import type { Figures } from '../store/figures.ts'
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
  figures,
  hasMatches,
}: ExchangeView & { organization: MemberRef; list: List<Listed>; mayBegin: boolean; hasMatches: boolean; figures: ReadonlyMap<string, Figures> | undefined }) {
  const title = say('listing.of', { name: nameIn(organization.name, view.language, organization.original) })
  return (
    <Layout view={view} title={title}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <h1>{title}</h1>
        {mayBegin && (
          <div class="tools">
            <a class="btn" href={view.link(`/listings/new?member=${organization.key}`)}>
              {say('listing.begin')}
            </a>
            <a href={view.link(`/listings/sheets/new?member=${organization.key}`)}>{say('sheet.title')}</a>
            <a href={view.link(`/members/${organization.key}/listings.xlsx`)} download>
              {say('sheet.own')}
            </a>
            {figures && <a href={view.link(`/members/${organization.key}/interests`)}>{say('interest.title')}</a>}
            {figures && hasMatches && <a href={view.link(`/members/${organization.key}/matches`)}>{say('listing.counterparts')}</a>}
          </div>
        )}
        {figures && !mayBegin && (
          <p>
            <a href={view.link(`/members/${organization.key}/interests`)}>{say('interest.title')}</a>
            {hasMatches && (
              <>
                {' · '}
                <a href={view.link(`/members/${organization.key}/matches`)}>{say('listing.counterparts')}</a>
              </>
            )}
          </p>
        )}
        <Table
          view={view}
          caption={title}
          columns={[...ownColumns({ view, say }), ...(figures ? figureColumns({ view, say }, figures) : [])]}
          page={list}
          sort="date"
        />
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

/** How often each was read and how many are interested, for its own people. */
const figureColumns = ({ view, say }: ExchangeView, figures: ReadonlyMap<string, Figures>): Column<Listed>[] => [
  { key: 'views', label: say('figures.views'), numeric: true, cell: ({ id }) => formatNumber(figures.get(id)?.views ?? 0, view.language) },
  { key: 'interests', label: say('interest.title'), numeric: true, cell: ({ id }) => formatNumber(figures.get(id)?.interests ?? 0, view.language) },
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
