import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutFormula, csvStream } from './csv.ts'
import type { CellValue, Column } from './column.ts'

type Row = CellValue[]

/** Any text at all, and often those that matter here. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...Array.from('=+-@＝＋－＠\t\r\n",;\' \u200b\ufeff\0a1.越药')), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('=', '\ud83d', '\ude00', ','), maxLength: 6 }),
  fc.double().map(String),
)
const anyCell: fc.Arbitrary<CellValue> = fc.oneof(anyText, fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined))
const anyTable = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { maxLength: 6 }).map((rows) => ({ width, rows })))

const columns = (width: number): Column<Row>[] =>
  Array.from({ length: width }, (_, index) => ({ key: `c${index}`, label: `Cột ${index}`, value: (row) => row[index] }))

const textOf = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream).arrayBuffer().then((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))

/** What the parser gives for a table. */
const readBack = async (width: number, rows: Row[]) => parse(await textOf(csvStream(columns(width), rows)), { bom: true })

const asText = (value: CellValue) => (value === null || value === undefined ? '' : String(value)).toWellFormed()

describe('a CSV file', () => {
  test('gives back every cell, but for the apostrophe before what looks like a formula', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async ({ width, rows }) => {
        const [head, ...body] = await readBack(width, rows)
        expect(head).toEqual(columns(width).map(({ label }) => label))
        expect(body).toEqual(rows.map((row) => row.map((cell) => withoutFormula(asText(cell)))))
      }),
    )
  })

  test('guards with one apostrophe and changes nothing else', () => {
    fc.assert(
      fc.property(anyText, (text) => [text, `'${text}`].includes(withoutFormula(text)) && withoutFormula(withoutFormula(text)) === withoutFormula(text)),
    )
  })

  test('has no cell that begins a formula, negative numbers excepted', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async ({ width, rows }) => {
        for (const cell of (await readBack(width, rows)).flat()) {
          if (/^-\d+(\.\d+)?(e[+-]\d+)?$/i.test(cell)) continue
          expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n\0]/)
          expect(cell.replace(/^[\s\p{Cc}\p{Cf}]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
        }
      }),
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+84 24 3974 3356', "'+84 24 3974 3356"],
    ['-80 °C', "'-80 °C"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝cmd', "'＝cmd"],
    ['\t=1', "'\t=1"],
    ['\r1', "'\r1"],
    ['  =1', "'  =1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['-12.5', '-12.5'],
    ['-1e-7', '-1e-7'],
    ['-12.5-cmd', "'-12.5-cmd"],
    ['007', '007'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('writes %j as %j', (cell, written) => {
    expect(withoutFormula(cell)).toBe(written)
  })

  test('is what RFC 4180 says, byte by byte', async () => {
    const rows: Row[] = [
      ['Viện "Vắc-xin"', 1.5, true],
      ['a,b', null, false],
      ['two\nlines', undefined, -3],
    ]
    expect(await textOf(csvStream(columns(3), rows))).toBe('\ufeffCột 0,Cột 1,Cột 2\r\n"Viện ""Vắc-xin""",1.5,true\r\n"a,b",,false\r\n"two\nlines",,-3\r\n')
    expect(await textOf(csvStream(columns(1), [['疫苗'], ['']], { bom: false, header: 'key' }))).toBe('c0\r\n疫苗\r\n""\r\n')
  })

  test('guards the names of the columns too', async () => {
    expect(await textOf(csvStream([{ key: 'x', label: '=x', value: () => 1 }], [], { bom: false }))).toBe("'=x\r\n")
  })
})
