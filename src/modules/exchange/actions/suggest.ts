import type { Database, Scope } from '../../../platform/db/database.ts'
import { loadLabels, vocabularyVersion } from '../../vocabulary/index.ts'
import { conceptsIn, labelIndex, type LabelIndex } from '../rules/suggest.ts'

const kept = new WeakMap<Database, { version: string; index: LabelIndex }>()

/** The labels of the vocabulary, as they are now: read again only when it was changed. */
async function labelsNow(database: Database, db: Scope): Promise<LabelIndex> {
  const version = await vocabularyVersion(db)
  const there = kept.get(database)
  if (there?.version === version) return there.index
  const index = labelIndex(await loadLabels(db))
  kept.set(database, { version, index })
  return index
}

/** Concepts that some texts, in whichever languages, seem to be about, for somebody to confirm. The one place that recognizes them: what does it better goes in here. */
export async function suggestConcepts(database: Database, db: Scope, texts: readonly string[], most = 12): Promise<string[]> {
  const index = await labelsNow(database, db)
  return conceptsIn(texts.join('\n'), index, most)
}
