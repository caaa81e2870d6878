import type { WriteScope } from '../../../platform/db/database.ts'
import { indexDocuments } from '../../../platform/search/search.ts'
import { catalogueDraft, titleOf, type Surroundings, type Title } from '../rules/catalogue.ts'
import { entryDocument } from '../rules/search-documents.ts'
import { knownPlaces, readDrafts, type EntryOnRecord } from '../store/drafts.ts'
import { knownTitles } from '../store/entries.ts'
import { chunks, entryIds, sourceIds, type Ids } from '../store/import.ts'
import { placeRows, standingMerges } from '../store/merges.ts'
import { saveCatalogue } from '../store/projection.ts'
import { mergedSpace, recordSpace } from '../store/tables.ts'

const entriesAtOnce = 500

/** Writes anew what lists and search read of some entries, from what is on record of them and from the merges that stand. */
export async function projectEntries(db: WriteScope, entries: readonly string[]): Promise<void> {
  if (entries.length === 0) return
  const places = await knownPlaces(db)
  const ids: Ids = {
    entries: await entryIds(db),
    sources: await sourceIds(db),
    places: new Map([...places].map(([key, { id }]) => [key, id])),
    disputes: new Map(),
  }
  const gone = new Set((await standingMerges(db)).map(({ gone: id }) => id))
  const drafts: EntryOnRecord[] = []
  for (const part of chunks(entries, entriesAtOnce)) drafts.push(...(await readDrafts(db, part)))
  const around = await surroundings(db, drafts)
  for (const part of chunks(drafts, entriesAtOnce)) {
    const rows = part.map(({ id, draft }) => ({ id, draft, row: catalogueDraft(draft, around) }))
    await saveCatalogue(db, rows, ids)
    const documents = rows.map(({ id, draft, row }) =>
      entryDocument({ space: gone.has(id) ? mergedSpace : recordSpace, id }, draft, row, places.get(row.place ?? '')?.names, around),
    )
    await indexDocuments(db, documents)
  }
  await placeRows(db, entries)
}

async function surroundings(db: WriteScope, drafts: readonly EntryOnRecord[]): Promise<Surroundings> {
  const known = await knownTitles(db)
  const titles = new Map<string, Title>(known.map(({ name, title }) => [name, title]))
  const countries = new Map<string, string>(known.flatMap(({ name, country }) => (country === null ? [] : [[name, country]])))
  const around: Surroundings = { titleOf: (name) => titles.get(name), countryOf: (key) => countries.get(`organization:${key}`) }
  for (const { draft } of drafts) {
    const name = `${draft.kind}:${draft.key}`
    titles.set(name, titleOf(draft, around))
    const country = catalogueDraft(draft, around).country
    if (country === undefined) countries.delete(name)
    else countries.set(name, country)
  }
  return around
}
