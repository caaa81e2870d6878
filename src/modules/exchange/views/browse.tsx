import type { List } from '../../../platform/db/lists.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { countryOptions, languageOptions, memberInputs } from '../../members/index.ts'
import { queryOf, type ListingFilter } from '../schema/listings.ts'
import { directions, shownStates } from '../schema/terms.ts'
import type { Facet, FromCountry, Listed } from '../store/lists.ts'
import { Countries } from './countries.tsx'
import { Concepts, dayOf, Owner, pillarWord, State, type ExchangeView, type Names } from './parts.tsx'

export type BrowseProps = ExchangeView & {
  filter: ListingFilter
  list: List<Listed>
  facets: readonly Facet[]
  countries: readonly FromCountry[]
  names: Names
  /** Whether the reader may begin a listing for somebody. */
  mayBegin: boolean
}

/** What is offered and needed, for everybody. */
export function BrowsePage({ view, say, filter, list, facets, countries, names, mayBegin }: BrowseProps) {
  const title = say('exchange.title')
  const feed = `/exchange.atom${queryOf(filter)}`
  return (
    <Layout view={view} title={title} description={say('exchange.lead')} feed={{ path: feed, title }}>
      <section class="lead">
        <h1>{title}</h1>
        <p>
          {say('exchange.lead')} <a href={view.link('/calls')}>{say('exchange.calls')}</a>
        </p>
        {mayBegin && (
          <p>
            <a class="btn" href={view.link('/listings/new')}>
              {say('listing.begin')}
            </a>
          </p>
        )}
      </section>
      <Facets view={view} say={say} facets={facets} />
      <Countries view={view} say={say} countries={countries} />
      <Filters
        view={view}
        sort={undefined}
        kept={{ concept: filter.concept }}
        filters={[
          { name: 'q', label: say('exchange.words'), value: filter.q },
          {
            name: 'direction',
            label: say('listing.direction'),
            value: filter.direction,
            options: directions.map((value) => ({ value, label: say(`direction.${value}s`) })),
          },
          {
            name: 'pillar',
            label: say('listing.pillar'),
            value: filter.pillar,
            options: memberInputs.pillars.map((value) => ({ value, label: pillarWord(view, value) })),
          },
          {
            name: 'country',
            label: say('listing.country'),
            value: filter.country,
            options: countryOptions(
              view.language,
              countries.map(({ country }) => country),
            ),
          },
          { name: 'language', label: say('listing.original'), value: filter.language, options: languageOptions },
          { name: 'state', label: say('listing.state'), value: filter.state, options: shownStates.map((value) => ({ value, label: say(`state.${value}`) })) },
        ]}
      />
      <section class="stack">
        {filter.concept !== undefined && (
          <p>
            {say('exchange.about', { concept: names.get(filter.concept)?.text ?? filter.concept })}{' '}
            <a href={view.link('/exchange')}>{view.say('filter.clear')}</a>
          </p>
        )}
        <p class="small">
          {say('exchange.count', { n: list.total, shown: countOf(view.language, list.total) })} · <a href={view.link(feed)}>Atom</a>
        </p>
        <Table view={view} caption={title} columns={listedColumns({ view, say }, names)} page={list} sort="date" />
      </section>
    </Layout>
  )
}

const countOf = (language: ExchangeView['view']['language'], n: number) => (n > countCap ? `${formatNumber(countCap, language)}+` : formatNumber(n, language))

/** How many there are in each pillar: each figure a link to those. */
function Facets({ view, say, facets }: ExchangeView & { facets: readonly Facet[] }) {
  return (
    <section class="stack">
      <table class="compact">
        <caption class="visually-hidden">{say('listing.pillar')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('listing.pillar')}</th>
            {directions.map((direction) => (
              <th scope="col" class="n">
                {say(`direction.${direction}s`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {memberInputs.pillars.map((pillar) => (
            <tr>
              <th scope="row">{pillarWord(view, pillar)}</th>
              {directions.map((direction) => {
                const n = facets.find((each) => each.pillar === pillar && each.direction === direction)?.n ?? 0
                const name = `${pillarWord(view, pillar)}, ${say(`direction.${direction}s`)}: ${countOf(view.language, n)}`
                return (
                  <td class="n">
                    <a href={view.link(`/exchange?pillar=${pillar}&direction=${direction}`)} aria-label={name}>
                      {countOf(view.language, n)}
                    </a>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const listedColumns = ({ view, say }: ExchangeView, names: Names): Column<Listed>[] => [
  {
    key: 'title',
    label: say('listing.title'),
    cell: (row) => (
      <>
        <a href={view.link(`/listings/${row.id}`)}>
          <Text view={view} text={row.title} original={row.original} />
        </a>{' '}
        {(row.origin === 'record' || row.state !== 'published') && <State say={say} listing={row} />}
        {row.concepts.length > 0 && (
          <div>
            <small>
              <Concepts view={view} keys={row.concepts.slice(0, 3)} names={names} />
            </small>
          </div>
        )}
      </>
    ),
  },
  { key: 'direction', label: say('listing.direction'), cell: ({ direction }) => <span class="whole">{say(`direction.${direction}`)}</span> },
  { key: 'pillar', label: say('listing.pillar'), cell: ({ pillar }) => <span class="whole">{pillarWord(view, pillar)}</span> },
  { key: 'organization', label: say('listing.organization'), cell: (row) => <Owner view={view} of={row} /> },
  { key: 'country', label: say('listing.country'), cell: ({ country }) => <span class="whole">{countryName(country, view.language)}</span> },
  { key: 'date', label: say('listing.published'), cell: ({ publishedAt }) => <span class="nowrap">{dayOf(view, publishedAt)}</span> },
]
