import type { Issue } from '../../../platform/errors.ts'
import { newId } from '../../../platform/id.ts'
import type { SheetCell, SheetRow } from '../../../platform/workbook/sheet-xml.ts'
import { columnLabel, columnOf, isExample, neededColumns, type ColumnKey } from './columns.ts'
import type { Language } from '../../../platform/i18n/languages.ts'

/** A row as it was read: `id` is that of the listing that may come of it; of `faults` the cells are not read. */
export type RawRow = { row: number; id: string; cells: Partial<Record<ColumnKey, string>>; faults: Partial<Record<ColumnKey, Fault>> }
type Fault = { code: 'formula' | 'cell_error'; value: string }
/** A workbook as it was read: in which place each column stands, from 0, and its rows. */
export type RawSheet = { columns: Partial<Record<ColumnKey, number>>; rows: RawRow[] }

export const mostRows = 500
/** Beside the columns of a listing, those of a report, and some that are empty. */
export const mostColumns = 60
export const largestSheet = 2_000_000
/** Longer than any field; what comes after only has to be known to be too long. */
const longestCell = 6000

/** Reads the first line of a table as the names of columns, the others as listings. @returns what is wrong with the columns, all of it, or the rows */
export function readRows(table: readonly SheetRow[], language: Language): { sheet: RawSheet } | { issues: Issue[] } {
  const [head, ...rows] = table
  const issues: Issue[] = []
  const issue = (code: Issue['code'], value?: string) => issues.push({ path: 'file', code, ...(value !== undefined && { params: { value } }) })
  const columns: RawSheet['columns'] = {}
  for (const [place, { text }] of head?.cells ?? []) {
    const key = columnOf(text)
    if (key === 'unknown') issue('unknown_column', text.trim().slice(0, 80))
    else if (key !== 'added' && columns[key] !== undefined) issue('column_twice', text.trim().slice(0, 80))
    else if (key !== 'added') columns[key] = place
  }
  const missing = neededColumns.filter((key) => columns[key] === undefined)
  if (missing.length > 0) issue('missing_columns', missing.map((key) => columnLabel(key, language)).join(', '))
  const places = new Map(Object.entries(columns).map(([key, place]) => [place, key as ColumnKey]))
  const read = rows.map((row) => rawRow(row, places)).filter(({ cells, faults }) => !isExample(cells.number) && sayAnything(cells, faults))
  if (read.length === 0) issue('no_rows')
  return issues.length > 0 ? { issues } : { sheet: { columns, rows: read } }
}

function rawRow({ row, cells }: SheetRow, places: ReadonlyMap<number, ColumnKey>): RawRow {
  const raw: RawRow = { row, id: newId(), cells: {}, faults: {} }
  for (const [place, cell] of cells) {
    const key = places.get(place)
    if (key === undefined) continue
    if (cell.fault !== undefined) raw.faults[key] = { code: cell.fault, value: cell.text.slice(0, 40) }
    else raw.cells[key] = textOf(cell)
  }
  return raw
}

const textOf = ({ text }: SheetCell): string => text.slice(0, longestCell).toWellFormed().replaceAll('\r\n', '\n')

/** A number alone, as where rows were emptied, is no listing. */
const sayAnything = (cells: RawRow['cells'], faults: RawRow['faults']): boolean =>
  Object.entries(cells).some(([key, text]) => key !== 'number' && text.trim() !== '') || Object.keys(faults).length > 0
