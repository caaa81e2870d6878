import type { Language } from '../../../i18n/languages.ts'
import { cognateKey } from '../cognate.ts'
import { characterAt, read, rawOf, type Reading } from '../read.ts'
import { gap, made } from '../scan.ts'
import { wordOf, type Word } from '../words.ts'

/** A name of a concept in one language; hidden ones are found and never shown. */
export type Label = { concept: string; language: Language; text: string; kind: 'preferred' | 'alternative' | 'hidden' }

/** One token of a label or of a text: a word, or a Han character. */
export type Piece = Word | string

/** In what way the pieces are the label: as they stand, in another order, with a genus cut to its letter. */
export type Form = 'plain' | 'turned' | 'short'

/** A way in which a label may be met. */
export type Entry = {
  label: Label
  pieces: readonly Piece[]
  form: Form
  /** Whether several languages write it so: Latin names and international abbreviations. */
  neutral: boolean
  /** Whether it is a word of capitals that in small letters may be another one. */
  capitals: boolean
}

const linking = new Set(['of', 'for', 'against', 'de', 'del', 'contra', 'para'])
// What in Vietnamese stands before the name of a thing and says of which kind it is.
const classifiers = new Set(
  'cây con cá quả trái hạt củ hoa lá rau nấm bệnh giống loài nuôi trồng thịt vắc-xin xin thuốc chống vi-rút virus khuẩn dịch mắc nhiễm'.split(' '),
)
const articles = new Set(['the', 'a', 'an', 'el', 'la', 'los', 'las', 'un', 'una'])

/** Whether a word only says that two others belong together. */
export const isLinking = (word: Piece): boolean => typeof word !== 'string' && linking.has(word.folded)

/** Whether a word may be left out after one that links. */
export const isArticle = (word: Piece | undefined): boolean => typeof word === 'object' && articles.has(word.folded)

/** Whether a Vietnamese word says of which kind the next one is. */
export const isClassifier = (word: Piece | undefined): boolean => typeof word === 'object' && classifiers.has(word.kept)

/** Under what a label is entered, or a word of a text looked for, in the tree. */
export const keyOf = {
  han: (character: string) => `h${character}`,
  stem: (stem: string) => `s${stem}`,
  cognate: (key: string) => `c${key}`,
  syllable: (base: string) => `v${base}`,
  letter: (letter: string) => `a${letter}`,
  linking: 'p',
}

const languagesWithStems = new Set<Language>(['en', 'es'])

/** The sequence of keys under which a way of writing a label is entered. */
export function keysOf({ label, pieces, form }: Entry, asCognate: boolean): string[] {
  return pieces.map((piece, at) => {
    if (typeof piece === 'string') return keyOf.han(piece)
    if (form === 'short' && at === 0) return keyOf.letter(piece.kept)
    if (at > 0 && languagesWithStems.has(label.language) && isLinking(piece)) return keyOf.linking
    if (label.language === 'vi' && piece.base !== '') return keyOf.syllable(piece.base)
    if (asCognate && piece.cognate !== '') return keyOf.cognate(piece.cognate)
    return keyOf.stem(label.language === 'es' ? piece.es : piece.en)
  })
}

/** All ways in which a label may be met: as it stands, with its hyphens closed up, turned around its linking word, its genus cut short. */
export function entriesOf(label: Label, neutral: boolean): Entry[] {
  const reading = read(label.text, longestLabel)
  const pieces = withoutArticles(piecesOf(reading))
  if (pieces.length === 0 || pieces.length > mostPieces) return []
  const base = { label, neutral: neutral || isCode(label.text), capitals: /^[A-Z]{1,6}$/.test(label.text.trim()) }
  const entries: Entry[] = [{ ...base, pieces, form: 'plain' }]
  const closed = closedUp(reading)
  if (closed !== undefined) entries.push({ ...base, pieces: closed, form: 'plain' })
  for (const turned of turnedAround(label.language, pieces)) entries.push({ ...base, pieces: turned, form: 'turned' })
  if (isLatinName(label.text, neutral))
    entries.push({ ...base, neutral: true, pieces: [wordOf(label.text.trim()[0]?.toLowerCase() ?? ''), ...pieces.slice(1)], form: 'short' })
  return entries
}

/** Whether an English or Spanish label may be met in the other language's spelling. */
export const hasCognates = ({ label, pieces, form }: Entry): boolean =>
  languagesWithStems.has(label.language) && form === 'plain' && pieces.some((piece) => typeof piece !== 'string' && cognateKey(piece.folded) !== '')

const longestLabel = 300
const mostPieces = 16

const piecesOf = (reading: Reading): Piece[] => Array.from({ length: reading.count }, (_, at) => reading.words[at] ?? characterAt(reading, at))

const withoutArticles = (pieces: readonly Piece[]) => pieces.filter((piece, at) => !(at > 0 && isArticle(piece) && isLinking(pieces[at - 1] ?? '')))

const isCode = (text: string) => /^[A-Z0-9]+([- ][A-Z0-9]+)*$/.test(text.trim())

/** The pieces with those parted by a hyphen made one, so that "vắc-xin" is met as "vắcxin" too. */
function closedUp(reading: Reading): Piece[] | undefined {
  const pieces: Piece[] = []
  let found = false
  for (let at = 0; at < reading.count; at++) {
    const isClosed = at > 0 && reading.gap[at] === gap.hyphen && reading.made[at] === made.letters && reading.made[at - 1] === made.letters
    const last = pieces.at(-1)
    if (isClosed && typeof last === 'object') {
      pieces[pieces.length - 1] = wordOf(last.kept + rawOf(reading, at))
      found = true
    } else pieces.push(reading.words[at] ?? characterAt(reading, at))
  }
  return found ? pieces : undefined
}

/** "Y X" as "X of Y", and back; for English alone, since a Spanish noun seldom stands before the one it belongs to. */
function turnedAround(language: Language, pieces: readonly Piece[]): Piece[][] {
  const words = pieces.filter((piece) => typeof piece === 'object' && piece.folded.length > 2 && /^[a-z]+$/.test(piece.folded))
  if (language !== 'en' || pieces.length < 2 || pieces.length > 4) return []
  const link = pieces.findIndex(isLinking)
  if (link > 0) return link === 1 && pieces.length > 2 ? [[...pieces.slice(2), ...pieces.slice(0, 1)]] : []
  const last = pieces.at(-1)
  return words.length < pieces.length - 1 || last === undefined ? [] : [[last, wordOf('of'), ...pieces.slice(0, -1)]]
}

const latinFirst = /^[A-Z][a-z]{2,}(?:us|um|a|is|es|er|ys|on|ix|ma)$/
const latinSecond = /^[a-z]{2,}(?:us|um|a|is|ae|i|e|ens|ans|x|or|er)$/

/** A Latin name of a species: a genus with a capital and one or two words without; several languages have it alike, or its endings are Latin. */
function isLatinName(text: string, neutral: boolean): boolean {
  const [genus = '', species = '', ...more] = text.trim().split(' ')
  if (!/^[A-Z][a-z]{2,}$/.test(genus) || !/^[a-z-]{3,}$/.test(species) || more.length > 2 || more.some((word) => !/^[a-z-]+$/.test(word))) return false
  return neutral || (latinFirst.test(genus) && latinSecond.test(species))
}
