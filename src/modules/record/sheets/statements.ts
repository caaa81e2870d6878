import { z } from 'zod'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { identifier, isIdentifierField } from '../../members/index.ts'
import { isCurrencyUnit } from '../rules/units.ts'
import type { Citation, Qualifiers, StatementDraft } from '../rules/statements.ts'
import { entryKinds, key, ranks, type EntryKind } from '../schema.ts'
import { inFourLanguages, keyList, list, optional, optionalDate, optionalKey, required, texts } from './cells.ts'

const entryName = z.string().regex(new RegExp(`^(${entryKinds.join('|')}):[a-z0-9]+(-[a-z0-9]+)*$`))
const locatedKey = z
  .string()
  .max(141)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(#[\p{L}\p{N} .,:§–-]+)?$/u)
const located = list.pipe(z.array(locatedKey))
const qualifier = z.string().regex(/^[a-z][a-z_]*=.+$/s)

/** `entries-….csv`: entries that no other sheet holds; what is claimed about them stands in the sheets of statements. */
export const entrySheet = z.object({
  kind: z.enum(entryKinds),
  key,
  ...inFourLanguages('name', required),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})

/**
 * `statements-….csv`: single statements. `value` is a text of `language`, an entry as `kind:key`, or a code, number or date; `qualifiers` as `unit=million USD;reporter=…`;
 * a source with its place in it as `seed-000#1`; `conflict` the key of the dispute that it is a side of.
 */
export const statementSheet = z.object({
  entry: entryName,
  field: z.string().regex(/^[a-z][a-z_]*$/),
  value: required,
  value_es: optional,
  value_zh: optional,
  value_vi: optional,
  language: z.enum(['', ...languages]),
  rank: z.enum(ranks),
  ...inFourLanguages('reason', optional),
  valid: optionalDate,
  qualifiers: list.pipe(z.array(qualifier)),
  sources: located,
  disputed_by: located,
  conflict: optionalKey,
  seed_statement: optional,
})
export type StatementRow = z.output<typeof statementSheet>

/** `conflicts.csv`: the points on which sources contradict each other, and what whoever compared them makes of it. */
export const disputeSheet = z.object({
  id: key,
  subject: required,
  field: required,
  value_a: optional,
  source_a: optional,
  value_b: optional,
  source_b: optional,
  other_values: optional,
  ...inFourLanguages('assessment', required),
})
export type DisputeRow = z.output<typeof disputeSheet>

/** `phrases.csv`: short texts that stand in qualifiers again and again, in the four languages. */
export const phraseSheet = z.object({ en: required, es: required, zh: required, vi: required })

export const targetOf = (value: string): string | undefined => (entryName.safeParse(value).success ? value : undefined)

/** The entry that a row speaks of. */
export function entryOf(row: { entry: string }): { kind: EntryKind; key: string } {
  const colon = row.entry.indexOf(':')
  return { kind: row.entry.slice(0, colon) as EntryKind, key: row.entry.slice(colon + 1) }
}

/** @param phrases texts of qualifiers by their English wording */
export function statementOf(row: StatementRow, phrases: ReadonlyMap<string, LanguageText>): StatementDraft {
  const target = targetOf(row.value)
  const reason = texts(row, 'reason')
  const qualifiers = qualifiersOf(row, phrases)
  return {
    field: row.field,
    value: target === undefined ? valueOf(row) : target.slice(target.indexOf(':') + 1),
    ...(target !== undefined && { target }),
    ...(row.language !== '' && { language: row.language }),
    ...(row.rank !== 'normal' && { rank: row.rank }),
    ...(Object.keys(reason).length > 0 && { reason }),
    ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
    ...(row.valid !== undefined && { valid: row.valid }),
    ...(row.conflict !== undefined && { dispute: row.conflict }),
    citations: [...citations(row.sources, 'supports'), ...citations(row.disputed_by, 'disputes')],
  }
}

/** A name stays in its language; any other text is one with its translations. */
function valueOf(row: StatementRow): string | LanguageText {
  if (isIdentifierField(row.field)) return identifier(row.field, row.value) ?? row.value
  if (row.language === '' || row.field === 'name') return row.value
  const others = { es: row.value_es, zh: row.value_zh, vi: row.value_vi }
  return { ...Object.fromEntries(Object.entries(others).filter(([, text]) => text !== undefined)), [row.language]: row.value }
}

function qualifiersOf(row: StatementRow, phrases: ReadonlyMap<string, LanguageText>): Qualifiers {
  return Object.fromEntries(
    row.qualifiers.map((cell) => {
      const at = cell.indexOf('=')
      const text = cell.slice(at + 1).trim()
      return [cell.slice(0, at), isCurrencyUnit(text) ? text : (phrases.get(text) ?? text)]
    }),
  )
}

/** A source named with several places in it is cited once. */
function citations(cells: readonly string[], stance: Citation['stance']): Citation[] {
  const places = new Map<string, string[]>()
  for (const cell of cells) {
    const [source = '', locator] = cell.split('#')
    places.set(source, [...(places.get(source) ?? []), ...(locator === undefined ? [] : [locator])])
  }
  return [...places].map(([source, locators]) => ({ source, stance, ...(locators.length > 0 && { locator: locators.join(', ') }) }))
}
