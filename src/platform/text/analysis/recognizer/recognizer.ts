import { stretches as stretchesOf, type Stretch } from '../language.ts'
import { read, type Reading } from '../read.ts'
import { choose, nobody, type Candidate, type Hit } from './choose.ts'
import { fixedPhrases } from './fixed-phrases.ts'
import { LabelTree } from './label-tree.ts'
import type { Label } from './labels.ts'
import { Walk } from './walk.ts'

/** Finds labels in texts. Made by `buildRecognizer`, never changed afterwards, shared by all who ask. */
export class Recognizer {
  private readonly tree: LabelTree

  constructor(labels: Iterable<Label>) {
    this.tree = new LabelTree([...labels, ...fixedPhrases.map((phrase): Label => ({ ...phrase, concept: nobody, kind: 'hidden' }))])
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
    return { hits: choose(reading, candidates), steps: walk.steps }
  }
}

/**
 * Makes a recognizer of labels in any language; sixty thousand take a second or two and some tens of megabytes.
 *
 * @param labels labels that are empty or have more than sixteen words are left out, since no text has them
 */
export const buildRecognizer = (labels: Iterable<Label>): Recognizer => new Recognizer(labels)
