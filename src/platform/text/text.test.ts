import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { platformTexts } from '../i18n/index.ts'
import { languages } from '../i18n/languages.ts'
import { readCsv } from './csv.ts'
import { formatEdtf, isEdtf, span } from './edtf.ts'
import { fold, foldKey } from './fold.ts'
import { marker } from './marks.ts'
import { terms } from './terms.ts'

/** Any text at all: every script, marks without letters, control characters. */
const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('folding', () => {
  test.each([
    ['Điện Biên Phủ', 'dien bien phu'],
    ['Viện Vắc-xin và Sinh phẩm Y tế', 'vien vac-xin va sinh pham y te'],
    ['Señor Ñandú', 'senor nandu'],
    ['Ingeniería Genética y Biotecnología', 'ingenieria genetica y biotecnologia'],
    ['ＣＩＧＢ　２０２４', 'cigb 2024'],
    ['İstanbul, Straße, Łódź', 'istanbul, strasse, lodz'],
    ['O’Brien – x‑y', "o'brien - x-y"],
    ['北京大学', '北京大学'],
  ])('turns %s into %s', (typed, folded) => {
    expect(fold(typed)).toBe(folded)
  })

  test('makes the same of letters with marks of their own and of letters followed by marks', () => {
    fc.assert(fc.property(anyText, (text) => fold(text.normalize('NFC')) === fold(text.normalize('NFD'))))
  })

  test('leaves alone what is folded already', () => {
    fc.assert(fc.property(anyText, (text) => fold(fold(text)) === fold(text) && foldKey(foldKey(text)) === foldKey(text)))
  })

  test('makes a key of letters and digits with single spaces between words', () => {
    expect(foldKey('  «Viện»  Pasteur, (TP.HCM) ')).toBe('vien pasteur tp hcm')
    expect(foldKey("O'Higgins")).toBe(foldKey('OHiggins'))
    fc.assert(fc.property(anyText, (text) => /^([\p{L}\p{N}]+( [\p{L}\p{N}]+)*)?$/u.test(foldKey(text))))
  })
})

describe('search terms', () => {
  test('are the single characters and the pairs of a Han text', () => {
    expect(terms('北京大学')).toEqual(['北', '京', '大', '学', '北京', '京大', '大学'])
    expect(terms('𠮷野家')).toEqual(['𠮷', '野', '家', '𠮷野', '野家'])
  })

  test('are the syllables of a Vietnamese text', () => {
    expect(terms('Viện Công nghệ Sinh học')).toEqual(['vien', 'cong', 'nghe', 'sinh', 'hoc'])
  })

  test('stand beside each other when Han characters come first', () => {
    expect(terms('疫苗CIMAvax-EGF 2')).toEqual(['疫', '苗', '疫苗', 'cimavax', 'egf', '2'])
  })
})

