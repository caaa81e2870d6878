import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { OrganizationFilter, OrganizationKind } from '../schema.ts'
import { foundBy, readList, type List } from './lists.ts'

export type OrganizationListed = {
  id: string
  key: string
  kind: OrganizationKind
  country: string
  place: { key: string; names: LanguageText } | null
  names: LanguageText
  acronym: string | null
  parent: { key: string; names: LanguageText; acronym: string | null } | null
}

export function listOrganizations(db: Scope, filter: OrganizationFilter): Promise<List<OrganizationListed>> {
  return readList<OrganizationListed>(db, {
    columns: sql`o.entry_id as id, o.key, o.kind, o.country, o.names, o.acronym,
      case when p.id is not null then jsonb_build_object('key', p.key, 'names', p.names) end as place,
      case when u.entry_id is not null then jsonb_build_object('key', u.key, 'names', u.names, 'acronym', u.acronym) end as parent`,
    from: sql`record.organization o`,
    joins: sql`left join record.place p on p.id = o.place_id left join record.organization u on u.entry_id = o.parent_id`,
    conditions: [
      ...(filter.kind ? [sql`o.kind = ${filter.kind}`] : []),
      ...(filter.country ? [sql`o.country = ${filter.country}`] : []),
      ...foundBy(filter.q, 'organization', sql`o.entry_id`),
    ],
    order: { key: sql`o.name_sort`, cast: 'text', id: sql`o.entry_id`, descending: filter.sort.startsWith('-') },
    cursor: filter.cursor,
  })
}

/** The countries that organizations on record are in, without reading every row. */
export async function organizationCountries(db: Scope): Promise<string[]> {
  const result = await sql<{ country: string }>`
    with recursive seen as (
      (select country from record.organization order by country limit 1)
      union all
      select (select o.country from record.organization o where o.country > seen.country order by o.country limit 1) from seen where seen.country is not null
    ) select country from seen where country is not null`.execute(db)
  return result.rows.map(({ country }) => country)
}

/** The organizations directly under another one. */
export async function childOrganizations(db: Scope, id: string) {
  const result = await sql<{ key: string; names: LanguageText; acronym: string | null; country: string }>`
    select key, names, acronym, country from record.organization where parent_id = ${id} order by name_sort, entry_id limit 200`.execute(db)
  return result.rows
}
