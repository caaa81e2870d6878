import type { Piece } from '../text/marks.ts'
import { wordOf } from '../text/analysis/words.ts'
import type { Concepts } from './concepts.ts'
import { leastCertain, marks, readText } from './lexemes.ts'
import type { Question } from './question.ts'

/** What is shown at once is short; of more, only the beginning is read. */
const mostMarked = 20_000

/** Takes texts apart at what a question looked for: its words in any form, its concepts by whatever words. Together the pieces are the text. */
export function searchMarker(question: Question | undefined, concepts: Concepts | undefined): (text: string) => Piece[] {
  if (question === undefined) return (text) => (text === '' ? [] : [{ text, hit: false }])
  const whole = new Set(question.sought.filter(({ begun }) => !begun).map(({ lexeme }) => lexeme))
  const begun = question.sought.filter((each) => each.begun).map(({ lexeme }) => lexeme)
  const keys = new Set(question.sought.filter(({ lexeme }) => lexeme.startsWith(marks.concept)).map(({ lexeme }) => lexeme.slice(1)))
  const isAsked = (concept: string) => keys.has(concept) || (concepts?.above.get(concept) ?? []).some((above) => keys.has(above))
  const isWord = (text: string) => {
    const { folded, en, es, cognate } = wordOf(text)
    return [folded, en, es, marks.cognate + cognate].some((form) => whole.has(form)) || begun.some((start) => folded.startsWith(start))
  }
  return (text) => {
    const { terms, concepts: hits } = readText(text, concepts, mostMarked)
    const spans: { start: number; end: number }[] = hits.filter(({ concept, inner, certainty }) => !inner && certainty >= leastCertain && isAsked(concept))
    for (const term of terms) {
      const isHit = term.kind === 'word' ? isWord(term.text) : term.kind !== 'stem' && term.kind !== 'folded' && whole.has(term.text)
      if (isHit) spans.push(term)
    }
    return piecesOf(text, spans)
  }
}

function piecesOf(text: string, spans: readonly { start: number; end: number }[]): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const add = (end: number, hit: boolean) => {
    if (end <= done) return
    const last = pieces.at(-1)
    if (last?.hit === hit) last.text += text.slice(done, end)
    else pieces.push({ text: text.slice(done, end), hit })
    done = end
  }
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    add(start, false)
    add(end, true)
  }
  add(text.length, false)
  return pieces
}

/** How long a snippet is, in UTF-16 units, give or take a word. */
const snippetLength = 220

/** The stretch of some texts with most of what was looked for, marked; `undefined` if there is nothing of it. */
export function snippetOf(texts: readonly string[], mark: (text: string) => Piece[]): Piece[] | undefined {
  let best: { pieces: Piece[]; hits: number } | undefined
  for (const text of texts) {
    const pieces = mark(text)
    const found = windowOf(pieces)
    if (found !== undefined && found.hits > (best?.hits ?? 0)) best = found
  }
  return best?.pieces
}

function windowOf(pieces: readonly Piece[]): { pieces: Piece[]; hits: number } | undefined {
  const starts = [0]
  for (const { text } of pieces) starts.push((starts.at(-1) ?? 0) + text.length)
  const places = pieces.flatMap(({ hit }, at) => (hit ? [at] : []))
  const within = (from: number) => places.filter((at) => at >= from && (starts[at + 1] ?? 0) - (starts[from] ?? 0) <= snippetLength).length
  const first = places.toSorted((a, b) => within(b) - within(a) || a - b)[0]
  if (first === undefined) return undefined
  const all = pieces.map(({ text }) => text).join('')
  const [from, to] = [wordStart(all, Math.max(0, (starts[first] ?? 0) - 60)), wordEnd(all, (starts[first] ?? 0) + snippetLength - 60)]
  const cut = pieces.flatMap(({ text, hit }, at) => {
    const start = starts[at] ?? 0
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start))
    return part === '' ? [] : [{ text: part, hit }]
  })
  const ends = [...(from > 0 ? [{ text: '… ', hit: false }] : []), ...cut, ...(to < all.length ? [{ text: ' …', hit: false }] : [])]
  return { pieces: ends, hits: within(first) }
}

/** The nearest space before or after a place, if it is near; never within a character of two units. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0
  const space = text.indexOf(' ', at)
  return space !== -1 && space - at < 25 ? space + 1 : isLow(text, at) ? at + 1 : at
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length
  const space = text.lastIndexOf(' ', at)
  return at - space < 25 ? space : isLow(text, at) ? at + 1 : at
}

const isLow = (text: string, at: number) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff
