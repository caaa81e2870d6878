import parseEdtf, { parse } from 'edtf'
import { formatDay } from '../i18n/format.ts'
import type { Language } from '../i18n/languages.ts'

/** The days that a date of the record spans; each end `undefined` where the date leaves it open. ISO 8601 calendar days. */
export type Span = { from: string | undefined; to: string | undefined }

/**
 * Whether a text is a date as the record writes them: EDTF level 0 or 1 (ISO 8601-2:2019), such as `2024-09`, `2005~`, `2018/2020`, `2018/..`, `201X`.
 */
export function isEdtf(text: string): boolean {
  return span(text) !== undefined
}

/**
 * The first and last day of an EDTF date.
 *
 * @returns `undefined` when the text is not such a date
 * @example span('2024-09') // { from: '2024-09-01', to: '2024-09-30' }
 */
export function span(text: string): Span | undefined {
  const [from = '', to, ...more] = text.split('/')
  if (to === undefined) return dateSpan(text)
  if (more.length > 0 || (isOpen(from) && isOpen(to))) return undefined
  const [first, last] = [isOpen(from) ? open : dateSpan(from), isOpen(to) ? open : dateSpan(to)]
  if (first === undefined || last === undefined) return undefined
  return first.from !== undefined && last.to !== undefined && first.from > last.to ? undefined : { from: first.from, to: last.to }
}

const open: Span = { from: undefined, to: undefined }

function isOpen(end: string): boolean {
  return end === '' || end === '..'
}

// Parsing takes a tenth of a millisecond, and the dates of a record are the same few thousand.
const known = new Map<string, Span | undefined>()
const mostKnown = 20_000

function dateSpan(text: string): Span | undefined {
  // The calendar of the record, as PostgreSQL's, has no year 0.
  if (!/^\d{3}[\dX][\dX~?%-]{0,7}$/.test(text) || /^000[0X]/.test(text)) return undefined
  if (known.has(text)) return known.get(text)
  const found = parseSpan(text)
  if (known.size >= mostKnown) known.clear()
  known.set(text, found)
  return found
}

function parseSpan(text: string): Span | undefined {
  try {
    parse(text, { level: 1 })
    const value = parseEdtf(text)
    return { from: day(value.min), to: day(value.max) }
  } catch {
    return undefined
  }
}

/** Milliseconds to a calendar day; `undefined` for an end that is open. */
function day(milliseconds: number): string | undefined {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString().slice(0, 10) : undefined
}

/**
 * An EDTF date in the words of a language.
 *
 * @param say wording for what is uncertain: `about`, `perhaps`, `since`, `until`, `range`
 */
export function formatEdtf(
  text: string,
  language: Language,
  say: (key: 'date.about' | 'date.perhaps' | 'date.since' | 'date.until' | 'date.range' | 'date.decade', params: Record<string, string>) => string,
): string {
  const [from, to] = text.split('/')
  if (to !== undefined) {
    const ends = [from, to].map((end) => (end && end !== '..' ? formatEdtf(end, language, say) : ''))
    if (!ends[0]) return say('date.until', { date: ends[1] ?? '' })
    if (!ends[1]) return say('date.since', { date: ends[0] })
    return say('date.range', { from: ends[0], to: ends[1] })
  }
  const uncertainty = /[~?%]$/.exec(text)?.[0]
  const plain = text.replace(/[~?%]/g, '')
  const words = /^\d{3}X$/.test(plain)
    ? say('date.decade', { year: plain.replace('X', '0') })
    : /X/.test(plain)
      ? formatDay(plain.replace(/(-XX){1,2}$/, ''), language)
      : formatDay(plain, language)
  if (uncertainty === undefined) return words
  return say(uncertainty === '?' ? 'date.perhaps' : 'date.about', { date: words })
}
