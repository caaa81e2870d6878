import type { Page } from '../../../platform/db/keyset.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { reportOutcomes, reportReasons, type ReportFilter } from '../schema.ts'
import type { Report } from '../store/reports.ts'
import { Closure, type ClosureTyped } from './closure.tsx'
import { DeskLayout, Done, Standing } from './desk.tsx'
import type { MembersView } from './sign-in.tsx'

/** Letters of a claim that a list shows. */
const mostOfClaim = 140

/** The reports of abuse, those that wait first. */
export function ReportsPage({ view, say, page, filter }: MembersView & { page: Page<Report>; filter: ReportFilter }) {
  const isEmpty = page.rows.length === 0 && [filter.state, filter.reason, filter.cursor].every((each) => each === undefined)
  const filters = [
    {
      name: 'state',
      label: say('desk.state'),
      value: filter.state,
      options: (['open', 'closed'] as const).map((value) => ({ value, label: say(`desk.state.${value}`) })),
    },
    {
      name: 'reason',
      label: say('report.reason'),
      value: filter.reason,
      options: reportReasons.map((value) => ({ value, label: say(`report.reason.${value}`) })),
    },
  ]
  return (
    <DeskLayout view={view} title={say('desk.reports')}>
      <p>{say('desk.reports.lead')}</p>
      <Filters view={view} sort={undefined} filters={filters} />
      {isEmpty ? (
        <p class="empty">{say('desk.reports.empty')}</p>
      ) : (
        <Table view={view} caption={say('desk.reports')} columns={columnsOf({ view, say })} page={page} sort="" />
      )}
    </DeskLayout>
  )
}

function columnsOf({ view, say }: MembersView): Column<Report>[] {
  return [
    {
      key: 'about',
      label: say('report.about'),
      cell: ({ id, about }) => (
        <a class="names" href={view.link(`/desk/reports/${id}`)}>
          {about}
        </a>
      ),
    },
    { key: 'reason', label: say('report.reason'), cell: ({ reason }) => <>{say(`report.reason.${reason}`)}</> },
    {
      key: 'claim',
      label: say('report.claim'),
      cell: ({ claim, language }) => (
        <small class="typed" lang={htmlLanguage[language]}>
          {claim.length > mostOfClaim ? `${claim.slice(0, mostOfClaim)}…` : claim}
        </small>
      ),
    },
    {
      key: 'state',
      label: say('desk.state'),
      cell: ({ outcome }) => <Standing tone={outcome ? undefined : 'on'}>{outcome ? say(`report.outcome.${outcome}`) : say('desk.state.open')}</Standing>,
    },
    {
      key: 'sent',
      label: say('desk.sent'),
      cell: ({ sentAt }) => (
        <time class="nowrap" datetime={sentAt.toISOString()}>
          {formatMoment(sentAt, view.language)}
        </time>
      ),
    },
  ]
}

export type ReportPageProps = MembersView & { report: Report; typed?: ClosureTyped; issues?: readonly Issue[]; stale?: boolean; done?: boolean }

/** One report, and how it ended or the form that ends it. */
export function ReportDeskPage({ view, say, report, typed, issues, stale, done = false }: ReportPageProps) {
  return (
    <DeskLayout view={view} title={say('desk.report')}>
      {done && report.closedAt !== null && <Done>{say('desk.closure.done')}</Done>}
      <dl class="facts">
        <dt>{say('report.about')}</dt>
        <dd>
          <a href={view.link(report.about)}>{report.about}</a>
        </dd>
        <dt>{say('report.reason')}</dt>
        <dd>{say(`report.reason.${report.reason}`)}</dd>
        <dt>{say('report.claim')}</dt>
        <dd class="typed" lang={htmlLanguage[report.language]}>
          {report.claim}
        </dd>
        <dt>{say('desk.from')}</dt>
        <dd class="typed">{report.contact ?? say('desk.from-nobody')}</dd>
        <dt>{view.say('site.languages')}</dt>
        <dd lang={htmlLanguage[report.language]}>{languageNames[report.language]}</dd>
        <dt>{say('desk.sent')}</dt>
        <dd>
          <time datetime={report.sentAt.toISOString()}>{formatMoment(report.sentAt, view.language)}</time>
        </dd>
      </dl>
      <h2>{say('desk.closure.title')}</h2>
      <Closure
        view={view}
        action={`/desk/reports/${report.id}/closure`}
        outcomes={reportOutcomes.map((value) => ({ value, label: say(`report.outcome.${value}`) }))}
        thing={report}
        typed={typed}
        issues={issues}
        stale={stale}
      />
    </DeskLayout>
  )
}
