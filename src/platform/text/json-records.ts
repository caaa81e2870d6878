import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { Issue } from '../errors.ts'
import { issuesOf } from '../issues.ts'
import type { FileIssue } from './csv.ts'

/** What stands in a file of records: one of them with the line it begins on, or what is wrong. */
export type JsonRecord<T> = { line: number; value: T } | FileIssue

type Piece = { line: number; text: string } | { line: number; code: Issue['code']; params?: Issue['params'] }

/** A record larger than this is no record. */
const longestRecord = 1024 * 1024

/**
 * Reads a file of JSON objects, one a line or all in one list, and checks each by a schema. Never holds more than one of them; goes on after one that does not fit.
 *
 * @param maxMegabytes a larger file is refused unread
 */
export async function* readJsonRecords<S extends z.ZodType>(path: string, schema: S, maxMegabytes: number): AsyncGenerator<JsonRecord<z.output<S>>> {
  const file = basename(path)
  const issue = (line: number, { code, params, path: at }: Issue): FileIssue => ({ file, line, issue: { path: at, code, ...(params && { params }) } })
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
  if (size === undefined) return yield issue(1, { path: '', code: 'file_missing' })
  if (size > maxMegabytes * 1024 * 1024) return yield issue(1, { path: '', code: 'file_too_large', params: { limit: `${maxMegabytes} MB` } })
  for await (const piece of pieces(path)) {
    if ('code' in piece) yield issue(piece.line, { path: '', ...piece })
    else {
      const value = objectIn(piece.text)
      const parsed = schema.safeParse(value, { reportInput: true })
      if (value === undefined) yield issue(piece.line, { path: '', code: 'wrong_form' })
      else if (parsed.success) yield { line: piece.line, value: parsed.data }
      else for (const each of issuesOf(parsed.error)) yield issue(piece.line, each)
    }
  }
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function* pieces(path: string): AsyncGenerator<Piece> {
  const cutter = new Cutter()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      yield* cutter.cut(decoder.decode(chunk, { stream: true }))
      if (cutter.broken) return
    }
    yield* cutter.cut(decoder.decode())
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return yield { line: cutter.line, code: 'not_utf8' }
  }
  if (cutter.depth > 0) yield { line: cutter.line, code: 'wrong_form' }
}

/** Finds where objects begin and end, knowing no more of JSON than braces and strings. */
class Cutter {
  line = 1
  depth = 0
  broken = false
  private start = 1
  private text = ''
  private inString = false
  private escaped = false

  private step(character: string | undefined) {
    if (this.escaped) this.escaped = false
    else if (character === '\\') this.escaped = true
    else if (character === '"') this.inString = false
  }

  *cut(chunk: string): Generator<Piece> {
    let from = this.depth > 0 ? 0 : -1
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at]
      if (character === '\n') this.line++
      if (this.inString) this.step(character)
      else if (this.depth === 0) {
        if (character === '{') [this.depth, this.start, from] = [1, this.line, at]
        else if (!/[\s,[\]\uFEFF]/.test(character ?? '')) return yield this.fail('wrong_form')
      } else if (character === '"') this.inString = true
      else if (character === '{') this.depth++
      else if (character === '}' && --this.depth === 0) {
        yield { line: this.start, text: this.text + chunk.slice(from, at + 1) }
        this.text = ''
        from = -1
      }
    }
    if (from >= 0) this.text += chunk.slice(from)
    if (this.text.length > longestRecord) yield this.fail('too_long', { n: longestRecord })
  }

  private fail(code: Issue['code'], params?: Issue['params']): Piece {
    this.broken = true
    return { line: this.line, code, ...(params && { params }) }
  }
}
