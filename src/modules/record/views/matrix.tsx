import type { Page } from '../../../platform/db/keyset.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager } from '../../../platform/ui/table.tsx'
import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { countriesOf, nearness, signs, type Nearness } from '../rules/matrix.ts'
import { kindTerms, statusTerms } from '../rules/terms.ts'
import type { Cell, MatrixFilter, MatrixRow } from '../store/matrix.ts'
import { termLabel, type RecordView } from './parts.tsx'

type Props = RecordView & { filter: MatrixFilter; countries: string[]; page: Page<MatrixRow> }

/** Products by country. On a phone each product stands as a block with the countries that it has something for, so the roles are written out. */
export function MatrixPage({ view, say, filter, countries, page }: Props) {
  const collator = new Intl.Collator(htmlLanguage[view.language])
  const columns = countriesOf(
    page.rows,
    (code) => countryName(code, view.language),
    (a, b) => collator.compare(a, b),
  )
  const query = new URLSearchParams([...view.query].filter(([name, value]) => name !== 'cursor' && value !== '')).toString()
  return (
    <Layout view={view} title={say('matrix.title')} description={say('matrix.lead')}>
      <section class="lead">
        <p class="kicker">
          <a href={view.link('/products')}>{say('plural.product')}</a> · <a href={view.link('/authorizations')}>{say('plural.authorization')}</a>
        </p>
        <h1>{say('matrix.title')}</h1>
        <p>{say('matrix.lead')}</p>
      </section>
      <MatrixFilters view={view} say={say} filter={filter} countries={countries} />
      <section class="stack">
        <Legend say={say} />
        {page.rows.length === 0 ? (
          <p class="empty">{view.say('list.none')}</p>
        ) : (
          <>
            <div class="matrix-box" tabindex={0} role="region" aria-label={say('matrix.title')}>
              <Matrix view={view} say={say} rows={page.rows} columns={columns} />
            </div>
            <p class="small">
              <a href={view.link(`/products/matrix.csv${query === '' ? '' : `?${query}`}`)} download>
                {say('picture.csv')} (CSV)
              </a>{' '}
              · <span class="quiet">{say('download.licence')}</span>
            </p>
          </>
        )}
        <Pager view={view} page={page} />
      </section>
    </Layout>
  )
}

function MatrixFilters({ view, say, filter, countries }: Omit<Props, 'page'>) {
  const terms = (field: 'kind' | 'status', values: readonly string[]) => values.map((value) => ({ value, label: termLabel(say, field, value) }))
  return (
    <Filters
      view={view}
      sort={undefined}
      filters={[
        { name: 'kind', label: say('column.kind'), value: filter.kind, options: terms('kind', kindTerms.product) },
        { name: 'status', label: say('column.status'), value: filter.status, options: terms('status', statusTerms.authorization) },
        {
          name: 'country',
          label: say('column.country'),
          value: filter.country,
          options: countries.map((code) => ({ value: code, label: countryName(code, view.language) })),
        },
      ]}
    />
  )
}

const order: readonly Nearness[] = ['use', 'way', 'plan', 'unsaid']

const Legend = ({ say }: Pick<RecordView, 'say'>) => (
  <ul class="legend" aria-label={say('matrix.legend')}>
    {order.map((each) => (
      <li>
        <b aria-hidden="true">{signs[each]}</b> {say(`matrix.${each}`)}
      </li>
    ))}
  </ul>
)

function Matrix({ view, say, rows, columns }: RecordView & { rows: readonly MatrixRow[]; columns: readonly string[] }) {
  return (
    <table class="matrix" role="table">
      <caption class="visually-hidden">{say('matrix.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {say('matrix.product')}
          </th>
          {columns.map((code) => (
            <th role="columnheader" scope="col">
              {countryName(code, view.language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              <a href={view.link(`/products/${row.key}`)}>
                <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
              </a>
              {row.kind !== null && <small>{termLabel(say, 'kind', row.kind)}</small>}
            </th>
            {columns.map((code) => (
              <MatrixCell view={view} say={say} country={code} cells={row.cells.filter(({ country }) => country === code)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MatrixCell({ view, say, country, cells }: RecordView & { country: string; cells: readonly Cell[] }) {
  if (cells.length === 0) return <td role="cell" />
  return (
    <td role="cell" data-label={countryName(country, view.language)}>
      {cells.map((cell) => (
        <div>
          <a href={view.link(`/authorizations/${cell.key}`)}>
            <span aria-hidden="true">{`${signs[nearness(cell.status)]}\u00a0`}</span>
            {cell.status === null ? say('matrix.unsaid') : termLabel(say, 'status', cell.status)}
          </a>{' '}
          <small>{cell.date === null ? say('matrix.undated') : <EdtfDate view={view} date={cell.date} />}</small>
          {cell.indication !== null && (
            <small>
              <Text view={view} text={cell.indication} />
            </small>
          )}
          {cell.disputed && <small class="disagree">≠ {say('entry.disputed')}</small>}
        </div>
      ))}
    </td>
  )
}
