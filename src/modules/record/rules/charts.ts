import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { isCurrencyUnit } from './units.ts'

/** How sure an amount is; most sources do not say. */
export type Stage = 'announced' | 'committed' | 'paid'

/** One figure of a chart, with its time as days. */
export type Timed = { value: string; period: string | null; from: string | null; to: string | null }

/** `year`: of one year; `part`: of some months of it; `span`: of several years; `undated`. */
export type Reach = 'year' | 'part' | 'span' | 'undated'

const yearOf = (day: string) => Number(day.slice(0, 4))

/** What time a figure covers. A single day or month is when something happened; only an interval within a year is a part of it. */
export function reachOf({ period, from, to }: Omit<Timed, 'value'>): Reach {
  if (from === null) return 'undated'
  if (to !== null && yearOf(to) > yearOf(from)) return 'span'
  return period?.includes('/') && to !== null && !(from.endsWith('-01-01') && to.endsWith('-12-31')) ? 'part' : 'year'
}

/** A stretch of the axis: a year with its figures, several years that have none, or what has no date. */
export type Band = { years: [number, number] | null; x: number; width: number }
export type Mark<F> = { figure: F; reach: Reach; x: number; y: number; width: number }
export type Chart<F> = {
  width: number
  height: number
  left: number
  top: number
  base: number
  bands: Band[]
  marks: Mark<F>[]
  ticks: { value: number; y: number }[]
}

const bare = 34
const comfortable = 460
const mostYears = 2

/** How a chart is made up: room for the words of the vertical axis, for the label of the highest mark, for amounts, and across for the label of each figure. */
export type Measures<F> = { left: number; top: number; height: number; roomFor: (figure: F) => number }

/**
 * Lays out a chart: a band for each year, as wide as its figures need side by side, years without any as narrow ones; amounts from zero upwards.
 * A figure for several years lies across their bands.
 */
export function layOut<F extends Timed>(figures: readonly F[], { left, top, height, roomFor }: Measures<F>): Chart<F> {
  const placed = figures.map((figure) => ({ figure, reach: reachOf(figure), room: roomFor(figure) }))
  const standing = placed.filter(({ reach }) => reach !== 'span')
  const needed = standing.reduce((total, { room }) => total + room, 0)
  const spread = needed === 0 ? 0 : Math.max(0, comfortable - needed) / standing.length
  const roomy = placed.map((each) => ({ ...each, room: each.room + Math.min(spread, each.room) }))
  const bands = bandsOf(roomy, left)
  const base = top + height
  const ticks = ticksUpTo(Math.max(...figures.map(({ value }) => Number(value)), 0))
  const highest = ticks.at(-1) ?? 1
  const y = (value: number) => base - (Math.max(0, value) / highest) * height
  const filled = new Map<Band, number>()
  const marks = roomy.flatMap(({ figure, reach, room }): Mark<F>[] => {
    const band = bandAt(bands, figure.from)
    if (band === undefined) return []
    const at = y(Number(figure.value))
    if (reach === 'span') {
      const last = bandAt(bands, figure.to) ?? band
      return [{ figure, reach, x: band.x + 6, y: at, width: last.x + last.width - band.x - 12 }]
    }
    const before = filled.get(band) ?? 0
    filled.set(band, before + room)
    return [{ figure, reach, x: band.x + before + room / 2, y: at, width: room }]
  })
  const last = bands.at(-1)
  return {
    width: (last ? last.x + last.width : left) + 10,
    height: base + 40,
    left,
    top,
    base,
    bands,
    marks,
    ticks: ticks.map((value) => ({ value, y: y(value) })),
  }
}

function bandsOf(placed: readonly { figure: Timed; reach: Reach; room: number }[], left: number): Band[] {
  const inYear = new Map<number, number>()
  for (const { figure, reach, room } of placed) {
    if (figure.from === null) continue
    const year = yearOf(figure.from)
    inYear.set(year, (inYear.get(year) ?? 0) + (reach === 'span' ? 0 : room))
    const end = yearOf(figure.to ?? figure.from)
    if (reach === 'span') inYear.set(end, inYear.get(end) ?? 0)
  }
  let x = left
  const add = (years: Band['years'], width: number): Band => {
    const band = { years, x, width }
    x += width
    return band
  }
  const years = [...inYear.keys()].sort((a, b) => a - b)
  const undated = placed.reduce((total, { reach, room }) => total + (reach === 'undated' ? room : 0), 0)
  return [
    ...years.flatMap((year, index) => [...gapBefore(year, years[index - 1], add), add([year, year], Math.max(bare + 6, inYear.get(year) ?? 0))]),
    ...(undated === 0 ? [] : [add(null, undated)]),
  ]
}

/** Years without a figure keep their place, so that the distance in time is seen; many of them share one. */
function gapBefore(year: number, before: number | undefined, add: (years: [number, number], width: number) => Band): Band[] {
  const gap = before === undefined ? 0 : year - before - 1
  if (before === undefined || gap === 0) return []
  if (gap >= mostYears) return [add([before + 1, year - 1], 2 * bare)]
  return Array.from({ length: gap }, (_, each) => add([before + 1 + each, before + 1 + each], bare))
}

const bandAt = (bands: readonly Band[], day: string | null) =>
  day === null ? bands.find(({ years }) => years === null) : bands.find(({ years }) => years !== null && years[0] <= yearOf(day) && yearOf(day) <= years[1])

/** Round amounts from zero to at least the highest. */
export function ticksUpTo(highest: number): number[] {
  if (highest <= 0) return [0, 1]
  const rough = highest / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const count = Math.ceil(highest / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, each) => Number((each * step).toPrecision(12)))
}

/** In which unit readers of a language count such amounts, and by what to multiply: Chinese counts money in hundreds of millions. */
export function readingUnit(
  unit: string | LanguageText,
  countsInMyriads: boolean,
): { words: LanguageText } | { currency: string; scale: 'thousand' | 'million' | 'billion' | undefined; factor: number; perYear: boolean } {
  const named = typeof unit === 'string' ? unit : (unit.en ?? '')
  const money = isCurrencyUnit(named)
  if (!money) return { words: typeof unit === 'string' ? { en: unit } : unit }
  const factors = { thousand: 0.1, million: 0.01, billion: 10 }
  return { ...money, factor: countsInMyriads && money.scale ? factors[money.scale] : 1 }
}

/**
 * Breaks words into lines no wider than so many letters; a Chinese character is as wide as two. What does not fit is cut with an ellipsis.
 *
 * @example wrap('Ambassador of China to Cuba', 14, 3) // ['Ambassador of', 'China to Cuba']
 */
export function wrap(text: string, letters: number, lines: number): string[] {
  // A Chinese line breaks after any character, but does not begin with a closing mark.
  const pieces = text.match(/[（“《]?\p{Script=Han}[，、。）：；”》]*|[^\s\p{Script=Han}（“《]+\s*|[（“《\s]/gu) ?? []
  const wrapped: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && lettersOf(line + piece.trimEnd()) > letters) {
      wrapped.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') wrapped.push(line.trimEnd())
  if (wrapped.length <= lines) return wrapped
  return [...wrapped.slice(0, lines - 1), `${wrapped[lines - 1] ?? ''}…`]
}

/** The width of a text in letters. */
export const lettersOf = (text: string): number =>
  Array.from(text).reduce((width, letter) => width + (/[\p{Script=Han}，、。（）：；“”《》]/u.test(letter) ? 2 : 1), 0)
