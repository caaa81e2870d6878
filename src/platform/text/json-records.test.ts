import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readJsonRecords } from './json-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-json-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = join(folder, 'records.json')
const schema = z.looseObject({ id: z.number() })

async function read(text: string | Buffer, megabytes = 1): Promise<unknown[]> {
  writeFileSync(path, text)
  const found = []
  for await (const each of readJsonRecords(path, schema, megabytes))
    found.push('issue' in each ? `${each.line} ${each.issue.path} ${each.issue.code}` : each.value)
  return found
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '}', '"', '\\', '\\"', '}{', '\n', '科学院', '😀'))
const object = fc.record({ id: fc.integer(), text, nested: fc.array(fc.record({ [']}']: text })) }).map((each): unknown => JSON.parse(JSON.stringify(each)))

test('whatever the objects hold, a line each or in one list, they are read as they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(object, { maxLength: 5 }), async (objects) => {
      expect(await read(objects.map((each) => `${JSON.stringify(each)}\n`).join(''))).toEqual(objects)
      expect(await read(JSON.stringify(objects, null, 2))).toEqual(objects)
      expect(await read(`\uFEFF${JSON.stringify(objects)}`)).toEqual(objects)
    }),
    { numRuns: 60 },
  )
})

test('also those that lie across the pieces in which a file is read', async () => {
  const objects = Array.from({ length: 40 }, (_, id) => ({ id, text: '院"}\\'.repeat(1000 + id) }))
  expect(await read(JSON.stringify(objects))).toEqual(objects)
})

test('what does not fit is named with its line, and the rest is read', async () => {
  expect(await read('{"id": 1}\n{"id": "x"}\n{"id": 3,}\n{"id": 4}')).toEqual([{ id: 1 }, '2 id not_a_number', '3  wrong_form', { id: 4 }])
  expect(await read('{"id": 1}\nid,name\n{"id": 2}')).toEqual([{ id: 1 }, '2  wrong_form'])
  expect(await read('[{"id": 1},\n{"id": 2')).toEqual([{ id: 1 }, '2  wrong_form'])
  expect(await read(Buffer.from('7b226964223a317d0aff', 'hex'))).toEqual(['1  not_utf8'])
  expect(await read('')).toEqual([])
  expect(await read(`{"id": 1, "text": "${'x'.repeat(1.5 * 1024 * 1024)}`, 2)).toEqual(['1  too_long'])
  expect(await read('x'.repeat(1024 * 1024 + 1))).toEqual(['1  file_too_large'])
})
