import { join } from 'node:path'
import { readCsv, type CsvFile, type CsvRow, type FileIssue } from '../../../platform/text/csv.ts'
import type { EntryDraft } from '../rules/statements.ts'
import { agreementDraft, agreementSheet, isCountryParty, type AgreementProjection, type AgreementRow } from './agreements.ts'
import { organizationDraft, organizationSheet, type OrganizationProjection, type OrganizationRow } from './organizations.ts'
import { placeFinder, placeSheet, type PlaceRow } from './places.ts'
import { sourceSheet, type SourceRow } from './sources.ts'

/** The files of a record, in the order in which they are read. */
export const sheetFiles = ['places.csv', 'sources.csv', 'organizations.csv', 'agreements.csv'] as const

export type Sheets = {
  places: CsvFile<PlaceRow>
  sources: CsvFile<SourceRow>
  organizations: CsvFile<OrganizationRow>
  agreements: CsvFile<AgreementRow>
}

export type RecordDraft = {
  places: PlaceRow[]
  sources: SourceRow[]
  organizations: EntryDraft<OrganizationProjection>[]
  agreements: EntryDraft<AgreementProjection>[]
}

/** Reads the sheets of a folder; each tells what is wrong in it, the others are read all the same. */
export async function readSheets(directory: string): Promise<Sheets> {
  return {
    places: await readCsv(join(directory, 'places.csv'), placeSheet),
    sources: await readCsv(join(directory, 'sources.csv'), sourceSheet),
    organizations: await readCsv(join(directory, 'organizations.csv'), organizationSheet),
    agreements: await readCsv(join(directory, 'agreements.csv'), agreementSheet),
  }
}

/** What is wrong between the rows: ids that stand twice, references to nothing, an organization above itself. */
export function examineSheets(sheets: Sheets): FileIssue[] {
  const own = Object.values(sheets).flatMap((sheet) => sheet.issues)
  const { find, issues: written } = placeFinder(sheets.places)
  const known = { sources: ids(sheets.sources), organizations: ids(sheets.organizations) }
  return [
    ...own,
    ...written,
    ...Object.values(sheets).flatMap((sheet: CsvFile<{ id: string }>) => repeated(sheet)),
    ...sheets.organizations.rows.flatMap(({ line, value }) =>
      problems(sheets.organizations.file, line, [
        ['place', value.place !== undefined && !find(value.place) ? [value.place] : []],
        ['parent_id', value.parent_id !== undefined && !known.organizations.has(value.parent_id) ? [value.parent_id] : []],
        ['source_ids', value.source_ids.filter((id) => !known.sources.has(id))],
      ]),
    ),
    ...circular(sheets.organizations),
    ...sheets.agreements.rows.flatMap(({ line, value }) =>
      problems(sheets.agreements.file, line, [
        ['parties', value.parties.filter((party) => !isCountryParty(party) && !known.organizations.has(party))],
        ['source_ids', value.source_ids.filter((id) => !known.sources.has(id))],
      ]),
    ),
  ]
}

/** The entries that sheets without issues describe. */
export function draftRecord(sheets: Sheets): RecordDraft {
  const { find } = placeFinder(sheets.places)
  const placeOf = (written: string | undefined) => (written === undefined ? undefined : find(written))
  return {
    places: sheets.places.rows.map(({ value }) => value),
    sources: sheets.sources.rows.map(({ value }) => value),
    organizations: sheets.organizations.rows.map(({ value }) => organizationDraft(value, placeOf(value.place))),
    agreements: sheets.agreements.rows.map(({ value }) => agreementDraft(value, placeOf(value.place))),
  }
}

const ids = (sheet: CsvFile<{ id: string }>) => new Set(sheet.rows.map(({ value }) => value.id))

const problems = (file: string, line: number, columns: [string, string[]][]): FileIssue[] =>
  columns.flatMap(([path, values]) => values.map((value) => ({ file, line, issue: { path, code: 'unknown_reference' as const, params: { value } } })))

function repeated(sheet: CsvFile<{ id: string }>): FileIssue[] {
  const first = new Map<string, number>()
  return sheet.rows.flatMap(({ line, value }) => {
    const before = first.get(value.id)
    if (before === undefined) first.set(value.id, line)
    return before === undefined ? [] : [{ file: sheet.file, line, issue: { path: 'id', code: 'repeated' as const, params: { value: value.id, line: before } } }]
  })
}

function circular(sheet: CsvFile<OrganizationRow>): FileIssue[] {
  const parent = new Map(sheet.rows.map(({ value }) => [value.id, value.parent_id]))
  const isAboveItself = ({ value }: CsvRow<OrganizationRow>) => {
    const seen = new Set<string>()
    for (let up = parent.get(value.id); up !== undefined && !seen.has(up); up = parent.get(up)) {
      if (up === value.id) return true
      seen.add(up)
    }
    return false
  }
  return sheet.rows
    .filter(isAboveItself)
    .map(({ line, value }) => ({ file: sheet.file, line, issue: { path: 'parent_id', code: 'circular', params: { value: value.id } } }))
}
