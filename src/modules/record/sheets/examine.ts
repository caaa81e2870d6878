import type { IssueCode } from '../../../platform/errors.ts'
import { isEdtf, span } from '../../../platform/text/edtf.ts'
import type { CsvFile, CsvRow, FileIssue } from '../../../platform/text/csv.ts'
import { countryFields, dateFields, numberFields } from '../rules/kinds.ts'
import { isTerm, kindTerms, statusTerms } from '../rules/terms.ts'
import { isCurrencyUnit } from '../rules/units.ts'
import type { EntryKind } from '../schema.ts'
import { country } from './cells.ts'
import { identifierIssues, type IdentifierKnown } from './identifiers.ts'
import type { Sheets } from './index.ts'
import type { OrganizationRow } from './organizations.ts'
import { placeFinder } from './places.ts'
import { entryOf, targetOf, type StatementRow } from './statements.ts'
import { sharesOf, type VentureRow } from './ventures.ts'

/** What is on record already, which a sheet may name without holding it. */
export type Known = { sources: ReadonlySet<string>; entries: ReadonlySet<string>; identifiers: readonly IdentifierKnown[] }

/** What a cell names: a source, a dispute, or an entry as `kind:key`. */
type Reference = { column: string; to: 'source' | 'dispute' | 'entry' | 'held'; names: string[] }

/** Everything that is wrong in the sheets and between their rows. */
export function examineSheets(sheets: Sheets, known: Known): FileIssue[] {
  const { find, issues: written } = placeFinder(sheets.places)
  const all = allSheets(sheets)
  const held = new Set(all.flatMap(({ sheet, kind }) => (kind ? sheet.rows.map(({ value }) => `${kind}:${value.id}`) : [])))
  for (const { value } of sheets.entries.flatMap(({ rows }) => rows)) held.add(`${value.kind}:${value.key}`)
  const sources = new Set(sheets.sources.rows.map(({ value }) => value.id))
  const disputes = new Set(sheets.conflicts.rows.map(({ value }) => value.id))
  const is: Record<Reference['to'], (name: string) => boolean> = {
    source: (name) => sources.has(name) || known.sources.has(name),
    dispute: (name) => disputes.has(name),
    entry: (name) => held.has(name) || known.entries.has(name),
    held: (name) => held.has(name),
  }
  const missing = <Row>(sheet: CsvFile<Row>, referencesOf: (row: Row) => Reference[]): FileIssue[] =>
    sheet.rows.flatMap(({ line, value }) =>
      referencesOf(value).flatMap(({ column, to, names }) =>
        names.filter((name) => !is[to](name)).map((name) => issue(sheet.file, line, column, 'unknown_reference', name.replace(/^[a-z-]+:/, ''))),
      ),
    )
  return [
    ...all.flatMap(({ sheet }) => sheet.issues),
    ...[sheets.phrases, ...sheets.entries, ...sheets.statements].flatMap((sheet) => sheet.issues),
    ...written,
    ...all.flatMap(({ sheet }) => repeated(sheet, ({ id }) => id, 'id')),
    ...repeatedEntries(sheets, all),
    ...missing(sheets.organizations, (row) => [
      { column: 'parent_id', to: 'entry', names: row.parent_id === undefined ? [] : [`organization:${row.parent_id}`] },
    ]),
    ...unplaced(sheets, find),
    ...all.flatMap(({ sheet, references }) => missing(sheet, (row) => [...references(row), cited(row)])),
    ...sheets.entries.flatMap((sheet) => missing(sheet, (row) => [cited(row)])),
    ...sheets.statements.flatMap((sheet) => [...missing(sheet, statementReferences), ...sheet.rows.flatMap((row) => unfit(sheet.file, row))]),
    ...identifierIssues(sheets.statements, held, known.identifiers),
    ...circular(sheets.organizations),
    ...overHundred(sheets),
  ]
}

const issue = (file: string, line: number, path: string, code: IssueCode, value: string, more: Record<string, string | number> = {}): FileIssue => ({
  file,
  line,
  issue: { path, code, params: { value, ...more } },
})

type Row = { id: string; source_ids?: string[] }
type Listed = { sheet: CsvFile<Row>; kind?: EntryKind; references: (row: Row) => Reference[] }

