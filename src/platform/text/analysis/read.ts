import { gap, made, scan, type Tokens } from './scan.ts'
import { simplifiedOf } from './traditional.ts'
import { wordOf, type Word } from './words.ts'

/** A text cut into tokens, with the forms of each word; of a Han character the character in simplified script, empty for words. */
export type Reading = Tokens & { words: (Word | undefined)[]; characters: string[] }

/** How many UTF-16 units of a text are read if nobody says otherwise; terms of more would fill the memory. */
export const usualMost = 1_000_000

/** Reads a text once, for everything that is to be known of it. @param most how many units of it, a million if not given */
export function read(text: string, most = usualMost): Reading {
  const tokens = scan(text, most)
  const words: (Word | undefined)[] = []
  const characters: string[] = []
  for (let at = 0; at < tokens.count; at++) {
    const raw = rawOf(tokens, at)
    const isHan = tokens.made[at] === made.han
    words.push(isHan ? undefined : wordOf(raw))
    characters.push(isHan ? simplifiedOf(raw) : '')
  }
  return { ...tokens, words, characters }
}

/** The characters of a token, as they stand. */
export const rawOf = (tokens: Tokens, at: number): string => tokens.text.slice(tokens.start[at], tokens.end[at])

/** The Han character that a token is, in simplified script. */
export const characterAt = (reading: Reading, at: number): string => reading.characters[at] ?? ''

/** Whether a token is letters in capitals only, two at least. */
export function isCapital(tokens: Tokens, at: number): boolean {
  const start = tokens.start[at] ?? 0
  const end = tokens.end[at] ?? 0
  if (tokens.made[at] !== made.letters || end - start < 2) return false
  for (let place = start; place < end; place++) {
    const code = tokens.text.charCodeAt(place)
    if (code < 65 || (code > 90 && code < 192) || (code >= 192 && tokens.text[place] === tokens.text[place]?.toLowerCase())) return false
  }
  return true
}

/** Whether a token follows the one before as part of the same phrase: with nothing, a hyphen or a space between. */
export const isJoined = (tokens: Tokens, at: number): boolean => (tokens.gap[at] ?? gap.sentence) <= gap.space
