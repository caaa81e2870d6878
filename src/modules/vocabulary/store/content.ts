import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import type { Code, Label } from '../rules/draft.ts'
import type { Change, EndedBy, HeldContent, Origin, Relation } from '../rules/reconcile.ts'
import { chunks, curatedSpace } from './tables.ts'

/** A concept as it is stored, with all that it consists of; rows that a newer file ended are left out. */
export type Stored = {
  id: string
  key: string
  area: string
  schemeId: string
  state: 'current' | 'retired'
  retiredBy: EndedBy | null
  replacedById: string | null
  note: string | null
  noteOrigin: Origin
  version: number
} & HeldContent

const row = sql.raw(`'id', r.id, 'origin', r.origin, 'schemeId', r.scheme_id, 'fromId', r.from_id, 'endedBy', r.ended_by`)
const kept = sql.raw(`(r.ended_at is null or r.ended_by = 'curation')`)

/** Concepts with all that they consist of. @param ids only these; all if not given */
export async function readStored(db: Scope, ids?: readonly string[]): Promise<Stored[]> {
  const among = (column: string) => (ids === undefined ? sql`true` : sql`${sql.raw(column)} = any (${[...ids]}::uuid[])`)
  const { rows } = await sql<Stored>`
    with labels as (select r.concept_id, jsonb_agg(jsonb_build_object(${row}, 'language', r.language, 'kind', r.kind, 'text', r.text) order by r.position, r.id) as rows
        from vocabulary.label r where ${kept} and ${among('r.concept_id')} group by r.concept_id),
      relations as (select r.concept_id, jsonb_agg(jsonb_build_object(${row}, 'kind', r.kind, 'targetId', r.target_id) order by r.id) as rows
        from vocabulary.relation r where ${kept} and ${among('r.concept_id')} group by r.concept_id),
      codes as (select r.concept_id, jsonb_agg(jsonb_build_object(${row}, 'register', r.register, 'code', r.code) order by r.id) as rows
        from vocabulary.code r where ${kept} and ${among('r.concept_id')} group by r.concept_id)
    select c.id, c.key, c.area, c.scheme_id as "schemeId", c.state, c.retired_by as "retiredBy", c.replaced_by_id as "replacedById", c.note, c.note_origin as "noteOrigin", c.version,
      coalesce(l.rows, '[]') as labels, coalesce(t.rows, '[]') as relations, coalesce(o.rows, '[]') as codes
    from vocabulary.concept c left join labels l on l.concept_id = c.id left join relations t on t.concept_id = c.id left join codes o on o.concept_id = c.id
    where ${among('c.id')} order by c.key`.execute(db)
  return rows
}

export type NewConcept = { id: string; key: string; area: string; schemeId: string; note: string | null; noteOrigin: Origin }

export async function insertConcepts(db: WriteScope, concepts: readonly NewConcept[]): Promise<void> {
  for (const part of chunks(concepts))
    await sql`insert into vocabulary.concept (id, space_id, scheme_id, key, area, note, note_origin)
      select id, ${curatedSpace}::uuid, "schemeId", key, area, note, "noteOrigin" from json_to_recordset(${JSON.stringify(part)}::json)
        as r (id uuid, key text, area text, "schemeId" uuid, note text, "noteOrigin" text)`.execute(db)
}

export type ConceptHead = Pick<Stored, 'id' | 'area' | 'schemeId' | 'state' | 'retiredBy' | 'note' | 'noteOrigin'>

/** Writes what stands in the rows of concepts themselves. */
export async function updateConcepts(db: WriteScope, heads: readonly ConceptHead[]): Promise<void> {
  for (const part of chunks(heads))
    await sql`update vocabulary.concept c set area = r.area, scheme_id = r."schemeId", state = r.state, retired_by = r."retiredBy", note = r.note, note_origin = r."noteOrigin",
      replaced_by_id = case when r.state = 'current' then null else c.replaced_by_id end, version = c.version + 1
      from json_to_recordset(${JSON.stringify(part)}::json) as r (id uuid, area text, "schemeId" uuid, state text, "retiredBy" text, note text, "noteOrigin" text) where c.id = r.id`.execute(
      db,
    )
}

export type ContentChange = { id: string; labels: Change<Label>; relations: Change<Relation>; codes: Change<Code> }
/** By whom rows are written: the scheme and the kind of origin; what ends, ends by `endedBy`. */
export type Writer = { schemeId: string; origin: Origin; endedBy: EndedBy }

/** Ends and adds rows of concepts. What ends goes first, so that another label can take the place of the preferred one. */
export async function writeContent(db: WriteScope, changes: readonly ContentChange[], { schemeId, origin, endedBy }: Writer): Promise<void> {
  for (const table of ['label', 'relation', 'code'] as const) {
    const ended = changes.flatMap((change) => change[`${table}s`].end)
    if (ended.length > 0)
      await sql`update vocabulary.${sql.raw(table)} set ended_at = now(), ended_by = ${endedBy} where id = any (${ended}::uuid[]) and ended_at is null`.execute(
        db,
      )
  }
  const by = sql`${curatedSpace}::uuid, ${schemeId}::uuid, ${origin}`
  const labels = changes.flatMap(({ id, labels: { add } }) =>
    add.map(({ language, kind, text }, position) => ({ id: newId(), concept: id, language, kind, text, folded: sortKey(text), position })),
  )
  for (const part of chunks(labels))
    await sql`insert into vocabulary.label (space_id, scheme_id, origin, id, concept_id, language, kind, text, folded, position)
      select ${by}, id, concept, language, kind, text, folded, position from json_to_recordset(${JSON.stringify(part)}::json)
        as r (id uuid, concept uuid, language text, kind text, text text, folded text, position int) on conflict do nothing`.execute(db)
  const relations = changes.flatMap(({ id, relations: { add } }) => add.map(({ kind, targetId }) => ({ id: newId(), concept: id, kind, target: targetId })))
  for (const part of chunks(relations))
    await sql`insert into vocabulary.relation (space_id, scheme_id, origin, id, concept_id, kind, target_id)
      select ${by}, id, concept, kind, target from json_to_recordset(${JSON.stringify(part)}::json) as r (id uuid, concept uuid, kind text, target uuid) on conflict do nothing`.execute(
      db,
    )
  const codes = changes.flatMap(({ id, codes: { add } }) => add.map(({ register, code }) => ({ id: newId(), concept: id, register, code })))
  for (const part of chunks(codes))
    await sql`insert into vocabulary.code (space_id, scheme_id, origin, id, concept_id, register, code)
      select ${by}, id, concept, register, code from json_to_recordset(${JSON.stringify(part)}::json) as r (id uuid, concept uuid, register text, code text) on conflict do nothing`.execute(
      db,
    )
}

/** Keeps others from writing the vocabulary until the end of the transaction: what is read for a change stays true. */
export async function lockVocabulary(db: WriteScope): Promise<void> {
  await sql`select pg_advisory_xact_lock(7822690)`.execute(db)
}
