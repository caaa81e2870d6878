import { characterAt, read, rawOf, isJoined, isCapital, type Reading } from '../read.ts'
import { gap, made } from '../scan.ts'
import { stretches as stretchesOf, type Stretch } from '../language.ts'
import { isStopWord } from '../stop-words.ts'
import { fold } from '../../fold.ts'
import { Recent } from '../recent.ts'
import { wordOf, type Word } from '../words.ts'
import { choose, nobody, type Candidate, type Hit } from './choose.ts'
import { fixedPhrases } from './fixed-phrases.ts'
import { judge, type Place } from './judge.ts'
import { entriesOf, hasCognates, isArticle, isClassifier, isLinking, keyOf, keysOf, type Entry, type Label, type Piece } from './labels.ts'
import { Trie } from './trie.ts'

const none: readonly number[] = []

/** Finds labels in texts. Made by `buildRecognizer`, never changed afterwards, shared by all who ask. */
export class Recognizer {
  private readonly trie = new Trie()
  private readonly entries: Entry[] = []
  private readonly units = new Map<string, number>()
  private readonly characters = new Map<string, readonly number[]>()
  private readonly known = new Recent<Word, readonly number[]>(50_000)

  constructor(labels: Iterable<Label>) {
    const given = [...labels]
    const shared = sharedLabels(given)
    const all = [...given, ...fixedPhrases.map((phrase): Label => ({ ...phrase, concept: nobody, kind: 'hidden' }))]
    const seen = new Set<string>()
    for (const label of all) {
      for (const entry of entriesOf(label, shared.has(sharedKey(label)))) {
        this.add(entry, keysOf(entry, false), seen)
        if (hasCognates(entry)) this.add(entry, keysOf(entry, true), seen)
      }
    }
  }

  /** How large it is: ways of writing, and nodes of the tree. */
  get size(): { entries: number; nodes: number } {
    return { entries: this.entries.length, nodes: this.trie.size }
  }

  /** All labels in a text. */
  recognise(text: string): Hit[] {
    const reading = read(text)
    return this.recogniseIn(reading, stretchesOf(reading)).hits
  }

  /**
   * As `recognise`, of a text that has been read.
   *
   * @returns the hits in their order, and how many nodes of the tree were visited: in proportion to the text
   */
  recogniseIn(reading: Reading, stretches: readonly Stretch[]): { hits: Hit[]; steps: number } {
    const walk = new Walk(reading, this)
    const candidates: Candidate[] = []
    for (const stretch of stretches) walk.through(stretch, candidates)
    return { hits: choose(reading, candidates), steps: walk.steps }
  }

  /** The numbers under which a piece may stand in the tree. */
  unitsOf(piece: Piece): readonly number[] {
    if (typeof piece === 'string') return this.characters.get(piece) ?? none
    const known = this.known.get(piece)
    if (known !== undefined) return known
    const { en, es, cognate, base } = piece
    const keys = [
      keyOf.stem(en),
      keyOf.stem(es),
      cognate === '' ? '' : keyOf.cognate(cognate),
      base === '' ? '' : keyOf.syllable(base),
      isLinking(piece) ? keyOf.linking : '',
    ]
    const numbers = this.numbers(keys)
    this.known.set(piece, numbers)
    return numbers
  }

  /** As `unitsOf`, of a letter that stands for a genus. */
  unitsOfLetter(letter: string): readonly number[] {
    return this.numbers([keyOf.letter(letter.toLowerCase())])
  }

  child(node: number, unit: number): number {
    return this.trie.child(node, unit)
  }

  /** The first way of writing a label that ends at a node, -1 if none does. */
  firstAt(node: number): number {
    return this.trie.firstAt(node)
  }

  /** The next that ends at the same node, -1 if there is none. */
  after(at: number): number {
    return this.trie.after(at)
  }

  entry(at: number): Entry | undefined {
    return this.entries[at]
  }

  private numbers(keys: readonly string[]): readonly number[] {
    const found = new Set(keys.flatMap((key) => this.units.get(key) ?? []))
    return found.size === 0 ? none : [...found]
  }

  private add(entry: Entry, keys: readonly string[], seen: Set<string>) {
    const written = `${keys.join(' ')}\n${entry.label.concept}\n${entry.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.kept)).join(' ')}\n${entry.label.language}`
    if (seen.has(written)) return
    seen.add(written)
    const sequence = keys.map((key, at) => this.number(key, entry.pieces[at] ?? ''))
    this.entries[this.trie.add(sequence)] = entry
  }

  private number(key: string, piece: Piece): number {
    const number = this.units.get(key) ?? this.units.size + 1
    this.units.set(key, number)
    if (typeof piece === 'string') this.characters.set(piece, [number])
    return number
  }
}

/**
 * Makes a recognizer of labels in any language; sixty thousand take a second or two and some tens of megabytes.
 *
 * @param labels labels that are empty or have more than sixteen words are left out, since no text has them
 */
export const buildRecognizer = (labels: Iterable<Label>): Recognizer => new Recognizer(labels)

const sharedKey = ({ concept, text }: Label) => `${concept}\n${fold(text).trim()}`

/** The labels that a concept has alike in several languages. */
function sharedLabels(labels: readonly Label[]): Set<string> {
  const languages = new Map<string, string>()
  const shared = new Set<string>()
  for (const label of labels) {
    const key = sharedKey(label)
    const before = languages.get(key)
    if (before !== undefined && before !== label.language) shared.add(key)
    languages.set(key, label.language)
  }
  return shared
}

/** One walk through a text: from every token as deep into the tree as words follow. */
class Walk {
  steps = 0
  private readonly reading: Reading
  private readonly recognizer: Recognizer
  private readonly path: Piece[] = []
  private readonly pieces: Piece[] = []
  private readonly units: (readonly number[])[] = []
  private stretch: Stretch = { from: 0, to: 0, language: 'unknown', confidence: 0 }
  private passage = { unaccented: true, shouted: false, brief: false }
  private from = 0
  private candidates: Candidate[] = []

  constructor(reading: Reading, recognizer: Recognizer) {
    this.reading = reading
    this.recognizer = recognizer
    for (let at = 0; at < reading.count; at++) {
      const piece = reading.words[at] ?? characterAt(reading, at)
      this.pieces.push(piece)
      this.units.push(recognizer.unitsOf(piece))
    }
  }

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
    const { reading, recognizer } = this
    const piece = this.pieces[at] ?? ''
    const units = this.units[at] ?? none
    this.steps++
    if (units.length > 0) this.follow(node, units, piece, at + 1)
    if (typeof piece !== 'object') return
    if (node === 0 && this.isCapitalLetter(at)) this.follow(node, recognizer.unitsOfLetter(piece.kept), piece, at + 1)
    if (reading.gap[at + 1] === gap.hyphen && at + 1 < reading.count && reading.made[at] === made.letters && reading.made[at + 1] === made.letters) {
      const whole = wordOf(rawOf(reading, at) + rawOf(reading, at + 1))
      this.follow(node, recognizer.unitsOf(whole), whole, at + 2)
    }
  }

  private follow(node: number, units: readonly number[], piece: Piece, next: number) {
    for (const unit of units) {
      const child = this.recognizer.child(node, unit)
      if (child === 0) continue
      this.path.push(piece)
      this.steps++
      for (let at = this.recognizer.firstAt(child); at >= 0; at = this.recognizer.after(at)) this.weigh(this.recognizer.entry(at), next)
      if (next < this.stretch.to && isJoined(this.reading, next)) {
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
      language: stretch.language,
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
