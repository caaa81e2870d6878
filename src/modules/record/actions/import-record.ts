import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { FileStore, StoredFile } from '../../../platform/files/files.ts'
import { holdFile } from '../../../platform/files/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { index } from '../../../platform/search/search.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { mayImport } from '../policy.ts'
import { agreementDocument, organizationDocument, sourceDocument } from '../rules/search-documents.ts'
import { draftRecord, examineSheets, readSheets, sheetFiles, type RecordDraft } from '../sheets/index.ts'
import { entryIds, saveEntries, savePlaces, saveSources, saveStatements, type Changes } from '../store/import.ts'
import { projectAgreements, projectOrganizations } from '../store/projections.ts'
import { recordSpace } from '../store/tables.ts'

export type ImportStep = 'read' | 'places' | 'sources' | 'organizations' | 'agreements' | 'search'
export type ImportResult = { issues: FileIssue[]; changes: Record<'sources' | 'organizations' | 'agreements', Changes> }

/**
 * Loads the record from a folder of CSV files, all of it or nothing. What is known already is passed over, so a second import writes nothing;
 * what the files no longer hold stays on record.
 *
 * @param onStep called before each step, for whoever waits
 * @returns with `issues`, nothing was written: they are all that is wrong, in all files
 */
export async function importRecord(
  deps: { database: Database; files: FileStore },
  actor: Actor,
  directory: string,
  onStep: (step: ImportStep, rows: number) => void = () => {},
): Promise<ImportResult> {
  if (!mayImport(actor)) throw refuse('forbidden')
  onStep('read', sheetFiles.length)
  const sheets = await readSheets(directory)
  const issues = examineSheets(sheets)
  const none = { added: 0, changed: 0 }
  if (issues.length > 0) return { issues, changes: { sources: none, organizations: none, agreements: none } }
  const kept = await keepFiles(deps.files, directory)
  const draft = draftRecord(sheets)
  const changes = await deps.database.write(actor, (db) => write(db, draft, kept, onStep))
  if (Object.values(changes).some(({ added, changed }) => added + changed > 0)) await deps.database.vacuum()
  return { issues: [], changes }
}

type Kept = { name: string; file: StoredFile }[]

/** The files themselves are kept: an auditor can see what the record was loaded from. */
async function keepFiles(files: FileStore, directory: string): Promise<Kept> {
  const kept: Kept = []
  for (const name of sheetFiles) {
    const path = join(directory, name)
    const { size } = await stat(path)
    kept.push({ name, file: await files.put(createReadStream(path), { maxBytes: size, accept: ['text/plain'] }) })
  }
  return kept
}

async function write(db: WriteScope, draft: RecordDraft, kept: Kept, onStep: (step: ImportStep, rows: number) => void) {
  onStep('places', draft.places.length)
  const places = await savePlaces(db, draft.places)
  onStep('sources', draft.sources.length)
  const sources = await saveSources(db, draft.sources)

  const entries = await entryIds(db)
  onStep('organizations', draft.organizations.length)
  const organizations = await saveEntries(db, draft.organizations, entries)
  onStep('agreements', draft.agreements.length)
  const agreements = await saveEntries(db, draft.agreements, entries)
  await saveStatements(db, [...organizations, ...agreements], entries)
  const ids = { entries, places }
  await projectOrganizations(db, organizations, ids)
  await projectAgreements(db, agreements, ids, new Map(draft.organizations.map(({ key, projection }) => [key, projection.country])))

  const changes = { sources: counted(sources), organizations: counted(organizations), agreements: counted(agreements) }
  if (sources.length + organizations.length + agreements.length === 0) return changes
  onStep('search', sources.length + organizations.length + agreements.length)
  await index(db, documents(draft, sources, organizations, agreements))
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

const counted = (saved: { isNew: boolean }[]): Changes => ({
  added: saved.filter(({ isNew }) => isNew).length,
  changed: saved.filter(({ isNew }) => !isNew).length,
})

function documents(
  draft: RecordDraft,
  sources: Awaited<ReturnType<typeof saveSources>>,
  organizations: Awaited<ReturnType<typeof saveEntries<RecordDraft['organizations'][number]['projection']>>>,
  agreements: Awaited<ReturnType<typeof saveEntries<RecordDraft['agreements'][number]['projection']>>>,
) {
  const places = new Map(draft.places.map((place) => [place.id, place]))
  const names = new Map(draft.organizations.map(({ key, projection }) => [key, [...Object.values(projection.names), projection.acronym ?? '']]))
  const placeOf = (key: string | undefined) => (key === undefined ? undefined : places.get(key))
  return [
    ...sources.map(({ id, row }) => sourceDocument({ space: recordSpace, id }, row)),
    ...organizations.map(({ id, draft: entry }) => organizationDocument({ space: recordSpace, id }, entry, placeOf(entry.projection.place))),
    ...agreements.map(({ id, draft: entry }) => {
      const parties = entry.projection.parties.flatMap((party) => ('organization' in party ? (names.get(party.organization) ?? []) : []))
      return agreementDocument({ space: recordSpace, id }, entry, parties, placeOf(entry.projection.place))
    }),
  ]
}
