import { gap } from './scan.ts'
import type { Reading } from './read.ts'

const names = new Set(
  'mg g kg µg μg ug mcg ng pg t ml l dl µl μl ul hl iu ui mmol mol µmol μmol nmol m cm mm µm μm nm km ha kda da h min s d ppm ppb rpm bar kpa mpa pa w kw mw kwh v hz mhz ghz gb mb usd eur cup cny vnd'.split(
    ' ',
  ),
)
const signs: Record<string, string> = { '%': '%', '‰': '‰', '％': '%', '℃': '°c', '°C': '°c', '℉': '°f', '°F': '°f' }

/** The unit that follows a figure, with a space or without. @returns its name in lower case and where it ends, or `undefined` */
export function unitAfter(reading: Reading, at: number): { name: string; end: number } | undefined {
  const { text } = reading
  let from = reading.end[at] ?? 0
  if (text[from] === ' ' || text[from] === '\u00a0' || text[from] === '\u202f') from++
  const sign = signs[text.slice(from, from + 2)] === undefined ? text.slice(from, from + 1) : text.slice(from, from + 2)
  const name = signs[sign]
  if (name !== undefined) return { name, end: from + sign.length }
  const next = reading.words[at + 1]
  const isNext = next !== undefined && reading.start[at + 1] === from && (reading.gap[at + 1] ?? gap.sentence) <= gap.space && names.has(next.folded)
  return isNext ? { name: next.folded.replace(/^mcg$|^ug$/, 'μg'), end: reading.end[at + 1] ?? from } : undefined
}
