import type { Page } from '../db/keyset.ts'

/**
 * All rows of a list, read page by page: one short transaction each, none held open while a slow line takes them. The first page is there before this returns,
 * so that a refusal can still be an answer of its own.
 *
 * @param read the page from a cursor on
 */
export async function everyRow<Row>(read: (cursor: string | undefined) => Promise<Page<Row>>): Promise<AsyncGenerator<Row, undefined>> {
  const first = await read(undefined)
  return (async function* () {
    for (let page = first; ; page = await read(page.next)) {
      yield* page.rows
      if (page.next === undefined) return undefined
    }
  })()
}