describe('a date of the record', () => {
  test.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-09', '2024-09-01', '2024-09-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024-09-10', '2024-09-10', '2024-09-10'],
    ['2024-02-29', '2024-02-29', '2024-02-29'],
    ['2005~', '2005-01-01', '2005-12-31'],
    ['2005-06?', '2005-06-01', '2005-06-30'],
    ['2005%', '2005-01-01', '2005-12-31'],
    ['201X', '2010-01-01', '2019-12-31'],
    ['2004-XX', '2004-01-01', '2004-12-31'],
    ['2018/2020', '2018-01-01', '2020-12-31'],
    ['2018-03-05/2018-04', '2018-03-05', '2018-04-30'],
    ['2018/..', '2018-01-01', undefined],
    ['../2020-06', undefined, '2020-06-30'],
  ])('%s spans its first to its last day', (text, from, to) => {
    expect(span(text)).toEqual({ from, to })
    expect(isEdtf(text)).toBe(true)
  })

  test.each(['2023-13', '2023-00', '2004-02-30', '2023-04-31', '2025-06-13/14', '2020/2018', '2004/2005/2006', '2024-9', 'abc', '', '1999-XX-01', '99999'])(
    'is not %j',
    (text) => {
      expect(span(text)).toBeUndefined()
      expect(isEdtf(text)).toBe(false)
    },
  )

  test('is not ten thousand characters long', () => {
    for (const character of ['1', '-', '/', '2024/']) expect(isEdtf(character.repeat(10_000))).toBe(false)
  })

  test('is every calendar day, and spans that day alone', () => {
    const days = fc.date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(span(day)).toEqual({ from: day, to: day })
      }),
    )
  })

  test('is no other text, and no text makes it throw', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0129X~?%./-'.split('')), maxLength: 22 })
    fc.assert(fc.property(fc.oneof(near, anyText), (text) => !isEdtf(text) || /^[\dX~?%./-]+$/.test(text)))
  })

  test('never ends before it begins', () => {
    const year = fc.integer({ min: 1000, max: 9999 })
    fc.assert(fc.property(year, year, (from, to) => isEdtf(`${from}/${to}`) === from <= to))
  })

  test.each([
    ['2024-09-10', '10 Sept 2024', '10 sept 2024', '2024年9月10日', '10 tháng 9, 2024'],
    ['2024-09', 'Sept 2024', 'sept 2024', '2024年9月', 'tháng 9 năm 2024'],
    ['2005~', 'about 2005', 'hacia 2005', '约 2005年', 'khoảng 2005'],
    ['2005?', '2005 (uncertain)', '2005 (dudoso)', '2005年（不确定）', '2005 (chưa chắc chắn)'],
    ['201X', '2010s', 'década de 2010', '2010 年代', 'thập niên 2010'],
    ['2004-XX', '2004', '2004', '2004年', '2004'],
    ['2018/2020', '2018 – 2020', '2018 – 2020', '2018年至2020年', '2018 – 2020'],
    ['2018/..', 'since 2018', 'desde 2018', '2018年起', 'từ 2018'],
    ['../2020', 'until 2020', 'hasta 2020', '至2020年', 'đến 2020'],
  ])('%s reads well in every language', (text, ...sentences) => {
    expect(languages.map((language) => formatEdtf(text, language, platformTexts[language]))).toEqual(sentences)
  })
})

const schema = z.object({ key: z.string().min(1), note: z.string().max(20) })
let directory = ''
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'puente-csv-'))))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function readSheet(content: string | Buffer) {
  const path = join(directory, 'sheet.csv')
  writeFileSync(path, content)
  const { file, rows, issues } = await readCsv(path, schema)
  for (const each of issues) expect(each.file).toBe(file)
  return { rows, issues: issues.map(({ line, issue }) => `${line} ${issue.path} ${issue.code}`) }
}

describe('a sheet', () => {
  test('is read by the names of its columns', async () => {
    const answer = { rows: [{ line: 2, value: { key: 'a', note: 'b' } }], issues: [] }
    expect(await readSheet('key,note\na,b\n')).toEqual(answer)
    expect(await readSheet('note , key\n b , a \n')).toEqual(answer)
  })

  test('may begin with a byte order mark, end its lines with CRLF or not end the last one', async () => {
    const answer = await readSheet('key,note\na,b\nc,d\n')
    expect(await readSheet('\ufeffkey,note\r\na,b\r\nc,d\r\n')).toEqual(answer)
    expect(await readSheet('key,note\na,b\nc,d')).toEqual(answer)
  })

  test('has composed letters, however they were typed', async () => {
    const { rows } = await readSheet('key,note\nvie\u0323\u0302n,x\n')
    expect(rows[0]?.value.key).toBe('vi\u1ec7n')
  })

  test('keeps the line breaks in a quoted cell and counts its lines aright', async () => {
    const { rows, issues } = await readSheet('key,note\n"a","one\n\ntwo"\n,x\n\nb,"three\nfour"\n,y\n')
    expect(rows).toEqual([
      { line: 2, value: { key: 'a', note: 'one\n\ntwo' } },
      { line: 7, value: { key: 'b', note: 'three\nfour' } },
    ])
    expect(issues).toEqual(['5 key required', '9 key required'])
  })
})

