import { countryName } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { organizationKinds, type OrganizationFilter } from '../schema.ts'
import type { List } from '../store/lists.ts'
import type { OrganizationListed } from '../store/organizations.ts'
import { Count, OrganizationLink, type RecordView } from './parts.tsx'

export function OrganizationsPage({
  view,
  say,
  filter,
  countries,
  list,
}: RecordView & { filter: OrganizationFilter; countries: string[]; list: List<OrganizationListed> }) {
  return (
    <Layout view={view} title={say('organizations.title')} description={say('organizations.lead')}>
      <section class="lead">
        <h1>{say('organizations.title')}</h1>
        <p>{say('organizations.lead')}</p>
      </section>
      <Filters
        view={view}
        sort={view.query.get('sort') ?? undefined}
        filters={[
          { name: 'q', label: say('filter.q'), value: filter.q },
          {
            name: 'kind',
            label: say('column.kind'),
            value: filter.kind,
            options: organizationKinds.map((kind) => ({ value: kind, label: say(`organization-kind.${kind}`) })),
          },
          {
            name: 'country',
            label: say('column.country'),
            value: filter.country,
            options: countries.map((code) => ({ value: code, label: countryName(code, view.language) })),
          },
        ]}
      />
      <section class="stack">
        <Count view={view} say={say} total={list.total} what="organizations.count" />
        <Table view={view} caption={say('organizations.title')} columns={columns({ view, say })} page={list} sort={filter.sort} />
      </section>
    </Layout>
  )
}

function columns({ view, say }: RecordView): Column<OrganizationListed>[] {
  return [
    {
      key: 'name',
      label: say('column.name'),
      sort: 'name',
      cell: (row) => (
        <>
          <OrganizationLink view={view} organization={row} /> {row.acronym && <small>{row.acronym}</small>}
        </>
      ),
    },
    { key: 'kind', label: say('column.kind'), cell: (row) => <Badge>{say(`organization-kind.${row.kind}`)}</Badge> },
    { key: 'place', label: say('column.place'), cell: (row) => (row.place ? <Text view={view} text={row.place.names} /> : '') },
    { key: 'country', label: say('column.country'), cell: (row) => <span class="nowrap">{countryName(row.country, view.language)}</span> },
    {
      key: 'parent',
      label: say('column.parent'),
      cell: (row) =>
        row.parent && <a href={view.link(`/organizations/${row.parent.key}`)}>{row.parent.acronym ?? pickText(row.parent.names, view.language)?.text}</a>,
    },
  ]
}
