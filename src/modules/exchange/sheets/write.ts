import type { CellValue, Column } from '../../../platform/download/column.ts'
import { workbookFile, type CellChoice } from '../../../platform/download/workbook.ts'
import { sheetOf, xlsxFile } from '../../../platform/download/xlsx.ts'
import { countryCodes } from '../../../platform/i18n/countries.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { unitWord } from '../rules/units.ts'
import type { Exported } from '../store/sheets.ts'
import { exchangeTexts } from '../text/index.ts'
import { columnKeys, columnLabel, neededColumns, type ColumnKey } from './columns.ts'
import { hintOf } from './hints.ts'
import { mostRows } from './read.ts'
import { severalColumns, wordColumns, wordFor, wordsOf, type WordColumn } from './words.ts'

/** What stands in a row, by column. */
export type Cells = Partial<Record<ColumnKey, CellValue>>

const kinds: Partial<Record<ColumnKey, 'number' | 'date'>> = { amount: 'number', valid_until: 'date' }

const columnsOf = (language: Language): Column<Cells>[] =>
  columnKeys.map((key) => ({
    key,
    label: columnLabel(key, language),
    value: (row) => row[key],
    ...(kinds[key] !== undefined && { kind: kinds[key] }),
  }))

/** A listing as a row in the reader's language. @param terms what its concepts are called */
export function cellsOf(listing: Exported, language: Language, terms: ReadonlyMap<string, { text: string }>): Cells {
  const countries = (codes: readonly string[]) => codes.map((code) => countryName(code, language).replaceAll(/[,，;；、]/g, ' ')).join('; ')
  const words = (column: WordColumn, codes: readonly (string | null)[]) =>
    codes.flatMap((code) => (code === null ? [] : [wordFor(column, code, language)])).join('; ')
  const texts = (['title', 'body', 'sought'] as const).flatMap((field) => Object.entries(listing[field]).map(([each, text]) => [`${field}_${each}`, text]))
  return {
    number: listing.number,
    direction: words('direction', [listing.direction]),
    pillar: words('pillar', [listing.pillar]),
    original: words('original', [listing.original]),
    audience: words('audience', [listing.isPublic ? 'everybody' : 'network']),
    valid_until: listing.validUntil,
    forms: words('forms', listing.forms),
    // A term may be that of several concepts; the key behind it says which.
    concepts: listing.concepts.map((key) => (terms.has(key) ? `${terms.get(key)?.text} [${key}]` : key)).join('; '),
    ...(Object.fromEntries(texts) as Cells),
    stage: words('stage', [listing.stage]),
    ip: words('ip', [listing.ip]),
    authorizations: countries(listing.authorizations),
    amount: listing.amount === null ? null : String(listing.amount),
    unit: listing.unit === null ? null : unitWord(listing.unit, language),
    partner_kinds: words('partner_kinds', listing.partnerKinds),
    countries_wanted: countries(listing.countriesWanted),
    countries_excluded: countries(listing.countriesExcluded),
    timing: listing.timing,
    hidden_from: listing.hiddenFrom.join(', '),
  }
}

/** Rows of listings with the words to choose from and how each column is filled in: the template, and what a member has. */
export async function listingsFile(rows: readonly Cells[], language: Language): Promise<Uint8Array<ArrayBuffer>> {
  const say = exchangeTexts[language]
  const listings = await sheetOf(say('sheet.listings'), columnsOf(language), rows, { maxRows: mostRows + 1 })
  const words = await wordSheet(language)
  const how = [
    { key: 'column', label: say('sheet.column'), value: (key: ColumnKey) => columnLabel(key, language) },
    { key: 'needed', label: say('sheet.needed'), value: (key: ColumnKey) => (neededColumns.includes(key) ? say('sheet.needed-yes') : '') },
    { key: 'how', label: say('sheet.how'), value: (key: ColumnKey) => hintOf(key, language) },
  ]
  const choices = wordColumns.flatMap((column, place): CellChoice[] =>
    severalColumns.has(column)
      ? []
      : [{ column: columnKeys.indexOf(column), rows: mostRows, from: { sheet: 1, column: place, words: wordsOf(column, language).length } }],
  )
  return workbookFile([listings, words, await sheetOf(say('sheet.columns'), how, columnKeys, { maxRows: 100 })], choices)
}

/** Each list of words below the name of its column, and the countries. */
function wordSheet(language: Language) {
  const lists = [
    ...wordColumns.map((column) => ({ key: column, label: columnLabel(column, language), words: wordsOf(column, language).map(({ word }) => word) })),
    {
      key: 'country',
      label: exchangeTexts[language]('listing.country'),
      words: countryCodes.map((code) => countryName(code, language)).toSorted(new Intl.Collator(language).compare),
    },
  ]
  const columns = lists.map(({ key, label, words }) => ({ key, label, value: (place: number) => words[place] }))
  const rows = Array.from({ length: Math.max(...lists.map(({ words }) => words.length)) }, (_, place) => place)
  return sheetOf(exchangeTexts[language]('sheet.words'), columns, rows, { maxRows: 1000 })
}

/** The template: a row that shows how, and says that it is not read. @param until a day to come */
export function templateFile(language: Language, until: string): Promise<Uint8Array<ArrayBuffer>> {
  const say = exchangeTexts[language]
  const word = (column: WordColumn, code: string) => wordFor(column, code, language)
  const example: Cells = {
    number: say('sheet.example'),
    direction: word('direction', 'offer'),
    pillar: word('pillar', 'technology-transfer'),
    original: word('original', language),
    audience: word('audience', 'everybody'),
    valid_until: until,
    forms: [word('forms', 'licence'), word('forms', 'training-seats')].join('; '),
    concepts: 'vaccine',
    [`title_${language}`]: say('sheet.example-title'),
    [`body_${language}`]: say('sheet.example-body'),
    [`sought_${language}`]: say('sheet.example-sought'),
    stage: word('stage', 'trl-9'),
    ip: word('ip', 'know-how'),
    amount: '1000000',
    unit: say('sheet.example-unit'),
    partner_kinds: [word('partner_kinds', 'enterprise'), word('partner_kinds', 'institute')].join('; '),
    countries_wanted: [countryName('CU', language), countryName('VN', language)].join('; '),
  }
  return listingsFile([example], language)
}

export type ReportRow = { row: number; wrong: string; cells: Cells }

/** What was read, each row with what is wrong with it beside; it can be mended there and sent again. */
export function reportFile(rows: readonly ReportRow[], language: Language): Promise<Uint8Array<ArrayBuffer>> {
  const say = exchangeTexts[language]
  const columns: Column<ReportRow>[] = [
    { key: 'row', label: say('sheet.row'), value: ({ row }) => row },
    { key: 'wrong', label: say('sheet.wrong'), value: ({ wrong }) => wrong },
    ...columnsOf(language).map(({ value, ...column }) => ({ ...column, value: ({ cells }: ReportRow) => value(cells) })),
  ]
  return xlsxFile(say('sheet.listings'), columns, rows, { maxRows: mostRows })
}
