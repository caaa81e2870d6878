import type { Scope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { conceptNames, vocabularyNow } from '../../vocabulary/index.ts'
import type { Embedding } from '../rules/embedding.ts'
import { findingsOf, type Facts, type Finding } from '../rules/fit.ts'
import { conceptsIn, reasonsOf, tellingLikenessOf, type Reasons } from '../rules/reasons.ts'
import type { Profile } from '../rules/weigh.ts'
import { embeddingOf } from '../store/embeddings.ts'
import type { Wanting } from '../store/matches.ts'

type Side = { facts: Facts; profile: Profile | null; embedding: Wanting['embedding'] }
/** `similar`: that a model, so called, finds the two texts alike, and how much. */
export type Explained<M> = M & { reasons: Reasons; similar: { model: string; likeness: number } | null; findings: Finding[] }
export type Names = Awaited<ReturnType<typeof conceptNames>>

const nothing: Reasons = { shared: [], wider: [], names: [] }

/** Why counterparts fit a listing, from what was kept of them; and what the concepts that the reasons name are called for the reader: one query. */
export async function explain<M extends Side>(
  db: Scope,
  mine: Side,
  matches: readonly M[],
  language: Language,
): Promise<{ explained: Explained<M>[]; names: Names }> {
  if (matches.length === 0) return { explained: [], names: new Map() }
  const { relations } = await vocabularyNow(db)
  const own = mine.embedding && embeddingOf(mine.embedding)
  const explained = matches.map((match) => ({
    ...match,
    similar: similarTo(own, match.embedding),
    reasons: mine.profile === null || match.profile === null ? nothing : reasonsOf(mine.profile, match.profile, relations),
    findings: findingsOf(mine.facts, match.facts),
  }))
  const keys = [...new Set(explained.flatMap(({ reasons }) => conceptsIn(reasons)))]
  return { explained, names: await conceptNames(db, keys, language) }
}

function similarTo(own: Embedding | null, kept: Wanting['embedding']): Explained<object>['similar'] {
  const likeness = tellingLikenessOf(own, kept && embeddingOf(kept))
  return likeness === undefined || kept === null ? null : { model: kept.called, likeness }
}
