import { sql } from 'kysely'
import type { WriteScope } from '../../../platform/db/database.ts'
import { daysOf, type CatalogueDraft } from '../rules/catalogue.ts'
import type { EntryDraft } from '../rules/statements.ts'
import type { Ids } from './import.ts'
import { mergedSpace, recordSpace } from './tables.ts'

export type CatalogueSaved = { id: string; draft: EntryDraft; row: CatalogueDraft }

/** What lists read of some entries, in step with their statements. */
export async function saveCatalogue(db: WriteScope, entries: readonly CatalogueSaved[], ids: Ids): Promise<void> {
  const values = entries.map((entry) => rowOf(entry, ids))
  await sql`insert into record.catalogue (entry_id, space_id, entry_kind, key, kind, status, title, title_sort, acronym, country, countries, organizations, place_id, parent_id, parties,
      date, date_from, date_to, ended_from, amount, unit, stage, fields, disputed, umbrella, known_from)
    select id, ${recordSpace}::uuid, entry_kind, key, kind, status, title, sort, acronym, country, countries, organizations, place, parent, parties,
      date, "from", "to", ended, amount, unit, stage, fields, disputed, umbrella, known
    from json_to_recordset(${JSON.stringify(values)}::json) as r (id uuid, entry_kind text, key text, kind text, status text, title jsonb, sort text, acronym text, country text, countries text[],
      organizations uuid[], place uuid, parent uuid, parties jsonb, date text, "from" date, "to" date, ended date, amount numeric, unit text, stage text, fields text[], disputed boolean,
      umbrella boolean, known date)
    on conflict (entry_id) do update set kind = excluded.kind, status = excluded.status, title = excluded.title, title_sort = excluded.title_sort, acronym = excluded.acronym,
      country = excluded.country, countries = excluded.countries, organizations = excluded.organizations, place_id = excluded.place_id, parent_id = excluded.parent_id,
      parties = excluded.parties, date = excluded.date, date_from = excluded.date_from, date_to = excluded.date_to, ended_from = excluded.ended_from, amount = excluded.amount,
      unit = excluded.unit, stage = excluded.stage, fields = excluded.fields, disputed = excluded.disputed, umbrella = excluded.umbrella, known_from = excluded.known_from`.execute(
    db,
  )
}

function rowOf({ id, draft, row }: CatalogueSaved, ids: Ids) {
  const days = daysOf(row.date)
  const ended = daysOf(row.ended)
  return {
    id,
    entry_kind: draft.kind,
    key: draft.key,
    kind: row.kind ?? null,
    status: row.status ?? null,
    title: row.title,
    sort: row.sort,
    acronym: row.acronym ?? null,
    country: row.country ?? null,
    countries: row.countries,
    organizations: row.organizations.map((key) => ids.entries.get(`organization:${key}`)),
    place: row.place === undefined ? null : (ids.places.get(row.place) ?? null),
    parent: row.parent === undefined ? null : (ids.entries.get(row.parent) ?? null),
    parties: row.parties.map((party) => ('entry' in party ? { role: party.role, entry: ids.entries.get(party.entry) } : party)),
    date: row.date ?? null,
    from: days?.from ?? days?.to ?? null,
    to: days?.to ?? null,
    ended: ended?.from ?? ended?.to ?? null,
    amount: row.amount ?? null,
    unit: row.unit ?? null,
    stage: row.stage ?? null,
    fields: row.fields,
    disputed: row.disputed,
    umbrella: row.umbrella,
    known: knownFrom(draft, ids),
  }
}

/** The day by which the first source that supports anything about an entry was out. */
function knownFrom(draft: EntryDraft, ids: Ids): string | null {
  const days = draft.statements.flatMap(({ citations }) =>
    citations.flatMap(({ source, stance }) => (stance === 'supports' ? (ids.sources.get(source)?.published ?? []) : [])),
  )
  return days.sort()[0] ?? null
}

/** Counts what there is, once for each time it is written. */
export async function saveTally(db: WriteScope): Promise<void> {
  await sql`insert into record.tally (space_id, kind, n)
    select space_id, entry_kind, count(*) from record.catalogue where space_id <> ${mergedSpace} group by 1, 2 union all select space_id, 'source', count(*) from record.source group by 1
    on conflict (space_id, kind) do update set n = excluded.n`.execute(db)
}
