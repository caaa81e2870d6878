import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { cognateKey } from './cognate.ts'
import { detectLanguage, passages } from './language.ts'
import { scan } from './scan.ts'
import { toned } from './syllable.ts'
import { simplifiedOf } from './traditional.ts'
import { wordOf } from './words.ts'

/** Any string at all: every unit of UTF-16, halves of characters included. */
const anyUnits = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('a', ' ', '.', '-', "'", '9', '疫', 'đ', '\u200b', '\u0301', '\ud842\udfb7'),
  ),
})
const anyText = fc.string({ unit: 'binary', maxLength: 80 })

const tokensOf = (text: string) => {
  const tokens = scan(text)
  return Array.from({ length: tokens.count }, (_, at) => text.slice(tokens.start[at], tokens.end[at]))
}
const textsOf = (text: string, kind: string) =>
  analyse(text)
    .terms.filter((term) => term.kind === kind)
    .map((term) => term.text)

describe('tokens', () => {
  test.each([
    ['CD20, anti-CD20', ['CD', '20', 'anti', 'CD', '20']],
    ['3.5 mg, 1,000 IU; H5N1.', ['3.5', 'mg', '1,000', 'IU', 'H', '5', 'N', '1']],
    ['Alzheimer’s "O\'Brien"', ['Alzheimer’s', "O'Brien"]],
    ['干扰素α2b', ['干', '扰', '素', 'α', '2', 'b']],
    ['𠮷野', ['𠮷', '野']],
    ['vac\u00adcine re\u0301gimen\u200b end', ['vac\u00adcine', 're\u0301gimen', 'end']],
    ['a\ud800b\udc00', ['a', 'b']],
    ['', []],
  ])('of %j are %j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens)
  })

  test('stand in the text in their order, never overlap and never cut a character in half', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = scan(text)
        let last = 0
        for (let at = 0; at < tokens.count; at++) {
          expect(tokens.start[at]).toBeGreaterThanOrEqual(last)
          last = tokens.end[at] ?? 0
          expect(last).toBeGreaterThan(tokens.start[at] ?? 0)
          expect(text.slice(tokens.start[at], last).isWellFormed()).toBe(true)
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('stems', () => {
  test.each(
    'consigned consign|knightly knight|studies studi|vaccines vaccin|vaccination vaccin|antibodies antibodi|clinical clinic|generously generous|dying die|skis ski|hopping hop|hoped hope'.split(
      '|',
    ),
  )('of English are those of Snowball: %s', (pair) => {
    const [word = '', stem] = pair.split(' ')
    expect(wordOf(word).en).toBe(stem)
  })

  test.each(
    'chicharrones chicharron|torneados torn|enfermedad enferm|enfermedades enferm|celulares celul|celular celul|vacunación vacun|vacunacion vacun|vacunas vacun|anticuerpos anticuerp|clínicos clinic|clinica clinic|tecnologías tecnolog|tecnologia tecnolog|ingeniería ingeni|monoclonales monoclonal'.split(
      '|',
    ),
  )('of Spanish are those of Snowball until nothing comes off, without accents, typed with them or without: %s', (pair) => {
    const [word = '', stem] = pair.split(' ')
    expect(wordOf(word).es).toBe(stem)
  })

  test('are made once for each way of writing, and the words kept stay few', () => {
    expect(wordOf('Vaccine')).toBe(wordOf('Vaccine'))
    const first = wordOf('zzfirstword')
    for (let at = 0; at < 60_000; at++) wordOf(`zz${at.toString(36)}`)
    expect(wordOf('zzfirstword')).not.toBe(first)
    expect(wordOf('zzfirstword')).toEqual(first)
  })
})

test('a syllable has one form wherever its tone is set', () => {
  expect(toned('hoá')).toBe(toned('hóa'))
  expect(toned('thuỷ')).toBe(toned('thủy'))
  expect(toned('kỹ')).toBe(toned('kĩ'))
  expect(toned('da')).not.toBe(toned('dạ'))
  expect(toned('cơ')).not.toBe(toned('co'))
})

test.each([
  ['immunology', 'inmunologia'],
  ['fermentation', 'fermentacion'],
  ['chromatography', 'cromatografia'],
  ['interferon', 'interferones'],
  ['insulin', 'insulina'],
])('%s and %s are cognates', (english, spanish) => {
  expect(cognateKey(english)).not.toBe('')
  expect(cognateKey(english)).toBe(cognateKey(spanish))
})

test.each([
  ['immunology', 'immunologist'],
  ['pharmacy', 'farmaco'],
  ['neumonia', 'neumonologia'],
])('%s and %s are not', (one, other) => {
  expect(cognateKey(one)).not.toBe(cognateKey(other))
})

describe('the language', () => {
  test.each([
    ['Recombinant vaccines against hepatitis B', 'en'],
    ['vacunas contra la rabia', 'es'],
    ['anticuerpos monoclonales humanizados', 'es'],
    ['produccion de proteinas recombinantes', 'es'],
    ['Kháng thể đơn dòng điều trị ung thư phổi', 'vi'],
    ['khang the don dong dieu tri ung thu', 'vi'],
    ['PD-1单克隆抗体', 'zh'],
    ['PCR', 'unknown'],
    ['2026', 'unknown'],
    ['', 'unknown'],
    ['вакцина против бешенства', 'unknown'],
    ['\ud800\u202e', 'unknown'],
  ])('of %j is %s', (text, language) => {
    const found = detectLanguage(text)
    expect(found.language).toBe(language)
    expect(found.confidence).toBeGreaterThanOrEqual(0)
    expect(found.confidence).toBeLessThanOrEqual(1)
  })

  test('is told for each passage, since people mix', () => {
    const told = (text: string) => passages(text).map(({ start, end, language }) => `${language}: ${text.slice(start, end)}`)
    expect(told('Buscamos vacunas contra la rabia. We also need monoclonal antibodies for our patients.')).toEqual([
      'es: Buscamos vacunas contra la rabia',
      'en: We also need monoclonal antibodies for our patients',
    ])
    expect(told('PD-1抑制剂的研发 and the production of vaccines in Cuba')).toEqual(['zh: PD-1抑制剂的研发', 'en: and the production of vaccines in Cuba'])
    expect(told('Nhu cầu: chuyển giao công nghệ; the technology for the production of vaccines')).toEqual([
      'vi: Nhu cầu: chuyển giao công nghệ',
      'en: the technology for the production of vaccines',
    ])
  })

  test('that is expected decides where the words do not', () => {
    expect(passages('PCR', 'vi')[0]?.language).toBe('vi')
    expect(passages('The production of vaccines against rabies', 'es')[0]?.language).toBe('en')
  })

  test('cuts every text into passages that follow each other', () => {
    fc.assert(
      fc.property(anyUnits, (text) => {
        let last = 0
        for (const { start, end } of passages(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('terms', () => {
  test('are words with and without accents, and stems', () => {
    expect(textsOf('Vacunación de niños', 'word')).toEqual(['vacunación', 'de', 'niños'])
    expect(textsOf('Vacunación de niños', 'folded')).toEqual(['vacunacion', 'ninos'])
    expect(textsOf('Vacunación de niños', 'stem')).toEqual(['vacun', 'de', 'nin'])
    expect(
      analyse('the vaccines of this plant')
        .terms.filter(({ stop, kind }) => !stop && kind === 'stem')
        .map(({ text }) => text),
    ).toEqual(['vaccin', 'plant'])
  })

  test('are single characters and pairs of Chinese', () => {
    expect(textsOf('重组疫苗', 'character')).toEqual(['重', '组', '疫', '苗'])
    expect(textsOf('重组疫苗', 'pair')).toEqual(['重组', '组疫', '疫苗'])
  })

  test('are the same in traditional script', () => {
    expect(textsOf('單克隆抗體', 'pair')).toEqual(textsOf('单克隆抗体', 'pair'))
    // The first is a compatibility form of Unicode.
    expect(textsOf('\uf9dd疾', 'character')).toEqual(['利', '疾'])
  })

  test('are syllables and pairs of Vietnamese', () => {
    expect(textsOf('Kháng thể đơn dòng', 'word')).toEqual(['kháng', 'thể', 'đơn', 'dòng'])
    expect(textsOf('Kháng thể đơn dòng', 'folded')).toEqual(['khang', 'the', 'don', 'dong'])
    expect(textsOf('Kháng thể đơn dòng', 'pair')).toEqual(['kháng thể', 'thể đơn', 'đơn dòng'])
  })

  test('are codes and figures with units, whole and in parts', () => {
    const text = 'PD-1, IL-2, COVID-19, H5N1, SARS-CoV-2, CAR-T, 5 mg, 2–8 °C, 95 %'
    expect(textsOf(text, 'code')).toEqual(['pd1', 'il2', 'covid19', 'h5n1', 'sarscov2', 'cart', '5mg', '8°c', '95%'])
    expect(textsOf(text, 'word')).toEqual(expect.arrayContaining(['pd', '1', 'covid', '19', 'h', '5', 'mg']))
    expect(textsOf('PD1 PD-1 pd-1 ＰＤ－１', 'code')).toEqual(['pd1', 'pd1', 'pd1', 'pd1'])
    expect(textsOf('a well-known risk-based way', 'code')).toEqual([])
  })

  test('are the same however a text was typed or pasted', () => {
    const plain = (text: string) => analyse(text).terms.map(({ text: term, kind, language }) => `${kind} ${term} ${language}`)
    const typed = 'Vacunación contra la rabia, kháng thể đơn dòng'
    expect(plain(typed.normalize('NFD'))).toEqual(plain(typed))
    expect(plain('Vacu\u200bnación con\u00adtra la ra\u202ebia\u2066, kháng thể đơn dòng')).toEqual(plain(typed))
    expect(plain('ＩＬ－２ ｖａｃｃｉｎｅ')).toEqual(plain('IL-2 vaccine'))
  })

  test('say where they stand, in whatever string', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), (text) => {
        for (const { text: term, kind, start, end } of analyse(text).terms) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          const there = text.slice(start, end)
          if (kind === 'word') expect(wordOf(there).kept).toBe(term)
          if (kind === 'folded') expect(wordOf(there).folded).toBe(term)
          if (kind === 'character') expect(simplifiedOf(there)).toBe(term)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a text that means harm', () => {
  test.each([
    ['without a space', 'a'.repeat(10_000_000), 3],
    ['of digits', '9'.repeat(10_000_000), 3],
    ['of marks', `a${'\u0301'.repeat(10_000_000)}`, 3],
    ['of what nobody sees', '\u200b'.repeat(10_000_000), 0],
    ['of halves', '\ud800'.repeat(10_000_000), 0],
    ['of separators', '.-, '.repeat(2_500_000), 0],
  ])('of ten megabytes %s is read as far as a million units', (_, text, most) => {
    const { terms, cut } = analyse(text)
    expect(cut).toBe(true)
    expect(terms.length).toBeLessThanOrEqual(most)
    for (const { text: term } of terms) expect(term.length).toBeLessThanOrEqual(100)
  })

  test('of one script is read as far as asked', () => {
    const { terms, cut } = analyse('疫'.repeat(10_000_000), { most: 10_000 })
    expect(cut).toBe(true)
    expect(terms).toHaveLength(19_999)
  })
})
