import type { Issue } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { Choice, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { nameIn } from '../../members/index.ts'
import type { CheckedRow } from '../sheets/check.ts'
import { columnLabel, type ColumnKey } from '../sheets/columns.ts'
import { largestSheet, mostRows } from '../sheets/read.ts'
import type { Sheet } from '../store/sheets.ts'
import type { ExchangeView } from './parts.tsx'

export type SendSheetProps = ExchangeView & {
  /** The members that the reader writes for. */
  members: readonly { value: string; label: string }[]
  typed: Record<string, string | undefined>
  issues: readonly Issue[]
}

/** Where somebody takes the template and sends it filled in. */
export function SendSheetPage({ view, say, members, typed, issues }: SendSheetProps) {
  const labels = { member: say('listing.organization'), file: say('sheet.file') }
  const mine = issues.filter(({ path }) => path === 'file')
  return (
    <Layout view={view} title={say('sheet.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/exchange')}>{say('exchange.title')}</a>
        </p>
        <h1>{say('sheet.title')}</h1>
        <p>{say('sheet.lead')}</p>
        <p>
          <a class="btn quiet" href={view.link('/listings/template.xlsx')} download>
            {say('sheet.template')}
          </a>
        </p>
        {members.length === 0 ? (
          <p class="empty">{say('listing.begin-nobody')}</p>
        ) : (
          <>
            <IssueSummary view={view} issues={issues} labels={labels} />
            <Form action={view.link('/listings/sheets')} files>
              <input type="hidden" name="id" value={typed['id']} />
              <Choice view={view} issues={issues} name="member" label={labels.member} value={typed['member']} options={members} required />
              <div class={mine.length > 0 ? 'field wrong' : 'field'}>
                <label for="file">{labels.file}</label>
                <p class="small" id="file-hint">
                  {say('sheet.file-hint', { n: mostRows, limit: `${largestSheet / 1_000_000} MB` })}
                </p>
                <input
                  id="file"
                  name="file"
                  type="file"
                  required
                  accept=".xlsx,.csv"
                  aria-invalid={mine.length > 0 ? 'true' : undefined}
                  aria-describedby={mine.length > 0 ? 'file-hint file-issue' : 'file-hint'}
                />
                {mine.length > 0 && (
                  <p class="issue" id="file-issue">
                    {mine.map(({ code, params }) => view.say(`issue.${code}`, params)).join('; ')}
                  </p>
                )}
              </div>
              <button class="btn">{say('sheet.send')}</button>
            </Form>
          </>
        )}
      </section>
    </Layout>
  )
}

type Placed = Omit<CheckedRow, 'issues'> & { issues: readonly (Issue & { cell: string })[] }

/** What was read from a workbook, row by row with what is wrong, and the button that makes drafts of it. */
export function SheetPage({ view, say, sheet, rows }: ExchangeView & { sheet: Sheet; rows: readonly Placed[] }) {
  const title = say('sheet.report', { name: sheet.name })
  const organization = nameIn(sheet.organization.name, view.language, sheet.organization.original)
  const faulty = rows.filter(({ issues }) => issues.length > 0).length
  const n = formatNumber(rows.length, view.language)
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/members/${sheet.organization.key}/listings`)}>{say('listing.of', { name: organization })}</a>
        </p>
        <h1>{title}</h1>
        {sheet.endedAt !== null ? (
          <p class="empty">{say('sheet.ended')}</p>
        ) : (
          <>
            <div class={faulty > 0 ? 'note bad' : 'note good'} role={faulty > 0 ? 'alert' : 'status'}>
              <b>
                {faulty > 0 ? say('sheet.faulty', { faulty: formatNumber(faulty, view.language), n }) : say('sheet.sound', { n: rows.length, organization })}
              </b>
            </div>
            <div class="tools">
              {faulty === 0 && (
                <form method="post" action={view.link(`/listings/sheets/${sheet.id}/confirmation`)}>
                  <button class="btn">{say('sheet.confirm')}</button>
                </form>
              )}
              <a href={view.link(`/listings/sheets/${sheet.id}/report.xlsx`)} download>
                {say('sheet.download')}
              </a>
            </div>
            <Rows view={view} say={say} caption={title} rows={rows} />
          </>
        )}
        <p>
          <a href={view.link(`/listings/sheets/new?member=${sheet.organization.key}`)}>{say('sheet.again')}</a>
        </p>
      </section>
    </Layout>
  )
}

/** On a page for slow lines: what is wrong, else what was read; all of it is in the report. */
function Rows({ view, say, caption, rows }: ExchangeView & { caption: string; rows: readonly Placed[] }) {
  const faulty = rows.filter(({ issues }) => issues.length > 0)
  const wanted = faulty.length > 0 ? faulty : rows
  const columns: Column<Placed>[] = [
    { key: 'row', label: say('sheet.row'), numeric: true, cell: ({ raw }) => raw.row },
    { key: 'title', label: say('listing.title'), cell: ({ raw }) => titleOf(raw.cells) },
    { key: 'wrong', label: say('sheet.wrong'), cell: ({ issues }) => <Wrong view={view} say={say} issues={issues} /> },
  ]
  return (
    <>
      <Table view={view} caption={caption} columns={columns} page={{ rows: wanted.slice(0, mostShown), next: undefined, previous: undefined }} sort="row" />
      {wanted.length > mostShown && <p class="small">{say('sheet.more', { n: wanted.length - mostShown })}</p>}
    </>
  )
}

function Wrong({ view, say, issues }: ExchangeView & Pick<Placed, 'issues'>) {
  if (issues.length === 0) return <>{say('sheet.nothing-wrong')}</>
  return (
    <ul>
      {issues.map(({ cell, path, code, params }) => (
        <li>
          <b class="nowrap">{cell}</b> {columnLabel(path as ColumnKey, view.language)}: {view.say(`issue.${code}`, params)}
        </li>
      ))}
    </ul>
  )
}

const mostShown = 100
const titleOf = (cells: CheckedRow['raw']['cells']): string => (cells.title_en ?? cells.title_es ?? cells.title_zh ?? cells.title_vi ?? '').slice(0, 200)
