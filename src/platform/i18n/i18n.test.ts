import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countryName, formatDay, formatMoment, formatNumber, languageName } from './format.ts'
import { platformTexts } from './index.ts'
import { isLanguage, languages, pickText, preferredLanguage, type Language } from './languages.ts'
import { defineTexts, type Sentence } from './texts.ts'

const inEach = (say: (language: Language) => string) => languages.map(say)
const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
const formsOf = (sentence: Sentence | undefined) => (typeof sentence === 'string' ? [sentence] : Object.values(sentence ?? {}))

describe('the language a visitor prefers', () => {
  test.each([
    ['es', 'es'],
    ['zh-Hant-TW,zh;q=0.9', 'zh'],
    ['VI-VN', 'vi'],
    ['pt-BR, es;q=0.8', 'es'],
    ['en;q=0.3, vi;q=0.9, es;q=0.5', 'vi'],
    ['en; q=0.1 ,zh; q=0.2', 'zh'],
    ['es;level=1;q=0.4, zh;q=0.5', 'zh'],
    ['es;q=0, zh;q=0.001', 'zh'],
    ['es;q=0', 'en'],
    ['es, zh', 'es'],
    ['fr, de;q=0.8, *;q=0.5', 'en'],
    ['', 'en'],
    [';;;q=,,,;q=1', 'en'],
    ['constructor, __proto__', 'en'],
  ])('by %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })

  test('is English when nothing was said', () => {
    expect(preferredLanguage(undefined)).toBe('en')
  })

  test('is one of the four whatever the header says', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('es', 'zh', 'q', '=', ';', ',', '-', '0', '1', '.', ' '), maxLength: 80 }),
    )
    fc.assert(fc.property(header, (text) => isLanguage(preferredLanguage(text))))
  })

  test('is found in a very long header', () => {
    expect(preferredLanguage('vi,'.repeat(100_000))).toBe('vi')
  })
})

describe('the version of a text that a reader gets', () => {
  const text = { es: 'Convenio', zh: '协议' }

  test('is the one in their language', () => {
    expect(pickText(text, 'zh', 'es')).toEqual({ text: '协议', language: 'zh' })
  })

  test('is else the original, else the English, else any', () => {
    expect(pickText(text, 'vi', 'zh')).toEqual({ text: '协议', language: 'zh' })
    expect(pickText({ ...text, en: 'Agreement' }, 'vi')).toEqual({ text: 'Agreement', language: 'en' })
    expect(pickText(text, 'vi')).toEqual({ text: 'Convenio', language: 'es' })
    expect(pickText(text, 'vi', 'pt')).toEqual({ text: 'Convenio', language: 'es' })
  })

  test('is never an empty one', () => {
    expect(pickText({ en: '', vi: 'Thỏa thuận' }, 'en')).toEqual({ text: 'Thỏa thuận', language: 'vi' })
    expect(pickText({ en: '' }, 'en')).toBeUndefined()
    expect(pickText({}, 'es', 'zh')).toBeUndefined()
  })
})

describe('texts', () => {
  const texts = defineTexts({
    en: { hits: { one: 'one hit', other: '{n} hits' }, greet: 'Hello {name}' },
    es: { hits: { one: 'un resultado', other: '{n} resultados' }, greet: 'Hola, {name}' },
    zh: { hits: { other: '{n} 条结果' }, greet: '{name}，你好' },
    vi: { hits: { other: '{n} kết quả' }, greet: 'Xin chào {name}' },
  })

  test('choose the form by the plural rules of the language', () => {
    expect(inEach((language) => texts[language]('hits', { n: 1 }))).toEqual(['one hit', 'un resultado', '1 条结果', '1 kết quả'])
    expect(inEach((language) => texts[language]('hits', { n: 0 }))).toEqual(['0 hits', '0 resultados', '0 条结果', '0 kết quả'])
  })

  test('write numbers as the language does', () => {
    expect(inEach((language) => texts[language]('hits', { n: 12345 }))).toEqual(['12,345 hits', '12.345 resultados', '12,345 条结果', '12.345 kết quả'])
    expect(texts.es('hits', { n: 1_000_000 })).toBe('1.000.000 resultados')
  })

  test('put words in as they are, even words that look like a pattern', () => {
    expect(inEach((language) => texts[language]('greet', { name: '$& {n}' }))).toEqual(['Hello $& {n}', 'Hola, $& {n}', '$& {n}，你好', 'Xin chào $& {n}'])
  })

  test('keep the name of what is lacking', () => {
    expect(texts.en('greet')).toBe('Hello {name}')
  })

  test('throw at a key that is not there', () => {
    // @ts-expect-error there is no such key
    expect(() => texts.vi('nothing')).toThrow('no text "nothing" in vi')
  })

  test('of the platform have the same keys and placeholders in every language, and no empty sentence', () => {
    const { en } = platformTexts.files
    for (const language of languages) {
      const sentences = platformTexts.files[language]
      expect(Object.keys(sentences).sort()).toEqual(Object.keys(en).sort())
      for (const [key, sentence] of Object.entries(sentences)) {
        const [first, ...rest] = formsOf(sentence).toReversed()
        expect(placeholders(first ?? ''), `${language} ${key}`).toEqual(placeholders(formsOf(en[key]).at(-1) ?? ''))
        for (const form of [first, ...rest]) expect(form?.trim(), `${language} ${key}`).not.toBe('')
      }
    }
  })
})

describe('names and numbers', () => {
  test('of countries are those of the language', () => {
    expect(inEach((language) => countryName('VN', language))).toEqual(['Viet Nam', 'Vietnam', '越南', 'Việt Nam'])
    expect(inEach((language) => countryName('CN', language))).toEqual(['China', 'China', '中国', 'Trung Quốc'])
    expect(inEach((language) => countryName('CU', language))).toEqual(['Cuba', 'Cuba', '古巴', 'Cuba'])
  })

  test('of a country that no language knows is its code', () => {
    expect(countryName('XQ', 'es')).toBe('XQ')
  })

  test('of languages begin with a capital letter', () => {
    expect(inEach((language) => languageName('pt', language))).toEqual(['Portuguese', 'Portugués', '葡萄牙语', 'Tiếng Bồ Đào Nha'])
  })

  test('have the separators of the language', () => {
    expect(inEach((language) => formatNumber(1234567.5, language))).toEqual(['1,234,567.5', '1.234.567,5', '1,234,567.5', '1.234.567,5'])
  })
})

describe('a day', () => {
  test.each([
    ['2023', '2023', '2023', '2023年', '2023'],
    ['2023-06', 'Jun 2023', 'jun 2023', '2023年6月', 'tháng 6 năm 2023'],
    ['2023-06-27', '27 Jun 2023', '27 jun 2023', '2023年6月27日', '27 tháng 6, 2023'],
    ['2024-01-01', '1 Jan 2024', '1 ene 2024', '2024年1月1日', '1 tháng 1, 2024'],
  ])('%s is said as precisely as it is given', (day, ...said) => {
    expect(inEach((language) => formatDay(day, language))).toEqual(said)
  })

  test('is the same wherever the server stands', () => {
    expect(formatMoment(new Date('2023-12-31T23:59:00Z'), 'en')).toBe('31 Dec 2023, 23:59')
  })
})
