import type { Scope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { analyse } from '../../../platform/text/analysis/analyse.ts'
import type { Hit } from '../../../platform/text/analysis/recognizer/choose.ts'
import { recognizerNow } from '../../vocabulary/index.ts'

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
export async function suggestConcepts(db: Scope, passages: readonly Passage[], most = 12): Promise<string[]> {
  const recognizer = await recognizerNow(db)
  const times = new Map<string, number>()
  for (const { text, language } of passages) {
    const hits = analyse(text, { language, recognizer, most: longest }).concepts.filter(({ certainty }) => certainty >= leastCertain)
    // What lies within a longer name is said by that; what only crosses one ("making antibodies", "monoclonal antibodies") is not.
    const isWithin = (hit: Hit) => hits.some((other) => !other.inner && other.start <= hit.start && other.end >= hit.end)
    for (const hit of hits) if (!hit.inner || !isWithin(hit)) times.set(hit.concept, (times.get(hit.concept) ?? 0) + 1)
  }
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([concept]) => concept)
}
