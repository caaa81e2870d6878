import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'

export type RelationRow = { concept: string; kind: 'broader' | 'related'; target: string }

/** Every relation between concepts in use, by their keys; of one that was merged, those of the one that it is now: one query. */
export async function loadRelations(db: Scope): Promise<RelationRow[]> {
  const { rows } = await sql<RelationRow>`
    select distinct coalesce(a.replaced, c.key) as concept, t.kind, coalesce(b.replaced, k.key) as target
    from vocabulary.relation t join vocabulary.concept c on c.id = t.concept_id join vocabulary.concept k on k.id = t.target_id
      left join lateral (select r.key as replaced from vocabulary.concept r where r.id = c.replaced_by_id) a on true
      left join lateral (select r.key as replaced from vocabulary.concept r where r.id = k.replaced_by_id) b on true
    where t.ended_at is null and coalesce(a.replaced, c.key) <> coalesce(b.replaced, k.key)`.execute(db)
  return rows
}
