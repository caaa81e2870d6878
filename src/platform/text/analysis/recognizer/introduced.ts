import { rawOf, type Reading } from '../read.ts'
import { made } from '../scan.ts'
import type { Hit } from './choose.ts'

const abbreviation = /^\p{Ll}{0,2}\p{Lu}{2,6}$/u
const opened = /^ ?[(\uff08]$/u
const han = /\p{Script=Han}/u
const certainty = 0.9
/** A shorter Chinese name is rather the kind of what the brackets name than what they abbreviate. */
const shortestHan = 4

/**
 * Adds what a text itself has introduced: after "dendritic cell vaccine (DCV)" each "DCV" is that concept, whatever it means elsewhere.
 *
 * @param hits in their order
 * @returns the hits in their order
 */
export function withIntroduced(reading: Reading, hits: Hit[]): Hit[] {
  const introduced = introductions(reading, hits)
  if (introduced.size === 0) return hits
  const added: Hit[] = []
  for (let at = 0; at < reading.count; at++) {
    if (reading.made[at] !== made.letters) continue
    const raw = rawOf(reading, at)
    const known = introduced.get(raw) ?? introduced.get(raw.replace(/s$/, ''))
    const start = reading.start[at] ?? 0
    if (known === undefined || start <= known.from) continue
    added.push({ concept: known.concept, start, end: reading.end[at] ?? 0, how: 'exact', certainty, others: [], inner: false })
  }
  return added.length === 0 ? hits : merged(hits, added)
}

type Introduction = { concept: string; from: number }

/** The abbreviations that stand in brackets after a name whose letters they are. */
function introductions({ text }: Reading, hits: readonly Hit[]): Map<string, Introduction> {
  const found = new Map<string, Introduction>()
  for (const { start, end, concept, inner, certainty: sure } of hits) {
    if (inner || sure < 0.5) continue
    const from = end + (text[end] === ' ' ? 2 : 1)
    if (!opened.test(text.slice(end, from))) continue
    const [, short = ''] = /^([\p{L}]{2,8})[)\uff09]/u.exec(text.slice(from, from + 9)) ?? []
    if (abbreviation.test(short) && !found.has(short) && isShortFor(short, text.slice(start, end))) found.set(short, { concept, from })
  }
  return found
}

/** Whether the letters of an abbreviation stand in the name in their order, the first of them first. Of Chinese names nothing but their length tells. */
function isShortFor(short: string, name: string): boolean {
  if (han.test(name)) return name.length >= shortestHan
  const [letters, words] = [short.toLowerCase(), name.normalize('NFD').toLowerCase()]
  if (letters[0] !== words[0] || !/[\s-]/.test(name)) return false
  let at = -1
  return Array.from(letters.normalize('NFD')).every((letter) => (at = words.indexOf(letter, at + 1)) >= 0)
}

/** Where both have something to say of the same word, the text itself is right; what it is part of stays. */
function merged(hits: readonly Hit[], added: readonly Hit[]): Hit[] {
  const places = new Set(added.map(({ start, end }) => `${start} ${end}`))
  const longer = (hit: Hit) => hits.some((each) => !each.inner && each.start <= hit.start && each.end >= hit.end && each.end - each.start > hit.end - hit.start)
  const kept = hits.filter(({ start, end }) => !places.has(`${start} ${end}`))
  return [...kept, ...added.map((hit) => ({ ...hit, inner: longer(hit) }))].toSorted((a, b) => a.start - b.start || b.end - a.end)
}
