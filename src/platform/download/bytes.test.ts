import { describe, expect, test } from 'vitest'
import { csvStream } from './csv.ts'
import { jsonArrayStream, jsonLines } from './json.ts'
import type { Column } from './column.ts'

type Row = { id: number; name: string }
const columns: Column<Row>[] = [
  { key: 'id', label: 'Id', value: (row) => row.id },
  { key: 'name', label: 'Name', value: (row) => row.name },
]

/** Rows that say how many were asked for, and whether their end was reached or told. */
function source(count: number, fail?: Error) {
  const seen = { pulled: 0, ended: false }
  async function* rows(): AsyncGenerator<Row> {
    try {
      while (seen.pulled < count) {
        seen.pulled++
        yield { id: seen.pulled, name: 'Trung tâm 疫苗 '.repeat(5) }
      }
      if (fail) throw fail
    } finally {
      seen.ended = true
    }
  }
  return { rows: rows(), seen }
}

const writers: [string, (rows: AsyncIterable<Row>) => ReadableStream<Uint8Array>][] = [
  ['CSV', (rows) => csvStream(columns, rows)],
  ['JSON Lines', jsonLines],
  ['JSON', (rows) => jsonArrayStream({ licence: 'CC0-1.0' }, rows)],
]

/** Lets everything that is ready happen. */
const idle = () => new Promise((done) => setTimeout(done, 5))

describe.each(writers)('a stream of %s', (_name, write) => {
  test('asks for rows only when its reader does', async () => {
    const { rows, seen } = source(100_000)
    const stream = write(rows)
    await idle()
    expect(seen.pulled).toBe(0)
    const reader = stream.getReader()
    await reader.read()
    await idle()
    const first = seen.pulled
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(1000)
    await reader.read()
    await idle()
    expect(seen.pulled - first).toBeLessThan(1000)
    await reader.cancel()
  })

  test('never holds more than a chunk of 100,000 rows', async () => {
    const { rows, seen } = source(100_000)
    const decoder = new TextDecoder()
    let lines = 0
    for await (const chunk of write(rows)) {
      expect(chunk.length).toBeLessThan(64 * 1024)
      lines += decoder.decode(chunk, { stream: true }).split('\n').length - 1
      // What was read of the source is what was handed on, so nothing heaps up in between.
      expect(Math.abs(seen.pulled - lines)).toBeLessThanOrEqual(2)
    }
    expect(seen).toEqual({ pulled: 100_000, ended: true })
  })

  test('breaks when the rows do, after what came before, and never ends well', async () => {
    for (const count of [0, 1, 5000]) {
      const { rows, seen } = source(count, new Error('connection lost'))
      await expect(new Response(write(rows)).text()).rejects.toThrow('connection lost')
      expect(seen).toEqual({ pulled: count, ended: true })
    }
  })

  test('ends the rows when its reader goes away', async () => {
    const { rows, seen } = source(100_000)
    const reader = write(rows).getReader()
    await reader.read()
    await reader.cancel()
    expect(seen.ended).toBe(true)
    expect(seen.pulled).toBeLessThan(1000)
  })
})

test('a column that cannot say its value breaks the stream and ends the rows', async () => {
  const { rows, seen } = source(100)
  const bad: Column<Row> = {
    key: 'bad',
    label: 'Bad',
    value: () => {
      throw new Error('no value')
    },
  }
  await expect(new Response(csvStream([bad], rows)).text()).rejects.toThrow('no value')
  expect(seen).toEqual({ pulled: 1, ended: true })
})
