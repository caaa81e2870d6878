import type { Page } from '../../../platform/db/keyset.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Done, MemberLink, Standing } from '../../members/index.ts'
import type { Proposal } from '../store/proposals.ts'
import { ConceptLink, type VocabularyView } from './parts.tsx'
import { kindOf, termsOf } from './proposals.tsx'

type Props = VocabularyView & { page: Page<Proposal>; state: string | undefined; done: boolean }

/** What somebody has proposed, what is open first; what is open can be withdrawn. */
export function OwnProposalsPage({ view, say, page, state, done }: Props) {
  const title = say('proposal.mine')
  const options = (['open', 'closed'] as const).map((value) => ({ value, label: say(`proposal.${value}`) }))
  const isEmpty = page.rows.length === 0 && state === undefined && !view.query.has('cursor')
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/concepts')}>{say('vocabulary.title')}</a>
        </p>
        <h1>{title}</h1>
        {done && <Done>{say('proposal.withdrawn')}</Done>}
        <p>
          {say('proposal.mine-lead')} <a href={view.link('/concepts/proposals/new')}>{say('proposal.new')}</a>
        </p>
        <Filters view={view} sort={undefined} filters={[{ name: 'state', label: say('proposal.state'), value: state, options }]} />
        {isEmpty ? (
          <p class="empty">{say('proposal.mine-empty')}</p>
        ) : (
          <Table view={view} caption={title} columns={columnsOf({ view, say })} page={page} sort="" />
        )}
      </section>
    </Layout>
  )
}

const columnsOf = ({ view, say }: VocabularyView): Column<Proposal>[] => [
  {
    key: 'what',
    label: say('proposal.one'),
    cell: (proposal) => {
      const concept = proposal.result ?? proposal.concept
      return (
        <>
          {termsOf(proposal)} {concept && <ConceptLink view={view} to={concept} />} <small>{say(`proposal.kind.${kindOf(proposal)}`)}</small>
        </>
      )
    },
  },
  { key: 'for', label: say('proposal.member'), cell: ({ organization }) => <MemberLink view={view} to={organization} /> },
  {
    key: 'state',
    label: say('proposal.state'),
    cell: ({ id, state, reason, version }) => (
      <>
        <Standing tone={state === 'sent' ? 'on' : undefined}>{say(`proposal.state.${state}`)}</Standing>
        {reason !== null && <span class="typed small">{reason}</span>}
        {state === 'sent' && (
          <form method="post" action={view.link(`/concepts/proposals/${id}/withdrawal`)}>
            <input type="hidden" name="version" value={String(version)} />
            <button class="btn end">{say('proposal.withdraw')}</button>
          </form>
        )}
      </>
    ),
  },
  { key: 'sent', label: say('proposal.sent-at'), cell: ({ sentAt }) => <span class="nowrap">{formatMoment(sentAt, view.language)}</span> },
]
