import { countryName } from '../../../platform/i18n/format.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import { formatEdtf } from '../../../platform/text/edtf.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager, withQuery } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { pathOf, recordTexts, termLabel, type TimelineChoices, type TimelineCounts, type TimelineRow } from '../../record/index.ts'
import { chartOf, levelOfPeriod, periodAt, wider } from '../rules/timeline.ts'
import { timelineKinds, type TimelineInput } from '../schema.ts'
import type { AtlasSay } from '../text/index.ts'
import { TimelineChart } from './timeline-chart.tsx'
import { TimelineForm } from './timeline-form.tsx'

export type TimelineProps = {
  view: View
  say: AtlasSay
  input: TimelineInput
  counts: TimelineCounts
  choices: TimelineChoices
  page: Page<TimelineRow>
}

/** Everything dated: how much begins when, as bars that lead closer, and the entries of the time shown. */
export function TimelinePage(props: TimelineProps) {
  const { view, say, input, counts, choices } = props
  const chart = chartOf(counts.counts, input.period, timelineKinds, counts.today)
  const title = titleOf(props)
  return (
    <Layout view={view} title={title} description={say('timeline.lead')}>
      <section class="lead">
        <h1>{title}</h1>
        <p>{say('timeline.lead')}</p>
      </section>
      <TimelineForm view={view} say={say} input={input} choices={choices} />
      <section class="stack">
        <Way view={view} say={say} period={input.period} />
        {chart.total > 0 && <TimelineChart view={view} say={say} chart={chart} />}
        <Beside {...props} />
      </section>
      {chart.total > 0 && <Entries {...props} total={chart.total} />}
    </Layout>
  )
}

function titleOf({ view, say, input: { period }, counts: { counts } }: TimelineProps): string {
  if (period !== undefined) return say('timeline.title-period', { time: formatEdtf(period, view.language, view.say) })
  const years = counts.map(({ at }) => at.slice(0, 4)).sort()
  const [from, to] = [years[0], years.at(-1)]
  return from === undefined || to === undefined ? say('timeline.title') : say('timeline.title-range', { from, to })
}

/** Where the time shown lies in longer ones, each a link. */
function Way({ view, say, period }: { view: View; say: AtlasSay; period: string | undefined }) {
  if (period === undefined) return null
  return (
    <nav class="way" aria-label={say('timeline.way')}>
      <a href={withQuery(view, { period: undefined, cursor: undefined })}>{say('timeline.all')}</a>
      {wider(period).map((each) => (
        <>
          <span aria-hidden="true">›</span>
          <a href={withQuery(view, { period: each, cursor: undefined })}>{formatEdtf(each, view.language, view.say)}</a>
        </>
      ))}
      <span aria-hidden="true">›</span>
      <b aria-current="true">{formatEdtf(period, view.language, view.say)}</b>
    </nav>
  )
}

/** The nearest times before and after that have anything, as long as the one shown. */
function Beside({ view, say, input: { period }, counts: { counts, earlier, later } }: TimelineProps) {
  const level = period === undefined ? undefined : levelOfPeriod(period)
  const link = (date: string | null, key: 'timeline.earlier' | 'timeline.later', rel: 'prev' | 'next') => {
    if (date === null) return null
    const time = periodAt(level ?? 'year', date)
    return (
      <a rel={rel} href={withQuery(view, { period: time, cursor: undefined })}>
        {rel === 'prev' && '← '}
        {say(key, { time: formatEdtf(time, view.language, view.say) })}
        {rel === 'next' && ' →'}
      </a>
    )
  }
  return (
    <>
      {counts.length === 0 && (
        <p class="empty" role="status">
          {say('timeline.empty')}
        </p>
      )}
      {(earlier !== null || later !== null) && (
        <p class="pager">
          {link(earlier, 'timeline.earlier', 'prev')}
          {link(later, 'timeline.later', 'next')}
        </p>
      )}
    </>
  )
}

function Entries({ view, say, page, total }: TimelineProps & { total: number }) {
  const record = recordTexts[view.language]
  return (
    <section>
      <div class="head">
        <h2>{say('timeline.entries')}</h2>
        <small>{record('list.count', { n: total })}</small>
      </div>
      <ol class="events">
        {page.rows.map((row) => (
          <Entry view={view} row={row} />
        ))}
      </ol>
      <Pager view={view} page={page} />
      <p class="small">
        {say('timeline.when')} {record('download.title')}:{' '}
        <a href={csvLink(view)} download>
          {'CSV'}
        </a>{' '}
        <span class="quiet">{record('download.licence')}</span>
      </p>
    </section>
  )
}

function Entry({ view, row }: { view: View; row: TimelineRow }) {
  const record = recordTexts[view.language]
  return (
    <li>
      <EdtfDate view={view} date={row.date} from={row.date_from} />
      <span>
        <a href={view.link(pathOf(row))}>
          <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
        </a>{' '}
        {row.disputed && <Badge tone="warn">{record('entry.disputed')}</Badge>}{' '}
        <small class="what">
          <b>{record(`entry.${row.entry}`)}</b>
          {row.kind !== null && ` · ${termLabel(record, 'kind', row.kind)}`}
          {row.entry !== 'authorization' && row.countries.length > 0 && ` · ${row.countries.map((code) => countryName(code, view.language)).join(' · ')}`}
        </small>
      </span>
    </li>
  )
}

function csvLink(view: View): string {
  const query = new URLSearchParams([...view.query].filter(([name, value]) => value !== '' && name !== 'cursor'))
  return `${view.link('/timeline.csv')}${query.size === 0 ? '' : `?${query.toString()}`}`
}
