import type { Language } from '../../i18n/languages.ts'
import { isCapital, read, type Reading } from './read.ts'
import { gap, made } from './scan.ts'

/** A language, and how sure that is, 0 to 1. */
export type Detected = { language: Language | 'unknown'; confidence: number }

/** A stretch of a text in one language; places in UTF-16 units of the text. */
export type Passage = Detected & { start: number; end: number }

/** A passage with the tokens it is made of. */
export type Stretch = Detected & { from: number; to: number }

type Bits = { en: number; es: number; vi: number; latin: number }
/** What speaks for a language: words, apart from them words in capitals, and characters of other scripts. */
type Evidence = { words: Bits; capitals: Bits; han: number; foreign: number }

const nothing = (): Evidence => ({ words: { en: 0, es: 0, vi: 0, latin: 0 }, capitals: { en: 0, es: 0, vi: 0, latin: 0 }, han: 0, foreign: 0 })

// Letter groups overlap, so their bits count several times; measured on the first half of NTREX.
const bitsPerDoubling = 4
/** Below it a text could as well be in another language. */
const leastConfidence = 0.6
/** By how many bits a clause has to speak for a language of its own among its neighbours. */
const ownLanguage = 14
/** So many Latin words in a row make a passage within Chinese. */
const latinRun = 4
/** What the language that the caller expects is worth, in bits. */
const expectation = 8

/**
 * In which of the languages of the platform a text is written, by its script, the groups of its letters and its accents; also without accents.
 *
 * @returns `unknown` for what says nothing, such as a code, and for other scripts. A fifth language in Latin letters is taken for the nearest of the three
 * @example detectLanguage('vacunas contra la rabia') // { language: 'es', confidence: 0.99 }
 */
export function detectLanguage(text: string): Detected {
  const reading = read(text)
  return judge(evidenceOf(reading, 0, reading.count))
}

/** Splits a text into passages, each in its language: sentences, their clauses where a writer changes the language, and runs of another script. */
export function passages(text: string, expected?: Language): Passage[] {
  const reading = read(text)
  return stretches(reading, expected).map((stretch) => passageOf(reading, stretch))
}

/** The passage that a stretch of tokens is. */
export const passageOf = (reading: Reading, { from, to, language, confidence }: Stretch): Passage => ({
  start: reading.start[from] ?? 0,
  end: reading.end[to - 1] ?? 0,
  language,
  confidence,
})

/** As `passages`, of a text that has been read. */
export function stretches(reading: Reading, expected?: Language): Stretch[] {
  const sentences: Sentence[] = []
  const all = nothing()
  for (let from = 0; from < reading.count;) {
    let to = from + 1
    while (to < reading.count && reading.gap[to] !== gap.sentence) to++
    const clauses = [...clausesOf(reading, from, to)].map((clause) => ({ ...clause, evidence: evidenceOf(reading, clause.start, clause.end) }))
    const evidence = nothing()
    for (const clause of clauses) addEvidence(evidence, clause.evidence)
    addEvidence(all, evidence)
    sentences.push({ clauses, evidence })
    from = to
  }
  const whole = judge(all, expected)
  const found: Stretch[] = []
  for (const sentence of sentences) addSentence(found, sentence, whole, expected)
  return found
}

type Clause = { start: number; end: number; han: boolean }
type Sentence = { clauses: (Clause & { evidence: Evidence })[]; evidence: Evidence }

function addSentence(found: Stretch[], { clauses, evidence: all }: Sentence, whole: Detected, expected: Language | undefined) {
  const first = found.length
  const sentence = judgeLatin(all, expected)
  const inPlace = sentence.language === 'unknown' && whole.language !== 'zh' ? { ...whole, confidence: whole.confidence / 2 } : sentence
  for (const { start, end, han, evidence } of clauses) {
    const own = han ? judge(evidence) : ownOr(evidence, inPlace, expected)
    const last = found.at(-1)
    if (last !== undefined && found.length > first && last.language === own.language) {
      last.to = end
      last.confidence = Math.max(last.confidence, own.confidence)
    } else found.push({ ...own, from: start, to: end })
  }
}

