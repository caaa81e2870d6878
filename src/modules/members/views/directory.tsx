import { countryName, formatDay, formatNumber } from '../../../platform/i18n/format.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { List } from '../../../platform/db/lists.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { pillars, standings } from '../schema/kinds.ts'
import type { MemberFilter } from '../schema/organizations.ts'
import type { Member } from '../store/directory.ts'
import type { MembersView } from './sign-in.tsx'
import { countryOptions, kindOptions } from './words.ts'

export type DirectoryProps = MembersView & { filter: MemberFilter; list: List<Member>; countries: string[]; networks: { key: string; name: LanguageText }[] }

/** The members of the network, for everybody. */
export function DirectoryPage({ view, say, filter, list, countries, networks }: DirectoryProps) {
  const title = say('members.title')
  return (
    <Layout view={view} title={title} description={say('members.lead')}>
      <section class="lead">
        <h1>{title}</h1>
        <p>{say('members.lead')}</p>
        <p>
          <a href={view.link('/apply')}>{say('apply.title')}</a>
        </p>
      </section>
      <Filters view={view} sort={undefined} filters={filtersOf({ view, say, filter, countries, networks })} />
      <section class="stack">
        <p class="small">
          {say('members.count', {
            n: list.total,
            shown: list.total > countCap ? `${formatNumber(countCap, view.language)}+` : formatNumber(list.total, view.language),
          })}
        </p>
        <Table view={view} caption={title} columns={columns({ view, say }, networks.length > 1)} page={list} sort="name" />
        {list.total > 0 && <Downloads say={say} filter={filter} />}
      </section>
    </Layout>
  )
}

function filtersOf({ view, say, filter, countries, networks }: Omit<DirectoryProps, 'list'>) {
  return [
    { name: 'q', label: say('members.name'), value: filter.q },
    { name: 'kind', label: say('members.kind'), value: filter.kind, options: kindOptions(say) },
    { name: 'country', label: say('members.country'), value: filter.country, options: countryOptions(view.language, countries) },
    { name: 'pillar', label: say('members.strong-in'), value: filter.pillar, options: pillars.map((value) => ({ value, label: say(`pillar.${value}`) })) },
    { name: 'state', label: say('members.standing'), value: filter.state, options: standings.map((value) => ({ value, label: say(`standing.${value}`) })) },
    ...(networks.length > 1
      ? [
          {
            name: 'network',
            label: say('members.network'),
            value: filter.network,
            options: networks.map(({ key, name }) => ({ value: key, label: name[view.language] ?? name.en ?? key })),
          },
        ]
      : []),
  ]
}

const columns = ({ view, say }: MembersView, severalNetworks: boolean): Column<Member>[] => [
  {
    key: 'name',
    label: say('members.name'),
    cell: ({ key, name, original }) => (
      <a href={view.link(`/members/${key}`)}>
        <Text view={view} text={name} original={original} />
      </a>
    ),
  },
  { key: 'kind', label: say('members.kind'), cell: ({ kind }) => say(`kind.${kind}`) },
  { key: 'country', label: say('members.country'), cell: ({ country }) => countryName(country, view.language) },
  {
    key: 'pillars',
    label: say('members.strong-in'),
    cell: (row) => (
      <small>
        {pillars
          .filter((pillar) => row.pillars.includes(pillar))
          .map((pillar) => say(`pillar.${pillar}`))
          .join(' · ') || '–'}
      </small>
    ),
  },
  {
    key: 'since',
    label: say('members.since'),
    cell: ({ standings: now }) =>
      now.map(({ since, founding, state, networkName }) => (
        <div class="nowrap">
          {severalNetworks && (
            <>
              <Text view={view} text={networkName} /> ·{' '}
            </>
          )}
          {formatDay(since, view.language)} {founding && <Badge tone="on">{say('members.founding')}</Badge>}
          {state !== 'admitted' && <Badge tone="warn">{say(`standing.${state}`)}</Badge>}
        </div>
      )),
  },
]

/** The list as files, filtered as it is on the page. */
function Downloads({ say, filter }: Pick<MembersView, 'say'> & { filter: MemberFilter }) {
  const { cursor: _, ...kept } = filter
  const query = new URLSearchParams(Object.entries(kept).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()
  return (
    <p class="small">
      {say('members.download')}:{' '}
      {['csv', 'json'].map((form) => (
        <>
          <a href={`/api/v1/members.${form}${query === '' ? '' : `?${query}`}`} download>
            {form.toUpperCase()}
          </a>{' '}
        </>
      ))}
    </p>
  )
}
