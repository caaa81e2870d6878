import { byteStream } from './bytes.ts'
import { cellText, formulaStart, type Column, type Rows } from './column.ts'

/** `bom`: begin with a byte order mark. `header`: whether the first line has the names for people or those for programs. */
export type CsvOptions = { bom?: boolean; header?: 'label' | 'key' }

/**
 * Writes a table as CSV (RFC 4180): UTF-8, commas, CRLF after every line, the first line names the columns.
 * Begins with a byte order mark, for without it spreadsheet programs take Chinese and Vietnamese for another encoding.
 *
 * No cell begins like a formula (see `withoutFormula`). Rows are read as the reader takes them; an error in them aborts the stream (see `byteStream`).
 */
export const csvStream = <Row>(columns: readonly Column<Row>[], rows: Rows<Row>, options: CsvOptions = {}): ReadableStream<Uint8Array> =>
  byteStream(lines(columns, rows, options))

async function* lines<Row>(columns: readonly Column<Row>[], rows: Rows<Row>, { bom = true, header = 'label' }: CsvOptions): AsyncGenerator<string> {
  yield (bom ? '\ufeff' : '') + line(columns.map((column) => column[header]))
  for await (const row of rows) yield line(columns.map((column) => cellText(column.value(row))))
}

function line(cells: string[]): string {
  // A lone empty cell is quoted, or the line would be empty and be skipped by those who read it.
  if (cells.length === 1 && cells[0] === '') return '""\r\n'
  return `${cells.map((cell) => quote(withoutFormula(cell))).join(',')}\r\n`
}

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const negativeNumber = /^-\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i
/** What programs may drop from the beginning of a cell: white space, control and format characters (zero width, byte order mark). */
const dropped = /^[\s\p{Cc}\p{Cf}]+/u

/**
 * Puts an apostrophe before a text that a spreadsheet program would run as a formula: one that begins with `= + - @` in either width, also behind blanks and
 * invisible characters, or with a tab, a line break or another control character (OWASP, CSV Injection; ASVS 5.0, 1.2.10). Negative numbers stay as they are;
 * numbers with a plus do not, for they are telephone numbers.
 *
 * @example withoutFormula('=1+1') // "'=1+1"
 * @example withoutFormula('-12.5') // '-12.5'
 */
export function withoutFormula(cell: string): string {
  if (negativeNumber.test(cell)) return cell
  return /^\p{Cc}/u.test(cell) || formulaStart.test(cell.replace(dropped, '')) ? `'${cell}` : cell
}
