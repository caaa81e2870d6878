import { countryName } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { agreementKinds, agreementStatuses, type AgreementFilter } from '../schema.ts'
import type { AgreementListed, Party } from '../store/agreements.ts'
import type { List } from '../store/lists.ts'
import { Count, OrganizationLink, type RecordView } from './parts.tsx'

export function AgreementsPage({
  view,
  say,
  filter,
  countries,
  list,
}: RecordView & { filter: AgreementFilter; countries: string[]; list: List<AgreementListed> }) {
  return (
    <Layout view={view} title={say('agreements.title')} description={say('agreements.lead')}>
      <section class="lead">
        <h1>{say('agreements.title')}</h1>
        <p>{say('agreements.lead')}</p>
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
            options: agreementKinds.map((kind) => ({ value: kind, label: say(`agreement-kind.${kind}`) })),
          },
          {
            name: 'status',
            label: say('column.status'),
            value: filter.status,
            options: agreementStatuses.map((status) => ({ value: status, label: say(`agreement-status.${status}`) })),
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
        <Count view={view} say={say} total={list.total} what="agreements.count" />
        <Table view={view} caption={say('agreements.title')} columns={columns({ view, say })} page={list} sort={filter.sort} />
      </section>
    </Layout>
  )
}

function columns({ view, say }: RecordView): Column<AgreementListed>[] {
  return [
    { key: 'signed', label: say('column.signed'), sort: 'signed', cell: (row) => <EdtfDate view={view} date={row.signed} from={row.signed_from} /> },
    {
      key: 'title',
      label: say('column.agreement'),
      sort: 'title',
      cell: (row) => (
        <a href={view.link(`/agreements/${row.key}`)}>
          <Text view={view} text={row.title} original="en" />
        </a>
      ),
    },
    { key: 'parties', label: say('column.parties'), cell: (row) => <Parties view={view} parties={row.parties} /> },
    { key: 'kind', label: say('column.kind'), cell: (row) => <Badge>{say(`agreement-kind.${row.kind}`)}</Badge> },
    { key: 'status', label: say('column.status'), cell: (row) => <Status say={say} status={row.status} /> },
  ]
}

export function Status({ say, status }: Pick<RecordView, 'say'> & { status: AgreementListed['status'] }) {
  return status === 'in force' ? <Badge tone="on">{say(`agreement-status.${status}`)}</Badge> : <Badge>{say(`agreement-status.${status}`)}</Badge>
}

function Parties({ view, parties }: { view: View; parties: Party[] }) {
  return (
    <small>
      {parties.map((party, index) => (
        <>
          {index > 0 && ' · '}
          {'country' in party ? countryName(party.country, view.language) : <ShortName view={view} organization={party.organization} />}
        </>
      ))}
    </small>
  )
}

function ShortName({ view, organization }: { view: View; organization: Extract<Party, { organization: unknown }>['organization'] }) {
  if (organization.acronym === null) return <OrganizationLink view={view} organization={organization} />
  return <a href={view.link(`/organizations/${organization.key}`)}>{organization.acronym}</a>
}
