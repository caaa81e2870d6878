import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { workbookFile } from '../download/workbook.ts'
import { sheetOf, xlsxFile } from '../download/xlsx.ts'
import { dayOfSerial, isDayFormat } from './number-format.ts'
import { readTable } from './read-table.ts'
import { readXlsx } from './read-xlsx.ts'
import { columnName } from './sheet-xml.ts'
import { WorkbookError } from './workbook-error.ts'

const limits = { maxRows: 100, maxColumns: 50 }
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const book = `<workbook ${main} xmlns:r="x"><sheets><sheet r:id="rId1" sheetId="1" name="One"/><sheet r:id="rId2" sheetId="2" name="Two"/></sheets></workbook>`

/** A workbook with these rows as XML, as another program might write it. */
const made = (rows: string, more: Zippable = {}) =>
  zipSync({ 'xl/workbook.xml': strToU8(book), 'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`), ...more })
const faultOf = (work: () => unknown): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof WorkbookError) return error.code
    throw error
  }
}
const texts = (file: Uint8Array) => readTable(file, limits).map(({ cells }) => [...cells].map(([column, { text }]) => `${columnName(column)} ${text}`))

describe('a workbook', () => {
  test('that was written here says the same when it is read', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ''))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 8 }), async (rows) => {
        const columns = [0, 1].map((place) => ({ key: String(place), label: `Column ${place}`, value: (row: [string, string]) => row[place] }))
        const read = readTable(await xlsxFile('Sheet', columns, rows, { maxRows: 100 }), limits)
        const wanted = rows.filter((row) => row.some((cell) => cell !== ''))
        expect(read.slice(1).map(({ cells }) => [cells.get(0)?.text ?? '', cells.get(1)?.text ?? ''])).toEqual(wanted)
      }),
      { numRuns: 40 },
    )
  })

  test('of several sheets offers words of the second in the first, and the first is read', async () => {
    const columns = [{ key: 'a', label: 'A', value: (text: string) => text }]
    const [first, second] = [await sheetOf('One', columns, ['=1+1', '2026-11-22'], limits), await sheetOf("It's", columns, ['x', 'y'], limits)]
    const file = await workbookFile([first, second], [{ column: 0, rows: 50, from: { sheet: 1, column: 0, words: 2 } }])
    expect(texts(file)).toEqual([['A A'], ['A =1+1'], ['A 2026-11-22']])
    const { unzipSync } = await import('fflate')
    const parts = unzipSync(file)
    expect(Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? []).toString()).toContain(
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="A2:A51"><formula1>'It''s'!$A$2:$A$3</formula1></dataValidation></dataValidations></worksheet>`,
    )
  })

  test('of other programs: inline and shared texts, numbers, days, truth, gaps', () => {
    const rows = `<row r="3"><c r="B3" t="inlineStr"><is><r><t>in</t></r><r><t> line</t></r></is></c><c r="D3" t="s"><v>0</v></c></row>
      <x:row xmlns:x="y"><x:c><x:v>0.30000000000000004</x:v></x:c><x:c s="1"><x:v>46348.75</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="str"><x:v>a &amp; b&#10;c</x:v></x:c></x:row>
      <row r="9"><c r="A9"/><c r="B9" t="d"><v>2026-11-22</v></c></row><row r="10"><c r="A10"><v></v></c></row>`
    const file = made(rows, {
      'xl/sharedStrings.xml': strToU8(`<sst ${main}><si><t xml:space="preserve">shared _x0041__x0000_</t><rPh><t>no</t></rPh></si></sst>`),
      'xl/styles.xml': strToU8(
        `<styleSheet ${main}><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
      ),
    })
    const read = readXlsx(file, limits)
    expect(read.map(({ row, cells }) => [row, Object.fromEntries([...cells].map(([column, { text }]) => [columnName(column), text]))])).toEqual([
      [3, { B: 'in line', D: 'shared A\ufffd' }],
      [4, { A: '0.3', B: '2026-11-22', C: 'true', D: 'a & b\nc' }],
      [9, { B: '2026-11-22' }],
    ])
  })

  test('tells of formulas and of what a program could not work out, and reads neither', () => {
    const [row] = readXlsx(made('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f/><v>x</v></c><c r="C1" t="e"><v>#REF!</v></c></row>'), limits)
    expect([...(row?.cells.values() ?? [])]).toEqual([
      { text: '', fault: 'formula' },
      { text: '', fault: 'formula' },
      { text: '#REF!', fault: 'cell_error' },
    ])
  })
})

