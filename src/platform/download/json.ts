import { byteStream } from './bytes.ts'
import type { Rows } from './column.ts'

/**
 * Writes rows as JSON Lines: one JSON value a line, UTF-8, a line feed after each.
 *
 * @throws TypeError, through the stream, for a row that JSON cannot say (undefined, a bigint, a circle)
 */
export const jsonLines = (rows: Rows<unknown>): ReadableStream<Uint8Array> => byteStream(jsonLinesOf(rows))

async function* jsonLinesOf(rows: Rows<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${json(row)}\n`
}

/**
 * Writes rows as one JSON object: the fields of the head, then the rows as the array `items`, each on its own line. The document is valid JSON only once it is whole.
 *
 * @param head what holds for all rows: licence, source, moment of the export
 * @throws TypeError at once if the head has `items` of its own or cannot be said in JSON; through the stream for a row that cannot
 * @example jsonArrayStream({ licence: 'CC-BY-4.0' }, rows) // {"licence":"CC-BY-4.0","items":[\n{…},\n{…}\n]}
 */
export function jsonArrayStream(head: Record<string, unknown>, rows: Rows<unknown>): ReadableStream<Uint8Array> {
  if (Object.hasOwn(head, 'items')) throw new TypeError('the head of a JSON download may not have a field "items"')
  const opened = json({ ...head, items: [] }).slice(0, -2) // without the closing brackets
  return byteStream(jsonArrayOf(opened, rows))
}

async function* jsonArrayOf(opened: string, rows: Rows<unknown>): AsyncGenerator<string> {
  yield opened
  let separator = '\n'
  for await (const row of rows) {
    yield separator + json(row)
    separator = ',\n'
  }
  yield '\n]}\n'
}

function json(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`JSON has no word for ${typeof value}`)
  return text
}
