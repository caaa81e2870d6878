import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { Holder } from '../rules/ownership.ts'
import { kept, orKept } from './merges.ts'

/** An entry and those that are merged into it; kept in each row, since under row-level security no index answers a condition with a query in it. */
const homesOf = (id: string) => sql.raw(`array(select ${id} union all select g.gone_id from record.merge g where g.kept_id = ${id} and g.ended_at is null)`)

/** So many steps upwards are followed, and so many holders shown. */
const mostSteps = 12
const mostHolders = 200

/**
 * Who stands above the partners of a venture: what each belongs to, and, where a partner is itself a joint company, who holds that one.
 * One recursive query; a circle among the entries ends where it closes.
 */
export async function readHolders(db: Scope, ventureId: string): Promise<Holder[]> {
  const result = await sql<Holder>`
    with recursive up as (
      select partner.id, array[partner.id] as path, 'partner' as bond, partner.share, null::text as venture, ${homesOf('partner.id')} as homes from (
        select ${orKept('m', 't.target_id')} as id, t.qualifiers ->> 'share' as share from record.statement t ${kept('m', 't.target_id')}
        where t.entry_id = ${ventureId} and t.field = 'partner' and t.target_id is not null and t.ended_at is null and t.rank <> 'deprecated') partner
      union
      select above.id, up.path || above.id, above.bond, above.share, above.venture, ${homesOf('above.id')} from up cross join lateral (
        select ${orKept('m', 'p.target_id')} as id, 'parent' as bond, null::text as share, null::text as venture from record.statement p ${kept('m', 'p.target_id')}
        where p.entry_id = any (up.homes) and p.field = 'parent' and p.target_id is not null and p.ended_at is null and p.rank <> 'deprecated'
        union all
        select ${orKept('m', 'h.target_id')}, 'partner', h.qualifiers ->> 'share', v.key from record.statement o
        join record.catalogue v on v.entry_id = o.entry_id and v.entry_kind = 'venture' and v.entry_id <> ${ventureId}
        join record.statement h on h.entry_id = v.entry_id and h.field = 'partner' and h.target_id is not null and h.ended_at is null and h.rank <> 'deprecated' ${kept('m', 'h.target_id')}
        where o.target_id = any (up.homes) and o.field = 'organization' and o.ended_at is null and o.rank <> 'deprecated'
      ) above where above.id <> all (up.path) and cardinality(up.path) < ${mostSteps})
    select up.id, up.path, up.bond, up.share, up.venture,
      jsonb_build_object('entry', c.entry_kind, 'key', c.key, 'title', c.title, 'acronym', c.acronym, 'country', c.country) as entry
    from up join record.catalogue c on c.entry_id = up.id order by cardinality(up.path), c.title_sort, up.venture limit ${mostHolders}`.execute(db)
  return result.rows
}
