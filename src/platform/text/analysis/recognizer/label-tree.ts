import { fold } from '../../fold.ts'
import { Recent } from '../recent.ts'
import type { Word } from '../words.ts'
import { entriesOf, hasCognates, isLinking, keyOf, keysOf, type Entry, type Label, type Piece } from './labels.ts'
import { Trie } from './trie.ts'

const none: readonly number[] = []
/** So many labels take some milliseconds. */
const aStep = 500

/** The labels of all languages in one tree. Its keys are what every form of a word shares, so what is found in it has still to be judged. */
export class LabelTree {
  private readonly trie = new Trie()
  private readonly entries: Entry[] = []
  private readonly units = new Map<string, number>()
  private readonly characters = new Map<string, readonly number[]>()
  private readonly known = new Recent<Word, readonly number[]>(50_000)

  /** How large it is: ways of writing, and nodes of the tree. */
  get size(): { entries: number; nodes: number } {
    return { entries: this.entries.length, nodes: this.trie.size }
  }

  /** Takes all labels in, some at a step, so that whoever fills a tree can do other work between. To be done once. */
  *addAll(labels: readonly Label[]): Generator<void> {
    const shared = sharedLabels(labels)
    const seen = new Set<string>()
    for (const [at, label] of labels.entries()) {
      if (at % aStep === aStep - 1) yield
      for (const entry of entriesOf(label, shared.has(sharedKey(label)))) {
        this.add(entry, keysOf(entry, false), seen)
        if (hasCognates(entry)) this.add(entry, keysOf(entry, true), seen)
      }
    }
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

  /** The node that follows another, 0 if none does. */
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

  /** A way of writing a label, by the number that `firstAt` and `after` give. */
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
