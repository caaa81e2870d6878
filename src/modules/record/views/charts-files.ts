import type { Column } from '../../../platform/download/column.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { reachOf } from '../rules/charts.ts'
import type { Figure, Measure } from '../store/charts.ts'
import type { EntryTitle } from '../store/catalogue.ts'
import type { SourceCited, StatementShown } from '../store/entries.ts'
import type { Cell, MatrixRow } from '../store/matrix.ts'

type Value = string | null | undefined

const text = <Row>(key: string, value: (row: Row) => Value): Column<Row> => ({ key, label: key, value })
const inEnglish = (words: string | LanguageText | null | undefined): Value =>
  typeof words === 'object' && words !== null ? (words.en ?? Object.values(words)[0]) : words
const titles = <Row>(name: string, titleOf: (row: Row) => LanguageText | EntryTitle | null): Column<Row>[] =>
  languages.map((language) => text(`${name}_${language}`, (row) => titleOf(row)?.[language]))
const citedWith = (stance: string, { citations }: Pick<Figure, 'citations'>) =>
  citations
    .filter((citation) => citation.stance === stance)
    .map(({ source }) => source)
    .join('; ')

export type FigureRow = Omit<Measure, 'figures'> & { figure: Figure }

/** The columns of charts as a file: amounts in the unit of the source, not in that of a reader's language. */
export function figureColumns(base: string, sources: readonly SourceCited[]): Column<FigureRow>[] {
  const named = new Map(sources.map((source) => [source.key, source]))
  return [
    text('chart', ({ name }) => name),
    text('kind', ({ kind }) => kind),
    text('from', ({ ends }) => ends.from.join('; ')),
    text('to', ({ ends }) => (ends.to.length === 0 ? 'two-way' : ends.to.join('; '))),
    text('period', ({ figure }) => figure.period),
    text('reach', ({ figure }) => reachOf(figure)),
    { key: 'amount', label: 'amount', kind: 'number', value: ({ figure }) => figure.value },
    text('unit', ({ unit }) => inEnglish(unit)),
    ...titles<FigureRow>('what', ({ figure }) => figure.name),
    text('stage', ({ figure }) => figure.stage),
    text('reporter', ({ figure }) => inEnglish(figure.reporter)),
    text('basis', ({ figure }) => inEnglish(figure.basis)),
    text('disputed', ({ figure }) => (figure.disputed ? 'yes' : 'no')),
    text('dispute', ({ figure }) => figure.dispute),
    text('held_to_be_wrong', ({ figure }) => (figure.deprecated ? 'yes' : 'no')),
    text('sources', ({ figure }) => citedWith('supports', figure)),
    text('disputed_by', ({ figure }) => citedWith('disputes', figure)),
    text('source_titles', ({ figure }) => figure.citations.flatMap(({ source }) => named.get(source)?.title ?? []).join('; ')),
    text('address', ({ figure }) => `${base}/flows/${figure.key}`),
  ]
}

export type MatrixCellRow = { product: MatrixRow; cell: Cell }

/** The columns of the matrix as a file: a row for each cell, not a column for each country. */
export function matrixColumns(base: string): Column<MatrixCellRow>[] {
  return [
    text('product', ({ product }) => product.key),
    ...titles<MatrixCellRow>('product', ({ product }) => product.title),
    text('kind', ({ product }) => product.kind),
    text('country', ({ cell }) => cell.country),
    text('status', ({ cell }) => cell.status ?? 'unknown'),
    text('date', ({ cell }) => cell.date),
    text('number', ({ cell }) => cell.number),
    ...titles<MatrixCellRow>('indication', ({ cell }) => cell.indication),
    text('disputed', ({ cell }) => (cell.disputed ? 'yes' : 'no')),
    text('address', ({ cell }) => `${base}/authorizations/${cell.key}`),
  ]
}

/** The columns of those who hold a venture as a file. */
export function holderColumns(base: string): Column<StatementShown>[] {
  return [
    text('partner', ({ value, target }) => target?.key ?? inEnglish(value)),
    ...titles<StatementShown>('name', ({ target }) => target?.title ?? null),
    { key: 'share_percent', label: 'share_percent', kind: 'number', value: ({ qualifiers }) => inEnglish(qualifiers['share']) },
    text('valid', ({ valid }) => valid),
    text('rank', ({ rank }) => rank),
    text('basis', ({ qualifiers }) => inEnglish(qualifiers['basis'])),
    text('sources', (row) => citedWith('supports', row)),
    text('disputed_by', (row) => citedWith('disputes', row)),
    text('address', ({ target }) => (target ? `${base}/organizations/${target.key}` : undefined)),
  ]
}
