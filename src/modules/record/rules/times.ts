import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Span } from '../../../platform/text/edtf.ts'
import { numberFields } from './kinds.ts'

/** As of when, and known by when; a date or period each, or not asked for. */
export type AskedTimes = { asOf?: Span | undefined; knownAt?: Span | undefined }

type Timed = {
  field: string
  valid: string | null
  valid_from: string | null
  valid_to: string | null
  qualifiers: Record<string, string | LanguageText>
  citations: { source: string; stance: 'supports' | 'disputes' }[]
}

/** A statement as it stands at the times asked for. `last_known`: claimed for an earlier date, and nothing on record for the one asked for. */
export type AtTimes<S> = S & { last_known: boolean }

/**
 * What an entry's statements come to at a date, and by what was published at another. The two are apart: in 2016 it was so; by 2018 one could know it.
 *
 * Known by a date: a citation counts when its source was certainly out by then, its last possible day of publication not after the date; an undated source never.
 * A statement nobody supports any more falls away.
 *
 * As of a date: of the dated statements those whose time meets the date. Where a field has none that does, the latest earlier ones stay, marked as last known.
 * What is claimed for no date in particular stays too, but for a figure or a state, which is always one of some time: it gives way to one that is dated.
 *
 * @param publishedTo the last day on which each source may have been published, by key
 */
export function atTimes<S extends Timed>(
  statements: readonly S[],
  publishedTo: ReadonlyMap<string, string | null>,
  { asOf, knownAt }: AskedTimes,
): AtTimes<S>[] {
  const known = knownAt === undefined ? statements : statements.flatMap((statement) => knownBy(statement, publishedTo, knownAt.to ?? latest))
  if (asOf === undefined) return known.map((statement) => ({ ...statement, last_known: false }))
  const from = asOf.from ?? earliest
  const to = asOf.to ?? latest
  const lastBefore = new Map<string, string>()
  const current = new Set<string>()
  for (const statement of known) {
    const { valid, valid_from, valid_to } = statement
    const about = aboutOf(statement)
    if (valid === null) continue
    if (meets({ valid_from, valid_to }, from, to)) current.add(about)
    else if ((valid_to ?? latest) < from) lastBefore.set(about, later(lastBefore.get(about), valid_to ?? earliest))
  }
  return known.flatMap((statement): AtTimes<S>[] => {
    const { field, valid, valid_to } = statement
    const about = aboutOf(statement)
    if (valid === null) return current.has(about) && changing.has(field) ? [] : [{ ...statement, last_known: false }]
    if (meets(statement, from, to)) return [{ ...statement, last_known: false }]
    return !current.has(about) && valid_to !== null && valid_to === lastBefore.get(about) ? [{ ...statement, last_known: true }] : []
  })
}

/** What a statement is about: its field, and, where it is a count, what it counts. */
function aboutOf({ field, qualifiers }: Pick<Timed, 'field' | 'qualifiers'>): string {
  const counts = qualifiers['counts']
  return counts === undefined ? field : `${field} ${typeof counts === 'object' ? (counts.en ?? '') : counts}`
}

/** Fields that have one value at a time. */
const changing = new Set([...numberFields, 'status'])

const earliest = '0000-01-01'
const latest = '9999-12-31'

const later = (a: string | undefined, b: string) => (a === undefined || b > a ? b : a)

const meets = ({ valid_from, valid_to }: Pick<Timed, 'valid_from' | 'valid_to'>, from: string, to: string) =>
  (valid_from ?? earliest) <= to && (valid_to ?? latest) >= from

function knownBy<S extends Timed>(statement: S, publishedTo: ReadonlyMap<string, string | null>, day: string): S[] {
  const citations = statement.citations.filter(({ source }) => {
    const published = publishedTo.get(source)
    return published !== null && published !== undefined && published <= day
  })
  return citations.some(({ stance }) => stance === 'supports') ? [{ ...statement, citations }] : []
}
