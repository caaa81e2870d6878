import { countryName } from '../../../platform/i18n/format.ts'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { Column } from '../../../platform/ui/table.tsx'
import type { EntryKind } from '../schema.ts'
import type { Listed } from '../store/catalogue.ts'
import { Amount, EntryLink, Parties, pathOf, termLabel, type RecordView } from './parts.tsx'

type ColumnName = 'title' | 'date' | 'kind' | 'place' | 'country' | 'parent' | 'parties' | 'status' | 'amount'

// What a list of each kind shows, in this order.
const shown: Record<EntryKind, readonly ColumnName[]> = {
  organization: ['title', 'kind', 'place', 'country', 'parent'],
  agreement: ['date', 'title', 'parties', 'kind', 'status'],
  venture: ['title', 'parties', 'date', 'status'],
  facility: ['title', 'kind', 'parties', 'place', 'date', 'status'],
  product: ['title', 'kind', 'parties'],
  authorization: ['title', 'country', 'status', 'date'],
  'technology-transfer': ['date', 'title', 'parties'],
  project: ['date', 'title', 'parties'],
  programme: ['date', 'title', 'kind', 'parties'],
  event: ['date', 'title', 'kind', 'place'],
  flow: ['date', 'title', 'kind', 'amount'],
  initiative: ['title', 'kind', 'parties', 'status'],
  indicator: ['title'],
  'country-relation': ['title'],
}

/** The columns of a list of one kind of entries. */
export function columnsOf({ view, say }: RecordView, kind: EntryKind): Column<Listed>[] {
  const all: Record<ColumnName, Column<Listed>> = {
    title: { key: 'title', label: say('column.title'), sort: 'title', cell: (row) => <Title view={view} say={say} row={row} /> },
    date: { key: 'date', label: say('column.date'), sort: 'date', cell: (row) => <EdtfDate view={view} date={row.date} from={row.date_from} /> },
    kind: { key: 'kind', label: say('column.kind'), cell: (row) => row.kind !== null && <Badge>{termLabel(say, 'kind', row.kind)}</Badge> },
    place: {
      key: 'place',
      label: say('column.place'),
      cell: (row) => (row.place ? <Text view={view} text={row.place.names} /> : row.country !== null && countryName(row.country, view.language)),
    },
    country: {
      key: 'country',
      label: say('column.country'),
      cell: (row) => row.country !== null && <span class="nowrap">{countryName(row.country, view.language)}</span>,
    },
    parent: { key: 'parent', label: say('field.parent'), cell: (row) => row.parent && <EntryLink view={view} to={row.parent} short /> },
    parties: { key: 'parties', label: say('column.takes-part'), cell: (row) => <Parties view={view} parties={row.parties} /> },
    status: { key: 'status', label: say('column.status'), cell: (row) => row.status !== null && <Status say={say} status={row.status} /> },
    amount: {
      key: 'amount',
      label: say('column.amount'),
      numeric: true,
      cell: (row) => row.amount !== null && <Amount view={view} say={say} value={row.amount} unit={row.unit ?? undefined} />,
    },
  }
  return shown[kind].map((name) => all[name])
}

function Title({ view, say, row }: RecordView & { row: Listed }) {
  return (
    <>
      <a href={view.link(pathOf(row))}>
        <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
      </a>
      {row.acronym !== null && <small> {row.acronym}</small>} {row.disputed && <Badge tone="warn">{say('entry.disputed')}</Badge>}
      {row.umbrella && <Badge>{say('entry.umbrella')}</Badge>}
    </>
  )
}

const lively = new Set(['in-force', 'operating', 'registered', 'approved', 'running', 'marketed'])

/** How far something has come. */
export const Status = ({ say, status }: Pick<RecordView, 'say'> & { status: string }) =>
  lively.has(status) ? <Badge tone="on">{termLabel(say, 'status', status)}</Badge> : <Badge>{termLabel(say, 'status', status)}</Badge>