describe('a workbook from somebody unknown', () => {
  test('costs no more than its limits', () => {
    const cell = `<c t="inlineStr"><is><t>${'x'.repeat(1_000_000)}</t></is></c>`
    expect(readXlsx(made(`<row r="1">${cell}</row>`), limits)[0]?.cells.get(0)?.text).toHaveLength(40_000)
    const bomb = made('', { 'xl/sharedStrings.xml': new Uint8Array(100_000_000) })
    expect(bomb.length).toBeLessThan(150_000)
    expect(faultOf(() => readXlsx(bomb, limits))).toBe('workbook_unfolds')
    const parts = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`xl/media/${n}.png`, new Uint8Array(1)]))
    expect(faultOf(() => readXlsx(made('', parts), limits))).toBe('workbook_unfolds')
    const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>2</v></c></row>'
    expect(readXlsx(made(far), limits).map(({ row, cells }) => [row, cells.size])).toEqual([[1_048_576, 1]])
    const many = Array.from({ length: 10_000 }, () => '<row><c><v>1</v></c></row>').join('')
    try {
      readXlsx(made(many), limits)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'too_many_rows', params: { given: 10_000, n: 100 } })
    }
  })

  test('unfolds no entities, and refuses what is no workbook', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet ${main}><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
    for (const [what, file] of Object.entries({
      entities: made('', { 'xl/worksheets/sheet1.xml': strToU8(laughs) }),
      'another archive': zipSync({ 'word/document.xml': strToU8('<x/>') }),
      'no sheet': zipSync({ 'xl/workbook.xml': strToU8(book) }),
      'cut short': made('<row><c><v>1</v></c></row>').subarray(0, 60),
      'broken XML': made('', { 'xl/worksheets/sheet1.xml': strToU8('<worksheet><sheetData><row></sheetData>') }),
      picture: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'Latin-1': Buffer.from('a,caf\xe9', 'latin1'),
      'a PDF without a byte beyond ASCII': Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n'),
      'a page of the web': Buffer.from('\n<!doctype html><table><tr><td>direction</td></tr></table>'),
      'broken CSV': Buffer.from('a,"b\nc'),
    }))
      expect([what, faultOf(() => readTable(file, limits))]).toEqual([what, 'workbook_unreadable'])
    const compound = Buffer.from('d0cf11e0a1b11ae10000', 'hex')
    expect(faultOf(() => readTable(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]), limits))).toBe('workbook_encrypted')
    // As Excel wrote before 2007.
    expect(faultOf(() => readTable(Buffer.concat([compound, Buffer.from('Workbook', 'utf16le')]), limits))).toBe('workbook_unreadable')
    expect(faultOf(() => readTable(Buffer.from('a,b\n1,2'), limits, 'List.XLSX'))).toBe('workbook_unreadable')
    expect(readTable(Buffer.from('a,b\n1,2'), limits, 'list.csv')).toHaveLength(2)
  })

  test('is read or refused, whatever bytes it has', async () => {
    const sound = await xlsxFile('x', [{ key: 'a', label: 'A', value: (text: string) => text }], ['one', 'two'], { maxRows: 10 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 }), (damages) => {
        const file = new Uint8Array(sound)
        for (const [at, byte] of damages) file[at] = byte
        faultOf(() => readTable(file, limits))
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void faultOf(() => readTable(Buffer.concat([Buffer.from('PK\x03\x04'), bytes]), limits))),
    )
  })
})

describe('CSV', () => {
  test('has commas, semicolons or tabs, quotes, and a mark of its encoding', () => {
    expect(texts(Buffer.from('\ufeffa,b\r\n"1, ""x""",2\r\n\r\n'))).toEqual([
      ['A a', 'B b'],
      ['A 1, "x"', 'B 2'],
    ])
    expect(texts(Buffer.from('a;b\n1,5;2\n'))).toEqual([
      ['A a', 'B b'],
      ['A 1,5', 'B 2'],
    ])
    expect(texts(Buffer.from('a\tb\nx\t=1\n'))).toEqual([
      ['A a', 'B b'],
      ['A x', 'B =1'],
    ])
  })
})

test('days are told from numbers by their format', () => {
  for (const [code, is] of [
    ['yyyy-mm-dd', true],
    ['[$-409]d mmm', true],
    ['0.00', false],
    ['"day" 0', false],
    ['[Red]0', false],
    ['General', false],
    ['h:mm', false],
  ] as const)
    expect([code, isDayFormat(170, code)]).toEqual([code, is])
  expect([14, 22, 1, 20].map((id) => isDayFormat(id, undefined))).toEqual([true, true, false, false])
  expect([dayOfSerial(45_000, false), dayOfSerial(45_000 - 1462, true), dayOfSerial(60, false), dayOfSerial(1e9, false)]).toEqual([
    '2023-03-15',
    '2023-03-15',
    undefined,
    undefined,
  ])
})
