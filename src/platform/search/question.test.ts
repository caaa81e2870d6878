import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRecognizer } from '../text/analysis/recognizer/recognizer.ts'
import type { Concepts } from './concepts.ts'
import { termsOf } from './index-row.ts'
import { searchMarker, snippetOf } from './marker.ts'
import { readQuestion } from './question.ts'

const label = (concept: string, language: 'en' | 'es' | 'zh' | 'vi', text: string) => ({ concept, language, text, kind: 'preferred' as const })
const concepts: Concepts = {
  version: 'v1',
  recognizer: buildRecognizer([
    label('monoclonal-antibody', 'en', 'monoclonal antibodies'),
    label('monoclonal-antibody', 'es', 'anticuerpos monoclonales'),
    label('monoclonal-antibody', 'zh', '单克隆抗体'),
    label('monoclonal-antibody', 'vi', 'kháng thể đơn dòng'),
  ]),
  above: new Map([['monoclonal-antibody', ['antibody', 'protein']]]),
}
const wordsOf = (typed: string, known?: Concepts) => readQuestion(typed, known)?.words
const row = (text: string) =>
  termsOf({ names: [], aliases: [], words: [text] }, 's', 'listing', ['country:CU'], concepts)
    .split(/ (?=')/)
    .sort()

describe('a question', () => {
  test.each([
    ['trung tâm', "('trung') & ('tam')"],
    ['Heberprot', "('heberprot' | '/heberprot')"],
    ['疫苗', "('疫苗')"],
    ['苗', "('苗')"],
    ['北京大学', "('北京') & ('京大') & ('大学')"],
    ['Centro de la Inmunología', "('centro' | 'centr' | '/centr') & ('inmunologia' | 'inmunolog' | '/imunologi')"],
    ['de la', "('de') & ('la')"],
    ['PD-1', "((('pd') & ('1')) | ('pd1'))"],
  ])('%s asks for %s', (typed, query) => {
    expect(wordsOf(typed)).toBe(query)
  })

  test('asks for a concept beside the words that led to it', () => {
    expect(wordsOf('单克隆抗体 Cuba', concepts)).toBe("((('单克') & ('克隆') & ('隆抗') & ('抗体')) | ('*monoclonal-antibody')) & ('cuba')")
    expect(readQuestion('单克隆抗体 Cuba', concepts)?.concepts).toEqual([{ key: 'monoclonal-antibody', text: '单克隆抗体' }])
  })

  test.each(['', '   ', "'", '& | !', ':*', '\\', '\0'])('of %j is none', (typed) => {
    expect(readQuestion(typed, concepts)).toBeUndefined()
  })

  test('has quoted words and operators of its own in it and nothing else, whatever was typed', () => {
    const operators = fc.string({
      unit: fc.constantFrom("'", '\\', '&', '|', '!', ':', '*', '(', ')', '<', '>', '-', ' ', '\0', 'a', 'ế', '苗', '🧬', '5', '%'),
    })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), operators), (typed) => {
        const question = readQuestion(typed, concepts)
        if (question === undefined) return
        for (const query of [question.words, question.begunWords, question.names, question.begunNames])
          expect(query.replaceAll(/'(?:[^'\\\0]|''|\\\\)+'(:\*)?/g, 'x')).toMatch(/^[x|& ()]+$/)
      }),
    )
  })
})

describe('a row', () => {
  test('has folded words, stems, concepts and what stands above them', () => {
    expect(row('Anticuerpos monoclonales')).toEqual(
      expect.arrayContaining(["'anticuerpos':1A", "'anticuerp':1A", "'*monoclonal-antibody':1A", "'*protein':1B", "'%country:CU'", "'@s'", "'#listing'"]),
    )
  })

  test('of one that is taken back has what it had', () => {
    expect(row('').every((term) => !term.includes(':1'))).toBe(true)
  })
})

describe('what was found is marked', () => {
  const marked = (typed: string, text: string) =>
    searchMarker(
      readQuestion(typed, concepts),
      concepts,
    )(text)
      .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
      .join('')
  test.each([
    ['单克隆抗体', 'Produce anticuerpos monoclonales en Cuba', 'Produce [anticuerpos monoclonales] en Cuba'],
    ['vacuna', 'Las vacunas cubanas', 'Las [vacunas] cubanas'],
    ['genetica', 'Ingeniería Genética', 'Ingeniería [Genética]'],
    ['inmun', 'Centro de Inmunología', 'Centro de [Inmunología]'],
    ['基因', '古巴基因工程', '古巴[基因]工程'],
    ['<b>', 'a <b>bold</b>', 'a <[b]>bold</[b]>'],
  ])('%s in %s', (typed, text, shown) => {
    expect(marked(typed, text)).toBe(shown)
  })

  test('together the pieces are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (typed, text) => {
        expect(
          searchMarker(
            readQuestion(typed, concepts),
            concepts,
          )(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  test('a snippet is the part with most of it', () => {
    const mark = searchMarker(readQuestion('rabies vaccine', undefined), undefined)
    const text = `${'nothing here '.repeat(40)}a vaccine against rabies for dogs ${'nor there '.repeat(40)}`
    const snippet =
      snippetOf(['no', text], mark)
        ?.map(({ text: part, hit }) => (hit ? `[${part}]` : part))
        .join('') ?? ''
    expect(snippet).toMatch(/^… .*a \[vaccine\] against \[rabies\] for dogs.* …$/)
    expect(snippet.length).toBeLessThan(260)
    expect(snippetOf(['no'], mark)).toBeUndefined()
  })
})
