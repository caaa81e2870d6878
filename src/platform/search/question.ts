import type { Analysis } from '../text/analysis/analyse.ts'
import type { Term } from '../text/analysis/index-terms.ts'
import { wordOf } from '../text/analysis/words.ts'
import { isSilent } from '../text/terms.ts'
import type { Concepts } from './concepts.ts'
import { leastCertain, marks, quoted, readText } from './lexemes.ts'

/** A lexeme that is looked for: how much it counts beside others of the same rarity, and to which piece of the question it belongs. */
export type Sought = { lexeme: string; begun: boolean; factor: number; piece: number }

/** What somebody typed, as the index is asked: four queries of PostgreSQL, and what the order of the hits follows from. */
export type Question = {
  /** All of it in the words or concepts; `begun` with the last word perhaps unfinished. */
  words: string
  begunWords: string
  /** The same in names. */
  names: string
  begunNames: string
  sought: Sought[]
  /** Of each unit of it, lexemes of which whatever has all of it has at least one, and the word that they stand for as it was typed. */
  needs: { lexemes: string[]; word: string }[]
  /** How many pieces it has. */
  pieces: number
  /** The concepts that were understood, with the words that led to them. */
  concepts: { key: string; text: string }[]
}

type Form = { lexeme: string; factor: number; inNames: boolean }
/** What has to be met: one of its forms, or a word of names that begins so. */
type Piece = { forms: Form[]; begun?: string; start: number; silent: boolean }
/** Pieces that one concept or code may stand for. */
type Unit = { pieces: Piece[]; instead: Form[]; start: number; end: number; isCode?: boolean }

// "cub" of "Cuba" is that of cubes too.
const shortestStem = 4
const mostPieces = 32
/**
 * How much counts beside a concept that is met: a word that the concept covers, one that none covers, and a concept above it. Only what is written in the language of the
 * question has its words, and must not come first for that. Chosen on the halves for tuning in bench/matching.
 */
const share = { covered: 0.1, bare: 0.7, broader: 0.25 }
const mostTyped = 1000

/**
 * Reads what somebody typed.
 *
 * @param near other spellings of words, each as good as the word itself
 * @returns `undefined` when nothing that can be looked for was typed
 */
export function readQuestion(typed: string, concepts: Concepts | undefined, near: ReadonlyMap<string, readonly string[]> = new Map()): Question | undefined {
  const analysis = readText(typed, concepts, mostTyped)
  const units = unitsOf(analysis, typed, near)
  const pieces = units.flatMap((unit) => unit.pieces)
  if (pieces.length === 0) return undefined
  if (pieces.some(({ silent }) => !silent)) for (const unit of units) unit.pieces = unit.pieces.filter(({ silent }) => !silent)
  const asked = units.filter((unit) => unit.pieces.length > 0).slice(0, mostPieces)
  const query = (inNames: boolean, begun: boolean) => asked.map((unit) => unitQuery(unit, inNames, begun)).join(' & ')
  const outer = analysis.concepts.filter(isSure)
  return {
    words: query(false, false),
    begunWords: query(false, true),
    names: query(true, false),
    begunNames: query(true, true),
    sought: [...soughtOf(asked), ...compounds(analysis.terms), ...broaderThan(outer, concepts)],
    needs: asked.map(needOf),
    pieces: asked.reduce((sum, unit) => sum + (unit.isCode ? 1 : unit.pieces.length), 0),
    concepts: [...new Map(outer.map(({ concept, start, end }) => [concept, { key: concept, text: typed.slice(start, end) }])).values()],
  }
}

const isSure = ({ inner, certainty }: { inner: boolean; certainty: number }) => !inner && certainty >= leastCertain

function unitsOf({ terms, concepts }: Analysis, typed: string, near: ReadonlyMap<string, readonly string[]>): Unit[] {
  const last = terms.reduce((end, term) => Math.max(end, term.end), 0)
  const pieceOf = (term: Term): Piece => {
    const isBegun = term.kind === 'word' && term.end === last && Array.from(term.text).length > 1
    return { ...wordPiece(term, near), ...(isBegun && { begun: wordOf(term.text).folded }) }
  }
  const spans: Unit[] = concepts.filter(isSure).map(({ concept, certainty, others, start, end }) => ({
    pieces: [],
    instead: [concept, ...others].map((key) => ({ lexeme: marks.concept + key, factor: key === concept ? certainty : certainty / 2, inNames: true })),
    start,
    end,
  }))
  for (const { kind, text, start, end } of terms)
    if (kind === 'code') {
      const around = spans.find((span) => span.start <= start && end <= span.end)
      const form: Form = { lexeme: text, factor: 1, inNames: true }
      if (around && around.start === start && around.end === end) around.instead.push(form)
      else if (!spans.some((span) => span.start < end && start < span.end)) spans.push({ pieces: [], instead: [form], start, end, isCode: true })
    }
  spans.sort((a, b) => a.start - b.start)
  const units = [...spans]
  for (const term of terms) {
    if (term.kind !== 'word') continue
    const unit = spans.find(({ start, end }) => start <= term.start && term.end <= end)
    if (unit) unit.pieces.push(pieceOf(term))
    else units.push({ pieces: [pieceOf(term)], instead: [], start: term.start, end: term.end })
  }
  for (const run of hanRuns(terms, typed, spans)) {
    const unit = spans.find(({ start, end }) => start <= run.start && run.end <= end)
    if (unit) unit.pieces.push(...run.pieces)
    else units.push(...run.pieces.map((piece): Unit => ({ pieces: [piece], instead: [], start: run.start, end: run.end })))
  }
  return units.filter((unit) => unit.pieces.length > 0).sort((a, b) => a.start - b.start)
}

