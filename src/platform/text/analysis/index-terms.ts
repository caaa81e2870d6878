import type { Language } from '../../i18n/languages.ts'
import type { Stretch } from './language.ts'
import { characterAt, isCapital, isJoined, type Reading } from './read.ts'
import type { Hit } from './recognizer/choose.ts'
import { gap, made } from './scan.ts'
import { isStopCharacter, isStopWord } from './stop-words.ts'
import { simplifiedOf } from './traditional.ts'
import { unitAfter } from './units.ts'
import type { Word } from './words.ts'

/**
 * `word`: as written, in lower case with its accents, of Vietnamese a syllable · `folded`: the same without accents, where it has some · `stem`: of English and
 * Spanish · `character`: of Han script · `pair`: two Han characters or two Vietnamese syllables that follow each other · `compound`: a word of several of these
 * that the recognizer knows · `code`: letters and digits that make one name, without hyphens ("pd1", "h5n1"), and a figure with its unit ("5mg").
 */
export type TermKind = 'word' | 'folded' | 'stem' | 'character' | 'pair' | 'compound' | 'code'

/** What a part of a text is found by; the same text of two kinds is two terms. */
export type Term = {
  text: string
  kind: TermKind
  language: Language | 'unknown'
  start: number
  end: number
  /** Whether it says nothing of what the text is about. */
  stop: boolean
}

/** The terms of a text that has been read, in the order of its passages; compounds and codes last. */
export function indexTerms(reading: Reading, stretches: readonly Stretch[], hits: readonly Hit[]): Term[] {
  const terms: Term[] = []
  for (const stretch of stretches) {
    for (let at = stretch.from; at < stretch.to; at++) {
      const word = reading.words[at]
      if (word === undefined) addCharacter(terms, reading, stretch, at)
      else addWord(terms, reading, stretch, at, word)
    }
  }
  addCodes(terms, reading)
  addCompounds(terms, reading, stretches, hits)
  return terms
}

function addCharacter(terms: Term[], reading: Reading, { to, language }: Stretch, at: number) {
  const start = reading.start[at] ?? 0
  const end = reading.end[at] ?? 0
  const text = characterAt(reading, at)
  const stop = isStopCharacter(text)
  terms.push({ text, kind: 'character', language, start, end, stop })
  if (at + 1 >= to || reading.made[at + 1] !== made.han || (reading.gap[at + 1] ?? 0) > gap.space) return
  const next = characterAt(reading, at + 1)
  terms.push({ text: text + next, kind: 'pair', language, start, end: reading.end[at + 1] ?? 0, stop: stop || isStopCharacter(next) })
}

function addWord(terms: Term[], reading: Reading, { to, language }: Stretch, at: number, word: Word) {
  const start = reading.start[at] ?? 0
  const end = reading.end[at] ?? 0
  const stop = isStopWord(word, language)
  terms.push({ text: word.kept, kind: 'word', language, start, end, stop })
  if (word.folded !== word.kept && word.folded !== '') terms.push({ text: word.folded, kind: 'folded', language, start, end, stop })
  if (reading.made[at] !== made.letters) return
  if (language === 'en' || language === 'es') terms.push({ text: word[language], kind: 'stem', language, start, end, stop })
  if (language !== 'vi' || at + 1 >= to || !isJoined(reading, at + 1)) return
  const next = reading.words[at + 1]
  if (next === undefined || word.base === '' || next.base === '') return
  terms.push({ text: `${word.kept} ${next.kept}`, kind: 'pair', language, start, end: reading.end[at + 1] ?? 0, stop: stop || isStopWord(next, language) })
}

/** Chains of letters and digits without a space between: of both kinds, or with a part in capitals as "CAR-T". */
function addCodes(terms: Term[], reading: Reading) {
  for (let from = 0; from < reading.count;) {
    let to = from + 1
    if (reading.words[from] === undefined) {
      from = to
      continue
    }
    while (to < reading.count && reading.words[to] !== undefined && (reading.gap[to] ?? 0) <= gap.hyphen) to++
    if (to - from > 1 && to - from <= mostParts && isCode(reading, from, to)) addCode(terms, reading, from, reading.end[to - 1] ?? 0, joined(reading, from, to))
    const unit = reading.made[to - 1] === made.digits ? unitAfter(reading, to - 1) : undefined
    if (unit !== undefined) addCode(terms, reading, to - 1, unit.end, `${reading.words[to - 1]?.folded}${unit.name}`)
    from = to
  }
}

const mostParts = 12

function addCode(terms: Term[], reading: Reading, from: number, end: number, text: string) {
  terms.push({ text, kind: 'code', language: 'unknown', start: reading.start[from] ?? 0, end, stop: false })
}

function isCode(reading: Reading, from: number, to: number): boolean {
  let letters = false
  let digits = false
  for (let at = from; at < to; at++) {
    if (reading.made[at] === made.digits) digits = true
    else letters = true
    if (isCapital(reading, at)) return true
  }
  return letters && digits
}

const joined = (reading: Reading, from: number, to: number) => Array.from({ length: to - from }, (_, at) => reading.words[from + at]?.folded ?? '').join('')

/** Of Chinese and Vietnamese the hits are words; other languages have spaces for that. */
function addCompounds(terms: Term[], reading: Reading, stretches: readonly Stretch[], hits: readonly Hit[]) {
  let passage = 0
  for (const { start, end } of hits) {
    while (passage + 1 < stretches.length && (reading.start[stretches[passage + 1]?.from ?? 0] ?? 0) <= start) passage++
    const language = stretches[passage]?.language ?? 'unknown'
    const text = reading.text
      .slice(start, end)
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    const isHan = /\p{Script=Han}/u.test(text)
    const parts = text.split(/[\s-]/).filter((part) => part !== '')
    const word = isHan ? Array.from(parts.join(''), simplifiedOf).join('') : parts.join(' ')
    if (isHan ? word.length > 1 : language === 'vi' && word.includes(' '))
      terms.push({ text: word, kind: 'compound', language: isHan ? 'zh' : language, start, end, stop: false })
  }
}
