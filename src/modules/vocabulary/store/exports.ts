import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { ConceptDraft } from '../rules/draft.ts'

/** A concept as it leaves the house, others named by their keys. */
export type Exported = ConceptDraft & { scheme: string; state: 'current' | 'retired'; replacedBy: string | null; matches: string[] }

/** A page of concepts with all that they consist of, in the order of their keys. @param keys only these; all if not given */
export async function listForExport(
  db: Scope,
  { cursor, keys, size = 200 }: { cursor?: string | undefined; keys?: readonly string[]; size?: number },
): Promise<Page<Exported>> {
  const place = keyset({ key: sql`c.key`, cast: 'text', id: sql`c.id`, descending: false }, cursor, size)
  const among = keys === undefined ? sql`true` : sql`c.key = any (${[...keys]}::text[])`
  const targets = (kind: string) => sql`array(select b.key from vocabulary.relation t join vocabulary.concept b on b.id = t.target_id and b.state = 'current'
    where t.concept_id = c.id and t.kind = ${kind} and t.ended_at is null order by t.id)`
  const { rows } = await sql<Keyed<Exported>>`
    with c as materialized (select c.*, ${place.select} from vocabulary.concept c where ${among} and ${place.where} order by ${place.orderBy} limit ${place.limit})
    select c.key, c.area, c.state, c.note, s.key as scheme, (select k.key from vocabulary.concept k where k.id = c.replaced_by_id) as "replacedBy",
      (select coalesce(jsonb_agg(jsonb_build_object('language', l.language, 'kind', l.kind, 'text', l.text) order by array_position(array['preferred', 'alternative', 'hidden'], l.kind), l.position, l.id), '[]')
        from vocabulary.label l where l.concept_id = c.id and l.ended_at is null) as labels,
      (select coalesce(jsonb_agg(jsonb_build_object('register', o.register, 'code', o.code) order by o.register, o.code), '[]') from vocabulary.code o where o.concept_id = c.id and o.ended_at is null) as codes,
      ${targets('broader')} as broader, ${targets('related')} as related, array(select m.uri from vocabulary.exact_match m where m.concept_id = c.id order by m.uri) as matches,
      c.cursor_key, c.cursor_id
    from c join vocabulary.scheme s on s.id = c.scheme_id order by c.cursor_key, c.cursor_id`.execute(db)
  return pageOf<Exported>(place, rows)
}