/** Every sheet whose rows have an id, what kind of entries they are, and what else they name. */
function allSheets(sheets: Sheets): Listed[] {
  const listed = <R extends Row>(sheet: CsvFile<R>, kind?: EntryKind, references: (row: R) => Reference[] = () => []): Listed => ({
    sheet,
    ...(kind && { kind }),
    references: references as (row: Row) => Reference[],
  })
  const parties = (column: string, names: readonly string[]): Reference => ({
    column,
    to: 'entry',
    names: names.filter(isOrganization).map((name) => `organization:${name}`),
  })
  const one = (column: string, kind: EntryKind, name: string | undefined): Reference => ({
    column,
    to: 'entry',
    names: name === undefined ? [] : [`${kind}:${name}`],
  })
  return [
    listed(sheets.places),
    listed(sheets.sources),
    listed(sheets.organizations, 'organization'),
    listed(sheets.agreements, 'agreement', (row) => [parties('parties', row.parties)]),
    listed(sheets.ventures, 'venture', (row) => [
      one('org_id', 'organization', row.org_id),
      parties(
        'partners_with_shares',
        sharesOf(row).map(({ partner }) => partner),
      ),
    ]),
    listed(sheets.facilities, 'facility', (row) => [parties('owner_operator_ids', row.owner_operator_ids)]),
    listed(sheets.products, 'product', (row) => [
      one('developer_org_id', 'organization', row.developer_org_id),
      parties('manufacturer_org_ids', row.manufacturer_org_ids),
    ]),
    listed(sheets.authorizations, 'authorization', (row) => [
      one('product_id', 'product', row.product_id),
      one('regulator_org_id', 'organization', row.regulator_org_id),
    ]),
    listed(sheets.projects, 'project', (row) => [parties('parties', row.parties)]),
    listed(sheets.programmes, 'programme', (row) => [parties('parties', row.parties)]),
    listed(sheets.events, 'event', (row) => [parties('participants', row.participants)]),
    listed(sheets.flows, 'flow'),
    listed(sheets.conflicts),
  ]
}

const isOrganization = (party: string) => !/^[A-Z]{2}$/.test(party) && !party.startsWith('unnamed-')

const cited = (row: { source_ids?: string[] }): Reference => ({ column: 'source_ids', to: 'source', names: row.source_ids ?? [] })

function statementReferences(row: StatementRow): Reference[] {
  const target = targetOf(row.value)
  return [
    // A statement without its entry would end all that is on record of that entry.
    { column: 'entry', to: 'held', names: [row.entry] },
    { column: 'value', to: 'entry', names: target === undefined ? [] : [target] },
    { column: 'sources', to: 'source', names: row.sources.map(bare) },
    { column: 'disputed_by', to: 'source', names: row.disputed_by.map(bare) },
    { column: 'conflict', to: 'dispute', names: row.conflict === undefined ? [] : [row.conflict] },
  ]
}

const bare = (located: string) => located.split('#')[0] ?? ''

/** A value that its field cannot have, a rank without a reason, nobody who says so. */
function unfit(file: string, { line, value: row }: CsvRow<StatementRow>): FileIssue[] {
  const { kind } = entryOf(row)
  const at = (column: string, code: IssueCode, more?: Record<string, string>) => [issue(file, line, column, code, row.value, more)]
  const unit = row.qualifiers.find((cell) => cell.startsWith('unit='))?.slice(5)
  const share = row.qualifiers.find((cell) => cell.startsWith('share='))?.slice(6)
  const isPlain = row.language === '' && targetOf(row.value) === undefined
  return [
    ...(isPlain && dateFields.has(row.field) && !isEdtf(row.value) ? at('value', 'not_a_date') : []),
    ...(isPlain && numberFields.has(row.field) && !/^-?\d{1,15}(\.\d{1,6})?$/.test(row.value) ? at('value', 'not_a_number') : []),
    ...(isPlain && countryFields.has(row.field) && /^[A-Z]{2}$/.test(row.value) && !country.safeParse(row.value).success ? at('value', 'unknown_country') : []),
    ...(isPlain && row.field === 'kind' && !isTerm(kind, 'kind', row.value) ? at('value', 'not_one_of', { values: kindTerms[kind].join(', ') }) : []),
    ...(isPlain && row.field === 'status' && !isTerm(kind, 'status', row.value) ? at('value', 'not_one_of', { values: statusTerms[kind].join(', ') }) : []),
    ...(unit !== undefined && isCurrencyUnit(unit) === false ? at('qualifiers', 'unknown_currency', { value: unit }) : []),
    ...(share !== undefined && !/^\d{1,3}(\.\d{1,2})?$/.test(share) ? at('qualifiers', 'not_a_number', { value: share }) : []),
    ...(row.rank === 'deprecated' && row.reason_en === undefined ? at('reason_en', 'required') : []),
    ...(row.sources.length === 0 ? at('sources', 'required') : []),
  ]
}

