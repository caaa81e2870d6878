import { CsvError, parse } from 'csv-parse/sync'
import { readXlsx } from './read-xlsx.ts'
import type { SheetCell, SheetLimits, SheetRow } from './sheet-xml.ts'
import { WorkbookError } from './workbook-error.ts'

const separators = [',', ';', '\t']
/** Files that spreadsheet programs write, beside CSV. */
const workbookName = /\.(xlsx|xlsm|xltx|xlsb|xls|ods|numbers|et)$/i
/** How text begins that is no table: a PDF, and pages of the web, which some systems hand out as workbooks. */
const otherText = /^\s*(%PDF-|<)/

/**
 * Reads a table from a file that somebody sends: the first sheet of an XLSX workbook, or CSV in UTF-8 with commas, semicolons or tabs, as spreadsheet programs of
 * different countries write it.
 *
 * @param name what the file is called: what says that it is a workbook, and is none, is not taken for CSV
 * @returns the rows that have anything in them, the first with the names of the columns
 * @throws WorkbookError for what is neither, or beyond the limits
 */
export function readTable(file: Uint8Array, limits: SheetLimits, name = ''): SheetRow[] {
  // PK: an archive; the mark of a file with a password is told of there too.
  if ((file[0] === 0x50 && file[1] === 0x4b) || file[0] === 0xd0) return readXlsx(file, limits)
  if (workbookName.test(name)) throw new WorkbookError('workbook_unreadable')
  return readCsvRows(file, limits)
}

function readCsvRows(file: Uint8Array, { maxRows, maxColumns }: SheetLimits): SheetRow[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch (error) {
    throw new WorkbookError('workbook_unreadable', {}, error)
  }
  if (text.includes('\0') || otherText.test(text)) throw new WorkbookError('workbook_unreadable')
  const rows = records(text).flatMap((record, index): SheetRow[] => {
    const cells = record.slice(0, maxColumns).flatMap((cell, column): [number, SheetCell][] => (cell === '' ? [] : [[column, { text: cell }]]))
    return cells.length === 0 ? [] : [{ row: index + 1, cells: new Map(cells) }]
  })
  if (rows.length > maxRows) throw new WorkbookError('too_many_rows', { given: rows.length, n: maxRows })
  return rows
}

function records(text: string): string[][] {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const counts = separators.map((each) => first.split(each).length)
  try {
    return parse(text, { bom: true, delimiter: separators[counts.indexOf(Math.max(...counts))] ?? ',', relax_column_count: true })
  } catch (error) {
    if (error instanceof CsvError) throw new WorkbookError('workbook_unreadable', {}, error)
    throw error
  }
}
