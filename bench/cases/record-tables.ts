import { markdownTable, percent, whole } from '../support/table.ts'

/** What loading a record of one size into one engine came to. */
export type ImportRow = {
  engine: string
  size: string
  rows: number
  statements: number
  /** How long it took, in seconds. */
  seconds: number
  /** What the command held in memory at most, in bytes. */
  peak: number
  /** How long the same took again, with nothing new, in seconds. */
  again: number
  /** How long the server took to start on it, in seconds. */
  start: number
  /** What the server held in memory after all cases, in bytes. */
  memory: number
}

/** What one case on one engine and size came to. */
export type RequestRow = {
  case: string
  engine: string
  size: string
  /** Half of the answers took no longer, asked for one at a time, in milliseconds. */
  p50: number
  p95: number
  /** Processor time of server and database for one answer, in milliseconds; `undefined` where it cannot be told. */
  cpu: number | undefined
  /** `cpu` divided by that of the real record. */
  ratio: number | undefined
  /** With ten connections, each answer made anew. */
  requestsPerSecond: number
  /** With ten connections that ask for the same again. */
  kept: number
  /** `kept` divided by those of `node:http` giving the same answers from memory. */
  ofPeer: number | undefined
  failures: number
  bytes: number
}

export function importTable(rows: ImportRow[]): string {
  const head = ['engine', 'organizations', 'rows', 'statements', 'import s', 'rows/s', 'statements/s', 'peak MB', 'again s', 'start s', 'server MB']
  const lines = rows.map((row) => [
    row.engine,
    row.size,
    whole(row.rows),
    whole(row.statements),
    row.seconds.toFixed(1),
    whole(row.rows / row.seconds),
    whole(row.statements / row.seconds),
    whole(row.peak / 1e6),
    row.again.toFixed(1),
    row.start.toFixed(1),
    whole(row.memory / 1e6),
  ])
  return markdownTable(head, lines, 2)
}

export function requestTable(rows: RequestRow[]): string {
  const head = ['case', 'engine', 'organizations', 'p50 ms', 'p95 ms', 'CPU ms', 'of real', 'made/s', 'kept/s', 'of node:http', 'failed', 'bytes gzip']
  const lines = rows.map((row) => [
    row.case,
    row.engine,
    row.size,
    row.p50.toFixed(1),
    row.p95.toFixed(1),
    row.cpu === undefined ? '' : row.cpu.toFixed(1),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    whole(row.requestsPerSecond),
    whole(row.kept),
    row.ofPeer === undefined ? '' : percent(row.ofPeer),
    String(row.failures),
    String(row.bytes),
  ])
  return markdownTable(head, lines, 3)
}