function unplaced(sheets: Sheets, find: (written: string) => string | undefined): FileIssue[] {
  return sheets.organizations.rows.flatMap(({ line, value: { place } }) =>
    place !== undefined && !find(place) ? [issue(sheets.organizations.file, line, 'place', 'unknown_reference', place)] : [],
  )
}

function repeated<R>(sheet: CsvFile<R>, nameOf: (row: R) => string, column: string): FileIssue[] {
  const first = new Map<string, number>()
  return sheet.rows.flatMap(({ line, value }) => {
    const name = nameOf(value)
    const before = first.get(name)
    if (before === undefined) first.set(name, line)
    return before === undefined ? [] : [issue(sheet.file, line, column, 'repeated', name, { line: before })]
  })
}

/** Entries that only need a name may stand in several files, but each once, and not beside the sheet of its kind. */
function repeatedEntries(sheets: Sheets, all: readonly Listed[]): FileIssue[] {
  const first = new Map<string, number>(
    all.flatMap(({ sheet, kind }) => (kind === undefined ? [] : sheet.rows.map(({ line, value }): [string, number] => [`${kind}:${value.id}`, line]))),
  )
  return sheets.entries.flatMap(({ file, rows }) =>
    rows.flatMap(({ line, value: { kind, key } }) => {
      const before = first.get(`${kind}:${key}`)
      if (before === undefined) first.set(`${kind}:${key}`, line)
      return before === undefined ? [] : [issue(file, line, 'key', 'repeated', key, { line: before })]
    }),
  )
}

function circular(sheet: CsvFile<OrganizationRow>): FileIssue[] {
  const parent = new Map(sheet.rows.map(({ value }) => [value.id, value.parent_id]))
  const isAboveItself = (id: string) => {
    const seen = new Set<string>()
    for (let up = parent.get(id); up !== undefined && !seen.has(up); up = parent.get(up)) {
      if (up === id) return true
      seen.add(up)
    }
    return false
  }
  return sheet.rows.filter(({ value }) => isAboveItself(value.id)).map(({ line, value }) => issue(sheet.file, line, 'parent_id', 'circular', value.id))
}

/** Shares that are claimed for the same day by nobody in dispute may not come to more than the whole. */
function overHundred(sheets: Sheets): FileIssue[] {
  const later = sheets.statements.flatMap(({ rows }) => rows.map(({ value }) => value)).filter((row) => row.field === 'partner' && row.rank !== 'deprecated')
  return sheets.ventures.rows.flatMap(({ line, value }) => {
    const claims = [...fromRow(value), ...later.filter(({ entry }) => entry === `venture:${value.id}`).flatMap(fromStatement)]
    const days = claims.map(({ from }) => from)
    const most = Math.max(0, ...days.map((day) => sumAt(claims, day)))
    return most > 100 ? [issue(sheets.ventures.file, line, 'partners_with_shares', 'shares_over_100', String(most))] : []
  })
}

type Claim = { partner: string; share: number; from: string; to: string }

const fromRow = (row: VentureRow): Claim[] =>
  sharesOf(row).flatMap(({ partner, share }) =>
    share === ''
      ? []
      : [{ partner: partner.replace(/^unnamed-([a-z]{2})$/, (_, code: string) => code.toUpperCase()), share: Number(share), from: '0000', to: '9999' }],
  )

function fromStatement(row: StatementRow): Claim[] {
  const share = row.qualifiers.find((cell) => cell.startsWith('share='))?.slice(6)
  const days = row.valid === undefined ? undefined : span(row.valid)
  return share === undefined
    ? []
    : [{ partner: row.value.replace(/^organization:/, ''), share: Number(share), from: days?.from ?? '0000', to: days?.to ?? '9999' }]
}

/** What partners hold on a day; of several claims about one partner, the latest counts. */
function sumAt(claims: readonly Claim[], day: string): number {
  const held = new Map<string, Claim>()
  for (const claim of claims) {
    const before = held.get(claim.partner)
    if (claim.from <= day && day <= claim.to && (before === undefined || claim.from >= before.from)) held.set(claim.partner, claim)
  }
  return [...held.values()].reduce((sum, { share }) => sum + share, 0)
}
