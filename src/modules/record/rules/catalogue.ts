import { countryName } from '../../../platform/i18n/format.ts'
import { isLanguage, languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { span } from '../../../platform/text/edtf.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import { countryFields, kindRules } from './kinds.ts'
import { ownLanguage, type EntryDraft, type StatementDraft } from './statements.ts'
import { isTerm } from './terms.ts'

export type Title = LanguageText & { original?: string }
/** Whoever or whatever has a part in an entry: another entry as `kind:key`, a country, or what the source calls it. */
export type PartyDraft = { role: string } & ({ entry: string } | { country: string } | { text: LanguageText })

/** What lists show of an entry; all of it follows from its statements. */
export type CatalogueDraft = {
  kind: string | undefined
  status: string | undefined
  title: Title
  sort: string
  acronym: string | undefined
  country: string | undefined
  countries: string[]
  /** Keys of organizations that any statement names. */
  organizations: string[]
  place: string | undefined
  /** The entry it belongs to, as `kind:key`. */
  parent: string | undefined
  parties: PartyDraft[]
  date: string | undefined
  ended: string | undefined
  amount: string | undefined
  unit: string | undefined
  stage: string | undefined
  fields: string[]
  disputed: boolean
  umbrella: boolean
}

/** What a catalogue row takes from other entries. */
export type Surroundings = {
  titleOf: (entry: string) => Title | undefined
  /** The country of an organization, by key. */
  countryOf: (organization: string) => string | undefined
}

/** @param draft with places already named by key */
export function catalogueDraft(draft: EntryDraft, around: Surroundings): CatalogueDraft {
  const first = (...fields: string[]) => fields.map((field) => best(draft.statements, field)).find(Boolean)
  const text = (field: string) => textOf(first(field))
  const rules = kindRules[draft.kind]
  const title = titleOf(draft, around)
  const amount = first('amount')
  const organizations = unique(draft.statements.flatMap(({ target }) => (target?.startsWith('organization:') ? [target.slice('organization:'.length)] : [])))
  const own = unique(
    draft.statements
      .filter(({ field, rank }) => field === 'country' && rank !== 'deprecated')
      .flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
  )
  return {
    kind: termIn(draft, 'kind'),
    status: termIn(draft, 'status'),
    title,
    sort: sortKey(title.en ?? title.es ?? title.zh ?? title.vi ?? draft.key),
    acronym: text('acronym'),
    country: own.length === 1 ? own[0] : undefined,
    countries: unique([...countriesNamed(draft.statements), ...organizations.flatMap((key) => around.countryOf(key) ?? [])]).sort(),
    organizations,
    place: text('place'),
    parent: first('parent', 'part_of')?.target,
    parties: rules.parties.flatMap((role) => draft.statements.filter(({ field, rank }) => field === role && rank !== 'deprecated').flatMap(partyOf)),
    date: textOf(first(...rules.dates)),
    ended: text('ended'),
    amount: textOf(amount),
    unit: qualifier(amount, 'unit'),
    stage: qualifier(amount, 'stage'),
    fields: unique(draft.statements.map(({ field }) => field)).sort(),
    disputed: draft.statements.some(isDisputed),
    umbrella: draft.statements.some(({ field }) => field === 'includes'),
  }
}

/** Whether sources contradict each other about a statement. */
export const isDisputed = ({ rank, dispute, citations }: StatementDraft): boolean =>
  rank === 'deprecated' || dispute !== undefined || citations.some(({ stance }) => stance === 'disputes')

/** The statement of a field to show when there is room for one: the preferred, else the first that is not held to be wrong. */
export function best<S extends { field: string; rank?: string }>(statements: readonly S[], field: string): S | undefined {
  const standing = statements.filter((statement) => statement.field === field && statement.rank !== 'deprecated')
  return standing.find(({ rank }) => rank === 'preferred') ?? standing[0]
}

/** The same for a state, which is today's: the preferred, else the one claimed for the latest time. */
function latest(statements: readonly StatementDraft[], field: string): StatementDraft | undefined {
  const standing = statements.filter((statement) => statement.field === field && statement.rank !== 'deprecated')
  const since = ({ valid }: StatementDraft) => (valid === undefined ? '' : (span(valid)?.from ?? ''))
  return standing.find(({ rank }) => rank === 'preferred') ?? standing.toSorted((a, b) => since(b).localeCompare(since(a)))[0]
}

/** The name of an entry in every language that has one, and which of them is the original. */
export function titleOf(draft: EntryDraft, around: Pick<Surroundings, 'titleOf'>): Title {
  if (draft.kind === 'authorization') return authorizationTitle(draft, around)
  if (draft.kind === 'flow') return flowTitle(draft)
  const named = draft.statements
    .filter(({ field, rank }) => (field === 'name' || field === 'title') && rank !== 'deprecated')
    .toSorted((a, b) => Number(b.rank === 'preferred') - Number(a.rank === 'preferred'))
  const title: Title = {}
  for (const { value, language } of named) {
    if (typeof value === 'object') Object.assign(title, { ...value, ...title })
    else if (isLanguage(language)) title[language] ??= value
  }
  const country = textOf(best(draft.statements, 'country'))
  const original = draft.kind === 'organization' ? ownLanguage(country ?? '') : (named[0]?.language ?? 'en')
  return { ...title, original }
}

/** An authorization has no name of its own: it is called by its product and country. */
function authorizationTitle(draft: EntryDraft, around: Pick<Surroundings, 'titleOf'>): Title {
  const product = around.titleOf(best(draft.statements, 'product')?.target ?? '') ?? { en: draft.key }
  const country = textOf(best(draft.statements, 'country'))
  const of = (language: (typeof languages)[number]) => [product[language] ?? product.en, country && calledIn(language, country)].filter(Boolean).join(' · ')
  return { ...Object.fromEntries(languages.map((language) => [language, of(language)])), original: 'en' }
}

/** A country by its name; what is no country, as it stands. */
function calledIn(language: (typeof languages)[number], value: string | LanguageText): string {
  if (typeof value === 'object') return value[language] ?? value.en ?? ''
  return /^[A-Z]{2}$/.test(value) ? countryName(value, language) : value
}

/** What a source calls a flow means little without its ends. */
function flowTitle(draft: EntryDraft): Title {
  const said = best(draft.statements, 'name')?.value
  const name: LanguageText = typeof said === 'object' ? said : { en: draft.key }
  const ends = (field: string, language: (typeof languages)[number]) =>
    draft.statements.flatMap(({ field: each, value }) => (each === field ? [calledIn(language, value)] : []))
  const of = (language: (typeof languages)[number]) => {
    const [from, to] = [ends('from', language), ends('to', language)]
    const within = from.join() === to.join()
    const way = within ? from.join(', ') : to.length === 0 ? from.join(' ↔ ') : `${from.join(', ')} → ${to.join(', ')}`
    return `${way}: ${name[language] ?? name.en}`
  }
  return { ...Object.fromEntries(languages.map((language) => [language, of(language)])), original: 'en' }
}

function termIn(draft: EntryDraft, field: 'kind' | 'status'): string | undefined {
  const term = textOf((field === 'status' ? latest : best)(draft.statements, field))
  return term !== undefined && isTerm(draft.kind, field, term) ? term : undefined
}

function partyOf({ field, value, target }: StatementDraft): PartyDraft[] {
  if (target !== undefined) return [{ role: field, entry: target }]
  if (typeof value === 'object') return [{ role: field, text: value }]
  return [/^[A-Z]{2}$/.test(value) ? { role: field, country: value } : { role: field, text: { en: value } }]
}

const countriesNamed = (statements: readonly StatementDraft[]) =>
  statements.flatMap(({ field, value }) => (countryFields.has(field) && typeof value === 'string' && /^[A-Z]{2}$/.test(value) ? [value] : []))

const textOf = (statement: StatementDraft | undefined) => (typeof statement?.value === 'string' ? statement.value : undefined)

function qualifier(statement: StatementDraft | undefined, name: string): string | undefined {
  const value = statement?.qualifiers?.[name]
  return typeof value === 'object' ? value.en : value
}

const unique = <T>(values: readonly T[]) => [...new Set(values)]

/** The days that a catalogue date spans, for sorting and filtering. */
export const daysOf = (date: string | undefined) => (date === undefined ? undefined : span(date))
