/** What a cell may hold. Decimal numbers that must stay exact come as strings, dates as ISO 8601 strings. */
export type CellValue = string | number | boolean | null | undefined

/** One column of a table that people download. */
export type Column<Row> = {
  /** The name for programs, the same in every language. */
  key: string
  /** The name for people, in the language of the reader. */
  label: string
  value: (row: Row) => CellValue
  /**
   * Where the file format has types of its own (XLSX): `number` makes a number of a string if it survives as one, `date` a date of `2024-09-25`.
   * Without it strings are text, whatever they look like.
   */
  kind?: 'text' | 'number' | 'date'
}

/** The rows of a download, read once, one after the other. Ended early if the reader goes away or a row cannot be written. */
export type Rows<Row> = AsyncIterable<Row> | Iterable<Row>

/** A cell as plain text: nothing for null and undefined, `true` and `false`, numbers in JavaScript's notation. */
export const cellText = (value: CellValue): string => (value === null || value === undefined ? '' : String(value))

/** The characters that make a spreadsheet program take a cell for a formula, in both widths (OWASP, CSV Injection). */
export const formulaStart = /^[=+\-@＝＋－＠]/
