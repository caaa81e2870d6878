import type { Database, Scope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { analyse } from '../../../platform/text/analysis/analyse.ts'
import { buildRecognizer, type Recognizer } from '../../../platform/text/analysis/recognizer/recognizer.ts'
import { loadLabels, vocabularyVersion } from '../../vocabulary/index.ts'

const kept = new WeakMap<Database, { version: string; recognizer: Recognizer }>()

/** What recognizes the concepts of the vocabulary as it is now; made anew only when that was changed. */
async function recognizerNow(database: Database, db: Scope): Promise<Recognizer> {
  const version = await vocabularyVersion(db)
  const there = kept.get(database)
  if (there?.version === version) return there.recognizer
  const recognizer = buildRecognizer(await loadLabels(db))
  kept.set(database, { version, recognizer })
  return recognizer
}

export type Passage = { text: string; language: Language }
/** Below this, what was recognized is likelier something else. */
const leastCertain = 0.6
/** Of a text, so many UTF-16 units are read. */
const longest = 20_000

/**
 * Concepts that some texts seem to be about, for somebody to confirm: those named most often first.
 *
 * @returns keys of concepts, at most so many
 */
export async function suggestConcepts(database: Database, db: Scope, passages: readonly Passage[], most = 12): Promise<string[]> {
  const recognizer = await recognizerNow(database, db)
  const times = new Map<string, number>()
  for (const { text, language } of passages)
    for (const { concept, certainty, inner } of analyse(text, { language, recognizer, most: longest }).concepts)
      if (!inner && certainty >= leastCertain) times.set(concept, (times.get(concept) ?? 0) + 1)
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([concept]) => concept)
}
