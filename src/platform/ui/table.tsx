import type { Child } from 'hono/jsx'
import type { Page } from '../db/keyset.ts'
import type { View } from './view.ts'

export type Column<Row> = {
  key: string
  label: string
  /** The value of `sort` in the address that sorts by this column; its opposite is the same with `-` in front. */
  sort?: string
  numeric?: boolean
  cell: (row: Row) => Child
}

/** A list with its heads, pages and, when nothing fits, a sentence. On a phone each row stands as a block, so the roles are written out: they get lost with the display of a table. */
export function Table<Row>({ view, caption, columns, page, sort }: { view: View; caption: string; columns: Column<Row>[]; page: Page<Row>; sort: string }) {
  if (page.rows.length === 0) return <p class="empty">{view.say(isNarrowed(view) ? 'list.none' : 'list.empty')}</p>
  return (
    <>
      <div class="wide" tabindex={0} role="region" aria-label={caption}>
        <table role="table">
          <caption class="visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <Head view={view} column={column} sort={sort} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {page.rows.map((row) => (
              <tr role="row">
                {columns.map((column) => (
                  <td role="cell" class={column.numeric ? 'n' : undefined} data-label={column.label}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager view={view} page={page} />
    </>
  )
}

const notNarrowing: ReadonlySet<string> = new Set(['cursor', 'sort', 'side', 'saved'])

/** Whether the reader chose something that leaves entries out. */
const isNarrowed = (view: View) => [...view.query].some(([name, value]) => value !== '' && !notNarrowing.has(name))

function Head<Row>({ view, column, sort }: { view: View; column: Column<Row>; sort: string }) {
  const numeric = column.numeric ? 'n' : undefined
  if (column.sort === undefined) {
    return (
      <th role="columnheader" scope="col" class={numeric}>
        {column.label}
      </th>
    )
  }
  const descending = sort === `-${column.sort}`
  const sorted = descending || sort === column.sort
  const next = sorted && !descending ? `-${column.sort}` : column.sort
  return (
    <th role="columnheader" scope="col" class={numeric} aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}>
      <a href={withQuery(view, { sort: next, cursor: undefined })} title={view.say('list.sort', { column: column.label })}>
        {column.label}
        {sorted && <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span>}
      </a>
    </th>
  )
}

/** Links to the pages before and after, if there are any. */
export function Pager<Row>({ view, page }: { view: View; page: Page<Row> }) {
  if (page.next === undefined && page.previous === undefined) return null
  return (
    <nav class="pager" aria-label={view.say('list.pages')}>
      {page.previous !== undefined && <a href={withQuery(view, { cursor: undefined })}>{view.say('list.first')}</a>}
      {page.previous !== undefined && (
        <a rel="prev" href={withQuery(view, { cursor: page.previous })}>
          ← {view.say('list.previous')}
        </a>
      )}
      {page.next !== undefined && (
        <a rel="next" href={withQuery(view, { cursor: page.next })}>
          {view.say('list.next')} →
        </a>
      )}
    </nav>
  )
}

/** The address of this page with some of its parameters changed; `undefined` takes one away. */
export function withQuery(view: View, change: Record<string, string | undefined>): string {
  const query = new URLSearchParams(view.query)
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return `${view.link(view.path)}${text === '' ? '' : `?${text}`}`
}
