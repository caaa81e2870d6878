// Marks without a look of their own. Some mean something where they stand; the others come along when text is pasted.
const unseen = /\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]/gu
const joiner = /[\u200c\u200d]/
const joined =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u
const varied = /[\p{Extended_Pictographic}0-9#*\p{scx=Mong}\p{Script=Han}]/u

function hasMeaning(mark: string, at: number, text: string): boolean {
  const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? ''
  if (joiner.test(mark)) return joined.test(before)
  return /[\u180b-\u180d]|[\ufe0e-\ufe0f]|[\u{e0100}-\u{e01ef}]/u.test(mark) && varied.test(before)
}

/**
 * Text as it is kept, from however it was typed or pasted: letters and their marks in the one form that means the same everywhere (NFC), and without marks that
 * nobody sees and that say nothing where they stand. What can be seen stays as it is.
 */
export const cleaned = (text: string): string =>
  text.replace(unseen, (mark, at: number, whole: string) => (hasMeaning(mark, at, whole) ? mark : '')).normalize('NFC')

/** As `cleaned`, on one line. */
export const cleanedLine = (text: string): string => cleaned(text).replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')

// What turns the reading direction, fills without being seen, is no letter of anybody, or half of one: none of it is typed.
const hidden = /[\p{Bidi_Control}\p{Cs}\p{Co}\p{Cn}\u{e0000}-\u{e007f}\u115f\u1160\u3164\uffa0\u2800\ufff9-\ufffb]/u
const control = /\p{Cc}/u
const controlOfLines = /[^\P{Cc}\t\n\r]/u

/** The first character of a text that cannot be seen and might deceive, as `U+202E`. @param lines whether the text may have several */
export function hiddenIn(text: string, lines: boolean): string | undefined {
  const found = hidden.exec(text)?.[0] ?? (lines ? controlOfLines : control).exec(text)?.[0]
  return found === undefined ? undefined : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** A text without what cannot be seen and might deceive: for what is only looked for, where nothing is gained by refusing it. */
export const withoutHidden = (text: string): string =>
  Array.from(text)
    .filter((character) => hiddenIn(character, false) === undefined)
    .join('')

const marks = /[\p{Mn}\p{Me}]{2,}/gu

/**
 * Whether a text piles up marks on its letters: more than four, or the same twice.
 * Source: Unicode Technical Standard 39, 5.4, "Optional detection".
 */
export const isPiledUp = (text: string): boolean =>
  (text.normalize('NFD').match(marks) ?? []).map((run) => Array.from(run)).some((run) => run.length > 4 || run.some((mark, at) => mark === run[at - 1]))

const words = /[\p{L}\p{M}]+/gu
const shared = '\\p{scx=Zyyy}\\p{scx=Zinh}'
/** Scripts that are written together in one word: those of China, Japan and Korea with Latin. */
const together = [
  ['Latn', 'Hani', 'Bopo'],
  ['Latn', 'Hani', 'Hira', 'Kana'],
  ['Latn', 'Hani', 'Hang'],
  ['Cyrl'],
  ['Grek'],
  ['Armn'],
  ['Geor'],
  ['Hebr'],
  ['Arab'],
]
const fits = together.map((scripts) => new RegExp(`^[${shared}${scripts.map((script) => `\\p{scx=${script}}`).join('')}]+$`, 'u'))
const likeLatin = /[\p{scx=Latn}\p{scx=Cyrl}\p{scx=Grek}\p{scx=Armn}]/u

/**
 * The first word that mixes letters of scripts which are not written together, such as Cyrillic among Latin: "Вiotech".
 * Source: Unicode Technical Standard 39, 5.2, "Restriction-level detection", its level "highly restrictive", asked of each word alone, since a name may well
 * have words of two scripts.
 */
export const mixedWord = (name: string): string | undefined =>
  (name.match(words) ?? []).find((word) => likeLatin.test(word) && !fits.some((fit) => fit.test(word)))

/** Letters of other fonts that Unicode has for formulas, as plain letters. */
export const plainLetters = (name: string): string =>
  name.replace(/[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\u24b6-\u24e9\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2139]/gu, (letter) =>
    letter.normalize('NFKC'),
  )
