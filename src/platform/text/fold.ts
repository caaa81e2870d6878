// Letters that Unicode does not take apart into a base letter and a mark, as a reader without that keyboard types them.
const letters: Record<string, string> = { đ: 'd', ð: 'd', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ı: 'i' }
const letterPattern = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')

// Nothing to take apart; most texts are such, and a record is large.
const plain = /^[\x20-\x7e]*$/

/**
 * Folds a text so that two ways of typing it become equal: full width and half width, case, accents, `đ` and `d`, kinds of apostrophe and hyphen.
 * Works on any script; Han characters stay as they are.
 *
 * @example fold('Điện Biên Phủ') // 'dien bien phu'
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase().replaceAll('`', "'")
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(letterPattern, (letter) => letters[letter] ?? letter)
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
}

/** A folded text without anything but letters and digits, single spaces between words: for sorting and for telling whether two names are the same. */
export function foldKey(text: string): string {
  return fold(text)
    .replace(/'/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What a list sorts a text by: as many characters of its `foldKey` as decide, since an index takes no row above a third of a page. */
export function sortKey(text: string): string {
  return Array.from(foldKey(text)).slice(0, 200).join('')
}
