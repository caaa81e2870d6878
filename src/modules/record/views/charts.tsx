import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager, Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { reachOf, readingUnit, type Stage } from '../rules/charts.ts'
import { kindTerms } from '../rules/terms.ts'
import { mostFlows, type Charts, type ChartFilter, type Figure, type Measure } from '../store/charts.ts'
import { ChartPicture, scale, shape } from './charts-picture.tsx'
import { NumberedSources, numbersOf } from './charts-sources.tsx'
import { Citations, type SourceNumbers } from './citations.tsx'
import { termLabel, type RecordView } from './parts.tsx'

type Props = RecordView & Charts & { filter: ChartFilter; countries: string[] }

/** The flows of every measure that has competing or successive figures, a chart and a table for each. */
export function ChartsPage({ view, say, filter, countries, page, sources, isCapped }: Props) {
  const numbers = numbersOf(sources)
  return (
    <Layout view={view} title={say('charts.title')} description={say('charts.lead')}>
      <section class="lead">
        <p class="kicker">
          <a href={view.link('/flows')}>{say('plural.flow')}</a>
          {filter.chart !== undefined && (
            <>
              {' › '}
              <a href={view.link('/flows/charts')}>{say('charts.all')}</a>
            </>
          )}
        </p>
        <h1>{say('charts.title')}</h1>
        <p>{say('charts.lead')}</p>
      </section>
      {filter.chart === undefined && <ChartFilters view={view} say={say} filter={filter} countries={countries} />}
      <Legend say={say} />
      {isCapped && <p class="note">{say('charts.capped', { n: mostFlows })}</p>}
      {page.rows.length === 0 && <p class="empty">{say('charts.none')}</p>}
      {page.rows.map((measure) => (
        <MeasureSection view={view} say={say} measure={measure} numbers={numbers} />
      ))}
      <Pager view={view} page={page} />
      <NumberedSources view={view} say={say} sources={sources} />
    </Layout>
  )
}

