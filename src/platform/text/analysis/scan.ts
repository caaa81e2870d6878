import { kindAbove, unit, unitKinds } from './characters.ts'

/** What a token is made of. A Han character is a token of its own; letters and digits part where they meet, so that "CD20" is "CD" and "20". */
export const made = { letters: 1, digits: 2, han: 3 } as const

/** How far a token is from the one before: nothing between, a hyphen, a space, a dash, a mark inside of a sentence, the end of one. */
export const gap = { none: 0, hyphen: 1, space: 2, dash: 3, clause: 4, sentence: 5 } as const

/** The tokens of a text: parallel arrays, places in UTF-16 units of the text as it was given. */
export type Tokens = { text: string; count: number; start: Uint32Array; end: Uint32Array; made: Uint8Array; gap: Uint8Array }

/**
 * Cuts a text into tokens in one pass. Any string is a text: halves of characters stand for a space, marks that nobody sees neither part a word nor belong to its
 * end.
 *
 * @param most how many units are read; a token that begins before is read to its end
 */
export function scan(text: string, most = text.length): Tokens {
  const room = Math.min(text.length, most)
  return new Scanner(text, room).read()
}

class Scanner {
  readonly text: string
  readonly last: number
  readonly kinds = unitKinds()
  readonly tokens: Tokens
  at = 0
  gap: number = gap.sentence

  constructor(text: string, last: number) {
    this.text = text
    this.last = last
    this.tokens = { text, count: 0, start: new Uint32Array(last), end: new Uint32Array(last), made: new Uint8Array(last), gap: new Uint8Array(last) }
  }

  read(): Tokens {
    while (this.at < this.last) {
      const kind = this.kindAt(this.at)
      if (kind === unit.letter) this.add(made.letters, this.endOfLetters(this.at))
      else if (kind === unit.digit) this.add(made.digits, this.endOfDigits(this.at))
      else if (kind === unit.han) this.add(made.han, this.at + this.width(this.at))
      else this.pass(kind)
    }
    return this.tokens
  }

  private kindAt(at: number): number {
    const kind = at < this.text.length ? (this.kinds[this.text.charCodeAt(at)] ?? unit.apart) : unit.apart
    return kind === unit.surrogate ? kindAbove(this.text.codePointAt(at) ?? 0) : kind
  }

  private width(at: number): number {
    return (this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  }

  private add(kind: number, end: number) {
    const { tokens } = this
    tokens.start[tokens.count] = this.at
    tokens.end[tokens.count] = end
    tokens.made[tokens.count] = kind
    tokens.gap[tokens.count++] = this.gap
    this.gap = gap.none
    this.at = end
  }

  private endOfLetters(from: number): number {
    let end = from
    for (let at = from; ;) {
      const kind = this.kindAt(at)
      if (kind === unit.letter || kind === unit.mark) end = at + this.width(at)
      else if (kind !== unit.unseen && !(kind === unit.apostrophe && this.kindAt(at + 1) === unit.letter)) return end
      at += this.width(at)
    }
  }

  /** "3.5" and "1,000" are one number. */
  private endOfDigits(from: number): number {
    let end = from
    for (let at = from; ; at++) {
      const kind = this.kindAt(at)
      if (kind === unit.digit) end = at + 1
      else if (kind !== unit.unseen && !((kind === unit.point || kind === unit.comma) && this.kindAt(at + 1) === unit.digit)) return end
    }
  }

  private pass(kind: number) {
    const before = this.gap
    this.at += this.width(this.at)
    if (kind === unit.unseen || kind === unit.mark || kind === unit.apostrophe) return
    if (kind === unit.hyphen) this.gap = Math.max(before, this.hyphenGap(before))
    else if (kind === unit.clause || kind === unit.comma) this.gap = Math.max(before, gap.clause)
    else if (kind === unit.sentence) this.gap = gap.sentence
    else if (kind === unit.point) this.gap = Math.max(before, this.isEnd() ? gap.sentence : gap.space)
    else if (kind === unit.line) this.gap = Math.max(before, this.isLine(this.kindAt(this.at)) ? gap.sentence : gap.space)
    else this.gap = Math.max(before, gap.space)
  }

  /** A hyphen joins where it touches both words; with a space before it, it is a dash. */
  private hyphenGap(before: number): number {
    const next = this.kindAt(this.at)
    const touches = next === unit.letter || next === unit.digit || next === unit.han
    if (before === gap.none) return touches ? gap.hyphen : gap.space
    return before === gap.space && touches ? gap.space : gap.dash
  }

  /** A point ends a sentence before a space, but not after a single letter as in "E. coli", nor before a small one as in "oryzae pv. oryzae". */
  private isEnd(): boolean {
    const next = this.kindAt(this.at)
    if (next !== unit.apart && next !== unit.line) return next === unit.point
    const after = this.text[this.at + 1] ?? ''
    if (after !== after.toUpperCase()) return false
    const { count, start, end, made: kinds } = this.tokens
    if (count === 0 || end[count - 1] !== this.at - 1) return true
    return kinds[count - 1] !== made.letters || (end[count - 1] ?? 0) - (start[count - 1] ?? 0) > 1
  }

  private isLine(next: number): boolean {
    return next === unit.line && !(this.text[this.at - 1] === '\r' && this.text[this.at] === '\n')
  }
}
