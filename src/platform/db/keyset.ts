import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { refuse } from '../errors.ts'

/** One page of a list. `next` and `previous` are cursors for the pages beside it. */
export type Page<Row> = { rows: Row[]; next: string | undefined; previous: string | undefined }

/** What a list is ordered by: an expression that is never null, then the id. */
export type Order = { key: RawBuilder<unknown>; cast: 'text' | 'date' | 'timestamp' | 'timestamptz' | 'float8'; id: RawBuilder<unknown>; descending: boolean }

const cursorShape = z.tuple([z.enum(['after', 'before']), z.string().max(500), z.uuid()])
type Cursor = z.output<typeof cursorShape>

/** A row with what its place in the order is made of. */
export type Keyed<Row> = Row & { cursor_key: string; cursor_id: string }

export type KeysetParts = {
  /** What every query selects beside its own columns. */
  select: RawBuilder<unknown>
  where: RawBuilder<unknown>
  orderBy: RawBuilder<unknown>
  limit: number
  backwards: boolean
  from: Cursor | undefined
}

/**
 * The pieces of SQL for one page of a list that stays fast however far one reads: no offset, an index scan from the last row seen.
 *
 * @param cursor as given out with the page before; undefined for the first page
 * @throws Refusal `bad_cursor`
 */
export function keyset(order: Order, cursor: string | undefined, size: number): KeysetParts {
  const from = cursor === undefined ? undefined : decode(cursor)
  const backwards = from?.[0] === 'before'
  const descending = order.descending !== backwards
  const place = from && sql`(${from[1]}::${sql.raw(order.cast)}, ${from[2]}::uuid)`
  const direction = sql.raw(descending ? 'desc' : 'asc')
  return {
    select: sql`(${order.key})::text as cursor_key, ${order.id} as cursor_id`,
    where: place ? sql`(${order.key}, ${order.id}) ${sql.raw(descending ? '<' : '>')} ${place}` : sql`true`,
    orderBy: sql`${order.key} ${direction}, ${order.id} ${direction}`,
    limit: size + 1,
    backwards,
    from,
  }
}

/** Makes a page of the rows that a query with `parts` brought: one more than the page holds tells whether there is another. */
export function pageOf<Row>(parts: KeysetParts, found: Keyed<Row>[]): Page<Row> {
  const more = found.length === parts.limit
  const kept = more ? found.slice(0, -1) : found
  const rows = parts.backwards ? kept.toReversed() : kept
  const first = rows[0]
  const last = rows.at(-1)
  const hasNext = parts.backwards || more
  const hasPrevious = parts.backwards ? more : parts.from !== undefined
  return {
    rows,
    next: hasNext && last ? encode(['after', last.cursor_key, last.cursor_id]) : undefined,
    previous: hasPrevious && first ? encode(['before', first.cursor_key, first.cursor_id]) : undefined,
  }
}

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function decode(text: string): Cursor {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw refuse('bad_cursor')
  }
}
