// The shape of a Vietnamese syllable without its marks: an onset, one to three vowels, an ending.
const shape = /^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g
const markOrder = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']

/** Whether a folded word has the form of a Vietnamese syllable; many English and Spanish ones have. @example isSyllable('khang') // true */
export const isSyllable = (folded: string): boolean => folded.length <= 7 && shape.test(folded)

const finalY = /^([hklmst]|qu)?y$/

/** The base that all tones of a syllable share, `y` and `i` made equal where both are written. @param folded of the form of a syllable */
export const baseOf = (folded: string): string => folded.replace(finalY, '$1i')

/**
 * A syllable with its tone at the end, so that the two places where people set it are one, as are `kỹ` and `kĩ`.
 *
 * @param kept in lower case, with marks
 * @example toned('hoá') === toned('hóa') // 'hoa2'
 */
export function toned(kept: string): string {
  let tone = 0
  const letters = kept.normalize('NFD').replace(tones, (mark) => {
    tone = markOrder.indexOf(mark) + 1
    return ''
  })
  const base = letters.normalize('NFC').replace(finalY, '$1i')
  return tone === 0 ? base : `${base}${tone}`
}
