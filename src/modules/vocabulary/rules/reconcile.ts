import type { Code, Label } from './draft.ts'

export const origins = ['built-in', 'imported', 'own'] as const
export type Origin = (typeof origins)[number]
/** What ends a row: a newer file that has it no more, or somebody who curates. */
export type EndedBy = 'file' | 'curation'

/** A row as it is stored; `fromId`: it is a copy of what a concept has that was merged into this one. */
export type Held<T> = T & { id: string; origin: Origin; schemeId: string; fromId: string | null; endedBy: EndedBy | null }
export type Relation = { kind: 'broader' | 'related'; targetId: string }
/** What a concept consists of beside its note. */
export type Content = { labels: Label[]; relations: Relation[]; codes: Code[] }
export type HeldContent = { labels: Held<Label>[]; relations: Held<Relation>[]; codes: Held<Code>[] }
export type Change<T> = { add: T[]; end: string[] }

const labelName = ({ language, text }: Label) => `${language} ${text}`
const relationName = ({ kind, targetId }: Relation) => `${kind} ${targetId}`
const codeName = ({ register, code }: Code) => `${register} ${code}`

/**
 * What a file says of a concept against what is held. A file ends only what it said itself, it brings nothing back that somebody has ended by hand, and where somebody
 * has chosen what a concept is called it adds its own word beside that.
 *
 * @param schemeId whose file it is
 */
export function byFile(wanted: Content, held: HeldContent, schemeId: string): { labels: Change<Label>; relations: Change<Relation>; codes: Change<Code> } {
  return {
    labels: labelsByFile(wanted.labels, held.labels, schemeId),
    relations: rowsByFile(wanted.relations, held.relations, relationName, schemeId),
    codes: rowsByFile(wanted.codes, held.codes, codeName, schemeId),
  }
}

const isCurrent = ({ endedBy }: { endedBy: EndedBy | null }) => endedBy === null
const isOf = (schemeId: string, row: Held<unknown>) => row.schemeId === schemeId && row.fromId === null && row.origin !== 'own'

function rowsByFile<T>(wanted: readonly T[], held: readonly Held<T>[], nameOf: (row: T) => string, schemeId: string): Change<T> {
  const known = new Set(held.filter((row) => isCurrent(row) || row.endedBy === 'curation').map(nameOf))
  const names = new Set(wanted.map(nameOf))
  return {
    add: wanted.filter((row) => !known.has(nameOf(row))),
    end: held.filter((row) => isCurrent(row) && isOf(schemeId, row) && !names.has(nameOf(row))).map(({ id }) => id),
  }
}

function labelsByFile(wanted: readonly Label[], held: readonly Held<Label>[], schemeId: string): Change<Label> {
  const current = held.filter(isCurrent)
  const chosen = new Set(current.filter((row) => row.kind === 'preferred' && !isOf(schemeId, row)).map(({ language }) => language))
  const fitted = wanted.map((label) => (label.kind === 'preferred' && chosen.has(label.language) ? { ...label, kind: 'alternative' as const } : label))
  const { add, end } = rowsByFile(fitted, held, labelName, schemeId)
  const kinds = new Map(fitted.map((label) => [labelName(label), label]))
  const other = current.filter((row) => isOf(schemeId, row) && (kinds.get(labelName(row))?.kind ?? row.kind) !== row.kind)
  return { add: [...add, ...other.flatMap((row) => kinds.get(labelName(row)) ?? [])], end: [...end, ...other.map(({ id }) => id)] }
}

/** What somebody who curates says, against what is held: all that is not said any more ends. */
export function byHand(wanted: Content, held: HeldContent): { labels: Change<Label>; relations: Change<Relation>; codes: Change<Code> } {
  return {
    labels: rowsByHand(wanted.labels, held.labels, (label) => `${labelName(label)} ${label.kind}`),
    // What followed from a merge, and is left as it is, from now on stands for itself: what it was a copy of ends here.
    relations: rowsByHand(wanted.relations, held.relations, relationName, ({ fromId }) => fromId === null),
    codes: rowsByHand(wanted.codes, held.codes, codeName),
  }
}

function rowsByHand<T>(wanted: readonly T[], held: readonly Held<T>[], nameOf: (row: T) => string, stays: (row: Held<T>) => boolean = () => true): Change<T> {
  const current = held.filter(isCurrent)
  const [known, names] = [new Set(current.filter(stays).map(nameOf)), new Set(wanted.map(nameOf))]
  return { add: wanted.filter((row) => !known.has(nameOf(row))), end: current.filter((row) => !stays(row) || !names.has(nameOf(row))).map(({ id }) => id) }
}
