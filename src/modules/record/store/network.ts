import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { span } from '../../../platform/text/edtf.ts'
import type { EntryKind } from '../schema.ts'
import type { EntryTitle } from './catalogue.ts'

/** Kinds of entries that join whom they name; `kinds` narrows to some kinds of agreement, facility and so on. */
export type NetworkTies = readonly { entry: EntryKind; kinds?: readonly string[] }[]
export type NetworkFilter = {
  ties: NetworkTies
  /** EDTF date or period. */
  period?: string | undefined
  country?: string | undefined
  /** Countries that are parties stand beside the organizations. */
  countries: boolean
}
/** An organization by its key, or a country by its code; `n` entries join it with others. */
export type NetworkNode = { id: string; title: EntryTitle | null; acronym: string | null; country: string; n: number }
export type NetworkTie = { entry: EntryKind; key: string; title: EntryTitle; date: string | null }
/** Two that the same entries name: how many, and the newest of them. */
export type NetworkEdge = { a: string; b: string; n: number; entries: NetworkTie[] }
export type NetworkRows = { nodes: NetworkNode[]; edges: NetworkEdge[]; allNodes: number; allEdges: number }

/** How much is shown at most. */
export type NetworkLimits = { nodes: number; edges: number; entries: number }

/** Who is named together with whom, the strongest first, in one query. */
export async function readNetwork(db: Scope, filter: NetworkFilter, limits: NetworkLimits): Promise<NetworkRows> {
  const result = await sql<NetworkRows>`
    with chosen as materialized (select c.entry_id, c.entry_kind, c.key, c.title, c.date, c.date_from, c.country, c.organizations, c.parties from record.catalogue c where ${conditions(filter)}),
      member as materialized (${members(filter.countries)}),
      joint as (select entry_id from member group by 1 having count(*) > 1),
      weight as materialized (select m.node, count(*)::int as n from member m join joint using (entry_id) group by 1),
      strongest as materialized (select node, n from weight order by n desc, node limit ${limits.nodes}),
      pair as materialized (
        select a.node as a, b.node as b, count(*)::int as n, (array_agg(a.entry_id order by t.date_from desc nulls last, t.key))[1:${limits.entries}] as entries
        from member a join member b on b.entry_id = a.entry_id and b.node > a.node join chosen t on t.entry_id = a.entry_id
        where a.node in (select node from strongest) and b.node in (select node from strongest) group by 1, 2)
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.node, 'title', o.title, 'acronym', o.acronym, 'country', coalesce(o.country, case when o.key is null then s.node end, ''), 'n', s.n) order by s.node), '[]')
        from strongest s left join record.catalogue o on o.entry_kind = 'organization' and o.key = s.node) as nodes,
      (select coalesce(jsonb_agg(jsonb_build_object('a', e.a, 'b', e.b, 'n', e.n, 'entries',
          (select jsonb_agg(jsonb_build_object('entry', t.entry_kind, 'key', t.key, 'title', t.title, 'date', t.date) order by listed.place)
            from unnest(e.entries) with ordinality listed (id, place) join chosen t on t.entry_id = listed.id)) order by e.n desc, e.a, e.b), '[]')
        from (select * from pair order by n desc, a, b limit ${limits.edges}) e) as edges,
      (select count(*)::int from weight) as "allNodes", (select count(*)::int from pair) as "allEdges"`.execute(db)
  return result.rows[0] ?? { nodes: [], edges: [], allNodes: 0, allEdges: 0 }
}

/**
 * Whom an entry joins, each once. An authorization joins the developer of its product with the country that lets it in; the regulator that decides on a
 * product does not work with its maker, so it is left out.
 */
function members(withCountries: boolean): RawBuilder<unknown> {
  const organizations = sql`
    select c.entry_id, o.key collate "C" as node from chosen c cross join unnest(c.organizations) named (id) join record.catalogue o on o.entry_id = named.id
      where c.entry_kind <> 'authorization'
    union select c.entry_id, o.key collate "C" from chosen c cross join jsonb_array_elements(c.parties) product (party)
      join record.catalogue p on p.entry_id = (product.party ->> 'entry')::uuid cross join jsonb_array_elements(p.parties) maker (party)
      join record.catalogue o on o.entry_id = (maker.party ->> 'entry')::uuid
      where c.entry_kind = 'authorization' and product.party ->> 'role' = 'product' and maker.party ->> 'role' = 'developer'`
  if (!withCountries) return organizations
  return sql`${organizations}
    union select c.entry_id, (party ->> 'country') collate "C" from chosen c cross join jsonb_array_elements(c.parties) party where party ? 'country'
    union select c.entry_id, c.country collate "C" from chosen c where c.entry_kind = 'authorization' and c.country is not null`
}

function conditions({ ties, period, country }: NetworkFilter): RawBuilder<unknown> {
  const within = period === undefined ? undefined : span(period)
  const kinds = ties.map(({ entry, kinds }) =>
    kinds === undefined ? sql`c.entry_kind = ${entry}` : sql`(c.entry_kind = ${entry} and c.kind = any (${[...kinds]}::text[]))`,
  )
  return sql.join(
    [
      kinds.length === 0 ? sql`false` : sql`(${sql.join(kinds, sql` or `)})`,
      ...(country === undefined ? [] : [sql`c.countries @> array[${country}]`]),
      ...(within === undefined
        ? []
        : [
            sql`c.date_from <= ${within.to ?? '9999-12-31'}::date and coalesce(c.date_to, case when c.date like '%/..' then 'infinity' else c.date_from end) >= ${within.from ?? '0001-01-01'}::date`,
          ]),
    ],
    sql` and `,
  )
}
