import { formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, type Language } from '../../../platform/i18n/languages.ts'
import { formatEdtf } from '../../../platform/text/edtf.ts'
import { withQuery } from '../../../platform/ui/table.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { recordTexts } from '../../record/index.ts'
import type { Bucket, Chart, Level } from '../rules/timeline.ts'
import type { AtlasSay } from '../text/index.ts'

type Props = { view: View; say: AtlasSay; chart: Chart }

// The style sheet gives the names of the rows the same heights.
const rowAll = 96
const rowOne = 38
const axis = 26
const overBar = 15
/** So that the words under the bars do not touch. */
const narrowest: Record<Level, number> = { century: 72, decade: 58, year: 36, month: 50, day: 28 }

/** Bars over time: one row for all kinds together, one for each kind, so that no colour has to tell them apart. A bar leads to a closer look at its time. */
export function TimelineChart({ view, say, chart }: Props) {
  const record = recordTexts[view.language]
  const rows = chart.kinds.length > 1 ? chart.kinds : []
  const columns = chart.buckets.length + (chart.vague ? 1 : 0)
  const width = Math.min(72, Math.max(narrowest[chart.level], Math.floor(980 / columns)))
  const height = rowAll + rows.length * rowOne + axis
  return (
    <figure class="timeline">
      <div class="rows" aria-hidden="true">
        <b>{chart.kinds.length === 1 && chart.kinds[0] ? record(`plural.${chart.kinds[0]}`) : say('timeline.every')}</b>
        {rows.map((kind) => (
          <span>{record(`plural.${kind}`)}</span>
        ))}
      </div>
      <div class="bars" tabindex={0} role="region" aria-label={say('timeline.chart')}>
        <svg width={columns * width} height={height} viewBox={`0 0 ${columns * width} ${height}`} role="group" aria-label={say('timeline.chart')}>
          {[rowAll, ...rows.map((_, index) => rowAll + (index + 1) * rowOne)].map((y) => (
            <path class="line" d={`M0 ${y - 0.5}H${columns * width}`} />
          ))}
          {[...chart.buckets, ...(chart.vague ? [chart.vague] : [])].map((bucket, index) => (
            <Column view={view} say={say} chart={chart} bucket={bucket} x={index * width} width={width} />
          ))}
        </svg>
      </div>
      {chart.vague && <small class="unknown">{`? ${vagueWords(say, chart.level)}`}</small>}
      <CountTable view={view} say={say} chart={chart} />
    </figure>
  )
}

function Column({ view, say, chart, bucket, x, width }: Props & { bucket: Bucket; x: number; width: number }) {
  const { level, highest } = chart
  const isVague = bucket === chart.vague
  const rows = chart.kinds.length > 1 ? chart.kinds : []
  const bottom = rowAll + rows.length * rowOne
  const middle = x + Math.round(width / 2)
  const words = say('timeline.bar', { time: timeOf(view, say, level, bucket, isVague), n: bucket.total })
  const short = isVague ? '?' : shortTime(bucket.period, level, view.language)
  const bars = [
    barOf(bucket.total, rowAll, rowAll - overBar - 6, highest.all),
    ...rows.map((kind, index) => barOf(bucket.counts.get(kind) ?? 0, rowAll + (index + 1) * rowOne, rowOne - overBar - 3, highest.one)),
  ].filter(({ n }) => n > 0)
  const wide = Math.min(44, width - 8)
  const drawn = (
    <>
      <title>{words}</title>
      <rect class="hit" x={x} width={width} height={bottom + axis} />
      {bars.map(({ base, height }) => (
        <rect class="bar-of" x={x + Math.round((width - wide) / 2)} y={base - height} width={wide} height={height} />
      ))}
      <text class="time" x={middle} y={bottom + 18}>
        {short}
      </text>
    </>
  )
  const isLink = bucket.total > 0 && !isVague && level !== 'day'
  return (
    <>
      {isLink ? (
        <a href={withQuery(view, { period: bucket.period, cursor: undefined })} aria-label={words.includes(short) ? words : `${short} · ${words}`}>
          {drawn}
        </a>
      ) : (
        <g class={isVague ? 'vague' : undefined}>{drawn}</g>
      )}
      {bars.map(({ n, base, height }) => (
        <text class="n" aria-hidden="true" x={middle} y={base - height - 4}>
          {formatNumber(n, view.language)}
        </text>
      ))}
    </>
  )
}

const barOf = (n: number, base: number, room: number, highest: number) => ({ n, base, height: Math.max(2, Math.round((n / highest) * room)) })

/** The same for those who rather read; times in which nothing begins are left out. */
function CountTable({ view, say, chart }: Props) {
  const record = recordTexts[view.language]
  const shown = [...chart.buckets, ...(chart.vague ? [chart.vague] : [])].filter(({ total }) => total > 0)
  const number = (n: number | undefined) => (n === undefined ? '' : formatNumber(n, view.language))
  return (
    <details class="counts">
      <summary>{say('timeline.table')}</summary>
      <div class="scroll" tabindex={0} role="region" aria-label={say('timeline.table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('timeline.time')}</th>
              {chart.kinds.map((kind) => (
                <th scope="col" class="n">
                  {record(`plural.${kind}`)}
                </th>
              ))}
              {chart.kinds.length > 1 && (
                <th scope="col" class="n">
                  {say('timeline.every')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((bucket) => (
              <tr>
                <th scope="row">{timeOf(view, say, chart.level, bucket, bucket === chart.vague)}</th>
                {chart.kinds.map((kind) => (
                  <td class="n">{number(bucket.counts.get(kind))}</td>
                ))}
                {chart.kinds.length > 1 && <td class="n">{number(bucket.total)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function timeOf(view: View, say: AtlasSay, level: Level, { period }: Bucket, isVague: boolean): string {
  if (!isVague) return formatEdtf(period, view.language, view.say)
  return vagueWords(say, level)
}

function vagueWords(say: AtlasSay, level: Level): string {
  return say(level === 'day' ? 'timeline.vague.day' : level === 'month' ? 'timeline.vague.month' : 'timeline.vague.year')
}

const months = new Map<Language, Intl.DateTimeFormat>()

/** A time as short as the axis needs it; years stay with January, so that several of them can be told apart. */
function shortTime(period: string, level: Level, language: Language): string {
  if (level === 'century') return `${period.slice(0, 4)}–${period.slice(7)}`
  if (level === 'decade') return `${period.slice(0, 3)}0–${period.slice(2, 3)}9`
  if (level === 'year') return period
  if (level === 'day') return String(Number(period.slice(8)))
  const format = months.get(language) ?? new Intl.DateTimeFormat(htmlLanguage[language], { month: 'short', timeZone: 'UTC' })
  months.set(language, format)
  const month = format.format(Date.parse(`${period}-01`))
  return period.endsWith('-01') ? `${month} ${period.slice(0, 4)}` : month
}
