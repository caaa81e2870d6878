import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { FileStore, StoredFile } from '../../../platform/files/files.ts'
import { holdFile } from '../../../platform/files/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { conceptsNow } from '../../../platform/search/concepts.ts'
import { indexDocuments, searchRows, writeSearchRows, type SearchRows } from '../../../platform/search/search.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { mayImport } from '../policy.ts'
import { best, catalogueDraft, titleOf, type Surroundings, type Title } from '../rules/catalogue.ts'
import { entryDocument, sourceDocument } from '../rules/search-documents.ts'
import { entryDigest, rowDigest } from '../rules/statements.ts'
import { plurals } from '../schema.ts'
import { draftRecord, type EntrySource, type RecordDraft } from '../sheets/draft.ts'
import { examineSheets } from '../sheets/examine.ts'
import { readSheets, sheetFiles } from '../sheets/index.ts'
import {
  chunks,
  entryIds,
  saveDisputes,
  saveEntries,
  savePlaces,
  saveSources,
  saveStatements,
  sourceIds,
  type Changes,
  type EntryDigest,
  type EntryKnown,
  type EntrySaved,
  type Ids,
} from '../store/import.ts'
import { claimedIdentifiers } from '../store/drafts.ts'
import { knownTitles } from '../store/entries.ts'
import { entangledEntries, lockRecord } from '../store/merges.ts'
import { saveCatalogue, saveTally, type CatalogueSaved } from '../store/projection.ts'
import { recordSpace } from '../store/tables.ts'
import { projectEntries } from './project-entries.ts'

export type ImportStep = 'read' | 'places' | 'sources' | 'entries' | 'statements'
export type ImportChanges = Record<string, Changes>
export type ImportResult = { issues: FileIssue[]; changes: ImportChanges }

/**
 * Loads the record from a folder of CSV files, all of it or nothing. What is known already is passed over, so a second import writes nothing;
 * what the files no longer hold stays on record.
 *
 * @param onStep called as the work goes on, with how many rows of the step are done
 * @returns with `issues`, nothing was written: they are all that is wrong, in all files
 */
export async function importRecord(
  deps: { database: Database; files: FileStore },
  actor: Actor,
  directory: string,
  onStep: (step: ImportStep, rows: number) => void = () => {},
): Promise<ImportResult> {
  if (!mayImport(actor)) throw refuse('forbidden')
  const names = await sheetFiles(directory)
  onStep('read', names.length)
  const sheets = await readSheets(directory)
  const known = await deps.database.read(actor, async (db) => ({
    sources: new Set((await sourceIds(db)).keys()),
    entries: new Set((await entryIds(db)).keys()),
    identifiers: await claimedIdentifiers(db),
  }))
  const issues = examineSheets(sheets, known)
  if (issues.length > 0) return { issues, changes: {} }
  const kept = await keepFiles(deps.files, directory, names)
  const draft = draftRecord(sheets)
  const changes = await deps.database.write(actor, (db) => write(db, draft, kept, onStep))
  if (Object.values(changes).some(({ added, changed }) => added + changed > 0)) await deps.database.vacuum()
  return { issues: [], changes }
}

type Kept = { name: string; file: StoredFile }[]

/** The files themselves are kept: an auditor can see what the record was loaded from. */
async function keepFiles(files: FileStore, directory: string, names: readonly string[]): Promise<Kept> {
  const kept: Kept = []
  for (const name of names) {
    const path = join(directory, name)
    const { size } = await stat(path)
    kept.push({ name, file: await files.put(createReadStream(path), { maxBytes: size, accept: ['text/plain'] }) })
  }
  return kept
}

async function write(db: WriteScope, draft: RecordDraft, kept: Kept, onStep: (step: ImportStep, rows: number) => void): Promise<ImportChanges> {
  await lockRecord(db)
  onStep('places', draft.places.length)
  const { ids: places, changes: newPlaces } = await savePlaces(db, draft.places)
  onStep('sources', draft.sources.length)
  const newSources = await saveSources(db, draft.sources)
  await indexDocuments(
    db,
    newSources.map(({ id, row }) => sourceDocument({ space: recordSpace, id }, row)),
  )
  const { ids: disputes, changes: newDisputes } = await saveDisputes(db, draft.disputes)

  onStep('entries', draft.entries.length)
  const entries = await entryIds(db)
  const { digests, around } = await survey(db, draft)
  const changed = await saveEntries(db, digests, entries)
  const ids: Ids = { entries, places, disputes, sources: await sourceIds(db) }
  await writeEntries(db, draft, changed, ids, around, (done) => onStep('statements', done))

  const changes = { places: newPlaces, sources: counted(newSources), disputes: newDisputes, ...countedByKind(draft.entries, changed) }
  if (Object.values(changes).every(({ added, changed: other }) => added + other === 0)) return changes
  await projectEntries(db, await entangledEntries(db))
  await saveTally(db)
  for (const { name, file } of kept) await holdFile(db, recordSpace, name, file)
  await logAct(db, {
    chain: 'network',
    spaceId: recordSpace,
    verb: 'record.imported',
    object: { kind: 'record' },
    payload: { files: kept.map(({ name, file }) => ({ name, sha256: file.sha256, bytes: file.bytes })), changes },
  })
  return changes
}

