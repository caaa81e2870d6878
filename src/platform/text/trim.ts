/**
 * A text without any of some characters at its end. A pattern such as `/-+$/` does the same, but takes time by the square of the text's length.
 *
 * @param characters each a single code unit
 * @example withoutEnd('a--', '-') // 'a'
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** A text without any of some characters at either end. @example withoutEnds('-a--', '-') // 'a' */
export function withoutEnds(text: string, characters: string): string {
  const short = withoutEnd(text, characters)
  let start = 0
  while (start < short.length && characters.includes(short.charAt(start))) start++
  return short.slice(start)
}
