import { setImmediate } from 'node:timers/promises'
import { stretches as stretchesOf, type Stretch } from '../language.ts'
import { read, type Reading } from '../read.ts'
import { choose, nobody, type Candidate, type Hit } from './choose.ts'
import { fixedPhrases } from './fixed-phrases.ts'
import { withIntroduced } from './introduced.ts'
import { LabelTree } from './label-tree.ts'
import type { Label } from './labels.ts'
import { Walk } from './walk.ts'

/** Finds labels in texts. Made by `buildRecognizer`, never changed afterwards, shared by all who ask. */
export class Recognizer {
  private readonly tree: LabelTree

  constructor(tree: LabelTree) {
    this.tree = tree
  }

  /** How large it is: ways of writing, and nodes of the tree. */
  get size(): { entries: number; nodes: number } {
    return this.tree.size
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
    const walk = new Walk(reading, this.tree)
    const candidates: Candidate[] = []
    for (const stretch of stretches) walk.through(stretch, candidates)
    return { hits: withIntroduced(reading, choose(reading, candidates)), steps: walk.steps }
  }
}

/**
 * Makes a recognizer of labels in any language; sixty thousand take a second or two and some tens of megabytes.
 *
 * @param labels labels that are empty or have more than sixteen words are left out, since no text has them
 */
export function buildRecognizer(labels: Iterable<Label>): Recognizer {
  const { tree, steps } = begin(labels)
  while (!steps.next().done);
  return new Recognizer(tree)
}

/** As `buildRecognizer`, letting others have their turn every few milliseconds: for a server that answers meanwhile. */
export async function buildRecognizerInTurns(labels: Iterable<Label>): Promise<Recognizer> {
  const { tree, steps } = begin(labels)
  while (!steps.next().done) await setImmediate()
  return new Recognizer(tree)
}

function begin(labels: Iterable<Label>) {
  const tree = new LabelTree()
  return { tree, steps: tree.addAll([...labels, ...fixedPhrases.map((phrase): Label => ({ ...phrase, concept: nobody, kind: 'hidden' }))]) }
}
