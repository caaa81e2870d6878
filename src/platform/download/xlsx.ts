import writeXlsxFile, { type Cell } from 'write-excel-file/node'
import { cellText, formulaStart, type CellValue, type Column, type Rows } from './column.ts'
import { withoutEnd, withoutEnds } from '../text/trim.ts'
import { xmlText } from './xml.ts'

/** More rows than one spreadsheet may have; the rest was not read. */
export class TooManyRows extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`more than ${limit} rows`)
    this.name = 'TooManyRows'
    this.limit = limit
  }
}

/** What Excel takes in a sheet, less the header, and in a cell (in UTF-16 units). */
const maxSheetRows = 1_048_575
const maxCellLength = 32_767

/**
 * Writes a table as an XLSX file of one sheet, the first row bold and frozen.
 *
 * Text is a text cell whatever it looks like, so no formula runs and `007` stays; line breaks become line feeds, characters that XML cannot carry are left
 * out, and what is longer than 32,767 UTF-16 units is cut. Numbers and booleans are cells of their type. A string in a column of the kind `number` becomes a
 * number if a double holds all of its digits (at most 15, no leading zeros), else text; one of the kind `date` becomes a date if it is a whole day since
 * 1900-03-01 (before, spreadsheet programs disagree), else text: `2024-09` stays what it is.
 *
 * The whole file is made in memory before it is returned, in one go: about 9 µs of the event loop and 1 KB of memory a cell. Choose the limit accordingly.
 *
 * @param sheetName the name on the tab; characters that Excel refuses are replaced, and it is cut at 31
 * @param limits `maxRows`: how many rows there may be, without the header, at most 1,048,575
 * @throws TooManyRows after reading one row more than that; what the rows themselves throw
 */
export async function xlsxFile<Row>(
  sheetName: string,
  columns: readonly Column<Row>[],
  rows: Rows<Row>,
  limits: { maxRows: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await writeXlsxFile([await sheetOf(sheetName, columns, rows, limits)]).toBuffer()
  return new Uint8Array(file)
}

/** One sheet of a workbook, as it is handed to the writer. */
export type MadeSheet = { data: Cell[][]; sheet: string; stickyRowsCount: 1; columns: { width: number }[] }

/** Makes one sheet; see `xlsxFile`. */
export async function sheetOf<Row>(sheetName: string, columns: readonly Column<Row>[], rows: Rows<Row>, limits: { maxRows: number }): Promise<MadeSheet> {
  const limit = Math.min(limits.maxRows, maxSheetRows)
  const data: Cell[][] = [columns.map(({ label }) => ({ value: safeText(label), type: String, fontWeight: 'bold' }))]
  const widths = columns.map(({ label }) => displayWidth(label))
  for await (const row of rows) {
    if (data.length > limit) throw new TooManyRows(limit)
    const values = columns.map((column) => column.value(row))
    data.push(values.map((value, index) => cellOf(value, columns[index]?.kind)))
    if (data.length <= measuredRows) values.forEach((value, index) => (widths[index] = Math.max(widths[index] ?? 0, displayWidth(cellText(value)))))
  }
  return {
    data,
    sheet: safeSheetName(sheetName),
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width: Math.min(Math.max(width + 2, 8), maxWidth) })),
  }
}

function cellOf(value: CellValue, kind: Column<never>['kind']): Cell {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return { value, type: Boolean }
  if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number } : textCell(String(value))
  if (kind === 'number') {
    const number = exactNumber(value)
    if (number !== undefined) return { value: number, type: Number }
  }
  if (kind === 'date') {
    const day = wholeDay(value)
    if (day !== undefined) return { value: day, type: Date, format: 'yyyy-mm-dd' }
  }
  return textCell(value)
}

/** A text that would turn into a formula, a number or a date when somebody edits its cell gets the format that keeps it text; Excel shows long cells of that format as ####. */
function textCell(text: string): Cell {
  const value = safeText(text)
  const keep = value.length <= 255 && (formulaStart.test(value) || /^[\d.']/.test(value))
  return { value, type: String, ...(keep && { format: '@' }) }
}

function safeText(text: string): string {
  const clean = xmlText(text)
  const cut = clean.length > maxCellLength ? clean.slice(0, maxCellLength).replace(/[\ud800-\udbff]$/, '') : clean
  // In a spreadsheet `_x0041_` means the character U+0041 (ECMA-376, 22.9.2.19), so its underscore is written that way itself.
  const escaped = cut.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  // The writer looks texts up in a plain object and finds `constructor` there; it strips the character that tells them apart.
  return Object.hasOwn(Object.prototype, escaped) ? `${escaped}\0` : escaped
}

function exactNumber(text: string): number | undefined {
  const parts = /^-?(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text)
  if (!parts) return undefined
  const [, whole = '', fraction = ''] = parts
  const significant = (whole + withoutEnd(fraction, '0')).replace(/^0+/, '')
  const number = Number(text)
  // Fifteen digits come back from a double as they were; more may not.
  return significant.length <= 15 && fraction.length <= 100 && !Object.is(number, -0) ? number : undefined
}

function wholeDay(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1900-03-01') return undefined
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : undefined
}

const measuredRows = 1000
const maxWidth = 60
const wide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/gu

/** How many digits the first line of a text is wide; Han characters count for two. */
function displayWidth(text: string): number {
  const shown = (text.split('\n', 1)[0] ?? '').slice(0, maxWidth).normalize('NFC')
  return shown.length + (shown.match(wide)?.length ?? 0)
}

/** Excel refuses `[]/\:*?`, an apostrophe at either end, more than 31 characters, and the name History. */
function safeSheetName(name: string): string {
  const short = xmlText(name)
    .replace(/[[\]/\\:*?\s]+/g, ' ')
    .slice(0, 31)
    .replace(/[\ud800-\udbff]$/, '')
  const clean = withoutEnds(short, "' ")
  if (clean === '') return 'Sheet1'
  return clean.toLowerCase() === 'history' ? `${clean}_` : clean
}
