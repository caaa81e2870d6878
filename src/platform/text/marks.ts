import { fold } from './fold.ts'
import { queryWords } from './terms.ts'

/** A piece of a text, and whether it is what was looked for. */
export type Piece = { text: string; hit: boolean }

const tokens = /\p{Script=Han}+|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’ʼ]*/gu
const han = /\p{Script=Han}/u

/**
 * Takes texts apart at the words that a search looked for, with or without accents; the last word typed may be unfinished. Together the pieces are the text.
 *
 * @param instead words looked for in place of mistyped ones
 * @example marker('genetica')('Ingeniería Genética') // [{ text: 'Ingeniería ', hit: false }, { text: 'Genética', hit: true }]
 */
export function marker(typed: string, instead: readonly string[] = []): (text: string) => Piece[] {
  const asked = queryWords(typed)
  const begun = asked.at(-1) ?? ''
  const whole = new Set([...asked, ...instead])
  const sought = asked.filter((word) => han.test(word)).map(pairsOf)
  const isHit = (folded: string) => whole.has(folded) || (begun.length > 1 && folded.startsWith(begun))
  return (text) => {
    const pieces: Piece[] = []
    const add = (part: string, hit: boolean) => {
      const last = pieces.at(-1)
      if (part === '') return
      if (last?.hit === hit) last.text += part
      else pieces.push({ text: part, hit })
    }
    let end = 0
    for (const { 0: token, index } of text.matchAll(tokens)) {
      add(text.slice(end, index), false)
      if (han.test(token)) for (const { character, hit } of hanHits(token, sought)) add(character, hit)
      else add(token, isHit(fold(token).replace(/'/g, '')))
      end = index + token.length
    }
    add(text.slice(end), false)
    return pieces
  }
}

type Pairs = { size: number; pairs: ReadonlySet<string> }

/** The pairs of neighbours in a word of Han characters; of a single one, itself. */
function pairsOf(word: string): Pairs {
  const letters = Array.from(word)
  const size = Math.min(letters.length, 2)
  return { size, pairs: new Set(letters.slice(0, letters.length - size + 1).map((_, at) => letters.slice(at, at + size).join(''))) }
}

/** Which characters of a run stand in a pair that was asked for. */
function hanHits(run: string, sought: readonly Pairs[]): { character: string; hit: boolean }[] {
  const characters = Array.from(run)
  const hits = characters.map(() => false)
  for (const { size, pairs } of sought) {
    for (let at = 0; at + size <= characters.length; at++) {
      if (pairs.has(characters.slice(at, at + size).join(''))) hits.fill(true, at, at + size)
    }
  }
  return characters.map((character, at) => ({ character, hit: hits[at] ?? false }))
}
