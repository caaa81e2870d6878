import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type IssueCode } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import { indexDocuments } from '../../../platform/search/search.ts'
import { readCsv, type CsvFile, type FileIssue } from '../../../platform/text/csv.ts'
import { readJsonRecords } from '../../../platform/text/json-records.ts'
import { mayMatch } from '../policy.ts'
import { additions, registrySource, stateOf } from '../rules/registry.ts'
import { sourceDocument } from '../rules/search-documents.ts'
import type { StatementDraft } from '../rules/statements.ts'
import { registryMegabytes, rorRecord, type RorRecord } from '../sheets/ror.ts'
import { reportSheet, type ReportRow } from '../sheets/ror-report.ts'
import { saveSources, sourceIds } from '../store/import.ts'
import { lockRecord } from '../store/merges.ts'
import { addFromRegistry, organizationsKnown } from '../store/organizations.ts'
import { saveTally } from '../store/projection.ts'
import { recordSpace } from '../store/tables.ts'
import { projectEntries } from './project-entries.ts'

type Organization = Awaited<ReturnType<typeof organizationsKnown>>[number]
/** `organizations`: how many got something; `statements`: how much. */
export type ApplyResult = { issues: FileIssue[]; organizations: number; statements: number }
type Found = { organization: Organization; record: RorRecord }
type Addition = { id: string; organization: string; ror: string; modified: string; statements: StatementDraft[] }

/**
 * Adds to the record what the registry says of the organizations that a report calls the same: all of it or nothing, with one entry in the log. What is on record
 * already is passed over, so a second time changes nothing.
 *
 * @returns with `issues`, nothing was written: they are all rows of the report that do not fit (any more)
 */
export async function applyRegistry(database: Database, actor: Actor, path: string, report: string): Promise<ApplyResult> {
  if (!mayMatch(actor)) throw refuse('forbidden')
  const sheet = await readCsv(report, reportSheet)
  const wanted = new Set(sheet.rows.filter(isSame).map(({ value }) => value.ror))
  const { records, issues } = await recordsIn(path, wanted)
  if (issues.length + sheet.issues.length > 0) return { issues: [...sheet.issues, ...issues], organizations: 0, statements: 0 }
  return database.write(actor, async (db) => {
    await lockRecord(db)
    const organizations = new Map((await organizationsKnown(db)).map((organization) => [organization.key, organization]))
    const examined = examine(sheet, organizations, records)
    if (examined.issues.length > 0) return { issues: examined.issues, organizations: 0, statements: 0 }
    const added = examined.found
      .map(({ organization, record }) => ({
        id: organization.id,
        organization: organization.key,
        ror: record.id,
        modified: record.admin.last_modified.date,
        statements: additions(organization, record),
      }))
      .filter(({ statements }) => statements.length > 0)
    if (added.length > 0) await write(db, added, sheet.file)
    return { issues: [], organizations: added.length, statements: added.reduce((sum, { statements }) => sum + statements.length, 0) }
  })
}

const isSame = ({ value }: { value: ReportRow }) => value.decision === 'same'

async function recordsIn(path: string, wanted: ReadonlySet<string>): Promise<{ records: Map<string, RorRecord>; issues: FileIssue[] }> {
  const records = new Map<string, RorRecord>()
  const issues: FileIssue[] = []
  for await (const each of readJsonRecords(path, rorRecord, registryMegabytes)) {
    if ('issue' in each) issues.push(each)
    else if (wanted.has(each.value.id)) records.set(each.value.id, each.value)
    if (issues.length === 100) break
  }
  return { records, issues }
}

/** Each row by itself: whether both are there, once, and say what they said when the report was made. */
function examine(sheet: CsvFile<ReportRow>, organizations: ReadonlyMap<string, Organization>, records: ReadonlyMap<string, RorRecord>) {
  const issues: FileIssue[] = []
  const found: Found[] = []
  const [lines, owners] = [new Map<string, number>(), new Map<string, string>()]
  for (const { key, ror } of organizations.values()) for (const id of ror) owners.set(id, key)
  for (const { line, value: row } of sheet.rows.filter(isSame)) {
    const wrong = (path: keyof ReportRow, code: IssueCode, params: Record<string, string | number>) =>
      void issues.push({ file: sheet.file, line, issue: { path, code, params } })
    const [organization, record, owner] = [organizations.get(row.organization), records.get(row.ror), owners.get(row.ror)]
    const repeated = (['organization', 'ror'] as const).find((column) => lines.has(row[column]))
    const hasIt = organization?.ror.includes(row.ror) ?? false
    if (organization === undefined) wrong('organization', 'unknown_reference', { value: row.organization })
    else if (record === undefined) wrong('ror', 'unknown_reference', { value: row.ror })
    else if (repeated !== undefined) wrong(repeated, 'repeated', { value: row[repeated], line: lines.get(row[repeated]) ?? 0 })
    else if (owner !== undefined && owner !== row.organization) wrong('ror', 'identifier_taken', { value: row.ror, other: owner })
    // What was applied before has changed the record, as it was meant to.
    else if (!hasIt && stateOf(organization) !== row.state) wrong('state', 'row_stale', { value: row.organization })
    else if (record.admin.last_modified.date !== row.ror_modified) wrong('ror_modified', 'row_stale', { value: row.ror })
    else found.push({ organization, record })
    for (const name of [row.organization, row.ror]) if (!lines.has(name)) lines.set(name, line)
  }
  return { issues, found }
}

async function write(db: WriteScope, added: readonly Addition[], report: string): Promise<void> {
  const source = registrySource(
    added
      .map(({ modified }) => modified)
      .sort()
      .at(-1) ?? '',
  )
  const before = (await sourceIds(db)).get(source.id)?.published
  if (before === undefined || before === null || before < (source.published ?? '')) {
    const saved = await saveSources(db, [source])
    await indexDocuments(
      db,
      saved.map(({ id, row }) => sourceDocument({ space: recordSpace, id }, row)),
    )
  }
  await addFromRegistry(db, added)
  await projectEntries(
    db,
    added.map(({ id }) => id),
  )
  await saveTally(db)
  await logAct(db, {
    chain: 'network',
    spaceId: recordSpace,
    verb: 'record.registry.applied',
    object: { kind: 'record' },
    payload: { report, added: added.map(({ organization, ror, modified, statements }) => ({ organization, ror, modified, statements: statements.length })) },
  })
}
