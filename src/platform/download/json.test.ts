import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonArrayStream, jsonLines } from './json.ts'

const text = (stream: ReadableStream<Uint8Array>) => new Response(stream).text()
// JSON has no minus zero.
const anyRows = fc.array(fc.jsonValue(), { maxLength: 8 }).map((rows) => JSON.parse(JSON.stringify(rows)) as unknown[])

describe('JSON', () => {
  test('has the head and every row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string()), anyRows, async (fields, rows) => {
        const { items: _items, ...head } = fields
        expect(JSON.parse(await text(jsonArrayStream(head, rows)))).toEqual(JSON.parse(JSON.stringify({ ...head, items: rows })))
      }),
    )
  })

  test('has a row a line', async () => {
    expect(await text(jsonArrayStream({ licence: 'CC-BY-4.0' }, [{ a: '疫苗' }, { a: 2 }]))).toBe(
      '{"licence":"CC-BY-4.0","items":[\n{"a":"疫苗"},\n{"a":2}\n]}\n',
    )
    expect(await text(jsonArrayStream({}, []))).toBe('{"items":[\n]}\n')
  })

  test('refuses a head that names the rows', () => {
    expect(() => jsonArrayStream({ items: 1 }, [])).toThrow(TypeError)
  })
})

describe('JSON Lines', () => {
  test('has every row on a line', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const lines = (await text(jsonLines(rows))).split('\n')
        expect(lines.pop()).toBe('')
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows)
      }),
    )
  })

  test.each([[undefined], [1n], [() => 1]])('breaks at a row that JSON cannot say: %s', async (row) => {
    await expect(text(jsonLines([{}, row]))).rejects.toThrow(TypeError)
  })
})