function wordPiece({ text, start, stop }: Term, near: ReadonlyMap<string, readonly string[]>): Piece {
  const { folded, en, es, cognate } = wordOf(text)
  const stems = [...new Set([en, es])].filter((stem) => stem !== folded && stem.length >= shortestStem)
  const forms: Form[] = [
    { lexeme: folded, factor: 1, inNames: true },
    ...stems.map((lexeme) => ({ lexeme, factor: 0.7, inNames: true })),
    ...(cognate === '' ? [] : [{ lexeme: marks.cognate + cognate, factor: 0.5, inNames: false }]),
    ...(near.get(folded) ?? []).map((lexeme) => ({ lexeme, factor: 1, inNames: true })),
  ]
  return { forms: forms.filter(({ lexeme }) => lexeme !== ''), start, silent: stop || isSilent(folded) }
}

/** Han characters that stand together and in the same concept or none: by their pairs, a single one by itself. */
function hanRuns(terms: readonly Term[], typed: string, spans: readonly Unit[]): { pieces: Piece[]; start: number; end: number }[] {
  const runs: { pieces: Piece[]; start: number; end: number }[] = []
  const spanAt = (start: number) => spans.findIndex((span) => span.start <= start && start < span.end)
  const pairs = new Map(terms.filter(({ kind, text }) => kind === 'pair' && !text.includes(' ')).map((term) => [term.start, term]))
  let lastSpan = -2
  for (const term of terms) {
    if (term.kind !== 'character') continue
    const span = spanAt(term.start)
    const run = runs.at(-1)
    const isSame = run !== undefined && span === lastSpan && typed.slice(run.end, term.start).trim() === ''
    lastSpan = span
    if (isSame) run.end = term.end
    else runs.push({ pieces: [], start: term.start, end: term.end })
  }
  for (const run of runs) {
    const within = [...pairs.values()].filter(({ start, end }) => start >= run.start && end <= run.end)
    const single = terms.filter(({ kind, start, end }) => kind === 'character' && start >= run.start && end <= run.end)
    run.pieces = (within.length > 0 ? within : single).map(({ text, start, stop }) => ({
      forms: [{ lexeme: text, factor: 1, inNames: true }],
      start,
      silent: stop,
    }))
  }
  return runs
}

function needOf({ pieces, instead }: Unit): Question['needs'][number] {
  const wordOfPiece = ({ forms }: Piece) => forms[0]?.lexeme ?? ''
  const [longest] = pieces.toSorted((a, b) => wordOfPiece(b).length - wordOfPiece(a).length)
  return { lexemes: [...new Set([...(longest?.forms ?? []), ...instead].map(({ lexeme }) => lexeme))], word: longest ? wordOfPiece(longest) : '' }
}

function unitQuery({ pieces, instead }: Unit, inNames: boolean, begun: boolean): string {
  const all = pieces.map((piece) => any(piece.forms, inNames, begun ? piece.begun : undefined)).join(' & ')
  return instead.length === 0 ? all : `((${all}) | ${any(instead, inNames, undefined)})`
}

function any(forms: readonly Form[], inNames: boolean, begun: string | undefined): string {
  const mark = inNames ? marks.inName : ''
  const operands = forms.filter((form) => !inNames || form.inNames).map(({ lexeme }) => quoted(mark + lexeme))
  return `(${[...new Set([...operands, ...(begun === undefined ? [] : [`${quoted(mark + begun)}:*`])])].join(' | ')})`
}

/** Two Vietnamese syllables that follow each other say more than each; whoever types without accents does not mean to have them met, so they only count. */
const compounds = (terms: readonly Term[]): Sought[] =>
  [...new Set(terms.filter(({ kind, text, stop }) => kind === 'pair' && !stop && text.includes(' ')).map(({ text }) => text))]
    .slice(0, mostPieces)
    .map((lexeme, at) => ({ lexeme, begun: false, factor: share.bare, piece: 1000 + at }))

/** What is about something of the same kind comes nearest to what is about the thing itself. */
function broaderThan(asked: readonly { concept: string }[], concepts: Concepts | undefined): Sought[] {
  const own = new Set(asked.map(({ concept }) => concept))
  const above = new Set([...own].flatMap((key) => concepts?.above.get(key) ?? []).filter((key) => !own.has(key)))
  return [...above].slice(0, mostPieces).map((key, at) => ({ lexeme: marks.concept + key, begun: false, factor: share.broader, piece: 2000 + at }))
}

function soughtOf(units: readonly Unit[]): Sought[] {
  const best = new Map<string, Sought>()
  let piece = 0
  const add = ({ lexeme, factor }: Pick<Form, 'lexeme' | 'factor'>, begun = false) => {
    const key = begun ? `${lexeme}:*` : lexeme
    if ((best.get(key)?.factor ?? 0) < factor) best.set(key, { lexeme, begun, factor, piece })
  }
  for (const { pieces, instead, isCode = false } of units) {
    // A letter or a digit of a code says nothing: what has most of a question has the code, or not.
    const worth = instead.length > 0 ? share.covered : share.bare
    for (const { forms, begun } of isCode ? [] : pieces) {
      forms.forEach(({ lexeme, factor }) => add({ lexeme, factor: factor * worth }))
      if (begun !== undefined) add({ lexeme: begun, factor: 0.2 }, true)
      piece++
    }
    instead.forEach((form) => add(form))
    piece++
  }
  return [...best.values()]
}
