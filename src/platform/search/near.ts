import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import { queryWords, words } from '../text/terms.ts'
import type { Concepts } from './concepts.ts'
import { readQuestion, type Question } from './question.ts'

// Shorter words are near to too many, longer ones are no words; Han has no letters to mistype, numbers no near ones that mean the same.
const spelled = /^(?!\p{N}+$)[^\p{Script=Han}]{4,40}$/u

/** At most so many spellings take the place of one word. */
const mostNear = 5

/** A word of names, as the index of spellings keeps it. */
export type Spelling = { space_id: string; word: string; near: string[] }

/** The spellings of the words in names, each once. */
export function spellingsOf(named: readonly { spaceId: string; names: readonly string[] }[]): Spelling[] {
  const found = new Map<string, Spelling>()
  for (const { spaceId, names } of named) {
    for (const word of names.flatMap(words)) {
      const key = `${spaceId} ${word}`
      if (spelled.test(word) && !found.has(key)) found.set(key, { space_id: spaceId, word, near: nearKeys(word) })
    }
  }
  return [...found.values()]
}

/** Keeps spellings, in the transaction that writes the names. Those of names that are gone stay: they lead to nothing, and a search says so. In one order, so that two transactions never wait for each other. */
export async function writeSpellings(db: WriteScope, part: readonly Spelling[]): Promise<void> {
  await sql`insert into app.search_spelling (space_id, word, near)
    select space_id, word, near from json_to_recordset(${JSON.stringify(part)}::json) as r (space_id uuid, word text, near text[])
    order by space_id, word on conflict do nothing`.execute(db)
}

/** What is left of a word without each of its letters, if others may be one slip away from it. */
export const keysNear = (word: string): string[] => (spelled.test(word) ? nearKeys(word) : [])

/**
 * How the words of what somebody typed are spelled in names, where they differ by one slip: a letter too many, too few, wrong, or two in the wrong order.
 * Nothing for a word that some name has.
 */
export async function nearWords(db: Scope, typed: string): Promise<Map<string, string[]>> {
  const asked = [...new Set(queryWords(typed))].filter((word) => spelled.test(word))
  if (asked.length === 0) return new Map()
  const keys = asked.flatMap((word) => nearKeys(word).map((near) => ({ word, near })))
  const { rows } = await sql<{ asked: string; word: string }>`select asked, word from app.near_words(${JSON.stringify(keys)}::json)`.execute(db)
  const near = asked.map((word): [string, string[]] => {
    const candidates = rows.filter((row) => row.asked === word).map((row) => row.word)
    const slips = candidates.map((candidate) => ({ candidate, slips: slipsBetween(word, candidate) })).filter(({ slips: n }) => n <= 1)
    const best = slips.toSorted((a, b) => Number(b.candidate[0] === word[0]) - Number(a.candidate[0] === word[0]) || (a.candidate < b.candidate ? -1 : 1))
    return [word, slips.some(({ slips: n }) => n === 0) ? [] : best.slice(0, mostNear).map(({ candidate }) => candidate)]
  })
  return new Map(near.filter(([, spellings]) => spellings.length > 0))
}

/**
 * Reads what somebody typed with the best of the other spellings in the place of mistyped words, so that concepts are recognized in it; the word itself and the rest are
 * as good. For what has all of it: a word that no name has may stand in texts as it was typed.
 */
export function readMended(typed: string, concepts: Concepts | undefined, near: ReadonlyMap<string, readonly string[]>): Question | undefined {
  const mended = typed.replace(/[\p{L}\p{N}\p{M}'\u2019]+/gu, (word) => near.get(words(word)[0] ?? '')?.[0] ?? word)
  return readQuestion(mended, concepts, new Map([...near].map(([word, [first = '', ...others]]) => [first, [word, ...others]])))
}

/**
 * A word and what is left of it without each of its letters: two words that are one slip apart share one of these.
 * Source: the symmetric delete algorithm, W. Garbe, SymSpell (2012).
 */
export function nearKeys(word: string): string[] {
  const letters = Array.from(word)
  return [...new Set([word, ...letters.map((_, at) => letters.toSpliced(at, 1).join(''))])]
}

/**
 * How many slips lie between two words: letters added, left out, replaced, or two neighbours in the wrong order.
 * Source: optimal string alignment distance, L. Boytsov, "Indexing methods for approximate dictionary searching" (2011), section 2.2.
 */
export function slipsBetween(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)]
  let [before, last] = [[] as number[], b.map((_, j) => j).concat(b.length)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + Number(a[i - 1] !== b[j - 1])
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Infinity
      row.push(Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1, swapped))
    }
    ;[before, last] = [last, row]
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number) => row[index] ?? Infinity
