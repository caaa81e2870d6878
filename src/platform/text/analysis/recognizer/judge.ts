import type { Language } from '../../../i18n/languages.ts'
import { commonWords } from '../common-words.ts'
import { shortestCognate } from '../cognate.ts'
import { isInflection } from '../inflection.ts'
import type { Word } from '../words.ts'
import { isLinking, type Entry, type Piece } from './labels.ts'

/** In what way words are those of a label, the surest first. */
export const hows = ['exact', 'folded', 'stemmed', 'cognate'] as const
export type How = (typeof hows)[number]

/** Where a piece of text stands that may be a label. */
export type Place = {
  language: Language | 'unknown'
  /** Whether no letter of the passage has a mark. */
  unaccented: boolean
  /** Whether all words of the passage are in capitals. */
  shouted: boolean
  /** Whether the words themselves are in capitals. */
  capital: boolean
  /** Whether a mark or a word without weight follows, or nothing. */
  closed: boolean
}

export type Verdict = { how: How; certainty: number }

const sure: Record<How, number> = { exact: 1, folded: 0.85, stemmed: 0.9, cognate: 0.6 }
const kinds = { preferred: 1, alternative: 0.98, hidden: 0.8 }

/** Whether words of a text are a label, and how certain that is. @returns `undefined` if they are not */
export function judge(entry: Entry, found: readonly Piece[], place: Place): Verdict | undefined {
  let rank = 0
  for (let at = 0; at < found.length; at++) {
    const next = compare(entry, at, found[at] ?? '', place)
    if (next < 0) return undefined
    rank = Math.max(rank, next)
  }
  const how = hows[rank] ?? 'cognate'
  const fitting = fitOf(entry, how, found, place)
  if (fitting === 0) return undefined
  return { how, certainty: Math.round(sure[how] * kinds[entry.label.kind] * fitting * 100) / 100 }
}

const differs = -1

/** The place among `hows` of one piece, -1 if it is another word. */
function compare({ label, pieces, form }: Entry, at: number, found: Piece, place: Place): number {
  const wanted = pieces[at] ?? ''
  if (typeof wanted === 'string' || typeof found === 'string') return wanted === found ? 0 : differs
  if (wanted.kept === found.kept) return 0
  if (at > 0 && isLinking(wanted) && isLinking(found)) return 2
  if (form === 'short' && at === 0) return differs
  if (label.language === 'vi' && wanted.base !== '') return compareSyllables(wanted, found, place)
  if (wanted.folded === found.folded) return found.marked && place.language === 'vi' ? differs : 1
  if (label.language === 'vi' || label.language === 'zh') return wanted.en === found.en && isInflection('en', wanted.folded, found.folded) ? 2 : differs
  return compareStems(label.language, wanted, found, { alone: pieces.length === 1, mixed: label.language !== place.language })
}

/** Tones tell words apart, so a syllable without one stands for another only where nobody set any. */
function compareSyllables(wanted: Word, found: Word, place: Place): number {
  if (wanted.toned === found.toned) return 0
  return wanted.base === found.base && !found.marked && place.unaccented ? 1 : differs
}

/** Among others a stem is enough; alone, a word has to be the same one. */
function compareStems(language: 'en' | 'es', wanted: Word, found: Word, { alone, mixed }: { alone: boolean; mixed: boolean }): number {
  if (wanted[language] === found[language] && wanted[language].length > 2 && (!alone || isInflection(language, wanted.folded, found.folded))) return 2
  const isCognate = mixed && wanted.folded.length >= shortestCognate && wanted.cognate !== '' && wanted.cognate === found.cognate
  return isCognate ? 3 : differs
}

/** What the place takes from the certainty: 1 nothing, 0 all. */
function fitOf(entry: Entry, how: How, found: readonly Piece[], place: Place): number {
  if (entry.form === 'turned' && !place.closed) return 0
  const turned = entry.form === 'plain' ? 1 : 0.9
  if (entry.capitals) return turned * capitalsFit(found[0], place)
  return turned * lengthFit(entry, how, place) * languageFit(entry, how, found, place)
}

/** A short word of capitals is meant where it is written so; in small letters only where no language has such a word. */
function capitalsFit(found: Piece | undefined, place: Place): number {
  if (typeof found !== 'object') return 0
  const isWord = commonWords.has(found.folded) || (found.base !== '' && place.language === 'vi') || found.folded.length < 3
  if (place.capital && !place.shouted) return 0.95
  return isWord ? 0 : 0.85
}

function lengthFit({ label, pieces }: Entry, how: How, place: Place): number {
  if (pieces.length > 1) return 1
  if (label.language === 'zh') return typeof pieces[0] === 'string' ? 0.5 : 1
  if (label.language !== 'vi' || typeof pieces[0] !== 'object' || pieces[0].base === '') return 1
  if (how !== 'exact') return 0
  return pieces[0].marked ? 0.85 : Number(place.language === 'vi' && !place.unaccented) * 0.7
}

/** A label of one language in a passage of another: people mix, but short words mean other things. */
function languageFit({ label, pieces, neutral }: Entry, how: How, found: readonly Piece[], place: Place): number {
  const words = found.filter((piece) => typeof piece === 'object')
  if (label.language === 'vi' && how === 'folded') return unaccentedFit(words.length, place)
  if (how === 'cognate' && neutral) return 0
  if (label.language === place.language || neutral || words.length === 0) return 1
  if (label.language === 'zh') return pieces.length > words.length ? 1 : 0.9
  if (label.language === 'vi') return words.some(({ marked }) => marked) ? 0.95 : Number(place.language === 'unknown' && words.length > 1) * 0.8
  const letters = words.reduce((sum, { folded }) => sum + folded.length, 0)
  if (place.language === 'vi' && words.every(({ base }) => base !== '')) return 0
  if (place.language === 'unknown') return 0.95
  return letters >= (how === 'stemmed' ? 6 : 5) ? 0.9 : 0
}

function unaccentedFit(syllables: number, place: Place): number {
  if (place.language === 'vi') return syllables > 1 ? 0.8 : 0
  return place.language === 'unknown' ? Number(syllables > 1) * 0.7 : Number(syllables > 2) * 0.6
}