function ChartFilters({ view, say, filter, countries }: Pick<Props, 'view' | 'say' | 'filter' | 'countries'>) {
  return (
    <Filters
      view={view}
      sort={undefined}
      filters={[
        {
          name: 'kind',
          label: say('column.kind'),
          value: filter.kind,
          options: kindTerms.flow.map((term) => ({ value: term, label: termLabel(say, 'kind', term) })),
        },
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

const stages: readonly (Stage | null)[] = ['announced', 'committed', 'paid', null]

function Legend({ say }: Pick<RecordView, 'say'>) {
  const Sign = ({ path, part }: { path: string; part?: boolean }) => (
    <svg class="chart sign" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path class={part ? 'mark part' : 'mark'} d={path} />
    </svg>
  )
  return (
    <ul class="legend" aria-label={say('charts.legend')}>
      {stages.map((stage) => (
        <li>
          <Sign path={shape(stage, 9, 9)} /> {stage === null ? say('charts.unsaid') : say(`stage.${stage}`)}
        </li>
      ))}
      <li>
        <Sign path={shape(null, 9, 9)} part /> {say('charts.part')}
      </li>
      <li>
        <Sign path="M1 5h16v8h-16z" /> {say('charts.span')}
      </li>
      <li>
        <b aria-hidden="true">≠</b> {say('charts.disputed')}
      </li>
      <li>
        <span aria-hidden="true">[1]</span> {say('entry.sources')}
      </li>
    </ul>
  )
}

/** So few leave room for the table beside the chart on a wide screen. */
const fewFigures = 4

function MeasureSection({ view, say, measure, numbers }: RecordView & { measure: Measure; numbers: SourceNumbers }) {
  const unit = unitOf({ view, say }, measure)
  const title = `${wayOf({ view, say }, measure)} · ${termLabel(say, 'kind', measure.kind)}`
  const query = `chart=${encodeURIComponent(measure.name)}`
  const left = measure.total - measure.figures.length
  return (
    <section class={measure.figures.length <= fewFigures ? 'measure few' : 'measure'} id={measure.name}>
      <div class="head">
        <h2>
          {title} <small lang={unit.language}>{unit.words}</small>
        </h2>
        <small>
          {say('charts.figures', { n: measure.total })}
          {left > 0 && `; ${say('charts.left-out', { n: left })}`}
          {measure.ends.to.length === 0 && ` · ${say('charts.two-way')}`}
        </small>
      </div>
      <ChartPicture
        view={view}
        say={say}
        figures={measure.figures}
        factor={unit.factor}
        numbers={numbers}
        label={say('charts.picture', { title: `${title}, ${unit.words}`, n: measure.figures.length })}
      />
      <Table
        view={view}
        caption={`${title}, ${unit.words}`}
        sort=""
        page={{ rows: measure.figures, next: undefined, previous: undefined }}
        columns={columns({ view, say }, unit, numbers)}
      />
      <p class="small">
        <a href={view.link(`/flows/charts.csv?${query}`)} download>
          {say('picture.csv')} (CSV)
        </a>{' '}
        · <a href={view.link(`/flows/charts?${query}`)}>{say('picture.link')}</a> · <span class="quiet">{say('download.licence')}</span>
      </p>
    </section>
  )
}

/** From whom to whom, as people read it: an arrow for one way, a double one for what two exchange. */
export function wayOf({ view }: RecordView, { ends }: Pick<Measure, 'ends'>): string {
  const names = (codes: readonly string[]) => codes.map((code) => (/^[A-Z]{2}$/.test(code) ? countryName(code, view.language) : code))
  if (ends.to.length === 0) return names(ends.from).join(' ↔ ')
  return `${names(ends.from).join(', ')} → ${names(ends.to).join(', ')}`
}

type Unit = { words: string; language: string | undefined; factor: number }

function unitOf({ view, say }: RecordView, { unit }: Measure): Unit {
  const read = readingUnit(unit, view.language === 'zh')
  if ('words' in read) {
    const picked = pickText(read.words, view.language)
    return { words: picked?.text ?? '', language: picked && picked.language !== view.language ? htmlLanguage[picked.language] : undefined, factor: 1 }
  }
  const words = read.scale === undefined ? read.currency : say(`charts.scale.${read.scale}`, { currency: read.currency })
  return { words: read.perYear ? say('unit.per-year', { amount: words }) : words, language: undefined, factor: read.factor }
}

function columns({ view, say }: RecordView, unit: Unit, numbers: SourceNumbers): Column<Figure>[] {
  return [
    { key: 'period', label: say('charts.period'), cell: (row) => <EdtfDate view={view} date={row.period} from={row.from} /> },
    {
      key: 'amount',
      label: say('charts.in-unit', { unit: unit.words }),
      numeric: true,
      cell: (row) => <span class={row.deprecated ? 'struck' : undefined}>{formatNumber(scale(row.value, unit.factor), view.language)}</span>,
    },
    {
      key: 'what',
      label: say('charts.what'),
      cell: (row) => (
        <a href={view.link(`/flows/${row.key}`)}>
          <Text view={view} text={row.name ?? row.title} />
        </a>
      ),
    },
    {
      key: 'reporter',
      label: say('charts.reporter'),
      cell: (row) => row.reporter !== null && (typeof row.reporter === 'string' ? row.reporter : <Text view={view} text={row.reporter} />),
    },
    { key: 'remarks', label: say('charts.remarks'), cell: (row) => <Remarks view={view} say={say} figure={row} /> },
    { key: 'sources', label: say('entry.sources'), cell: (row) => <Citations say={say} numbers={numbers} citations={row.citations} /> },
  ]
}

function Remarks({ view, say, figure }: RecordView & { figure: Figure }) {
  const reach = reachOf(figure)
  const { stage, basis, disputed, deprecated } = figure
  // An empty cell leaves no gap on a phone.
  if (stage === null && basis === null && !disputed && !deprecated && (reach === 'year' || reach === 'undated')) return null
  return (
    <>
      {figure.stage !== null && <Badge>{say(`stage.${figure.stage}`)}</Badge>} {reach === 'part' && <Badge>{say('charts.part')}</Badge>}{' '}
      {reach === 'span' && <Badge>{say('charts.span')}</Badge>} {figure.deprecated && <Badge tone="warn">{say('entry.deprecated')}</Badge>}{' '}
      {figure.dispute !== null ? (
        <a class="tag warn" href={view.link(`/disputes/${figure.dispute}`)}>
          ≠ {say('charts.disputed')}
        </a>
      ) : (
        figure.disputed && <Badge tone="warn">{`≠ ${say('charts.disputed')}`}</Badge>
      )}{' '}
      {figure.basis !== null && <small>{typeof figure.basis === 'string' ? figure.basis : <Text view={view} text={figure.basis} />}</small>}
    </>
  )
}
