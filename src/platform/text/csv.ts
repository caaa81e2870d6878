import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, Transform } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { z } from 'zod'
import type { Issue } from '../errors.ts'
import { issuesOf } from '../issues.ts'

/** One thing wrong in a file: `file:line column: sentence`. */
export type FileIssue = { file: string; line: number; issue: Issue }
export type CsvRow<T> = { line: number; value: T }
export type CsvFile<T> = { file: string; rows: CsvRow<T>[]; issues: FileIssue[] }

const maxMegabytes = 256

/**
 * Reads a CSV file (RFC 4180, UTF-8, first line names the columns) and checks each row by a schema. Reads it as a stream; goes on after an error, so that all are found.
 *
 * @param schema an object whose keys are the columns, in any order; each gets the text of its cell, trimmed
 * @param separator of cells; with a tab the file is read as TSV, in which a quotation mark is one
 */
export async function readCsv<S extends z.ZodObject>(path: string, schema: S, separator: ',' | '\t' = ','): Promise<CsvFile<z.output<S>>> {
  const file = basename(path)
  const result: CsvFile<z.output<S>> = { file, rows: [], issues: [] }
  const fail = (line: number, code: Issue['code'], params?: Issue['params'], column = '') =>
    void result.issues.push({ file, line, issue: { path: column, code, ...(params && { params }) } })

  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) return (fail(1, 'file_missing'), result)
  if (size > maxMegabytes * 1024 * 1024) return (fail(1, 'file_too_large', { limit: `${maxMegabytes} MB` }), result)

  const parser = parse({
    delimiter: separator,
    quote: separator === ',' ? '"' : false,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
  })
  pipeline(createReadStream(path), strictUtf8(), parser, () => {}) // what fails on the way comes out of the loop below
  let columns: string[] | undefined
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      if (columns === undefined) {
        columns = record.map((name) => name.trim())
        if (!sameColumns(columns, schema)) return (fail(1, 'wrong_columns', { columns: Object.keys(schema.shape).join(',') }), result)
        continue
      }
      // The parser counts the line a row ends on; a cell with line breaks makes a row longer.
      const line = info.lines - record.join('').split('\n').length + 1
      if (record.length !== columns.length) fail(line, 'wrong_cells', { given: record.length, wanted: columns.length })
      else readRow(line, columns, record)
    }
  } catch (error) {
    if (error instanceof NotUtf8) fail(error.line, 'not_utf8')
    else if (error instanceof CsvError) fail(Number(error['lines'] ?? 1), 'wrong_form')
    else throw error
  }
  if (columns === undefined && result.issues.length === 0) fail(1, 'wrong_columns', { columns: Object.keys(schema.shape).join(',') })
  return result

  function readRow(line: number, names: string[], record: string[]) {
    const unkept = names.filter((_, index) => record[index]?.includes('\u0000'))
    for (const name of unkept) fail(line, 'wrong_form', undefined, name) // no database keeps that character
    if (unkept.length > 0) return
    const parsed = schema.safeParse(Object.fromEntries(names.map((name, index) => [name, record[index]?.normalize('NFC').trim()])), { reportInput: true })
    if (parsed.success) result.rows.push({ line, value: parsed.data })
    else result.issues.push(...issuesOf(parsed.error).map((issue) => ({ file, line, issue })))
  }
}

const sameColumns = (columns: string[], schema: z.ZodObject) => [...columns].sort().join() === Object.keys(schema.shape).sort().join()

class NotUtf8 extends Error {
  readonly line: number

  constructor(line: number) {
    super(`line ${line} is not UTF-8`)
    this.line = line
  }
}

/** Passes UTF-8 on and fails with the line of the first byte that is not. */
function strictUtf8(): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let lines = 1
  const attempt = (done: (error: Error | null, text?: string) => void, decode: () => string, bytes: Buffer) => {
    let text
    try {
      text = decode()
    } catch {
      const mended = bytes.toString('utf8')
      return done(new NotUtf8(lines + mended.slice(0, mended.indexOf('\uFFFD')).split('\n').length - 1))
    }
    lines += text.split('\n').length - 1
    done(null, text)
  }
  return new Transform({
    encoding: 'utf8',
    transform: (chunk: Buffer, _encoding, done) => attempt(done, () => decoder.decode(chunk, { stream: true }), chunk),
    flush: (done) => attempt(done, () => decoder.decode(), Buffer.alloc(0)),
  })
}
