import type { Page } from '../../../platform/db/keyset.ts'
import type { AtTimes } from '../rules/times.ts'
import type { Listed } from '../store/catalogue.ts'
import type { Dispute } from '../store/disputes.ts'
import type { Entry, StatementShown } from '../store/entries.ts'
import type { Source } from '../store/sources.ts'

// What the API shows of each thing: field by field, so that a column more in a query is not a field more in an answer.

/** One page of a list. */
export const presentPage = <Row, Item>(page: Page<Row>, total: number, present: (row: Row) => Item) => ({
  items: page.rows.map(present),
  total,
  next: page.next ?? null,
  previous: page.previous ?? null,
})

export const presentListed = (row: Listed) => ({
  id: row.id,
  entry: row.entry,
  key: row.key,
  kind: row.kind,
  status: row.status,
  title: row.title,
  acronym: row.acronym,
  country: row.country,
  countries: row.countries,
  place: row.place,
  parent: row.parent,
  parties: row.parties,
  date: row.date,
  amount: row.amount,
  unit: row.unit,
  stage: row.stage,
  disputed: row.disputed,
  umbrella: row.umbrella,
  recorded_at: row.recorded_at,
})

export const presentSource = ({ id, key, kind, title, language, publisher, published, url }: Source) => ({
  id,
  key,
  kind,
  title,
  language,
  publisher,
  published,
  url,
})

/** An entry with its statements at the times asked for, and the sources that these cite. */
export function presentEntry({ id, kind, key, title, recorded_at, version, sources }: Entry, statements: readonly AtTimes<StatementShown>[]) {
  const cited = new Set(statements.flatMap(({ citations }) => citations.map(({ source }) => source)))
  return {
    id,
    kind,
    key,
    title,
    recorded_at,
    version,
    statements: statements.map((statement) => ({
      id: statement.id,
      field: statement.field,
      value: statement.value,
      target: statement.target,
      place: statement.place && { names: statement.place.names },
      language: statement.language,
      rank: statement.rank,
      rank_reason: statement.rank_reason,
      qualifiers: statement.qualifiers,
      valid: statement.valid,
      dispute: statement.dispute,
      last_known: statement.last_known,
      citations: statement.citations,
    })),
    sources: sources
      .filter((source) => cited.has(source.key))
      .map(({ key: source, kind: speaker, title: name, language, publisher, published, url }) => ({
        key: source,
        kind: speaker,
        title: name,
        language,
        publisher,
        published,
        url,
      })),
  }
}

export const presentDispute = ({ id, key, assessment, sides }: Dispute) => ({
  id,
  key,
  assessment,
  sides: sides.map((side) => ({
    entry: side.entry,
    field: side.field,
    value: side.value,
    target: side.target,
    place: side.place,
    language: side.language,
    rank: side.rank,
    reason: side.reason,
    qualifiers: side.qualifiers,
    valid: side.valid,
    citations: side.citations.map(({ source, stance, locator, title, kind }) => ({ source, stance, locator, title, kind })),
  })),
})