function ownOr(evidence: Evidence, inPlace: Detected, expected: Language | undefined): Detected {
  const own = judgeLatin(evidence, expected)
  if (own.language === inPlace.language || inPlace.language === 'unknown') return own.language === 'unknown' ? inPlace : own
  const bits = bitsOf(evidence)
  return own.language !== 'unknown' && marginOf(bits).margin >= ownLanguage && bits.latin >= 2 ? own : inPlace
}

/** The parts of a sentence: clauses, and within and around Chinese the runs of Latin words that are more than a name. */
function* clausesOf(reading: Reading, from: number, to: number): Generator<Clause> {
  const hasHan = (at: number) => reading.made[at] === made.han
  let start = from
  let han = false
  for (let at = from; at < to;) {
    let end = at + 1
    if (hasHan(at)) {
      while (end < to && hasHan(end)) end++
      if (!han && wordsIn(reading, start, at) >= latinRun) {
        yield { start, end: at, han: false }
        start = at
      }
      han = true
    } else {
      while (end < to && !hasHan(end) && (reading.gap[end] ?? 0) < gap.dash) end++
      const breaks = at > start && ((reading.gap[at] ?? 0) >= gap.dash || han) && (han ? wordsIn(reading, at, end) >= latinRun : true)
      if (breaks) {
        yield { start, end: at, han }
        start = at
        han = false
      }
    }
    at = end
  }
  if (start < to) yield { start, end: to, han }
}

function wordsIn(reading: Reading, from: number, to: number): number {
  let words = 0
  for (let at = from; at < to; at++) if (reading.made[at] === made.letters) words++
  return words
}

function evidenceOf(reading: Reading, from: number, to: number): Evidence {
  const sum = nothing()
  for (let at = from; at < to; at++) {
    const word = reading.words[at]
    if (word === undefined) sum.han++
    else if (reading.made[at] !== made.letters) continue
    else if (word.foreign) sum.foreign++
    else {
      const [en, es, vi] = word.scores
      addBits(isCapital(reading, at) ? sum.capitals : sum.words, { en, es, vi, latin: 1 })
    }
  }
  return sum
}

function addBits(sum: Bits, { en, es, vi, latin }: Bits) {
  sum.en += en
  sum.es += es
  sum.vi += vi
  sum.latin += latin
}

function addEvidence(sum: Evidence, { words, capitals, han, foreign }: Evidence) {
  addBits(sum.words, words)
  addBits(sum.capitals, capitals)
  sum.han += han
  sum.foreign += foreign
}

/** Capitals among other words are names and codes and only counted; where all are capitals they are words. */
const bitsOf = ({ words, capitals }: Evidence): Bits => (words.latin > 0 ? { ...words, latin: words.latin + capitals.latin } : capitals)

function judge(evidence: Evidence, expected?: Language): Detected {
  const { han, foreign } = evidence
  const { latin } = bitsOf(evidence)
  if (foreign > latin && foreign * 2 > han) return { language: 'unknown', confidence: 0 }
  // Names in Latin letters stand in Chinese texts more often than Chinese in others.
  if (han * 2 > latin) return { language: 'zh', confidence: Math.min(1, 0.5 + han / (han + latin + foreign) / 2) }
  return judgeLatin(evidence, expected)
}

function judgeLatin(evidence: Evidence, expected?: Language): Detected {
  const bits = bitsOf(evidence)
  if (bits.latin === 0 && evidence.han > 0) return { language: 'zh', confidence: 1 }
  if (bits.latin === 0) return { language: expected ?? 'unknown', confidence: expected === undefined ? 0 : 0.5 }
  const { best, margin } = marginOf(bits, expected)
  const confidence = 1 / (1 + 2 ** (-margin / bitsPerDoubling))
  return confidence < leastConfidence ? { language: 'unknown', confidence } : { language: best, confidence }
}

function marginOf(bits: Bits, expected?: Language): { best: 'en' | 'es' | 'vi'; margin: number } {
  const en = bits.en + (expected === 'en' ? expectation : 0)
  const es = bits.es + (expected === 'es' ? expectation : 0)
  const vi = bits.vi + (expected === 'vi' ? expectation : 0)
  if (en >= es && en >= vi) return { best: 'en', margin: en - Math.max(es, vi) }
  return es >= vi ? { best: 'es', margin: es - Math.max(en, vi) } : { best: 'vi', margin: vi - Math.max(en, es) }
}
