import type { Stretch } from '../language.ts'
import { characterAt, isCapital, isJoined, rawOf, type Reading } from '../read.ts'
import { gap, made } from '../scan.ts'
import { isStopWord } from '../stop-words.ts'
import { wordOf } from '../words.ts'
import type { Candidate } from './choose.ts'
import { judge, type Place } from './judge.ts'
import type { LabelTree } from './label-tree.ts'
import { isArticle, isClassifier, isLinking, type Entry, type Piece } from './labels.ts'

const none: readonly number[] = []
const sureOfFew = 0.9

/** One walk through a text: from every token as deep into the tree as words follow. */
export class Walk {
  /** How many nodes were visited so far. */
  steps = 0
  private readonly reading: Reading
  private readonly tree: LabelTree
  private readonly path: Piece[] = []
  private readonly pieces: Piece[] = []
  private readonly units: (readonly number[])[] = []
  private stretch: Stretch = { from: 0, to: 0, language: 'unknown', confidence: 0 }
  private passage = { unaccented: true, shouted: false, brief: false }
  private from = 0
  private candidates: Candidate[] = []

  constructor(reading: Reading, tree: LabelTree) {
    this.reading = reading
    this.tree = tree
    for (let at = 0; at < reading.count; at++) {
      const piece = reading.words[at] ?? characterAt(reading, at)
      this.pieces.push(piece)
      this.units.push(tree.unitsOf(piece))
    }
  }

  /** Adds what a passage has to the candidates. */
  through(stretch: Stretch, candidates: Candidate[]) {
    this.stretch = stretch
    this.candidates = candidates
    this.passage = looksOf(this.reading, stretch)
    for (let at = stretch.from; at < stretch.to; at++) {
      if (at > stretch.from && this.isGlued(at)) continue
      this.from = at
      this.step(0, at)
    }
  }

  /** Whether a token is the rest of a code such as "CD20", of which no label begins in the middle. */
  private isGlued(at: number): boolean {
    const { gap: gaps, made: kinds } = this.reading
    return gaps[at] === gap.none && at > 0 && kinds[at] !== made.han && kinds[at - 1] !== made.han
  }

  private step(node: number, at: number) {
    const { reading, tree } = this
    const piece = this.pieces[at] ?? ''
    const units = this.units[at] ?? none
    this.steps++
    if (units.length > 0) this.follow(node, units, piece, at + 1)
    if (typeof piece !== 'object') return
    if (node === 0 && this.isCapitalLetter(at)) this.follow(node, tree.unitsOfLetter(piece.kept), piece, at + 1)
    if (reading.gap[at + 1] === gap.hyphen && at + 1 < reading.count && reading.made[at] === made.letters && reading.made[at + 1] === made.letters) {
      const whole = wordOf(rawOf(reading, at) + rawOf(reading, at + 1))
      this.follow(node, tree.unitsOf(whole), whole, at + 2)
    }
  }

  private follow(node: number, units: readonly number[], piece: Piece, next: number) {
    for (const unit of units) {
      const child = this.tree.child(node, unit)
      if (child === 0) continue
      this.path.push(piece)
      this.steps++
      for (let at = this.tree.firstAt(child); at >= 0; at = this.tree.after(at)) this.weigh(this.tree.entry(at), next)
      if (next < this.stretch.to && (this.reading.gap[next] ?? gap.sentence) <= gap.dash) {
        this.step(child, next)
        if (isLinking(piece) && isArticle(this.reading.words[next]) && next + 1 < this.stretch.to) this.step(child, next + 1)
      }
      this.path.pop()
    }
  }

  private isCapitalLetter(at: number): boolean {
    const { text, start, end } = this.reading
    const code = text.charCodeAt(start[at] ?? 0)
    return code >= 65 && code <= 90 && (end[at] ?? 0) - (start[at] ?? 0) === 1
  }

  /** Two capitals at the beginning: "SIT" and "SITs", not "Sit". */
  private isCapitalAt(at: number): boolean {
    const { text, start } = this.reading
    const first = text.slice(start[at], (start[at] ?? 0) + 2)
    return first.length === 2 && /^\p{Lu}{2}$/u.test(first)
  }

  private weigh(entry: Entry | undefined, to: number) {
    if (entry === undefined || entry.pieces.length !== this.path.length || (to < this.reading.count && this.isGlued(to))) return
    const verdict = judge(entry, this.path, this.placeTo(to))
    if (verdict !== undefined)
      this.candidates.push({
        from: this.from,
        to,
        label: entry.label,
        turned: entry.form === 'turned',
        native: entry.label.language === this.stretch.language,
        ...verdict,
      })
  }

  private placeTo(to: number): Place {
    const { reading, stretch } = this
    const next = reading.words[to]
    return {
      // A few words seldom tell their language for certain.
      language: this.passage.brief && stretch.confidence < sureOfFew ? 'unknown' : stretch.language,
      ...this.passage,
      capital: this.isCapitalAt(this.from),
      classified: this.from > stretch.from && isJoined(reading, this.from) && isClassifier(reading.words[this.from - 1]),
      closed: to >= stretch.to || !isJoined(reading, to) || (next !== undefined && isStopWord(next, stretch.language)),
    }
  }
}

/** Whether a passage has letters with marks, and whether it is in capitals; of that a single word says nothing. */
function looksOf(reading: Reading, { from, to }: Stretch): { unaccented: boolean; shouted: boolean; brief: boolean } {
  let marked = false
  let words = 0
  let capitals = 0
  for (let at = from; at < to; at++) {
    if (reading.made[at] !== made.letters) continue
    words++
    if (isCapital(reading, at)) capitals++
    if (reading.words[at]?.marked === true) marked = true
  }
  return { unaccented: !marked, shouted: words > 3 && capitals > words * 0.7, brief: words < 5 }
}
