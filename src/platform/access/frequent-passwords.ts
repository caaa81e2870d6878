import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fold } from '../text/fold.ts'
import { root } from '../root.ts'

// 40 bits: with some ten thousand marks one password in twenty million is taken for another.
const markLength = 5

let loaded: Promise<Buffer> | undefined
const load = () => (loaded ??= readFile(join(root, 'seeds', 'passwords', 'frequent.bin')))

/** By what a frequent password is known: the first 40 bits of the SHA-256 of its folded form, so that capitals, accents and full width make no other one. */
export const markOf = (password: string): Buffer => createHash('sha256').update(fold(password)).digest().subarray(0, markLength)

/**
 * Whether a password is among those that leaks show most often, some 43,000 of twelve characters and more. Nothing is asked of anybody: the list lies with the
 * program, as sorted marks that say what is in it only to whoever knows it already.
 *
 * Source: SecLists, `10-million-password-list-top-1000000`; see `seeds/passwords/README.md`.
 */
export async function isFrequentPassword(password: string): Promise<boolean> {
  const [marks, wanted] = [await load(), markOf(password)]
  let [from, to] = [0, marks.length / markLength]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const order = marks.compare(wanted, 0, markLength, middle * markLength, (middle + 1) * markLength)
    if (order === 0) return true
    // Positive: what stands here comes after the one that is wanted.
    if (order > 0) to = middle
    else from = middle + 1
  }
  return false
}
