import { fold } from './fold.ts'

const han = /\p{Script=Han}/u
const runs = /\p{Script=Han}+|[\p{L}\p{N}]+/gu

// Words that say nothing about what is meant; a query made of nothing else keeps them.
const silent = new Set('a an and at by for from in of on or the to with de del el la las los en para por y e con u van va cua cho tai ve cac nhung'.split(' '))

/** What one word of a text becomes in the index. Terms of Han script are single characters and pairs, since the script sets no spaces between words. */
export function terms(text: string): string[] {
  return words(text).flatMap((word) => (han.test(word) ? [...hanSingles(word), ...hanPairs(word)] : [word]))
}

/** The words of what somebody typed that a search looks for, in their order: without those that say nothing, unless there are no others. */
export function queryWords(typed: string): string[] {
  const all = words(typed).slice(0, 32)
  const telling = all.filter((word) => !silent.has(word))
  return telling.length > 0 ? telling : all
}

/**
 * A PostgreSQL tsquery that finds texts with all words of what somebody typed, the last one perhaps unfinished.
 *
 * @param near other spellings of a word, each as good as the word itself
 * @returns the query, or `undefined` when nothing that can be looked for was typed
 * @example tsQuery('kháng thể') // "'khang' & 'the':*"
 */
export function tsQuery(typed: string, near?: ReadonlyMap<string, readonly string[]>): string | undefined {
  const kept = queryWords(typed)
  if (kept.length === 0) return undefined
  return kept
    .flatMap((word, index) => {
      const spellings = near?.get(word) ?? []
      const parts = queryOf(word, index === kept.length - 1)
      return spellings.length === 0 ? parts : `(${[...parts, ...spellings.map((spelling) => `'${spelling}'`)].join(' | ')})`
    })
    .join(' & ')
}

/** `'word':1A` for each term: the text form of a weighted tsvector. @param weight A counts most, D least */
export function weighted(list: Iterable<string>, weight: 'A' | 'B' | 'C' | 'D'): string {
  return [...new Set(list)].map((term) => `'${term}':1${weight}`).join(' ')
}

function queryOf(word: string, isLast: boolean): string[] {
  if (han.test(word)) return Array.from(word).length === 1 ? [`'${word}'`] : hanPairs(word).map((pair) => `'${pair}'`)
  return [`'${word}'${isLast && word.length > 1 ? ':*' : ''}`]
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
