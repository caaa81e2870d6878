import { groups, marks } from './letter-groups.ts'

/** How much the letters of a word speak for English, Spanish and Vietnamese, in bits. */
export type Scores = readonly [en: number, es: number, vi: number]

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** One character a score: quarters of a bit, from -8 to 7.75. */
const read = (written: string): Scores => {
  const at = (index: number) => (alphabet.indexOf(written[index] ?? '') - 32) / 4
  return [at(0), at(1), at(2)]
}

const table = (written: string, size: number) =>
  new Map(
    Array.from({ length: written.length / (size + 3) }, (_, at) => {
      const from = at * (size + 3)
      return [written.slice(from, from + size), read(written.slice(from + size, from + size + 3))] as const
    }),
  )

let tables: { groups: Map<string, Scores>; marks: Map<string, Scores> } | undefined

/** @param kept in lower case with accents @param folded the same without them */
export function letterScores(kept: string, folded: string): Scores {
  tables ??= { groups: table(groups, 3), marks: table(marks, 1) }
  const sum: [number, number, number] = [0, 0, 0]
  const add = (scores: Scores | undefined) => {
    if (scores !== undefined) for (let at = 0; at < 3; at++) sum[at] = (sum[at] ?? 0) + (scores[at] ?? 0)
  }
  const word = `_${folded}_`
  for (let at = 0; at + 3 <= word.length; at++) add(tables.groups.get(word.slice(at, at + 3)))
  if (kept !== folded) for (const letter of kept) add(tables.marks.get(letter))
  return sum
}
