import { createHash } from 'node:crypto'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryKind } from '../schema.ts'

export type Citation = { source: string; stance: 'supports' | 'disputes'; locator?: string }
export type Rank = 'preferred' | 'normal' | 'deprecated'
export type Qualifiers = Record<string, string | LanguageText>

/** A statement as an importer or an editor proposes it; things are named by kind and key, not yet by id. */
export type StatementDraft = {
  field: string
  /** A text as `{language: text}`, else a code, number, date, address or name. */
  value: string | LanguageText
  /** The entry that the value means, as `kind:key`. */
  target?: string
  language?: string
  rank?: Rank
  /** Why it has its rank, or what one must know to read it. */
  reason?: LanguageText
  /** What the value holds for: measure, reporter, unit, stage, share … */
  qualifiers?: Qualifiers
  /** The EDTF date or period for which it is claimed. */
  valid?: string
  /** Key of the dispute that it is one side of. */
  dispute?: string
  citations: Citation[]
}

/** An entry with all that is claimed about it. */
export type EntryDraft = { kind: EntryKind; key: string; statements: StatementDraft[] }

/** What makes a statement the same statement at the next import: everything it says and who says it. */
export function statementIdentity(statement: StatementDraft): Buffer {
  const { field, value, target, language, rank, reason, qualifiers, valid, dispute, citations } = statement
  const voices = citations.map(({ source, stance, locator }) => [source, stance, locator ?? ''].join('\t')).toSorted()
  return sha256([field, value, target ?? null, language ?? null, rank ?? 'normal', reason ?? null, ordered(qualifiers), valid ?? null, dispute ?? null, voices])
}

/** Changes whenever anything about an entry does, so that an import can pass over what it knows. */
export const entryDigest = (draft: EntryDraft): Buffer =>
  sha256([draft.kind, draft.key, draft.statements.map((statement) => statementIdentity(statement).toString('hex'))])

/** The same for any row. */
export const rowDigest = (row: unknown): Buffer => sha256(row)

/** What has to be written so that an entry's current statements become the proposed ones: nothing is changed in place. */
export function difference(
  current: ReadonlyMap<string, string>,
  proposed: readonly StatementDraft[],
): { add: { statement: StatementDraft; identity: Buffer; position: number }[]; end: string[] } {
  const wanted = new Map(proposed.map((statement, position) => [statementIdentity(statement).toString('hex'), { statement, position }]))
  return {
    add: [...wanted]
      .filter(([identity]) => !current.has(identity))
      .map(([identity, { statement, position }]) => ({ statement, identity: Buffer.from(identity, 'hex'), position })),
    end: [...current].filter(([identity]) => !wanted.has(identity)).map(([, id]) => id),
  }
}

/**
 * Adds what further sheets say of an entry. The same value said again in the same sense is one statement with the sources of both,
 * in the rank that the further sheet gives it; another value, time or measure stands beside it.
 */
export function together(first: readonly StatementDraft[], further: readonly StatementDraft[]): StatementDraft[] {
  const joined = [...first]
  const free = new Set(first.keys())
  for (const statement of further) {
    const same = [...free].find((index) => isSameClaim(joined[index], statement))
    const before = same === undefined ? undefined : joined[same]
    if (same === undefined || before === undefined) {
      joined.push(statement)
      continue
    }
    free.delete(same)
    joined[same] = { ...before, ...statement, value: richer(before.value, statement.value), citations: unite(statement.citations, before.citations) }
  }
  return joined
}

/** The same value for the same time and in the same sense; a narrower claim stands apart, or sources would be cited for what they do not say. */
function isSameClaim(before: StatementDraft | undefined, statement: StatementDraft): boolean {
  if (before?.field !== statement.field) return false
  if (statement.valid !== undefined && before.valid !== statement.valid) return false
  if (statement.qualifiers !== undefined && ordered(before.qualifiers) !== ordered(statement.qualifiers)) return false
  if (before.rank !== undefined || before.dispute !== undefined) return false
  if (before.target !== undefined || statement.target !== undefined) return before.target === statement.target
  return plain(before.value) === plain(statement.value) && (before.language ?? statement.language) === (statement.language ?? before.language)
}

const ordered = (qualifiers: Qualifiers | undefined) => JSON.stringify(Object.entries(qualifiers ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const plain = (value: string | LanguageText) => (typeof value === 'string' ? value : (value.en ?? JSON.stringify(value)))

const richer = (a: string | LanguageText, b: string | LanguageText) =>
  typeof a === 'object' && (typeof b === 'string' || Object.keys(a).length > Object.keys(b).length) ? a : b

/** Each source once in each stance; whoever disputes does not support. */
function unite(a: readonly Citation[], b: readonly Citation[]): Citation[] {
  const seen = new Set(a.map(({ source }) => source))
  return [...a, ...b.filter(({ source }) => !seen.has(source))]
}

/** The language in which an organization of a country writes its own name. */
export function ownLanguage(country: string): Language {
  const languages: Record<string, Language> = { CU: 'es', ES: 'es', CN: 'zh', VN: 'vi' }
  return languages[country] ?? 'en'
}

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest()
