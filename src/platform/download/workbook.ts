import writeXlsxFile from 'write-excel-file/node'
import { columnName } from '../workbook/sheet-xml.ts'
import type { MadeSheet } from './xlsx.ts'

/** That cells of a column of the first sheet are chosen from words below the head of a column of another sheet. Columns from 0; `sheet` by its place. */
export type CellChoice = { column: number; rows: number; from: { sheet: number; column: number; words: number } }

/**
 * Writes a workbook of several sheets, the first of which offers words of the others to choose from (ECMA-376, 18.3.1.33).
 *
 * @param sheets as `sheetOf` makes them: no cell of theirs is a formula
 */
export async function workbookFile(sheets: readonly MadeSheet[], choices: readonly CellChoice[]): Promise<Uint8Array<ArrayBuffer>> {
  const offers = choices.map((choice) => validation(choice, sheets)).join('')
  const insert = (_: unknown, { sheetIndex }: { sheetIndex: number }) =>
    sheetIndex === 0 && choices.length > 0 ? `<dataValidations count="${choices.length}">${offers}</dataValidations>` : undefined
  const file = await writeXlsxFile([...sheets], { features: [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': { insert } } } }] }).toBuffer()
  return new Uint8Array(file)
}

function validation({ column, rows, from }: CellChoice, sheets: readonly MadeSheet[]): string {
  const [cells, words] = [columnName(column), columnName(from.column)]
  const sheet = (sheets[from.sheet]?.sheet ?? '').replaceAll("'", "''")
  const range = `'${sheet}'!$${words}$2:$${words}$${from.words + 1}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cells}2:${cells}${rows + 1}"><formula1>${range}</formula1></dataValidation>`
}
