import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { CsvFile } from '../../../platform/text/csv.ts'
import { together, type EntryDraft, type StatementDraft } from '../rules/statements.ts'
import type { EntryKind } from '../schema.ts'
import { agreementDraft } from './agreements.ts'
import { speaker, supportedBy, texts } from './cells.ts'
import { facilityDraft } from './facilities.ts'
import { flowDraft } from './flows.ts'
import type { Sheets } from './index.ts'
import { organizationDraft } from './organizations.ts'
import { placeFinder, type PlaceRow } from './places.ts'
import { authorizationDraft, productDraft } from './products.ts'
import type { SourceRow } from './sources.ts'
import { entryOf, statementOf, type DisputeRow } from './statements.ts'
import { ventureDraft } from './ventures.ts'
import { eventDraft, programmeDraft, projectDraft } from './work.ts'

/** An entry that sheets describe; its statements are made when they are wanted, so that a large record need not lie in memory twice. */
export type EntrySource = { kind: EntryKind; key: string; draft: () => EntryDraft }
export type RecordDraft = { places: PlaceRow[]; sources: SourceRow[]; disputes: DisputeRow[]; entries: EntrySource[] }

/** What sheets without issues describe. */
export function draftRecord(sheets: Sheets): RecordDraft {
  const { find } = placeFinder(sheets.places)
  const phrases = new Map<string, LanguageText>(sheets.phrases.rows.map(({ value }) => [value.en, value]))
  const further = furtherStatements(sheets, phrases)
  const from = <Row extends { id: string }>(sheet: CsvFile<Row>, kind: EntryKind, make: (row: Row) => EntryDraft): EntrySource[] =>
    sheet.rows.map(({ value }) => ({ kind, key: value.id, draft: () => complete(make(value)) }))
  const complete = (draft: EntryDraft): EntryDraft => ({
    ...draft,
    statements: together(draft.statements, further.get(`${draft.kind}:${draft.key}`) ?? []).map((statement) => settled(statement, find)),
  })
  return {
    places: values(sheets.places),
    sources: values(sheets.sources),
    disputes: values(sheets.conflicts),
    entries: [
      ...from(sheets.organizations, 'organization', organizationDraft),
      ...from(sheets.agreements, 'agreement', agreementDraft),
      ...from(sheets.ventures, 'venture', ventureDraft),
      ...from(sheets.facilities, 'facility', facilityDraft),
      ...from(sheets.products, 'product', productDraft),
      ...from(sheets.authorizations, 'authorization', authorizationDraft),
      ...from(sheets.projects, 'project', projectDraft),
      ...from(sheets.programmes, 'programme', (row) => programmeDraft(row, phrases)),
      ...from(sheets.events, 'event', eventDraft),
      ...from(sheets.flows, 'flow', (row) => flowDraft(row, phrases)),
      ...sheets.entries.flatMap(values).map((row) => ({ kind: row.kind, key: row.key, draft: () => complete(named(row)) })),
    ],
  }
}

const values = <T>(sheet: CsvFile<T>): T[] => sheet.rows.map(({ value }) => value)

/** An entry of which its own sheet says only the name. */
function named(row: Sheets['entries'][number]['rows'][number]['value']): EntryDraft {
  const name = texts(row, 'name')
  const statements: StatementDraft[] =
    row.kind === 'organization'
      ? Object.entries(name).map(([language, value]) => ({ field: 'name', value, language, citations: supportedBy(row.source_ids) }))
      : speaker(row.source_ids).tell('name', name)
  return { kind: row.kind, key: row.key, statements }
}

function furtherStatements(sheets: Sheets, phrases: ReadonlyMap<string, LanguageText>): Map<string, StatementDraft[]> {
  const found = new Map<string, StatementDraft[]>()
  for (const row of sheets.statements.flatMap(values)) {
    const { kind, key } = entryOf(row)
    const name = `${kind}:${key}`
    found.set(name, [...(found.get(name) ?? []), statementOf(row, phrases)])
  }
  return found
}

/** A place that the table of places knows is named by its key; what it does not know stays as the source puts it. */
function settled(statement: StatementDraft, find: (written: string) => string | undefined): StatementDraft {
  if (statement.field !== 'place') return statement
  const { language: _, ...rest } = statement
  const written = typeof statement.value === 'string' ? statement.value : (statement.value.en ?? '')
  const key = find(written)
  return key === undefined ? statement : { ...rest, value: key }
}
