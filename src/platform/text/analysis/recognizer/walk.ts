import type { Stretch } from '../language.ts'
import { characterAt, isCapital, isJoined, rawOf, type Reading } from '../read.ts'
import { gap, made } from '../scan.ts'
import { isStopWord } from '../stop-words.ts'
import { wordOf, type Word } from '../words.ts'
import type { Candidate } from './choose.ts'
import { judge, type Place } from './judge.ts'
import type { LabelTree } from './label-tree.ts'
import { isArticle, isClassifier, isLinking, type Entry, type Piece } from './labels.ts'
import { isChiefLast, membersAfter, membersBefore, type Member } from './lists.ts'

const none: readonly number[] = []
const sureOfFew = 0.9
/** What a name loses in certainty that shares a word with another one. */
const sharing = 0.85

/** Where a walk leaves a list for the word that its members share, which words are then named, and where it has to end. */
type Leap = { at: number; to: number; member: Member; end?: number }

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
  private leap: Leap | undefined

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
    const first = candidates.length
    this.passage = looksOf(this.reading, stretch)
    for (let at = stretch.from; at < stretch.to; at++) {
      if (at > stretch.from && this.isGlued(at)) continue
      this.from = at
      this.step(0, at)
    }
    this.throughLists(first)
  }

  /** Adds names that share a word with one that was found: "synthetic" in "synthetic and therapeutic vaccines". */
  private throughLists(first: number) {
    const { reading, stretch } = this
    const whole = new Map<number, Candidate>()
    for (const each of this.candidates.slice(first))
      if (each.native && !each.turned && each.to - each.from > 1 && each.how !== 'cognate' && each.label.concept !== '')
        whole.set(each.from * 64 + (each.to - each.from), each)
    for (const { from, to, label } of whole.values()) {
      if (isChiefLast(label.language)) this.throughMembers(membersBefore(reading, from, stretch.from), (member) => this.before(member, from, to))
      else this.throughMembers(membersAfter(reading, to, stretch.to), (member) => this.after(member, from, to))
    }
    this.leap = undefined
  }

  /** A list ends with the first words that are no name. */
  private throughMembers(members: readonly Member[], look: (member: Member) => void) {
    for (const member of members) {
      const before = this.candidates.length
      look(member)
      if (this.candidates.length === before) return
    }
  }

  private before(member: Member, from: number, to: number) {
    for (let begin = member.from; begin < member.to; begin++)
      for (let chief = from + 1; chief < to; chief++) {
        // One character alone is no word that is shared: "研究、公共卫生" is no "研究生".
        const isCut = this.reading.made[begin] === made.han && (member.to - begin < 2 || to - chief < 2)
        if (!isCut) this.leapFrom(begin, { at: member.to, to: chief, member: { from: begin, to: member.to }, end: to })
      }
  }

  private after(member: Member, from: number, to: number) {
    for (let rest = from + 1; rest < to; rest++) this.leapFrom(from, { at: rest, to: member.from, member })
  }

  private leapFrom(from: number, leap: Leap) {
    this.leap = leap
    this.from = from
    this.step(0, from)
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
      if (next === this.leap?.at) this.step(child, this.leap.to)
      else if (next < this.stretch.to && (this.reading.gap[next] ?? gap.sentence) <= gap.dash) {
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

  /** Two capitals at the beginning: "SIT", "SITs" and "tACS", not "Sit". */
  private isCapitalAt(at: number): boolean {
    const { text, start } = this.reading
    return /^\p{Ll}{0,2}\p{Lu}{2}/u.test(text.slice(start[at], (start[at] ?? 0) + 4))
  }

  private weigh(entry: Entry | undefined, to: number) {
    if (entry === undefined || entry.pieces.length !== this.path.length || (to < this.reading.count && this.isGlued(to))) return
    const place = this.placeTo(to)
    const span = this.leap === undefined ? { from: this.from, to } : this.shared(this.leap, entry, to, place)
    const verdict = span === undefined ? undefined : judge(entry, this.path, place)
    if (span === undefined || verdict === undefined) return
    const native = entry.label.language === this.stretch.language
    const certainty = this.leap === undefined ? verdict.certainty : Math.round(verdict.certainty * sharing * 100) / 100
    this.candidates.push({ ...span, label: entry.label, turned: entry.form === 'turned', native, shared: this.leap !== undefined, how: verdict.how, certainty })
  }

  /** Which words a name with a leap in it stands for. @returns `undefined` where it did not leap, or goes on as something else */
  private shared({ member, end }: Leap, { label, form }: Entry, to: number, { closed }: Place): Member | undefined {
    if (form !== 'plain' || label.language !== this.stretch.language || label.concept === '') return undefined
    if (end !== undefined) return to === end ? member : undefined
    return to > member.from && to <= member.to && (label.language === 'es' || closed || to === member.to) ? { from: member.from, to } : undefined
  }

  private placeTo(to: number): Place {
    const { reading, stretch } = this
    const next = reading.words[to]
    return {
      // A few words seldom tell their language for certain.
      language: this.passage.brief && stretch.confidence < sureOfFew ? 'unknown' : stretch.language,
      ...this.passage,
      capital: this.isCapitalAt(this.from),
      named: this.from > stretch.from && /^\p{Lu}\p{Ll}/u.test(reading.text.slice(reading.start[this.from], (reading.start[this.from] ?? 0) + 2)),
      described: this.from > stretch.from && isJoined(reading, this.from) && isNoun(reading.words[this.from - 1]),
      classified: this.from > stretch.from && isJoined(reading, this.from) && isClassifier(reading.words[this.from - 1]),
      closed: to >= stretch.to || !isJoined(reading, to) || (next !== undefined && isStopWord(next, stretch.language)),
    }
  }
}

/** Whether a Spanish word may be one that an adjective follows. */
const isNoun = (word: Word | undefined) => word !== undefined && !word.stop.european && word.folded.length > 3 && !isLinking(word)

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
