import { formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { formatEdtf } from '../../../platform/text/edtf.ts'
import { layOut, lettersOf, reachOf, wrap, type Band, type Chart, type Mark, type Stage } from '../rules/charts.ts'
import type { Figure } from '../store/charts.ts'
import type { SourceNumbers } from './citations.tsx'
import type { RecordView } from './parts.tsx'

const line = 14
const letter = 6.7
const plot = 190
/** Letters in a line of a label; where there are many figures, labels are narrower, so that a chart fits a screen. */
const narrow = { from: 11, letters: 10 }
const letters = 13
const mostLines = 4
/** A little wider than the page, it is made a little smaller on a wide screen; wider still, it scrolls. */
const fitting = 1340

type Props = RecordView & { figures: readonly Figure[]; factor: number; label: string; numbers: SourceNumbers }
type Label = { lines: string[]; language: string | undefined }

/**
 * Figures as marks over their years: each by itself with its amount, reporter and sources, several of one year side by side.
 * Nothing joins them. It is as wide as it needs to be; the box around it scrolls.
 */
export function ChartPicture({ view, say, figures, factor, label, numbers }: Props) {
  const perLine = figures.length >= narrow.from ? narrow.letters : letters
  const labels = new Map(figures.map((figure) => [figure.id, labelOf({ view, factor, numbers }, figure, perLine)]))
  const linesOf = ({ id }: Figure) => labels.get(id)?.lines ?? []
  const scaled = figures.map((figure) => ({ ...figure, value: String(scale(figure.value, factor)) }))
  const widestTick = Math.max(...scaled.map(({ value }) => formatNumber(Math.ceil(Number(value)), view.language).length))
  const roomFor = (figure: Figure) => 12 + letter * Math.max(6, ...linesOf(figure).map(lettersOf))
  const measures = { left: 18 + widestTick * letter, height: plot, roomFor }
  // Only as much room above as the label that reaches highest takes.
  const over = layOut(scaled, { ...measures, top: 0 }).marks.map(({ figure, y }) => linesOf(figure).length * line + 14 - y)
  const chart = layOut(scaled, { ...measures, top: Math.max(8, ...over) })
  return (
    <div class="picture" tabindex={0} role="region" aria-label={label}>
      <svg
        class={chart.width <= fitting ? 'chart fits' : 'chart'}
        role="group"
        aria-label={label}
        width={round(chart.width)}
        height={round(chart.height)}
        viewBox={`0 0 ${round(chart.width)} ${round(chart.height)}`}
      >
        <Axes view={view} say={say} chart={chart} />
        {chart.marks.map((mark) => (
          <a href={view.link(`/flows/${mark.figure.key}`)} tabindex={-1}>
            {mark.reach === 'span' ? <Span mark={mark} /> : <Point mark={mark} base={chart.base} />}
            <MarkLabel mark={mark} label={labels.get(mark.figure.id)} />
          </a>
        ))}
      </svg>
    </div>
  )
}

/** An amount in the unit that readers count in, without the dust of binary fractions. */
export const scale = (value: string, factor: number): number => Number((Number(value) * factor).toPrecision(12))

const round = (value: number) => Math.round(value * 10) / 10

/** The amount, then who reports it or, where nobody is named, what is counted, then the sources. */
function labelOf({ view, factor, numbers }: Pick<Props, 'view' | 'factor' | 'numbers'>, figure: Figure, perLine: number): Label {
  const amount = `${figure.disputed ? '≠ ' : ''}${formatNumber(scale(figure.value, factor), view.language)}`
  const cited = figure.citations.flatMap(({ source, stance }) => (stance === 'supports' ? (numbers.get(source)?.n ?? []) : [])).sort((a, b) => a - b)
  const sources = cited.length > 2 ? `[${cited[0]} … ${cited.at(-1)}]` : cited.map((n) => `[${n}]`).join(' ')
  const reach = reachOf(figure)
  const time = figure.period !== null && (reach === 'part' || reach === 'span') ? formatEdtf(figure.period, view.language, view.say) : ''
  const words = inWords(figure.reporter ?? figure.name, view.language)
  const language = words && words.language !== view.language ? htmlLanguage[words.language] : undefined
  const said = words?.text ?? ''
  if (reach === 'span') return { lines: [[amount, time, said, sources].filter(Boolean).join(' · ')], language }
  return { lines: [amount, ...wrap(time, perLine, 3), ...wrap(said, perLine, mostLines), ...(sources === '' ? [] : [sources])], language }
}

function inWords(text: string | LanguageText | null, language: Language): { text: string; language: Language } | undefined {
  if (text === null) return undefined
  return typeof text === 'string' ? { text, language } : pickText(text, language)
}

function Axes({ view, say, chart }: RecordView & { chart: Chart<Figure> }) {
  return (
    <>
      {chart.ticks.map(({ value, y }) => (
        <>
          <path class={value === 0 ? 'zero' : 'grid'} d={`M${round(chart.left)} ${round(y)}H${round(chart.width)}`} />
          <text class="tick" x={round(chart.left - 6)} y={round(y + 4)} text-anchor="end">
            {formatNumber(value, view.language)}
          </text>
        </>
      ))}
      {chart.bands.map((band) => (
        <BandLabel say={say} band={band} base={chart.base} />
      ))}
    </>
  )
}

function BandLabel({ say, band, base }: Pick<RecordView, 'say'> & { band: Band; base: number }) {
  const { years } = band
  const words = years === null ? say('charts.undated') : years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`
  return (
    <>
      <path class="grid" d={`M${round(band.x + band.width)} ${base}v6`} />
      <text class="year" x={round(band.x + band.width / 2)} y={base + 20} text-anchor="middle">
        {words}
      </text>
    </>
  )
}

function Point({ mark: { figure, reach, x, y }, base }: { mark: Mark<Figure>; base: number }) {
  return (
    <>
      <path class="stem" d={`M${round(x)} ${base}V${round(y)}`} />
      <path class={classOf(figure, reach)} d={shape(figure.stage, round(x), round(y))} />
    </>
  )
}

const Span = ({ mark: { figure, x, y, width } }: { mark: Mark<Figure> }) => (
  <path class={classOf(figure, 'span')} d={`M${round(x)} ${round(y - 4)}h${round(width)}v8h${-round(width)}z`} />
)

const classOf = ({ deprecated }: Figure, reach: Mark<Figure>['reach']) => `mark${reach === 'part' ? ' part' : ''}${deprecated ? ' wrong' : ''}`

/** Told apart by shape: announced a diamond, committed a square, paid a triangle, not stated a circle. */
export function shape(stage: Stage | null, x: number, y: number): string {
  if (stage === 'announced') return `M${x} ${y - 7}l7 7l-7 7l-7 -7z`
  if (stage === 'committed') return `M${x - 5.5} ${y - 5.5}h11v11h-11z`
  if (stage === 'paid') return `M${x} ${y - 7}l7 12h-14z`
  return `M${x - 5.5} ${y}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z`
}

function MarkLabel({ mark: { reach, x, y }, label }: { mark: Mark<Figure>; label: Label | undefined }) {
  const lines = label?.lines ?? []
  const first = y - 12 - (lines.length - 1) * line
  return (
    <text text-anchor={reach === 'span' ? 'start' : 'middle'} lang={label?.language}>
      {lines.map((words, index) => (
        <tspan class={index === 0 ? 'amount' : undefined} x={round(x)} y={round(first + index * line)}>
          {words}
        </tspan>
      ))}
    </text>
  )
}
