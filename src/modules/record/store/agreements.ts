import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { AgreementFilter, AgreementKind, AgreementStatus } from '../schema.ts'
import { foundBy, readList, type List } from './lists.ts'

export type Party = { organization: { key: string; names: LanguageText; acronym: string | null; country: string } } | { country: string }

export type AgreementListed = {
  id: string
  key: string
  kind: AgreementKind
  status: AgreementStatus
  title: LanguageText
  signed: string | null
  signed_from: string | null
  parties: Party[]
}

const columns = sql`a.entry_id as id, a.key, a.kind, a.status, a.title, a.signed, a.signed_from::text, named.parties`

// The parties with their names, in the order of the document.
const withParties = sql`cross join lateral (
  select coalesce(jsonb_agg(case when o.entry_id is null then party.value
      else jsonb_build_object('organization', jsonb_build_object('key', o.key, 'names', o.names, 'acronym', o.acronym, 'country', o.country)) end order by party.ordinality), '[]') as parties
  from jsonb_array_elements(a.parties) with ordinality party
  left join record.organization o on o.entry_id = (party.value ->> 'organization')::uuid
) named`

export function listAgreements(db: Scope, filter: AgreementFilter, organizationId?: string): Promise<List<AgreementListed>> {
  return readList<AgreementListed>(db, {
    columns,
    from: sql`record.agreement a`,
    joins: withParties,
    conditions: [
      ...(filter.kind ? [sql`a.kind = ${filter.kind}`] : []),
      ...(filter.status ? [sql`a.status = ${filter.status}`] : []),
      ...(filter.country ? [sql`a.countries @> array[${filter.country}]`] : []),
      ...(organizationId ? [sql`a.organizations @> array[${organizationId}]::uuid[]`] : []),
      ...foundBy(filter.q, 'agreement', sql`a.entry_id`),
    ],
    order: orders[filter.sort],
    cursor: filter.cursor,
  })
}

const orders: Record<AgreementFilter['sort'], { key: RawBuilder<unknown>; cast: 'text' | 'date'; id: RawBuilder<unknown>; descending: boolean }> = {
  // A date not known comes last in both directions.
  '-signed': { key: sql`coalesce(a.signed_from, '0001-01-01')`, cast: 'date', id: sql`a.entry_id`, descending: true },
  signed: { key: sql`coalesce(a.signed_from, '9999-12-31')`, cast: 'date', id: sql`a.entry_id`, descending: false },
  title: { key: sql`a.title_sort`, cast: 'text', id: sql`a.entry_id`, descending: false },
  '-title': { key: sql`a.title_sort`, cast: 'text', id: sql`a.entry_id`, descending: true },
}