describe('a sheet with faults', () => {
  test('is told everything that is wrong, in all its rows at once', async () => {
    const { rows, issues } = await readSheet(`key,note\n,${'x'.repeat(21)}\na\ngood,row\nb,c,d\n,z\n`)
    expect(rows).toEqual([{ line: 4, value: { key: 'good', note: 'row' } }])
    expect(issues).toEqual(['2 key required', '2 note too_long', '3  wrong_cells', '5  wrong_cells', '6 key required'])
  })

  test.each([
    ['nothing', ''],
    ['another column', 'key,other\na,b\n'],
    ['a column too few', 'key\na\n'],
    ['a column twice', 'key,key,note\na,a,b\n'],
  ])('with %s in its first line is refused', async (_, content) => {
    expect(await readSheet(content)).toEqual({ rows: [], issues: ['1  wrong_columns'] })
  })

  test('without rows is empty', async () => {
    expect(await readSheet('key,note\n')).toEqual({ rows: [], issues: [] })
  })

  test.each([
    ['a quote that never closes', 'key,note\na,"b\n', '2  wrong_form'],
    ['a quote in the middle of a cell', 'key,note\na,b\nc,d"e\n', '3  wrong_form'],
  ])('with %s is refused', async (_, content, issue) => {
    expect((await readSheet(content)).issues).toEqual([issue])
  })

  test('that is not UTF-8 is refused', async () => {
    for (const content of [Buffer.from('key,note\na,caf\xe9\n', 'latin1'), Buffer.from('key,note\na,\u5317').subarray(0, -1)]) {
      expect((await readSheet(content)).issues).toEqual([expect.stringMatching(/^\d+ {2}not_utf8$/)])
    }
  })

  test('with a NUL in a cell loses no other row', async () => {
    const { rows } = await readSheet('key,note\na,b\0c\nd,e\n')
    expect(rows.at(-1)).toEqual({ line: 3, value: { key: 'd', note: 'e' } })
  })

  test('that is not there is missing', async () => {
    const { rows, issues } = await readCsv(join(directory, 'none.csv'), schema)
    expect(rows).toEqual([])
    expect(issues).toEqual([{ file: 'none.csv', line: 1, issue: { path: '', code: 'file_missing' } }])
  })

  test('written with quotes reads back the same', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...('ab,;" \n\tñ苗🧬'.match(/./gsu) ?? [])), maxLength: 12 }).map((text) => text.trim())
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (cells) => {
        const values = cells.map(([key, note]) => ({ key: `k${key}`, note }))
        const { rows, issues } = await readSheet(`key,note\n${values.map(({ key, note }) => `${quoted(key)},${quoted(note)}\n`).join('')}`)
        expect(issues).toEqual([])
        expect(rows.map(({ value }) => value)).toEqual(values)
      }),
    )
  })
})

describe('marking what was looked for', () => {
  const marked = (text: string, typed: string, instead?: string[]) =>
    marker(
      typed,
      instead,
    )(text)
      .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
      .join('')

  test.each([
    ['Centro de Ingeniería Genética y Biotecnología', 'ingenieria de gen', 'Centro de [Ingeniería] [Genética] y Biotecnología'],
    ['Trung tâm Kỹ thuật Di truyền', 'ky thuat', 'Trung tâm [Kỹ] [thuật] Di truyền'],
    ['Đại học Quốc gia', 'dai', '[Đại] học Quốc gia'],
    ['古巴基因工程与生物技术中心', '生物技术', '古巴基因工程与[生物技术]中心'],
    ['古巴生物', '物', '古巴生[物]'],
    ['CIGB; O’Farrill (ＣＩＧＢ)', 'ofarrill cigb', '[CIGB]; [O’Farrill] ([ＣＩＧＢ])'],
    ['Cuba and Cubans', 'cuba', '[Cuba] and [Cubans]'],
    ['Cuba and Cubans', 'cuba and', '[Cuba] and [Cubans]'],
    ['nothing here', '', 'nothing here'],
  ])('%s, %s', (text, typed, expected) => {
    expect(marked(text, typed)).toBe(expected)
  })

  test('shows what took the place of a mistyped word', () => {
    expect(marked('Centro de Inmunología', 'inmunolgia', ['inmunologia'])).toBe('Centro de [Inmunología]')
  })

  test('loses nothing of any text', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        (text, typed) =>
          marker(typed)(text)
            .map((piece) => piece.text)
            .join('') === text,
      ),
    )
  })
})
