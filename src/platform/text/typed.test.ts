import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { issuesOf } from '../issues.ts'
import { isTyped, typedLine, typedName, typedQuery, typedText } from './typed.ts'

const answer = (schema: z.ZodType, text: string) => {
  const parsed = schema.safeParse(text)
  return parsed.success ? parsed.data : issuesOf(parsed.error).map(({ code, params }) => [code, params?.['value']])
}

describe('names', () => {
  test.each([
    'BIOTECH药业',
    'Công ty ABC',
    'Công ty TNHH Dược phẩm Ví dụ',
    'Nguyễn Thị Ánh Nguyệt',
    'María de los Ángeles Rodríguez-Ejemplo y Fernández de Córdova',
    "O'Higgins & Ñandú, S.A. (№ 5)",
    '示例生物技术与医药产业国际合作促进中心',
    'Институт биологии',
    'Центр ABC',
    'Ελληνικό Κέντρο Α',
    'カメラ株式会社Bio',
    '서울대학교',
    'مركز الأبحاث',
    'می‌خواهم',
    'มหาวิทยาลัย',
    'हिन्दी संस्थान',
    'TNF-α',
    'Łódź ﬁ Ø ß İ',
    '㐂𠮷野家',
    'Hà Nội 🏥',
    '👩‍🔬 Lab',
  ])('%s is taken as it is', (name) => {
    expect(answer(typedName(), name)).toBe(name)
  })

  test('what is typed in pieces is one with what is typed whole', () => {
    for (const name of ['Bệnh viện Đa khoa Ví dụ', 'Peña', 'Trường Đại học']) expect(answer(typedName(), name.normalize('NFD'))).toBe(name)
  })

  test.each([
    ['Вiotech', 'Вiotech'],
    ['CІGB', 'CІGB'],
    ['Shanghаi Institute', 'Shanghаi'],
    ['Βio Hospital', 'Βio'],
    ['Hanoi Hоspital', 'Hоspital'],
    ['BᎥotech', 'BᎥotech'],
    ['Ноspital', 'Ноspital'],
  ])('%s mixes scripts in a word', (name, word) => {
    expect(answer(typedName(), name)).toEqual([['mixed_scripts', word]])
    expect(answer(typedLine(), name)).toBe(name)
  })

  test('letters of other fonts are plain letters', () => {
    expect(answer(typedName(), '𝐁𝓲𝕠𝚝𝖾𝒄𝔥 Ⓑⓘⓞ ℌ')).toBe('Biotech Bio H')
  })
})

describe('all that people type', () => {
  test.each([
    ['a right-to-left override', 'a\u202egnp.exe', 'U+202E'],
    ['an isolate', '\u2066a', 'U+2066'],
    ['a tag', 'a\u{e0041}', 'U+E0041'],
    ['a filler', 'a\u3164', 'U+3164'],
    ['a blank of Braille', '\u2800', 'U+2800'],
    ['a letter of nobody', 'a\ue000', 'U+E000'],
    ['a letter not assigned', 'a\u{50000}', 'U+50000'],
    ['what is no character', 'a\ufffe', 'U+FFFE'],
    ['half a character', 'a\ud800', 'U+D800'],
    ['a zero byte', 'a\0b', 'U+0000'],
    ['an escape', '\u001b[31m', 'U+001B'],
    ['a delete', 'a\u007f', 'U+007F'],
    ['a note between lines', '\ufff9a', 'U+FFF9'],
  ])('%s is refused', (_, text, value) => {
    for (const schema of [typedName(), typedLine(), typedText()]) expect(answer(schema, text)).toEqual([['hidden_character', value]])
    expect(answer(typedQuery(), `${text}x`)).not.toContain(String.fromCodePoint(Number.parseInt(value.slice(2), 16)))
  })

  test.each([
    ['zero width space', 'CI\u200bGB', 'CIGB'],
    ['byte order mark', '\ufeffCIGB', 'CIGB'],
    ['soft hyphen', 'Bio\u00adtech', 'Biotech'],
    ['word joiner', 'Bio\u2060tech', 'Biotech'],
    ['joiner between Latin letters', 'C\u200dI\u200cGB', 'CIGB'],
    ['marks of direction', '\u200eCIGB\u200f', 'CIGB'],
    ['variation of a letter', 'C\ufe0fIGB', 'CIGB'],
    ['nothing else', '\u200b \u200b', ''],
  ])('%s is taken out', (_, text, kept) => {
    for (const schema of [typedName(), typedLine(), typedText()]) expect(answer(schema, text)).toBe(kept)
  })

  test('nothing but what is taken out is nothing', () => {
    expect(answer(typedName().min(1), '\u200b\ufeff')).toEqual([['required', undefined]])
  })

  test('piled marks are refused; those of scripts that have several are not', () => {
    for (const text of ['Z\u0351\u0352\u0353\u0354\u0355', 'a\u0301\u0301']) expect(answer(typedText(), text)).toEqual([['piled_marks', '']])
    for (const text of ['ế'.normalize('NFD'), 'ที่', 'שָּׁ']) expect(answer(typedText(), text)).toBe(text.normalize('NFC'))
  })

  test('a name and a subject have one line; a text keeps its own', () => {
    expect(answer(typedLine(), 'a\r\nBcc: b\u2028c')).toBe('a  Bcc: b c')
    expect(answer(typedName(), 'a\tb')).toBe('a b')
    expect(answer(typedText(), 'a\r\n\tb\n\nc')).toBe('a\r\n\tb\n\nc')
  })

  test('what was taken is taken again, and is the same', () => {
    for (const schema of [typedName(), typedLine(), typedText()])
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
          const once = schema.safeParse(text)
          if (once.success) expect(schema.safeParse(once.data)).toEqual(once)
        }),
        { numRuns: 2000, seed: 1 },
      )
  })
})

test('whether a schema is one of these outlives what is said of it after', () => {
  expect([typedName().min(1).max(3).describe('x').meta({ example: 'y' }), typedLine(), typedText(), typedQuery()].every(isTyped)).toBe(true)
})
