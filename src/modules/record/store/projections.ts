import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import { span } from '../../../platform/text/edtf.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import type { AgreementProjection } from '../sheets/agreements.ts'
import type { OrganizationProjection } from '../sheets/organizations.ts'
import { chunks, type EntrySaved } from './import.ts'
import { recordSpace } from './tables.ts'

type Ids = { entries: ReadonlyMap<string, string>; places: ReadonlyMap<string, string> }

const idOr = (map: ReadonlyMap<string, string>, name: string | undefined) => (name === undefined ? null : (map.get(name) ?? null))

/** What lists of organizations read, in step with the statements. */
export async function projectOrganizations(db: WriteScope, saved: readonly EntrySaved<OrganizationProjection>[], ids: Ids): Promise<void> {
  for (const part of chunks(saved)) {
    const values = part.map(({ id, draft: { key, projection } }) => ({
      id,
      key,
      kind: projection.kind,
      country: projection.country,
      place: idOr(ids.places, projection.place),
      names: projection.names,
      acronym: projection.acronym ?? null,
      sort: foldKey(projection.names.en ?? key),
      parent: idOr(ids.entries, projection.parent && `organization:${projection.parent}`),
    }))
    await sql`insert into record.organization (entry_id, space_id, key, kind, country, place_id, names, acronym, name_sort, parent_id)
      select id, ${recordSpace}::uuid, key, kind, country, place, names, acronym, sort, parent
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (id uuid, key text, kind text, country text, place uuid, names jsonb, acronym text, sort text, parent uuid)
      on conflict (entry_id) do update set kind = excluded.kind, country = excluded.country, place_id = excluded.place_id, names = excluded.names, acronym = excluded.acronym,
        name_sort = excluded.name_sort, parent_id = excluded.parent_id`.execute(db)
  }
}

/** What lists of agreements read, in step with the statements. @param countries of every organization on record, by key */
export async function projectAgreements(
  db: WriteScope,
  saved: readonly EntrySaved<AgreementProjection>[],
  ids: Ids,
  countries: ReadonlyMap<string, string>,
): Promise<void> {
  for (const part of chunks(saved)) {
    const values = part.map(({ id, draft: { key, projection } }) => {
      const days = projection.signed === undefined ? undefined : span(projection.signed)
      const organizations = projection.parties.flatMap((party) => ('organization' in party ? [party.organization] : []))
      return {
        id,
        key,
        kind: projection.kind,
        status: projection.status,
        title: projection.title,
        sort: foldKey(projection.title.en ?? key),
        signed: projection.signed ?? null,
        from: days?.from ?? null,
        to: days?.to ?? null,
        place: idOr(ids.places, projection.place),
        parties: projection.parties.map((party) => ('organization' in party ? { organization: ids.entries.get(`organization:${party.organization}`) } : party)),
        countries: [
          ...new Set(projection.parties.map((party) => ('organization' in party ? (countries.get(party.organization) ?? '') : party.country))),
        ].filter(Boolean),
        organizations: organizations.map((each) => ids.entries.get(`organization:${each}`)),
      }
    })
    await sql`insert into record.agreement (entry_id, space_id, key, kind, status, title, title_sort, signed, signed_from, signed_to, place_id, parties, countries, organizations)
      select id, ${recordSpace}::uuid, key, kind, status, title, sort, signed, "from", "to", place, parties, countries, organizations
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as r (id uuid, key text, kind text, status text, title jsonb, sort text, signed text, "from" date, "to" date, place uuid, parties jsonb, countries text[], organizations uuid[])
      on conflict (entry_id) do update set kind = excluded.kind, status = excluded.status, title = excluded.title, title_sort = excluded.title_sort, signed = excluded.signed, signed_from = excluded.signed_from,
        signed_to = excluded.signed_to, place_id = excluded.place_id, parties = excluded.parties, countries = excluded.countries, organizations = excluded.organizations`.execute(
      db,
    )
  }
}
