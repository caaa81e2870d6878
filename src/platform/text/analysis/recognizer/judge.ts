import type { Language } from '../../../i18n/languages.ts'
import { commonSyllables, commonWords } from '../common-words.ts'
import { shortestCognate } from '../cognate.ts'
import { isInflection, isBent } from '../inflection.ts'
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
  /** Whether the passage has a few words only, as a query has. */
  brief: boolean
  /** Whether the words themselves begin with two capitals. */
  capital: boolean
  /** Whether a Vietnamese word of kind stands before, such as "cây" (plant) or "bệnh" (disease). */
  classified: boolean
  /** Whether a mark or a word without weight follows, or nothing. */
  closed: boolean
}

export type Verdict = { how: How; certainty: number }

const sure: Record<How, number> = { exact: 1, folded: 0.85, stemmed: 0.9, cognate: 0.6 }
const kinds = { preferred: 1, alternative: 0.98, hidden: 0.8 }

/** How far one word is from another, and as what it counts: a bent form is surer than another word of the same stem. */
const near = { exact: 0, folded: 1, bent: 2, derived: 3, cognate: 4, differs: 5 } as const
const counted: readonly How[] = ['exact', 'folded', 'stemmed', 'stemmed', 'cognate']
const derivation = 0.8

/** Whether words of a text are a label, and how certain that is. @returns `undefined` if they are not */
export function judge(entry: Entry, found: readonly Piece[], place: Place): Verdict | undefined {
  let farthest = 0
  let derived = 0
  for (let at = 0; at < found.length; at++) {
    const distance = compare(entry, at, found[at] ?? '', place)
    // Of two words that are both others of their stems, the whole is another thing: "market authorities" is not "marketing authorization".
    if (distance === near.differs || (distance === near.derived && ++derived > 1)) return undefined
    farthest = Math.max(farthest, distance)
  }
  const how = counted[farthest] ?? 'cognate'
  const fitting = fitOf(entry, how, found, place)
  if (fitting === 0) return undefined
  return { how, certainty: Math.round(sure[how] * kinds[entry.label.kind] * fitting * (derived > 0 ? derivation : 1) * 100) / 100 }
}

function compare({ label, pieces, form }: Entry, at: number, found: Piece, place: Place): number {
  const wanted = pieces[at] ?? ''
  if (typeof wanted === 'string' || typeof found === 'string') return wanted === found ? near.exact : near.differs
  if (wanted.kept === found.kept) return near.exact
  if (at > 0 && isLinking(wanted) && isLinking(found)) return near.bent
  if (form === 'short' && at === 0) return near.differs
  if (label.language === 'vi' && wanted.base !== '') return compareSyllables(wanted, found, place)
  if (wanted.folded === found.folded) return found.marked && place.language === 'vi' ? near.differs : near.folded
  if (label.language === 'vi' || label.language === 'zh')
    return wanted.en === found.en && isInflection('en', wanted.folded, found.folded) ? near.bent : near.differs
  return compareStems(label.language, wanted, found, { alone: pieces.length === 1, mixed: label.language !== place.language })
}

/** Tones tell words apart, so a syllable without one stands for another only where nobody set any. */
function compareSyllables(wanted: Word, found: Word, place: Place): number {
  if (wanted.toned === found.toned) return near.exact
  return wanted.base === found.base && !found.marked && place.unaccented ? near.folded : near.differs
}

/** Among others a stem is enough; alone, a word has to be the same one. */
function compareStems(language: 'en' | 'es', wanted: Word, found: Word, { alone, mixed }: { alone: boolean; mixed: boolean }): number {
  if (wanted[language] === found[language] && wanted[language].length > 2) {
    if (isInflection(language, wanted.folded, found.folded)) return near.bent
    if (!alone) return isBent(language, wanted.folded, found.folded) ? near.bent : near.derived
  }
  const shortest = alone ? shortestAlone : shortestCognate
  const isCognate = mixed && Math.min(wanted.folded.length, found.folded.length) >= shortest && wanted.cognate !== '' && wanted.cognate === found.cognate
  return isCognate ? near.cognate : near.differs
}

/** A word alone is a cognate by chance more often. */
const shortestAlone = 8

/** What the place takes from the certainty: 1 nothing, 0 all. */
function fitOf(entry: Entry, how: How, found: readonly Piece[], place: Place): number {
  if (entry.form === 'turned' && !place.closed) return 0
  const turned = entry.form === 'plain' ? 1 : 0.9
  if (entry.capitals) return turned * capitalsFit(found[0], how, place)
  return turned * lengthFit(entry, how, place) * languageFit(entry, how, found, place)
}

/** A short word of capitals is meant where it is written so; in small letters only where no language has such a word. */
function capitalsFit(found: Piece | undefined, how: How, place: Place): number {
  if (typeof found !== 'object' || how === 'cognate') return 0
  if (place.capital && !place.shouted) return 0.95
  const isWord = commonWords.has(found.folded) || (found.base !== '' && place.language === 'vi') || found.folded.length < 3 || how !== 'exact'
  if (isWord || (!place.brief && /[aeiou]/.test(found.folded))) return 0
  return 0.85
}

function lengthFit({ label, pieces }: Entry, how: How, place: Place): number {
  if (pieces.length > 1) return 1
  if (label.language === 'zh') return typeof pieces[0] === 'string' ? 0.45 : 1
  if (label.language !== 'vi' || typeof pieces[0] !== 'object' || pieces[0].base === '') return 1
  if (how !== 'exact') return 0
  if (!pieces[0].marked && (place.language !== 'vi' || place.unaccented)) return 0
  return place.classified ? 0.85 : commonSyllables.has(pieces[0].kept) ? 0.4 : pieces[0].marked ? 0.85 : 0.7
}

/** A label of one language in a passage of another: people mix, but short words mean other things. */
function languageFit({ label, pieces, neutral }: Entry, how: How, found: readonly Piece[], place: Place): number {
  const words = found.filter((piece) => typeof piece === 'object')
  if (label.language === 'vi' && how === 'folded') return unaccentedFit(words.length, place)
  if (how === 'cognate' && neutral) return 0
  if (label.language === place.language || neutral || words.length === 0) return 1
  if (label.language === 'zh') return pieces.length > words.length ? 1 : 0.9
  const letters = words.reduce((sum, { folded }) => sum + folded.length, 0)
  if (label.language === 'vi') return abroad(words, letters, place)
  if (place.language === 'vi' && words.every(({ base }) => base !== '')) return 0
  if (place.language === 'unknown') return 0.95
  return letters >= (how === 'stemmed' ? 6 : 5) ? 0.9 : 0
}

/** A Vietnamese label elsewhere: by its marks, or by words that Vietnamese has borrowed. */
function abroad(words: readonly Word[], letters: number, place: Place): number {
  if (words.some(({ marked }) => marked)) return 0.95
  if (letters >= 5 && words.every(({ base }) => base === '')) return 0.85
  return place.language === 'unknown' && words.length > 1 ? 0.8 : 0
}

function unaccentedFit(syllables: number, place: Place): number {
  if (place.language === 'vi') return syllables > 1 ? 0.8 : 0
  return place.language === 'unknown' ? Number(syllables > 1) * 0.7 : Number(syllables > 2) * 0.6
}
