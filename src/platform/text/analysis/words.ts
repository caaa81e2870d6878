import { stemmer as spanishStem } from '@orama/stemmers/spanish'
import { stem as englishStem } from 'porter2'
import { fold } from '../fold.ts'
import { cognateKey } from './cognate.ts'
import { letterScores, type Scores } from './letters.ts'
import { Recent } from './recent.ts'
import { stopsIn } from './stop-words.ts'
import { baseOf, isSyllable, toned } from './syllable.ts'

/** A word, in all the forms in which it may be looked for; made once for each way of writing it. */
export type Word = {
  /** In lower case, accents kept, one way of writing each letter (NFKC). */
  kept: string
  folded: string
  en: string
  es: string
  cognate: string
  /** What all tones of a Vietnamese syllable share, and the syllable with its tone; both empty for what has no such form. */
  base: string
  toned: string
  /** Whether it has a letter outside of ASCII. */
  marked: boolean
  /** Whether it is written in another script than Latin. */
  foreign: boolean
  scores: Scores
  /** Whether it says nothing of what a text is about. */
  stop: { european: boolean; vietnamese: boolean }
}

/** What nobody sees inside of words. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu
const apostrophes = /['\u2018\u2019\u02bc`´]/g
const ascii = /^[\x21-\x7e]*$/
const plain = /^[a-z]+$/
const latin = /\p{Script=Latin}/u
const letter = /\p{L}/u

/** A longer run of letters is no word of a language; its beginning stands for it. */
export const longestWord = 100

/** Of what somebody typed without accents, those that the Spanish endings need. */
const accented = (word: string) => word.replace(/([cs])ion$/, '$1ión').replace(/logia(s?)$/, 'logía$1')

/** The stemmer leaves "enfermed" of "enfermedad" and "enfermedad" of "enfermedades": what it leaves is stemmed again until nothing more comes off. */
function spanishRoot(word: string): string {
  const stem = spanishStem(word)
  return stem === word ? stem : spanishRoot(stem)
}

function make(raw: string): Word {
  const isAscii = ascii.test(raw)
  const kept = (isAscii ? raw : raw.normalize('NFKC').replace(unseen, '')).toLowerCase().normalize('NFC').replace(apostrophes, "'")
  const folded = fold(kept).replace(/'s$/, '').replaceAll("'", '')
  const marked = !ascii.test(kept)
  const syllable = isSyllable(folded)
  return {
    kept,
    folded,
    en: plain.test(folded) ? englishStem(folded) : folded,
    es: fold(spanishRoot(marked ? kept : accented(folded))),
    cognate: cognateKey(folded),
    base: syllable ? baseOf(folded) : '',
    toned: syllable ? toned(kept) : '',
    marked,
    foreign: marked && !latin.test(kept) && letter.test(kept),
    scores: letterScores(kept, folded),
    stop: stopsIn(kept),
  }
}

const words = new Recent<string, Word>(50_000)

/**
 * The forms of a word as it stands in a text. Kept for the words that were met last: at most fifty thousand ways of writing.
 *
 * @param raw letters or digits alone, from `scan`
 */
export function wordOf(raw: string): Word {
  const cut = raw.length > longestWord ? raw.slice(0, longestWord) : raw
  const known = words.get(cut)
  if (known !== undefined) return known
  // A part of a string holds on to all of it: only a copy is kept, or else a text would be for one of its words.
  const copy = ` ${cut}`.slice(1)
  const word = make(copy)
  words.set(copy, word)
  return word
}

/** Lets go of all words kept, for measurements. */
export const forgetWords = (): void => words.clear()
