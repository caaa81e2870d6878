import type { Scope } from '../../../platform/db/database.ts'
import type { Concepts } from '../../../platform/search/concepts.ts'
import { buildRecognizerInTurns, type Recognizer } from '../../../platform/text/analysis/recognizer/recognizer.ts'
import { relationsOf, type Relations } from '../rules/relations.ts'
import { loadAbove, loadLabels, vocabularyMark } from '../store/names.ts'
import { loadRelations } from '../store/relations.ts'

/** All that is worked out of the vocabulary once for each state of it. `version` is the empty text while there is none. */
export type Known = Concepts & { relations: Relations }

/** Of a version and the one before it; some megabytes each. */
const mostKept = 2
const kept = new Map<string, Promise<Known>>()

/**
 * What is known of the vocabulary as it is now: what recognizes its concepts, and how they stand to each other; made anew only when that was changed, and once for all
 * who ask meanwhile. One query while nothing has changed.
 */
export async function vocabularyNow(db: Scope): Promise<Known> {
  const version = (await vocabularyMark(db)) ?? ''
  const there = kept.get(version)
  if (there !== undefined) return await there
  const known = make(db, version)
  kept.set(version, known)
  for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old)
  known.catch(() => {
    if (kept.get(version) === known) kept.delete(version)
  })
  return await known
}

async function make(db: Scope, version: string): Promise<Known> {
  if (version === '') return { version, recognizer: await buildRecognizerInTurns([]), above: new Map(), relations: relationsOf([]) }
  const labels = await loadLabels(db)
  const above = await loadAbove(db)
  const relations = relationsOf(await loadRelations(db))
  return { version, recognizer: await buildRecognizerInTurns(labels), above, relations }
}

/** The concepts as a search knows them. @returns `undefined` while there is no vocabulary */
export async function vocabularyConcepts(db: Scope): Promise<Concepts | undefined> {
  const known = await vocabularyNow(db)
  return known.version === '' ? undefined : known
}

/** What recognizes the concepts of the vocabulary as it is now. */
export const recognizerNow = async (db: Scope): Promise<Recognizer> => (await vocabularyNow(db)).recognizer
