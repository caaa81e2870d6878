import type { Issue } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { columnName } from '../../../platform/workbook/sheet-xml.ts'
import { asFarAsSound } from '../schema/as-far.ts'
import { listingInput, type ListingInput } from '../schema/listings.ts'
import type { ColumnKey } from './columns.ts'
import type { RawRow, RawSheet } from './read.ts'
import { codeOf, partsOf, severalColumns, smallPartsOf, wordColumns, wordsOf } from './words.ts'

/** A row that was checked. Without issues it has all that a draft is made of. */
export type CheckedRow = { raw: RawRow; input: ListingInput | undefined; issues: Issue[] }
/** `asFar`: the row without what is wrong, so that what the rest refers to can be looked up all the same. */
type RowAlone = CheckedRow & { asFar: ListingInput | undefined }

/** What terms mean: keys of concepts, by the word as it was typed. */
export type TermKeys = ReadonlyMap<string, readonly string[]>

/** The terms in the column of concepts, whole and at their commas, for whoever looks up what they mean. */
export const termsIn = (rows: readonly RawRow[]): string[] => [
  ...new Set(rows.flatMap(({ cells }) => [...partsOf(cells.concepts ?? ''), ...smallPartsOf(cells.concepts ?? '')])),
]

/** Checks a row by itself: its words, and all that the form of a listing checks. @param language in which words are listed to choose from */
export function checkRow(raw: RawRow, terms: TermKeys, language: Language): RowAlone {
  const issues: Issue[] = Object.entries(raw.faults).map(([path, { code, value }]) => ({ path, code, params: { value } }))
  const typed: Record<string, unknown> = { ...raw.cells, version: 1 }
  delete typed['number']
  for (const column of wordColumns) {
    const words = severalColumns.has(column) ? smallPartsOf(raw.cells[column] ?? '') : [raw.cells[column]?.trim() ?? ''].filter((word) => word !== '')
    const codes = words.map((word) => codeOf(column, word))
    if (codes.includes(undefined))
      issues.push({
        path: column,
        code: 'not_one_of',
        params: {
          values: wordsOf(column, language)
            .map(({ word }) => word)
            .join(', '),
        },
      })
    typed[column] = severalColumns.has(column) ? codes : codes[0]
  }
  const concepts = conceptsOf(raw.cells.concepts ?? '', terms)
  issues.push(...concepts.issues)
  typed['concepts'] = concepts.keys
  for (const column of ['authorizations', 'countries_wanted', 'countries_excluded', 'hidden_from'] as const)
    typed[column] = raw.cells[column]?.replaceAll(/[;；\n]/g, ',')
  const parsed = listingInput.safeParse(typed, { reportInput: true })
  const wrong = new Set(issues.map(({ path }) => path))
  if (!parsed.success)
    issues.push(
      ...issuesOf(parsed.error).flatMap((issue) => {
        const [path = ''] = issue.path.split('.')
        return wrong.has(path) ? [] : [{ ...issue, path }]
      }),
    )
  const input = parsed.success && issues.length === 0 ? parsed.data : undefined
  return {
    raw,
    input,
    asFar:
      input ??
      asFarAsSound(
        typed,
        issues.filter(({ path }) => path !== 'concepts'),
      ),
    issues,
  }
}

/** Keys, terms, or terms with their keys behind them: `vaccine`, `Impfstoff`, `Vaccine [vaccine]`. */
function conceptsOf(cell: string, terms: TermKeys): { keys: string[]; issues: Issue[] } {
  const keys = new Set<string>()
  const issues: Issue[] = []
  for (const part of partsOf(cell)) {
    const whole = meant(part, terms)
    for (const word of whole.length > 0 ? [part] : smallPartsOf(part)) {
      const found = meant(word, terms)
      const value = word.slice(0, 80)
      if (found.length > 1) issues.push({ path: 'concepts', code: 'several_concepts', params: { value, values: found.join(', ') } })
      else if (found[0] === undefined) issues.push({ path: 'concepts', code: 'unknown_reference', params: { value } })
      else keys.add(found[0])
    }
  }
  return { keys: [...keys], issues }
}

const meant = (word: string, terms: TermKeys): readonly string[] => {
  const key = /\[([a-z0-9]+(?:-[a-z0-9]+)*)\]$/.exec(word)?.[1]
  return key === undefined ? (terms.get(word) ?? []) : [key]
}

/** The name of the cell that an issue is about. @returns the row alone where no column is meant */
export const cellOf = ({ columns }: RawSheet, { row }: RawRow, path: string): string => {
  const place = columns[path as ColumnKey]
  return place === undefined ? String(row) : `${columnName(place)}${row}`
}
