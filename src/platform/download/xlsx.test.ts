import fc from 'fast-check'
import { unzipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import type { CellValue, Column } from './column.ts'
import { TooManyRows, xlsxFile } from './xlsx.ts'
import { xmlText } from './xml.ts'

type Row = CellValue[]

const column = (kind?: Column<Row>['kind'], index = 0): Column<Row> => ({
  key: `c${index}`,
  label: `Cột ${index}`,
  value: (row) => row[index],
  ...(kind && { kind }),
})

/** The cells of the sheet, without the header. */
async function readBack(columns: Column<Row>[], rows: Row[]) {
  const file = await xlsxFile('Sheet', columns, rows, { maxRows: 1000 })
  const [sheet] = await readXlsxFile(Buffer.from(file), { trim: false })
  return sheet?.data.slice(1) as unknown[][]
}

/** The cell that one value becomes; null if the row has none. */
const cell = async (value: CellValue, kind?: Column<Row>['kind']) => (await readBack([column(), column(kind, 1)], [['x', value]]))[0]?.[1] ?? null

const part = async (path: string, ...file: Parameters<typeof xlsxFile<Row>>) => new TextDecoder().decode(unzipSync(await xlsxFile<Row>(...file))[path])

/** Sign, digits without zeros at either end, power of ten. */
function scientific(decimal: string | number): string {
  if (typeof decimal === 'number') {
    const [, sign = '', digits = '', power] = /^(-?)([\d.]+)e([+-]\d+)$/.exec(decimal.toExponential(14)) ?? []
    return decimal === 0 ? '0' : `${sign}${digits.replace('.', '').replace(/0+$/, '')}e${Number(power)}`
  }
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.')
  const first = (whole + fraction).search(/[1-9]/)
  if (first < 0) return '0'
  return `${decimal.startsWith('-') ? '-' : ''}${(whole + fraction).slice(first).replace(/0+$/, '')}e${whole.length - 1 - first}`
}

describe('an XLSX file', () => {
  test.each([
    ['text in Vietnamese', 'Viện Vắc-xin và Sinh phẩm Y tế', 'Viện Vắc-xin và Sinh phẩm Y tế'],
    ['text in Chinese, also beyond the first plane', '长春𠮷疫苗', '长春𠮷疫苗'],
    ['leading zeros', '007', '007'],
    ['a number of 20 digits', '12345678901234567890', '12345678901234567890'],
    ['what looks like a formula', '=1+1', '=1+1'],
    ['another one', '@SUM(A1)', '@SUM(A1)'],
    ['blanks at both ends', '  a ', '  a '],
    ['several lines', 'a\r\nb\rc', 'a\nb\nc'],
    ['markup', '<b>&amp;"\'</b>]]>', '<b>&amp;"\'</b>]]>'],
    ['the escape of spreadsheets itself', '_x0041__x000D_', '_x0041__x000D_'],
    ['a number', -0.5, -0.5],
    ['no number', Infinity, 'Infinity'],
    ['a boolean', false, false],
    ['nothing', null, null],
    ['an empty text', '', null],
    ['control characters', 'a\u0000\u0007\u000b\u001f\u0085b\ufffe\ud800', 'ab'],
  ])('keeps %s', async (_what, value, read) => {
    expect(await cell(value)).toEqual(read)
  })

  test.each([
    ['-0.5', -0.5],
    ['100.00', 100],
    ['0.1', 0.1],
    ['123456789012345', 123456789012345],
    ['0.000000000000001', 1e-15],
    ['1234567890123456', '1234567890123456'],
    ['10000000000000000000', '10000000000000000000'],
    ['1.0000000000000001', '1.0000000000000001'],
    ['007', '007'],
    ['-0', '-0'],
    ['1e5', '1e5'],
    ['+5', '+5'],
    ['1,5', '1,5'],
    ['n/a', 'n/a'],
  ])('makes of the decimal %s a number only if it stays the same', async (value, read) => {
    expect(await cell(value, 'number')).toBe(read)
    expect(await cell(value, 'text')).toBe(value)
  })

  test('changes no decimal that it makes a number', async () => {
    const digits = (minLength: number) => fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength, maxLength: 12 })
    const decimal = fc.tuple(fc.constantFrom('', '-'), digits(1), digits(0)).map(([sign, whole, fraction]) => sign + whole + (fraction && `.${fraction}`))
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 20, maxLength: 20 }), async (decimals) => {
        const rows = decimals.map((each, index): Row => [each, index])
        for (const [value, index] of await readBack([column('number'), column('number', 1)], rows)) {
          const given = decimals[Number(index)] ?? ''
          // A number that is shown with the 15 digits that spreadsheets show has to be the decimal, digit by digit.
          if (typeof value === 'number') expect(scientific(value)).toBe(scientific(given))
          else expect(value).toBe(given)
        }
      }),
      { numRuns: 30 },
    )
  })

  test.each(['2024-09', '2005~', '2023-02-30', '1900-02-28', '2024-09-25T10:00:00Z', '2018/2020'])('leaves %s text in a column of dates', async (value) => {
    expect(await cell(value, 'date')).toBe(value)
  })

  test.each(['2024-02-29', '1900-03-01', '9999-12-31'])('makes the day %s a date in a column of dates only', async (value) => {
    expect(await cell(value, 'date')).toEqual(new Date(`${value}T00:00:00Z`))
    expect(await cell(value)).toBe(value)
  })

  test('gives back any text, but for what XML cannot carry', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)), // the writer would stumble over these
      fc.string({ unit: fc.constantFrom('_', 'x', '0', '4', '1', '<', '&', ' ', '\n', '\u3000', '😀', '\ud83d', '\ude00'), maxLength: 12 }),
    )
    // The writer leaves out the replacement character as well.
    const carried = (text: string) => xmlText(text).replaceAll('\ufffd', '')
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 10, maxLength: 10 }), async (texts) => {
        const rows = texts.filter((text) => carried(text) !== '').map((text, index): Row => [index, text])
        expect(await readBack([column(), column('text', 1)], rows)).toEqual(rows.map(([index, text]) => [index, carried(String(text))]))
      }),
      { numRuns: 50 },
    )
  })

  test('cuts what is longer than a cell, and no character in two', async () => {
    expect(await cell('a'.repeat(40_000))).toBe('a'.repeat(32_767))
    expect(await cell(`a${'😀'.repeat(20_000)}`)).toBe(`a${'😀'.repeat(16_383)}`)
    expect(await cell('😀'.repeat(20_000))).toBe('😀'.repeat(16_383))
  })

  test('has no formula in it, whatever the text', async () => {
    const sheet = await part('xl/worksheets/sheet1.xml', 'A', [column()], [['=1+1'], ['=cmd|x'], ['＝1'], ['+1']], { maxRows: 10 })
    expect(sheet).not.toContain('<f')
    expect(sheet.match(/t="s"/g)).toHaveLength(5)
  })

  test('freezes the header, makes it bold, and gives columns a width', async () => {
    const file: Parameters<typeof xlsxFile<Row>> = ['A', [column(), column('text', 1)], [['a', '北京生物制品研究所']], { maxRows: 10 }]
    const sheet = await part('xl/worksheets/sheet1.xml', ...file)
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
    expect(sheet).toContain('<col min="1" max="1" width="8" customWidth="1"/><col min="2" max="2" width="20" customWidth="1"/>')
    expect(await part('xl/styles.xml', ...file)).toContain('<b/>')
  })

  test.each([
    ['Viện: danh sách [2026]/\\*?', 'Viện danh sách 2026'],
    ["'quoted'", 'quoted'],
    ['a'.repeat(40), 'a'.repeat(31)],
    ['', 'Sheet1'],
    ['History', 'History_'],
    ['R&D <x>', 'R&D <x>'],
  ])('calls the sheet %j as Excel allows: %j', async (asked, given) => {
    const [sheet] = await readXlsxFile(Buffer.from(await xlsxFile(asked, [column()], [['a']], { maxRows: 1 })))
    expect(sheet?.sheet).toBe(given)
  })

  test('may have as many rows as allowed and reads one more to know, then ends the rows', async () => {
    const seen = { pulled: 0, ended: false }
    async function* endless(): AsyncGenerator<Row> {
      try {
        for (;;) yield [++seen.pulled]
      } finally {
        seen.ended = true
      }
    }
    const refused: unknown = await xlsxFile('A', [column()], endless(), { maxRows: 3 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TooManyRows)
    expect((refused as TooManyRows).limit).toBe(3)
    expect(seen).toEqual({ pulled: 4, ended: true })
    await expect(xlsxFile('A', [column()], [[1], [2], [3]], { maxRows: 3 })).resolves.toBeInstanceOf(Uint8Array)
    await expect(xlsxFile('A', [column()], [], { maxRows: 0 })).resolves.toBeInstanceOf(Uint8Array)
  })
})
