import unhomoglyph from 'unhomoglyph'
import { foldKey } from './fold.ts'

/**
 * What a name looks like, small and in capitals, whichever letters make it so: two names that share one of these can be taken for each other.
 * Source: Unicode Technical Standard 39, section 4, "Confusable detection", its skeletons, taken of folded names.
 *
 * @example looksOf('СІМ')[1] === looksOf('CIM')[1] // the first in Cyrillic letters
 */
export function looksOf(name: string): string[] {
  const folded = foldKey(name)
  // A nought looks like a capital; among small letters it is meant to be a small one.
  const drawn = [unhomoglyph(folded).toLowerCase(), unhomoglyph(folded.toUpperCase())]
  const looks = drawn.map((text) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim())
  return [...new Set(looks)].filter((look) => look !== '')
}

/** Whether a name looks like another and is another. */
export function isLookalike(name: string, other: string): boolean {
  if (foldKey(name) === foldKey(other)) return false
  const looks = looksOf(other)
  return looksOf(name).some((look) => looks.includes(look))
}
