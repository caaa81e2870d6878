import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import { foundBy, isIn, readList, type List } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { OrganizationKind, Pillar, StandingState } from '../schema/kinds.ts'
import type { MemberFilter } from '../schema/organizations.ts'

export type Member = {
  id: string
  key: string
  name: LanguageText
  original: Language
  kind: OrganizationKind
  country: string
  pillars: Pillar[]
  standings: { network: string; networkName: LanguageText; state: StandingState; founding: boolean; since: string }[]
}

/** A page of the members that fit a filter, by name. */
export async function listMembers(db: Scope, filter: MemberFilter, size?: number): Promise<List<Member>> {
  return readList<Member>(db, {
    columns: sql`o.id, o.key, o.name, o.original, o.kind, o.country,
      (select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(o.strengths) k) as pillars,
      (select coalesce(jsonb_agg(jsonb_build_object('network', n.key, 'networkName', n.name, 'state', s.state, 'founding', s.founding, 'since', s.since) order by s.since, s.id), '[]')
        from members.standing s join members.network n on n.id = s.network_id where s.organization_id = o.id and s.until is null) as standings`,
    table: 'members.organization',
    alias: 'o',
    joins: sql``,
    sets: await foundBy(db, filter.q, 'member'),
    conditions: conditions(filter),
    order: { key: sql`o.name_sort`, cast: 'text', id: sql`o.id`, descending: false },
    cursor: filter.cursor,
    ...(size !== undefined && { size }),
  })
}

function conditions({ q, kind, country, pillar, state, network }: MemberFilter): RawBuilder<unknown>[] {
  return [
    ...(kind ? [sql`o.kind = ${kind}`] : []),
    ...(country ? [sql`o.country = ${country}`] : []),
    // Written out, since only so the planner sees that the index of this pillar answers it.
    ...(pillar ? [sql`o.strengths -> ${sql.lit(pillar)} is not null`] : []),
    sql`exists (select from members.standing s where s.organization_id = o.id and s.until is null and s.state = ${state ?? 'admitted'}
      ${network === undefined ? sql`` : sql`and s.network_id = (select n.id from members.network n where n.key = ${network})`})`,
    ...(q === undefined ? [] : [isIn(sql`o.id`, 'found')]),
  ]
}

/** The countries that members are in, without reading every row. */
export async function memberCountries(db: Scope): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`
    with recursive seen as (
      (select country from members.organization order by country limit 1)
      union all
      select (select o.country from members.organization o where o.country > seen.country order by o.country limit 1) from seen where seen.country is not null
    ) select country from seen where country is not null`.execute(db)
  return rows.map(({ country }) => country)
}
