import { span, type Span } from '../../../platform/text/edtf.ts'
import type { EntryKind, TimelineCount } from '../../record/index.ts'

/** How much time one bar of a timeline stands for. */
export type Level = 'century' | 'decade' | 'year' | 'month' | 'day'

/** One bar: its time as EDTF, and how many entries of each kind begin in it. */
export type Bucket = { period: string; counts: Map<EntryKind, number>; total: number }
export type Chart = {
  level: Level
  buckets: Bucket[]
  /** Entries that begin in the time shown, but no one knows in which bar of it. */
  vague: Bucket | undefined
  /** Kinds with anything to show, in the order of the filter. */
  kinds: EntryKind[]
  total: number
  /** The most that stands in one bar: of all kinds, and of one. */
  highest: { all: number; one: number }
}

const dayLength = 86_400_000

/** What is counted to draw a time: the months of up to three years, the days of a month, else years. */
export function unitFor(period: string | undefined): 'year' | 'month' | 'day' {
  const { from, to } = rangeOf(period)
  if (from === undefined || to === undefined) return 'year'
  const days = (Date.parse(to) - Date.parse(from)) / dayLength + 1
  return days <= 31 ? 'day' : days <= 3 * 366 ? 'month' : 'year'
}

/** The days that a period asked for spans; open where it is open. */
export const rangeOf = (period: string | undefined): Span => (period === undefined ? { from: undefined, to: undefined } : (span(period) ?? neverEver))

const neverEver: Span = { from: '9999-12-31', to: '9999-12-31' }

/** Past this many years single years get too narrow; past this many decades, decades. */
const mostYears = 40
const mostDecades = 40

/**
 * Puts counted beginnings into bars, without a gap from the first to the last, empty ones too.
 *
 * @param today past which nothing is drawn but what is on record
 */
export function chartOf(counts: readonly TimelineCount[], period: string | undefined, order: readonly EntryKind[], today: string): Chart {
  const unit = unitFor(period)
  const range = rangeOf(period)
  const dates = counts.map(({ at }) => at).sort()
  const first = range.from ?? dates[0]
  const newest = [dates.at(-1) ?? '', today].sort().at(-1) ?? ''
  const last = range.to === undefined ? dates.at(-1) : range.to < newest ? range.to : newest
  const kinds = order.filter((kind) => counts.some((count) => count.kind === kind))
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  if (first === undefined || last === undefined || total === 0) {
    return { level: unit, buckets: [], vague: undefined, kinds, total, highest: { all: 0, one: 0 } }
  }
  const level = levelOf(unit, first, last, range)
  // Of a long time asked for only the part that has something.
  const [from, to] = level === 'decade' || level === 'century' ? [dates[0] ?? first, dates.at(-1) ?? last] : [first, last]
  const buckets = new Map(periodsOf(level, from, to).map((each) => [each, emptyBucket(each)]))
  const vague = emptyBucket('')
  for (const { kind, at, vague: isVague, n } of counts) {
    const bucket = isVague && level === unit ? vague : (buckets.get(periodAt(level, at)) ?? vague)
    bucket.counts.set(kind, (bucket.counts.get(kind) ?? 0) + n)
    bucket.total += n
  }
  const all = [...buckets.values()]
  const shown = vague.total > 0 ? [...all, vague] : all
  return {
    level,
    buckets: all,
    vague: vague.total > 0 ? vague : undefined,
    kinds,
    total,
    highest: { all: Math.max(...shown.map((bucket) => bucket.total)), one: Math.max(...shown.flatMap((bucket) => [...bucket.counts.values()])) },
  }
}

function levelOf(unit: 'year' | 'month' | 'day', first: string, last: string, range: Span): Level {
  if (unit !== 'year') return unit
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1
  if (years <= mostYears && (range.from !== undefined || range.to !== undefined || years <= 30)) return 'year'
  return years / 10 <= mostDecades ? 'decade' : 'century'
}

const emptyBucket = (period: string): Bucket => ({ period, counts: new Map(), total: 0 })

/** The bar that a date, as exact as it is, belongs to. @example periodAt('decade', '1995') // '199X' */
export function periodAt(level: Level, date: string): string {
  switch (level) {
    case 'century':
      return `${date.slice(0, 2)}00/${date.slice(0, 2)}99`
    case 'decade':
      return `${date.slice(0, 3)}X`
    case 'year':
      return date.slice(0, 4)
    case 'month':
      return date.slice(0, 7)
    case 'day':
      return date.slice(0, 10)
  }
}

function periodsOf(level: Level, from: string, to: string): string[] {
  const year = (date: string) => Number(date.slice(0, 4))
  if (level === 'day') return steps(Date.parse(from), Date.parse(to), dayLength).map((time) => new Date(time).toISOString().slice(0, 10))
  if (level === 'month') {
    const month = (date: string) => year(date) * 12 + Number(date.slice(5, 7)) - 1
    return steps(month(from), month(to), 1).map((at) => `${yearText(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, '0')}`)
  }
  const step = { century: 100, decade: 10, year: 1 }[level]
  return steps(Math.floor(year(from) / step) * step, year(to), step).map((at) => periodAt(level, yearText(at)))
}

const yearText = (year: number) => String(year).padStart(4, '0')

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, index) => from + index * step)
}

/** The longer times that a period lies in, the longest first. @example wider('2025-08') // ['202X', '2025'] */
export function wider(period: string): string[] {
  const level = levelOfPeriod(period)
  const above: Level[] = level === 'day' ? ['decade', 'year', 'month'] : level === 'month' ? ['decade', 'year'] : level === 'year' ? ['decade'] : []
  return above.map((each) => periodAt(each, period))
}

/** Of a period that is one of the bars, how long it is. */
export function levelOfPeriod(period: string): Level | undefined {
  if (/^\d{3}X$/.test(period)) return 'decade'
  if (/^\d{4}$/.test(period)) return 'year'
  if (/^\d{4}-\d\d$/.test(period)) return 'month'
  return /^\d{4}-\d\d-\d\d$/.test(period) ? 'day' : undefined
}
