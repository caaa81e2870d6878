import type { List } from '../../../platform/db/lists.ts'
import { countryName, formatMoment, formatNumber } from '../../../platform/i18n/format.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Table, withQuery, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { applicationStates, type ApplicationState } from '../schema/kinds.ts'
import type { Listed } from '../store/applications.ts'
import type { Claim } from '../store/claims.ts'
import { DeskLayout } from './desk.tsx'
import { MemberLink } from './member.tsx'
import type { MembersView } from './sign-in.tsx'

const count = (total: number, language: Language) => (total > countCap ? `${formatNumber(countCap, language)}+` : formatNumber(total, language))

export type QueueProps = MembersView & { list: List<Listed>; state: ApplicationState | 'open'; severalNetworks: boolean }

/** The applications on the desk: those that wait first of all. */
export function QueuePage({ view, say, list, state, severalNetworks }: QueueProps) {
  return (
    <DeskLayout view={view} title={say('desk.applications')}>
      <nav class="tabs" aria-label={say('desk.applications')}>
        {(['open', ...applicationStates] as const).map((each) =>
          each === state ? (
            <b aria-current="true">{say(`application.state.${each}`)}</b>
          ) : (
            <a href={withQuery(view, { state: each === 'open' ? undefined : each, cursor: undefined })}>{say(`application.state.${each}`)}</a>
          ),
        )}
      </nav>
      <p class="small">{say('desk.count', { n: list.total, shown: count(list.total, view.language) })}</p>
      <Table view={view} caption={say('desk.applications')} columns={queueColumns({ view, say }, severalNetworks)} page={list} sort="sent" />
    </DeskLayout>
  )
}

const queueColumns = ({ view, say }: MembersView, severalNetworks: boolean): Column<Listed>[] => [
  { key: 'number', label: say('application.no'), numeric: true, cell: ({ number }) => String(number) },
  {
    key: 'name',
    label: say('members.name'),
    cell: ({ id, name, original, confirmed }) => (
      <>
        <a href={view.link(`/applications/${id}`)}>
          <Text view={view} text={name} original={original} />
        </a>{' '}
        {!confirmed && <Badge tone="warn">{say('application.unconfirmed')}</Badge>}
      </>
    ),
  },
  { key: 'kind', label: say('members.kind'), cell: ({ kind }) => say(`kind.${kind}`) },
  { key: 'country', label: say('members.country'), cell: ({ country }) => countryName(country, view.language) },
  ...(severalNetworks ? [{ key: 'network', label: say('members.network'), cell: ({ network }: Listed) => <Text view={view} text={network.name} /> }] : []),
  { key: 'state', label: say('application.state'), cell: ({ state }) => say(`application.state.${state}`) },
  { key: 'sent', label: say('application.sent-at'), cell: ({ sentAt }) => <span class="nowrap">{formatMoment(sentAt, view.language)}</span> },
]

/** The claims on the desk. */
export function ClaimsPage({ view, say, list, state }: MembersView & { list: List<Claim>; state: Claim['state'] | 'all' }) {
  const states = ['sent', 'verified', 'refused', 'withdrawn', 'ended', 'all'] as const
  return (
    <DeskLayout view={view} title={say('desk.claims')}>
      <nav class="tabs" aria-label={say('desk.claims')}>
        {states.map((each) =>
          each === state ? (
            <b aria-current="true">{say(`claim.state.${each}`)}</b>
          ) : (
            <a href={withQuery(view, { state: each === 'sent' ? undefined : each, cursor: undefined })}>{say(`claim.state.${each}`)}</a>
          ),
        )}
      </nav>
      <p class="small">{say('desk.count', { n: list.total, shown: count(list.total, view.language) })}</p>
      <Table view={view} caption={say('desk.claims')} columns={claimColumns({ view, say })} page={list} sort="sent" />
    </DeskLayout>
  )
}

const claimColumns = ({ view, say }: MembersView): Column<Claim>[] => [
  {
    key: 'entry',
    label: say('claim.entry'),
    cell: ({ id, entryName }) => (
      <a href={view.link(`/claims/${id}`)}>
        <Text view={view} text={entryName} {...(entryName.original && { original: entryName.original })} />
      </a>
    ),
  },
  { key: 'organization', label: say('claim.by'), cell: ({ organization }) => <MemberLink view={view} to={organization} /> },
  { key: 'state', label: say('application.state'), cell: ({ state }) => say(`claim.state.${state}`) },
  { key: 'sent', label: say('application.sent-at'), cell: ({ sentAt }) => <span class="nowrap">{formatMoment(sentAt, view.language)}</span> },
]

export type MembersDeskProps = MembersView & { orphans: readonly { key: string; name: LanguageText; original: Language }[] }

/** What the desk looks after among the members: those without an admin, and the way to enter one that sent no application. */
export function DeskMembersPage({ view, say, orphans }: MembersDeskProps) {
  return (
    <DeskLayout view={view} title={say('desk.members')}>
      <p class="beside">
        <a class="btn" href={view.link('/desk/members/new')}>
          {say('enter.title')}
        </a>
        <a href={view.link('/members')}>{say('members.title')}</a>
      </p>
      <section class="stack">
        <h2>{say('desk.orphans')}</h2>
        <p class="small">{say('desk.orphans-lead')}</p>
        {orphans.length === 0 ? (
          <p class="empty">{say('desk.orphans-none')}</p>
        ) : (
          <ul class="rows">
            {orphans.map((orphan) => (
              <li>
                <MemberLink view={view} to={orphan} /> <a href={view.link(`/members/${orphan.key}/people`)}>{say('people.title')}</a>
              </li>
            ))}
          </ul>
        )}
      </section>
    </DeskLayout>
  )
}
