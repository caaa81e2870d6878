import type { Page } from '../../../platform/db/keyset.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager, withQuery } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { ladderSteps, statusOf, type LadderStep } from '../rules/ladder.ts'
import { kindTerms } from '../rules/terms.ts'
import type { LadderFilter, LadderRow, Step } from '../store/ladder.ts'
import { termLabel, type RecordView } from './parts.tsx'

type Props = RecordView & { filter: LadderFilter; countries: string[] }

const stepLabel = ({ say }: Pick<RecordView, 'say'>, step: LadderStep) => (step === 'unknown' ? say('ladder.unsaid') : termLabel(say, 'status', step))

/** The agreements step by step: how many stand on each, and the newest of them. */
export function LadderPage({ view, say, filter, countries, steps }: Props & { steps: readonly Step[] }) {
  const all = ladderSteps.map((name) => ({ name, ...(steps.find(({ status }) => status === statusOf(name)) ?? { total: 0, rows: [] }) }))
  const most = Math.max(1, ...all.map(({ total }) => total))
  return (
    <Layout view={view} title={say('ladder.title')} description={say('ladder.lead')}>
      <Lead view={view} say={say} />
      <LadderFilters view={view} say={say} filter={filter} countries={countries} />
      <ol class="ladder" aria-label={say('ladder.steps')}>
        {all.map(({ name, total }) => (
          <li class={name === 'unknown' ? 'apart' : undefined}>
            {total === 0 ? (
              <span>
                <b>{formatNumber(total, view.language)}</b> {stepLabel({ say }, name)}
              </span>
            ) : (
              <a href={`#step-${name}`}>
                <b>{formatNumber(total, view.language)}</b> {stepLabel({ say }, name)}
              </a>
            )}
            <svg class="chart" width="100%" height="10" aria-hidden="true">
              <rect class={name === 'unknown' ? 'share rest' : 'count'} y="1" width={`${Math.round((total / most) * 1000) / 10}%`} height="8" />
            </svg>
          </li>
        ))}
      </ol>
      <Downloads view={view} say={say} step={undefined} />
      {all.every(({ total }) => total === 0) && <p class="empty">{view.say('list.none')}</p>}
      {all.map(
        ({ name, total, rows }) =>
          total > 0 && (
            <section id={`step-${name}`}>
              <div class="head">
                <h2>
                  {stepLabel({ say }, name)} <small>{formatNumber(total, view.language)}</small>
                </h2>
                {total > rows.length && <a href={withQuery(view, { step: name, cursor: undefined })}>{say('ladder.all', { n: total })}</a>}
              </div>
              {name === 'unknown' && <p class="small">{say('ladder.unsaid-why')}</p>}
              <Rungs view={view} say={say} rows={rows} label={stepLabel({ say }, name)} />
            </section>
          ),
      )}
    </Layout>
  )
}

/** All agreements on one step. */
export function StepPage({ view, say, filter, countries, step, page }: Props & { step: LadderStep; page: Page<LadderRow> }) {
  return (
    <Layout view={view} title={`${say('ladder.title')}: ${stepLabel({ say }, step)}`}>
      <Lead view={view} say={say} step={step} />
      <LadderFilters view={view} say={say} filter={filter} countries={countries} step={step} />
      <section>
        <div class="head">
          <h2>{stepLabel({ say }, step)}</h2>
          <a href={withQuery(view, { step: undefined, cursor: undefined })}>{say('ladder.back')}</a>
        </div>
        {step === 'unknown' && <p class="small">{say('ladder.unsaid-why')}</p>}
        {page.rows.length === 0 ? <p class="empty">{say('ladder.none')}</p> : <Rungs view={view} say={say} rows={page.rows} label={stepLabel({ say }, step)} />}
        <Pager view={view} page={page} />
      </section>
      <Downloads view={view} say={say} step={step} />
    </Layout>
  )
}

const Lead = ({ view, say, step }: RecordView & { step?: LadderStep }) => (
  <section class="lead">
    <p class="kicker">
      <a href={view.link('/agreements')}>{say('plural.agreement')}</a>
      {step !== undefined && (
        <>
          {' › '}
          <a href={view.link('/agreements/ladder')}>{say('ladder.title')}</a>
        </>
      )}
    </p>
    <h1>{say('ladder.title')}</h1>
    <p>{say('ladder.lead')}</p>
  </section>
)

function LadderFilters({ view, say, filter, countries, step }: Props & { step?: LadderStep }) {
  return (
    <Filters
      view={view}
      sort={undefined}
      filters={[
        {
          name: 'kind',
          label: say('column.kind'),
          value: filter.kind,
          options: kindTerms.agreement.map((term) => ({ value: term, label: termLabel(say, 'kind', term) })),
        },
        {
          name: 'country',
          label: say('column.country'),
          value: filter.country,
          options: countries.map((code) => ({ value: code, label: countryName(code, view.language) })),
        },
        ...(step === undefined
          ? []
          : [
              {
                name: 'step',
                label: say('column.status'),
                value: step,
                options: ladderSteps.map((each) => ({ value: each, label: stepLabel({ say }, each) })),
              },
            ]),
      ]}
    />
  )
}

/** The list of agreements holds the same as a file, with the state of each. */
function Downloads({ view, say, step }: RecordView & { step: LadderStep | undefined }) {
  const query = new URLSearchParams([...view.query].filter(([name, value]) => (name === 'kind' || name === 'country') && value !== ''))
  if (step !== undefined && step !== 'unknown') query.set('status', step)
  return (
    <p class="small">
      <a href={`/api/v1/record/agreements.csv${query.size === 0 ? '' : `?${query.toString()}`}`} download>
        {say('download.title')} (CSV)
      </a>{' '}
      · <span class="quiet">{say('download.licence')}</span>
    </p>
  )
}

function Rungs({ view, say, rows, label }: RecordView & { rows: readonly LadderRow[]; label: string }) {
  return (
    <ol class="events" aria-label={label}>
      {rows.map((row) => (
        <li>
          <EdtfDate view={view} date={row.date} from={row.date_from} />
          <div>
            <a href={view.link(`/agreements/${row.key}`)}>
              <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
            </a>{' '}
            {row.disputed && <Badge tone="warn">{say('entry.disputed')}</Badge>}
            <br />
            <small>
              {[...(row.kind === null ? [] : [termLabel(say, 'kind', row.kind)]), ...row.countries.map((code) => countryName(code, view.language))].join(' · ')}
            </small>
          </div>
        </li>
      ))}
    </ol>
  )
}