/** Looks at every entry twice: what it is called and where it is; then whether it, or anything that its row in lists and its words in the search follow from, is as it was. */
async function survey(db: WriteScope, draft: RecordDraft): Promise<{ digests: EntryDigest[]; around: Surroundings }> {
  const known = await knownTitles(db)
  const titles = new Map<string, Title>(known.map(({ name, title }) => [name, title]))
  const countries = new Map<string, string>(known.flatMap(({ name, country }) => (country === null ? [] : [[name, country]])))
  const places = new Map(draft.places.map((place) => [place.id, place]))
  const published = new Map(draft.sources.map((source) => [source.id, source.published]))
  const around: Surroundings = { titleOf: (name) => titles.get(name), countryOf: (key) => countries.get(`organization:${key}`) }
  for (const { kind, key, draft: make } of draft.entries) {
    const made = make()
    const country = best(made.statements, 'country')?.value
    titles.set(`${kind}:${key}`, titleOf(made, around))
    if (kind === 'organization' && typeof country === 'string') countries.set(`${kind}:${key}`, country)
  }
  const digests = draft.entries.map(({ kind, key, draft: make }) => {
    const made = make()
    const row = catalogueDraft(made, around)
    const place = row.place === undefined ? undefined : places.get(row.place)
    const parties = row.parties.map((party) => ('entry' in party ? titles.get(party.entry) : null))
    const dates = new Set(made.statements.flatMap(({ citations }) => citations.map(({ source }) => published.get(source) ?? '')))
    return { kind, key, digest: rowDigest([entryDigest(made).toString('hex'), row, place, parties, [...dates].sort()]).toString('hex') }
  })
  return { digests, around }
}

async function writeEntries(
  db: WriteScope,
  draft: RecordDraft,
  changed: ReadonlyMap<string, EntryKnown>,
  ids: Ids,
  around: Surroundings,
  onProgress: (done: number) => void,
) {
  const places = new Map(draft.places.map((place) => [place.id, place]))
  const concepts = await conceptsNow(db)
  const wanted = draft.entries.flatMap((source) => {
    const known = changed.get(`${source.kind}:${source.key}`)
    return known ? [{ source, known }] : []
  })
  const prepare = (part: typeof wanted): Prepared => {
    const entries = part.map(({ source, known }) => {
      const made = source.draft()
      return { ...known, draft: made, row: catalogueDraft(made, around) }
    })
    const placeOf = (key: string | undefined) => (key === undefined ? undefined : places.get(key))
    return {
      entries,
      found: searchRows(
        entries.map(({ id, draft: made, row }) => entryDocument({ space: recordSpace, id }, made, row, placeOf(row.place), around)),
        concepts,
      ),
    }
  }
  let done = 0
  let writing = Promise.resolve()
  try {
    for (const part of chunks(wanted, entriesAtOnce)) {
      // While the part before is being written.
      const prepared = prepare([...part])
      await writing
      writing = writePart(db, prepared, ids).then(() => onProgress((done += part.length)))
      writing.catch(() => undefined) // comes out of the wait for it
    }
  } finally {
    await writing
  }
}

/** Few enough that what is being written and what is being prepared lie in little memory, also in that of the embedded database, which never gives any back. */
const entriesAtOnce = 500

type Prepared = { entries: (EntrySaved & CatalogueSaved)[]; found: SearchRows }

async function writePart(db: WriteScope, { entries, found }: Prepared, ids: Ids) {
  await saveStatements(db, entries, ids)
  await saveCatalogue(db, entries, ids)
  await writeSearchRows(db, found)
}

const counted = (saved: { isNew: boolean }[]): Changes => ({
  added: saved.filter(({ isNew }) => isNew).length,
  changed: saved.filter(({ isNew }) => !isNew).length,
})

function countedByKind(entries: readonly EntrySource[], changed: ReadonlyMap<string, EntryKnown>): ImportChanges {
  const kinds = [...new Set(entries.map(({ kind }) => kind))]
  return Object.fromEntries(
    kinds.map((kind) => [plurals[kind], counted([...changed].filter(([name]) => name.startsWith(`${kind}:`)).map(([, known]) => known))]),
  )
}
