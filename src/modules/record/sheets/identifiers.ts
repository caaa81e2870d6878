import type { IssueCode } from '../../../platform/errors.ts'
import type { CsvFile, FileIssue } from '../../../platform/text/csv.ts'
import { identifier, isIdentifierField } from '../../members/index.ts'
import type { StatementRow } from './statements.ts'

/** An identifier that an entry, as `kind:key`, has on record. */
export type IdentifierKnown = { field: string; value: string; entry: string; origin: 'sheet' | 'registry' }

/**
 * Identifiers whose check digits are wrong, and those that two entries claim: in the sheets, or in them and on record. What is held to be wrong claims nothing.
 *
 * @param held entries that the sheets hold, as `kind:key`: what sheets said of these before, they replace
 */
export function identifierIssues(sheets: readonly CsvFile<StatementRow>[], held: ReadonlySet<string>, known: readonly IdentifierKnown[]): FileIssue[] {
  const claimed = new Map<string, string>()
  for (const { field, value, entry, origin } of known) if (origin === 'registry' || !held.has(entry)) claimed.set(`${field}:${value}`, entry)
  return sheets.flatMap(({ file, rows }) =>
    rows.flatMap(({ line, value: { entry, field, value, rank } }) => {
      if (!isIdentifierField(field)) return []
      const wrong = (code: IssueCode, params: Record<string, string>): FileIssue[] => [{ file, line, issue: { path: 'value', code, params } }]
      const id = identifier(field, value)
      if (id === undefined) return wrong('wrong_check_digits', { value: value.slice(0, 80) })
      if (rank === 'deprecated') return []
      const other = claimed.get(`${field}:${id}`)
      if (other === undefined) claimed.set(`${field}:${id}`, entry)
      if (other === undefined || other === entry) return []
      return wrong('identifier_taken', { value: id, other: other.replace(/^[a-z-]+:/, '') })
    }),
  )
}
