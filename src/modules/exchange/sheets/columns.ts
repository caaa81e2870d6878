import { languageNames, languages, type Language } from '../../../platform/i18n/languages.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import { textField } from '../schema/listings.ts'
import { exchangeTexts } from '../text/index.ts'

const texts = languages.flatMap((language) => (['title', 'body', 'sought'] as const).map((field) => textField(field, language)))

/** The columns of a workbook of listings, in the order in which it is written. All but the first are fields of the form. */
export const columnKeys = [
  'number',
  'direction',
  'pillar',
  'original',
  'audience',
  'valid_until',
  'forms',
  'concepts',
  ...texts,
  'stage',
  'ip',
  'authorizations',
  'amount',
  'unit',
  'partner_kinds',
  'countries_wanted',
  'countries_excluded',
  'timing',
  'hidden_from',
] as const
export type ColumnKey = (typeof columnKeys)[number]

/** Without these a row can be no listing. */
export const neededColumns: readonly ColumnKey[] = ['direction', 'pillar', 'original', 'audience']

/** The name of a column for people. */
export function columnLabel(key: ColumnKey, language: Language): string {
  const say = exchangeTexts[language]
  const text = /^(title|body|sought)_(en|es|zh|vi)$/.exec(key)
  if (text) return `${say(`listing.${text[1] as 'title' | 'body' | 'sought'}`)} (${languageNames[text[2] as Language]})`
  return say(`listing.${key as Exclude<ColumnKey, (typeof texts)[number]>}`)
}

/** Columns that a report adds, and that are passed over when it is sent again. */
const added = ['sheet.row', 'sheet.wrong'] as const

/** Every name that a column goes by: for programs, and in each language. `undefined` as its column: it is passed over. */
const names = new Map<string, ColumnKey | undefined>([
  ...languages.flatMap((language) => added.map((key): [string, undefined] => [foldKey(exchangeTexts[language](key)), undefined])),
  ...columnKeys.flatMap((key) => [key, ...languages.map((language) => columnLabel(key, language))].map((name): [string, ColumnKey] => [foldKey(name), key])),
])

/** Which column is meant by a name in the first line. @returns `unknown`: none; `added`: one of a report */
export function columnOf(name: string): ColumnKey | 'unknown' | 'added' {
  const folded = foldKey(name)
  return names.has(folded) ? (names.get(folded) ?? 'added') : 'unknown'
}

const examples: ReadonlySet<string> = new Set(languages.map((language) => foldKey(exchangeTexts[language]('sheet.example'))))

/** Whether what stands in the first column says that its row is an example. */
export const isExample = (number: string | undefined): boolean => number !== undefined && examples.has(foldKey(number))
