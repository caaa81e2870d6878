import { dayOfSerial } from './number-format.ts'
import { WorkbookError } from './workbook-error.ts'
import { walkXml } from './xml.ts'

/** What stands in a cell. `fault`: why it is not read. */
export type SheetCell = { text: string; fault?: 'formula' | 'cell_error' }
/** A row with anything in it: its number as the spreadsheet program shows it, and its cells by column, from 0. */
export type SheetRow = { row: number; cells: Map<number, SheetCell> }
export type SheetLimits = { maxRows: number; maxColumns: number }
export type Shared = { texts: readonly string[]; dates: ReadonlySet<number>; since1904: boolean }

/** Longer than any cell that Excel takes; what comes after only has to be known to be too long. */
const longest = 40_000

type Raw = { column: number; type: string; style: number; value: string; inline: string; formula: boolean }

/** Reads the cells of a sheet. @throws WorkbookError `too_many_rows` with how many there are */
export function readSheetXml(xml: Uint8Array, shared: Shared, { maxRows, maxColumns }: SheetLimits): SheetRow[] {
  const rows: SheetRow[] = []
  let [number, given] = [0, 0]
  let cells = new Map<number, SheetCell>()
  let raw: Raw | undefined
  let nextColumn = 0
  let part: 'value' | 'inline' | undefined
  let inReading = false

  const endCell = () => {
    if (raw === undefined) return
    const cell = raw.column < maxColumns ? cellOf(raw, shared) : undefined
    if (cell !== undefined && (cell.text !== '' || cell.fault !== undefined)) cells.set(raw.column, cell)
    raw = undefined
  }
  const endRow = () => {
    if (cells.size > 0 && ++given <= maxRows) rows.push({ row: number, cells })
    cells = new Map()
  }
  walkXml(xml, {
    open(name, attributes, isClosed) {
      if (name === 'row') {
        number = Number(attributes()['r'] ?? number + 1) || number + 1
        nextColumn = 0
      } else if (name === 'c') {
        const { r, t = 'n', s = '-1' } = attributes()
        const column = columnOf(r) ?? nextColumn
        nextColumn = column + 1
        raw = { column, type: t, style: Number(s), value: '', inline: '', formula: false }
      } else if (name === 'f' && raw) raw.formula = true
      else if (name === 'rPh') inReading = !isClosed
      else if (name === 'v' && !isClosed) part = 'value'
      else if (name === 't' && !isClosed && !inReading) part = 'inline'
    },
    text(piece) {
      if (raw && part !== undefined && raw[part].length < longest) raw[part] += piece
    },
    close(name) {
      if (name === 'v' || name === 't') part = undefined
      else if (name === 'rPh') inReading = false
      else if (name === 'c') endCell()
      else if (name === 'row') endRow()
    },
  })
  if (given > maxRows) throw new WorkbookError('too_many_rows', { given, n: maxRows })
  return rows
}

function cellOf({ type, style, value, inline, formula }: Raw, { texts, dates, since1904 }: Shared): SheetCell {
  if (formula) return { text: '', fault: 'formula' }
  if (type === 'e') return { text: value.slice(0, 40), fault: 'cell_error' }
  return { text: shown().slice(0, longest) }

  function shown(): string {
    if (type === 'inlineStr') return withoutEscapes(inline)
    if (type === 's') return withoutEscapes(texts[Number(value)] ?? '')
    if (type === 'b') return value === '1' ? 'true' : 'false'
    if (type !== 'n' || value.trim() === '' || !Number.isFinite(Number(value))) return withoutEscapes(value)
    const day = dates.has(style) ? dayOfSerial(Number(value), since1904) : undefined
    // As spreadsheet programs show it: 0.30000000000000004 is 0.3 to whoever typed it.
    return day ?? String(Number(Number(value).toPrecision(15)))
  }
}

/** In a workbook `_x0041_` means the character U+0041 (ECMA-376, 22.9.2.19); what no text can hold becomes the mark for that. */
const withoutEscapes = (text: string): string =>
  text
    .replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\0', '\ufffd')
    .toWellFormed()

/** The column of a cell from its name, from 0: `C7` is 2. */
function columnOf(name: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(name ?? '')?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 64) - 64
  return column - 1
}

/** What a spreadsheet program calls a column, from 0: 27 is `AB`. */
export function columnName(column: number): string {
  const [first, last] = [Math.floor(column / 26), column % 26]
  return (first > 0 ? columnName(first - 1) : '') + String.fromCharCode(65 + last)
}
