import { fold } from './fold.ts'

const han = /\p{Script=Han}/u
const runs = /\p{Script=Han}+|[\p{L}\p{N}]+/gu

// Words that say nothing about what is meant; a query made of nothing else keeps them.
const silent = new Set('a an and at by for from in of on or the to with de del el la las los en para por y e con u van va cua cho tai ve cac nhung'.split(' '))

/** What names are compared by: their folded words. Those of Han script are single characters and pairs, since the script sets no spaces between words. */
export function terms(text: string): string[] {
  return words(text).flatMap((word) => (han.test(word) ? [...hanSingles(word), ...hanPairs(word)] : [word]))
}

/** Whether a folded word says nothing of what is meant, also where its accents were left out. */
export const isSilent = (folded: string): boolean => silent.has(folded)

/** The words of what somebody typed that a search looks for, in their order: without those that say nothing, unless there are no others. */
export function queryWords(typed: string): string[] {
  const all = words(typed).slice(0, 32)
  const telling = all.filter((word) => !silent.has(word))
  return telling.length > 0 ? telling : all
}

/** PostgreSQL takes terms of two thousand bytes at most; what is longer is found by its beginning. */
const longestWord = 200

/** The folded words of a text, in their order; a run of Han characters is one. */
export function words(text: string): string[] {
  const found = fold(text).replace(/'/g, '').match(runs) ?? []
  return found.map((word) => (word.length > longestWord && !han.test(word) ? Array.from(word).slice(0, longestWord).join('') : word))
}

const hanSingles = (run: string) => Array.from(run)

function hanPairs(run: string): string[] {
  const characters = Array.from(run)
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
