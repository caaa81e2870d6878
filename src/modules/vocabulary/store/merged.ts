import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import { curatedSpace, ownScheme } from './tables.ts'

const gone = sql.raw(`vocabulary.concept g join vocabulary.concept k on k.id = g.replaced_by_id and g.replaced_by_id is not null`)
const copied = sql`${curatedSpace}::uuid, ${ownScheme}::uuid, 'own'`

/**
 * Makes true what follows from merges: the kept concept has copies of the labels and codes of the one that is gone, what stood below or beside that one stands below
 * or beside the kept one, and copies end with what they were made of. Called after any write; a merge into a concept that is itself merged takes a turn more.
 */
export async function refreshMerges(db: WriteScope, turns = 3): Promise<void> {
  const { rows } =
    await sql`select from vocabulary.concept where replaced_by_id is not null union all select from vocabulary.label where from_id is not null and ended_at is null limit 1`.execute(
      db,
    )
  if (rows.length === 0) return
  await endCopies(db)
  for (let turn = 0; turn < turns; turn++) {
    await sql`insert into vocabulary.label (space_id, scheme_id, origin, id, concept_id, language, kind, text, folded, position, from_id)
      select ${copied}, gen_random_uuid(), k.id, l.language, case l.kind when 'hidden' then 'hidden' else 'alternative' end, l.text, l.folded, 1000 + l.position, g.id
      from ${gone} join vocabulary.label l on l.concept_id = g.id and l.ended_at is null
      where not exists (select from vocabulary.label h where h.concept_id = k.id and h.language = l.language and h.text = l.text and (h.ended_at is null or h.ended_by = 'curation')) on conflict do nothing`.execute(
      db,
    )
    await sql`insert into vocabulary.code (space_id, scheme_id, origin, id, concept_id, register, code, from_id)
      select ${copied}, gen_random_uuid(), k.id, o.register, o.code, g.id
      from ${gone} join vocabulary.code o on o.concept_id = g.id and o.ended_at is null
      where not exists (select from vocabulary.code h where h.concept_id = k.id and h.register = o.register and h.code = o.code and (h.ended_at is null or h.ended_by = 'curation')) on conflict do nothing`.execute(
      db,
    )
    await sql`insert into vocabulary.relation (space_id, scheme_id, origin, id, concept_id, kind, target_id, from_id)
      select ${copied}, gen_random_uuid(), t.concept_id, t.kind, k.id, g.id
      from ${gone} join vocabulary.relation t on t.target_id = g.id and t.ended_at is null
      where t.concept_id <> k.id and not exists (select from vocabulary.relation h where h.concept_id = t.concept_id and h.kind = t.kind and h.target_id = k.id and (h.ended_at is null or h.ended_by = 'curation')) on conflict do nothing`.execute(
      db,
    )
  }
}

/** Copies end when the merge is taken back, or when what they are copies of has ended. */
async function endCopies(db: WriteScope): Promise<void> {
  const end = (table: string, same: string) =>
    sql
      .raw(
        `update vocabulary.${table} c set ended_at = now(), ended_by = 'file' where c.from_id is not null and c.ended_at is null and not exists (
          select from vocabulary.concept g join vocabulary.${table} s on ${same} and s.ended_at is null where g.id = c.from_id and g.replaced_by_id is not null)`,
      )
      .execute(db)
  await end('label', 's.concept_id = g.id and s.language = c.language and s.text = c.text and g.replaced_by_id = c.concept_id')
  await end('code', 's.concept_id = g.id and s.register = c.register and s.code = c.code and g.replaced_by_id = c.concept_id')
  await end('relation', 's.target_id = g.id and s.concept_id = c.concept_id and s.kind = c.kind and g.replaced_by_id = c.target_id')
}
