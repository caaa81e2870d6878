import type { Reading } from '../read.ts'
import { hows, type How, type Verdict } from './judge.ts'
import type { Label } from './labels.ts'

/** A concept that a text speaks of. Places are in UTF-16 units of the text as it was given. */
export type Hit = {
  concept: string
  start: number
  end: number
  how: How
  /** From 0 to 1. */
  certainty: number
  /** Other concepts that the same words may mean. */
  others: string[]
  /** Whether it lies within or across a longer hit: a broader concept, for matching and not for showing. */
  inner: boolean
}

/** A label that words of a text may be: tokens from one to before another. */
export type Candidate = Verdict & { from: number; to: number; label: Label; turned: boolean; native: boolean }

/** In place of a concept: that of phrases that stand for none. */
export const nobody = ''

const kindOrder = ['preferred', 'alternative', 'hidden']
const ambiguous = 0.8

/** Of all candidates the hits: for each stretch of words the likeliest concept, the longest stretch first where they cross. */
export function choose(reading: Reading, candidates: readonly Candidate[]): Hit[] {
  const groups = new Map<number, Candidate[]>()
  for (const candidate of candidates) {
    const key = candidate.from * 64 + (candidate.to - candidate.from)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [candidate])
    else group.push(candidate)
  }
  const spans = [...groups.values()].map(settle).sort((a, b) => b.to - b.from - (a.to - a.from) || b.certainty - a.certainty || a.from - b.from)
  const taken = new Uint8Array(reading.count)
  const concepts: (string[] | undefined)[] = []
  const hits: Hit[] = []
  const crossed = crossings(reading, spans)
  for (const { from, to, turned, concept, how, certainty, others } of spans) {
    // Of "therapeutic vaccines for lung cancer" the first two words are a name of their own.
    if (turned && crossed[from] === 1) continue
    const covering = taken.subarray(from, to)
    if (covering.includes(phrase)) continue
    if (concept === nobody) {
      covering.fill(covering.includes(label) ? label : phrase)
      continue
    }
    const inner = covering.includes(label)
    const isKnown = concepts[from]?.includes(concept) === true && concepts[to - 1]?.includes(concept) === true
    if (inner && (how === 'cognate' || isKnown || isCharacter(reading, from, to))) continue
    if (!inner) covering.fill(label)
    for (let at = from; at < to; at++) (concepts[at] ??= []).push(concept)
    hits.push({ concept, start: reading.start[from] ?? 0, end: reading.end[to - 1] ?? 0, how, certainty, others, inner })
  }
  return hits.sort((a, b) => a.start - b.start || b.end - a.end)
}

const label = 1
const phrase = 2

/** Within a longer word a single Han character says too little. */
const isCharacter = (reading: Reading, from: number, to: number) => to - from === 1 && reading.words[from] === undefined

/** The tokens within names of several words that stand in their usual order, their first ones left out. */
function crossings(reading: Reading, spans: readonly Settled[]): Uint8Array {
  const within = new Uint8Array(reading.count)
  for (const { from, to, turned, how } of spans) if (!turned && how !== 'cognate') within.fill(1, from + 1, to)
  return within
}

type Settled = Verdict & { from: number; to: number; turned: boolean; concept: string; others: string[] }

/** The likeliest concept of a group; others that are as near are named beside it. */
function settle(group: readonly Candidate[]): Settled {
  const order = group.toSorted(
    (a, b) =>
      Number(a.label.concept === nobody) - Number(b.label.concept === nobody) ||
      hows.indexOf(a.how) - hows.indexOf(b.how) ||
      Number(b.native) - Number(a.native) ||
      kindOrder.indexOf(a.label.kind) - kindOrder.indexOf(b.label.kind) ||
      b.certainty - a.certainty ||
      (a.label.concept < b.label.concept ? -1 : 1),
  )
  const [best] = order as [Candidate]
  const others = [
    ...new Set(
      order.filter(({ how, label }) => how === best.how && label.concept !== best.label.concept && label.concept !== nobody).map(({ label }) => label.concept),
    ),
  ]
  const certainty = others.length === 0 ? best.certainty : Math.round(best.certainty * ambiguous * 100) / 100
  return { from: best.from, to: best.to, turned: best.turned, how: best.how, concept: best.label.concept, certainty, others }
}
