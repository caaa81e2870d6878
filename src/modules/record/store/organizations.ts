import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import type { OrganizationKnown } from '../rules/match.ts'
import { statementIdentity, type StatementDraft } from '../rules/statements.ts'
import { insertStatements, sourceIds } from './import.ts'
import { kept, orKept } from './merges.ts'
import { recordSpace } from './tables.ts'

/** Every organization on record as far as it can be matched with a registry; what was merged into another is part of that one. */
export async function organizationsKnown(db: Scope): Promise<(OrganizationKnown & { id: string })[]> {
  const said = (...fields: string[]) => sql`coalesce(jsonb_agg(c.value order by c.n) filter (where c.field = any (${fields}::text[])), '[]')`
  const result = await sql<OrganizationKnown & { id: string }>`
    with claims as (
      select ${orKept('h', 't.entry_id')} as entry_id, t.field, case when jsonb_typeof(v.value) = 'object' then null else v.value end as value,
        row_number() over (order by t.entry_id, t.position, t.id, v.n) as n
      from record.statement t ${kept('h', 't.entry_id')}
        cross join lateral (select t.value, 1 as n where jsonb_typeof(t.value) <> 'object'
          union all select to_jsonb(each.value), each.ordinality from jsonb_each_text(case when jsonb_typeof(t.value) = 'object' then t.value else '{}' end) with ordinality each) v
      where t.field in ('name', 'alias', 'acronym', 'website', 'founded', 'ror') and t.ended_at is null and t.rank <> 'deprecated')
    select o.entry_id as id, o.key, o.country, ${said('name', 'alias')} as names, ${said('acronym')} as acronyms, ${said('website')} as websites,
      ${said('founded')} as founded, ${said('ror')} as ror
    from record.catalogue o left join claims c on c.entry_id = o.entry_id
    where o.entry_kind = 'organization' and o.space_id = ${recordSpace} group by o.entry_id, o.key, o.country order by o.key`.execute(db)
  return result.rows
}

/** Adds what a registry says to some entries, behind what is on record of them. */
export async function addFromRegistry(db: WriteScope, entries: readonly { id: string; statements: readonly StatementDraft[] }[]): Promise<void> {
  const ids = entries.map(({ id }) => id)
  const last = await sql<{ id: string; position: number }>`
    select entry_id as id, max(position) as position from record.statement where entry_id = any (${ids}::uuid[]) and ended_at is null group by 1`.execute(db)
  const behind = new Map(last.rows.map(({ id, position }) => [id, position + 1]))
  const added = entries.flatMap(({ id, statements }) =>
    statements.map((statement, index) => ({
      id: newId(),
      entry: id,
      statement,
      identity: statementIdentity(statement),
      position: (behind.get(id) ?? 0) + index,
    })),
  )
  await insertStatements(db, added, { entries: new Map(), disputes: new Map(), sources: await sourceIds(db) }, 'registry')
}
