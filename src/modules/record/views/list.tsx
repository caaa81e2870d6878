import { countryName } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table } from '../../../platform/ui/table.tsx'
import { kindRules } from '../rules/kinds.ts'
import { kindTerms, statusTerms } from '../rules/terms.ts'
import { entryFilter, plurals, type EntryFilter, type EntryKind } from '../schema.ts'
import type { Listed } from '../store/catalogue.ts'
import type { List } from '../../../platform/db/lists.ts'
import { columnsOf } from './columns.tsx'
import { Count, termLabel, type RecordView } from './parts.tsx'
import { TimesNote } from './times.tsx'

export type ListProps = RecordView & { kind: EntryKind; filter: EntryFilter; countries: string[]; list: List<Listed> }

// What shows the same entries in another way.
const pictures = {
  flow: { path: '/flows/charts', label: 'charts.title' },
  product: { path: '/products/matrix', label: 'matrix.title' },
  agreement: { path: '/agreements/ladder', label: 'ladder.title' },
} as const satisfies Partial<Record<EntryKind, { path: string; label: string }>> as Partial<
  Record<EntryKind, { path: string; label: 'charts.title' | 'matrix.title' | 'ladder.title' }>
>

/** All entries of one kind, filtered by what is asked for. */
export function ListPage({ view, say, kind, filter, countries, list }: ListProps) {
  const title = say(`plural.${kind}`)
  const picture = pictures[kind]
  return (
    <Layout view={view} title={title} description={say(`lead.${kind}`)} {...(kind === 'event' && { feed: { path: '/events.atom', title } })}>
      <section class="lead">
        <h1>{title}</h1>
        <p>{say(`lead.${kind}`)}</p>
        {picture && (
          <p>
            <a href={view.link(picture.path)}>{say(picture.label)}</a>
          </p>
        )}
      </section>
      <Filters view={view} sort={view.query.get('sort') ?? undefined} filters={filtersOf({ view, say, kind, filter, countries })} />
      <TimesNote view={view} say={say} asOf={filter.as_of} knownAt={filter.known_at} />
      <section class="stack">
        <Count view={view} say={say} total={list.total} what="list.count" />
        <Table view={view} caption={title} columns={columnsOf({ view, say }, kind)} page={list} sort={filter.sort ?? kindRules[kind].sort} />
        {list.total > 0 && <Downloads view={view} say={say} kind={kind} />}
      </section>
    </Layout>
  )
}

function filtersOf({ view, say, kind, filter, countries }: Omit<ListProps, 'list'>) {
  const choose = (field: 'kind' | 'status', terms: readonly string[]) =>
    terms.length === 0
      ? []
      : [
          {
            name: field,
            label: say(`column.${field}`),
            value: filter[field],
            options: terms.map((term) => ({ value: term, label: termLabel(say, field, term) })),
          },
        ]
  return [
    { name: 'q', label: say('filter.q'), value: filter.q },
    ...choose('kind', kindTerms[kind]),
    ...choose('status', statusTerms[kind]),
    {
      name: 'country',
      label: say('column.country'),
      value: filter.country,
      options: countries.map((code) => ({ value: code, label: countryName(code, view.language) })),
    },
    {
      name: 'disputed',
      label: say('filter.disputed'),
      value: filter.disputed,
      options: (['yes', 'no'] as const).map((value) => ({ value, label: say(`filter.disputed.${value}`) })),
    },
    ...(kindRules[kind].dates.length > 0 ? [{ name: 'period', label: say('filter.period'), value: filter.period, placeholder: '2005, 2016/2018' }] : []),
    { name: 'as_of', label: say('times.as-of'), value: filter.as_of, placeholder: '2010' },
    { name: 'known_at', label: say('times.known-at'), value: filter.known_at, placeholder: '2023-06' },
  ]
}

/** The list as files, filtered as it is on the page. */
function Downloads({ view, say, kind }: RecordView & { kind: EntryKind }) {
  const query = new URLSearchParams(view.query)
  query.delete('cursor')
  for (const [name, value] of view.query) if (value === '' || !(name in entryFilter.shape)) query.delete(name)
  return (
    <p class="small">
      {say('download.title')}:{' '}
      {['csv', 'xlsx', 'json'].map((form) => (
        <>
          <a href={`/api/v1/record/${plurals[kind]}.${form}${query.size === 0 ? '' : `?${query.toString()}`}`} download>
            {form.toUpperCase()}
          </a>{' '}
        </>
      ))}
      {kind === 'event' && <a href={view.link('/events.atom')}>Atom</a>} <span class="quiet">{say('download.licence')}</span>
    </p>
  )
}
