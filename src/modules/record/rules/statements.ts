import { createHash } from 'node:crypto'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryKind } from '../schema.ts'

export type Citation = { source: string; stance: 'supports' | 'disputes'; locator?: string }

/** A statement as an importer or an editor proposes it; things are named by kind and key, not yet by id. */
export type StatementDraft = {
  field: string
  /** A text as `{language: text}`, else a code, date, address or name. */
  value: string | LanguageText
  /** The entry that the value means, as `kind:key`. */
  target?: string
  language?: string
  citations: Citation[]
}

/** An entry with all that is claimed about it. */
export type EntryDraft<Projection = unknown> = { kind: EntryKind; key: string; statements: StatementDraft[]; projection: Projection }

/** What makes a statement the same statement at the next import: everything it says and who says it. */
export function statementIdentity(statement: StatementDraft): Buffer {
  const { field, value, target, language, citations } = statement
  return sha256([
    field,
    value,
    target ?? null,
    language ?? null,
    citations.map(({ source, stance, locator }) => [source, stance, locator ?? ''].join('\t')).toSorted(),
  ])
}

/** Changes whenever anything about an entry does, so that an import can pass over what it knows. */
export const entryDigest = (draft: EntryDraft): Buffer =>
  sha256([draft.kind, draft.key, draft.statements.map((statement) => statementIdentity(statement).toString('hex')), draft.projection])

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

/** The language in which an organization of a country writes its own name. */
export function ownLanguage(country: string): Language {
  const languages: Record<string, Language> = { CU: 'es', ES: 'es', CN: 'zh', VN: 'vi' }
  return languages[country] ?? 'en'
}

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest()
