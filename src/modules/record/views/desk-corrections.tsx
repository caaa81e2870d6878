import type { Page } from '../../../platform/db/keyset.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Closure, DeskLayout, Done, Standing, type ClosureTyped } from '../../members/index.ts'
import { correctionOutcomes } from '../schema.ts'
import type { Correction } from '../store/corrections.ts'
import type { RecordView } from './parts.tsx'

/** Letters of a claim that a list shows. */
const mostOfClaim = 140

/** The corrections of visitors, those that wait first. */
export function DeskCorrectionsPage({ view, say, page, state }: RecordView & { page: Page<Correction>; state: string | undefined }) {
  const options = (['open', 'closed'] as const).map((value) => ({ value, label: say(`correction.desk-${value}`) }))
  const isEmpty = page.rows.length === 0 && state === undefined && !view.query.has('cursor')
  return (
    <DeskLayout view={view} title={say('correction.desk')}>
      <p>{say('correction.desk-lead')}</p>
      <Filters view={view} sort={undefined} filters={[{ name: 'state', label: say('correction.desk-state'), value: state, options }]} />
      {isEmpty ? (
        <p class="empty">{say('correction.desk-empty')}</p>
      ) : (
        <Table view={view} caption={say('correction.desk')} columns={columnsOf({ view, say })} page={page} sort="" />
      )}
    </DeskLayout>
  )
}

function columnsOf({ view, say }: RecordView): Column<Correction>[] {
  return [
    {
      key: 'claim',
      label: say('correction.claim'),
      cell: ({ id, claim, language }) => (
        <a href={view.link(`/desk/corrections/${id}`)} lang={htmlLanguage[language]}>
          {claim.length > mostOfClaim ? `${claim.slice(0, mostOfClaim)}…` : claim}
        </a>
      ),
    },
    { key: 'about', label: say('correction.about'), cell: ({ about }) => about && <small class="typed">{about}</small> },
    {
      key: 'state',
      label: say('correction.desk-state'),
      cell: ({ outcome }) => <Standing tone={outcome ? undefined : 'on'}>{outcome ? say(`correction.desk-${outcome}`) : say('correction.desk-open')}</Standing>,
    },
    { key: 'sent', label: say('correction.desk-sent'), cell: ({ sentAt }) => <Moment view={view} date={sentAt} /> },
  ]
}

function Moment({ view, date }: Pick<RecordView, 'view'> & { date: Date }) {
  return (
    <time class="nowrap" datetime={date.toISOString()}>
      {formatMoment(date, view.language)}
    </time>
  )
}

type Props = RecordView & { correction: Correction; typed?: ClosureTyped; issues?: readonly Issue[]; stale?: boolean; done?: boolean }

/** One correction, and what came of it or the form that says so. */
export function DeskCorrectionPage({ view, say, correction, typed, issues, stale, done = false }: Props) {
  return (
    <DeskLayout view={view} title={say('correction.desk-one')}>
      {done && correction.closedAt !== null && <Done>{say('correction.desk-ended')}</Done>}
      <CorrectionFacts view={view} say={say} correction={correction} />
      <h2>{say('correction.desk-end')}</h2>
      <Closure
        view={view}
        action={`/desk/corrections/${correction.id}/closure`}
        outcomes={correctionOutcomes.map((value) => ({ value, label: say(`correction.desk-${value}`) }))}
        thing={correction}
        typed={typed}
        issues={issues}
        stale={stale}
      />
    </DeskLayout>
  )
}

function CorrectionFacts({ view, say, correction }: RecordView & { correction: Correction }) {
  const { about, claim, evidence, contact, language, sentAt } = correction
  const typed = (label: string, text: string | null) =>
    text !== null && (
      <>
        <dt>{label}</dt>
        <dd class="typed" lang={htmlLanguage[language]}>
          {text}
        </dd>
      </>
    )
  return (
    <dl class="facts">
      {about !== null && (
        <>
          <dt>{say('correction.about')}</dt>
          <dd class="typed">{/^\/([^/\s\\]\S*)?$/.test(about) ? <a href={view.link(about)}>{about}</a> : about}</dd>
        </>
      )}
      {typed(say('correction.claim'), claim)}
      {typed(say('correction.evidence'), evidence)}
      {typed(say('correction.desk-from'), contact)}
      <dt>{view.say('site.languages')}</dt>
      <dd lang={htmlLanguage[language]}>{languageNames[language]}</dd>
      <dt>{say('correction.desk-sent')}</dt>
      <dd>
        <Moment view={view} date={sentAt} />
      </dd>
    </dl>
  )
}
