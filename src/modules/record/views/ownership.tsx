import { formatEdtf } from '../../../platform/text/edtf.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { bars, branches, type Bar, type Branch, type Holder } from '../rules/ownership.ts'
import type { StatementShown } from '../store/entries.ts'
import { Citations, type SourceNumbers } from './citations.tsx'
import { EntryLink, type RecordView } from './parts.tsx'
import { Value } from './value.tsx'

type Held = { statement: StatementShown; percent: number | null; valid: string | null; deprecated: boolean; pattern: number }
type Props = RecordView & { venture: string; statements: readonly StatementShown[]; holders: readonly Holder[]; numbers: SourceNumbers }

/** Who holds a venture: a bar for each time that shares are known for, the partners as a table, and whoever stands above them. */
export function Holders({ view, say, venture, statements, holders, numbers }: Props) {
  const partners = statements.filter(({ field }) => field === 'partner')
  if (partners.length === 0) return null
  const held = partners.map((statement) => heldOf(statement, partners))
  const drawn = bars(held)
  const trees = branches(holders)
  return (
    <section class="stack holders">
      <div class="head">
        <h2>{say('holders.title')}</h2>
        <small>
          <a href={view.link(`/ventures/${venture}/holders.csv`)} download>
            {say('picture.csv')} (CSV)
          </a>
        </small>
      </div>
      {drawn.length === 0 && <p>{say('holders.none')}</p>}
      {drawn.map((bar) => (bar.isOver ? <p>{say('holders.over')}</p> : <ShareBar view={view} say={say} bar={bar} />))}
      <Table
        view={view}
        caption={say('holders.title')}
        sort=""
        page={{ rows: held, next: undefined, previous: undefined }}
        columns={columns({ view, say }, numbers)}
      />
      {trees.some(({ above }) => above.length > 0) && (
        <>
          <h3>{say('holders.above')}</h3>
          <ul class="chain">
            {trees.map((branch) => (
              <BranchItem view={view} say={say} branch={branch} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** A partner keeps its pattern through all times. */
function heldOf(statement: StatementShown, partners: readonly StatementShown[]): Held {
  const share = statement.qualifiers['share']
  const names = [...new Set(partners.map(({ value }) => JSON.stringify(value)))]
  return {
    statement,
    percent: typeof share === 'string' && Number.isFinite(Number(share)) ? Number(share) : null,
    valid: statement.valid,
    deprecated: statement.rank === 'deprecated',
    pattern: names.indexOf(JSON.stringify(statement.value)) % patterns.length,
  }
}

const patterns = ['M0 8L8 0M-2 2L2 -2M6 10L10 6', 'M4 0V8', 'M2 2h2v2h-2zM6 6h2v2h-2z', 'M0 4H8', 'M0 0L8 8M0 8L8 0', 'M4 2v4M2 4h4']

function ShareBar({ view, say, bar }: RecordView & { bar: Bar<Held> }) {
  const time = bar.valid === null ? say('holders.any-time') : formatEdtf(bar.valid, view.language, view.say)
  const words = (percent: number) => say('holders.of-share', { percent: formatNumber(percent, view.language) })
  const parts = bar.parts.map(({ share, percent }) => `${nameOf(view, share)} ${words(percent)}`)
  const rest = bar.rest > 0 ? say('holders.rest', { percent: formatNumber(bar.rest, view.language) }) : undefined
  const name = `shares-${(bar.valid ?? 'any').replaceAll(/[^0-9a-zA-Z]+/g, '-')}`
  return (
    <figure class="shares">
      <figcaption class="small">{time}</figcaption>
      <svg class="chart" role="img" width="100%" height="34" aria-label={say('holders.picture', { time, parts: [...parts, rest ?? []].flat().join(', ') })}>
        <defs>
          {bar.parts.map(({ share }, index) => (
            <pattern id={`${name}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
              <path class="weave" d={patterns[share.pattern]} />
            </pattern>
          ))}
        </defs>
        {bar.parts.map(({ from, percent }, index) => (
          <>
            <rect class="share" x={`${from}%`} y="1" width={`${percent}%`} height="32" />
            <rect fill={`url(#${name}-${index})`} x={`${from}%`} y="1" width={`${percent}%`} height="32" />
            <text class="amount" x={`${from + percent / 2}%`} y="22" text-anchor="middle">
              {words(percent)}
            </text>
          </>
        ))}
        {bar.rest > 0 && <rect class="share rest" x={`${100 - bar.rest}%`} y="1" width={`${bar.rest}%`} height="32" />}
      </svg>
      <ul class="legend" aria-hidden="true">
        {bar.parts.map(({ share, percent }, index) => (
          <li>
            <svg class="chart sign" width="26" height="18">
              <rect class="share" width="26" height="18" />
              <rect fill={`url(#${name}-${index})`} width="26" height="18" />
            </svg>{' '}
            {nameOf(view, share)} {words(percent)}
          </li>
        ))}
        {rest !== undefined && <li>{rest}</li>}
      </ul>
    </figure>
  )
}

function nameOf(view: RecordView['view'], { statement: { value, target } }: Held): string {
  if (target) return pickText(target.title, view.language, target.title.original)?.text ?? target.key
  if (typeof value !== 'string') return pickText(value, view.language)?.text ?? ''
  return /^[A-Z]{2}$/.test(value) ? countryName(value, view.language) : value
}

function columns({ view, say }: RecordView, numbers: SourceNumbers): Column<Held>[] {
  return [
    {
      key: 'partner',
      label: say('holders.partner'),
      cell: ({ statement }) => (
        <>
          <Value view={view} say={say} kind="venture" claim={statement} />{' '}
          {statement.rank === 'deprecated' && <Badge tone="warn">{say('entry.deprecated')}</Badge>}
          <Basis view={view} statement={statement} />
        </>
      ),
    },
    {
      key: 'share',
      label: say('holders.share'),
      cell: ({ percent }) => (percent === null ? say('holders.unsaid') : say('holders.of-share', { percent: formatNumber(percent, view.language) })),
    },
    { key: 'valid', label: say('holders.valid'), cell: ({ valid }) => (valid === null ? say('holders.any-time') : <EdtfDate view={view} date={valid} />) },
    { key: 'sources', label: say('entry.sources'), cell: ({ statement }) => <Citations say={say} numbers={numbers} citations={statement.citations} /> },
  ]
}

function Basis({ view, statement }: Pick<RecordView, 'view'> & { statement: StatementShown }) {
  const basis = statement.qualifiers['basis']
  if (basis === undefined) return null
  return <small> {typeof basis === 'string' ? basis : <Text view={view} text={basis} />}</small>
}

function BranchItem({ view, say, branch }: RecordView & { branch: Branch }) {
  const country = branch.entry.country === null ? '' : countryName(branch.entry.country, view.language)
  return (
    <li>
      {branch.path.length > 1 && (
        <small>{branch.venture === null ? say('holders.parent') : <a href={view.link(`/ventures/${branch.venture}`)}>{say('holders.through')}</a>} </small>
      )}
      <EntryLink view={view} to={branch.entry} /> <small>{country}</small>
      {branch.share !== null && <small> {say('holders.of-share', { percent: formatNumber(Number(branch.share), view.language) })}</small>}
      {branch.above.length > 0 && (
        <ul>
          {branch.above.map((each) => (
            <BranchItem view={view} say={say} branch={each} />
          ))}
        </ul>
      )}
    </li>
  )
}
