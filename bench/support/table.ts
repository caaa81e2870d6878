import type { Row } from './benchmark.ts'

/** The rows as a Markdown table with columns that line up at a terminal too. */
export function tableOf(rows: Row[]): string {
  const peers = [...new Set(rows.flatMap(({ ratios }) => Object.keys(ratios)))]
  const head = ['case', 'server', 'requests/s', 'slowest–fastest turn', 'p50 ms', 'p95 ms', ...peers.map((peer) => `of ${peer}`), 'failed', 'bytes gzip']
  const lines = rows.map((row) => [
    row.case,
    row.server,
    whole(row.requestsPerSecond),
    row.range.map(whole).join('–'),
    row.p50.toFixed(1),
    row.p95.toFixed(1),
    ...peers.map((peer) => (row.ratios[peer] === undefined ? '' : `${(row.ratios[peer] * 100).toFixed(1)} %`)),
    String(row.failures),
    String(row.bytes),
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  // The two first columns are words, the others figures.
  const rule = widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const print = (cells: string[]) =>
    `| ${cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  return [head, rule, ...lines].map(print).join('\n')
}

const whole = (n: number) => n.toFixed(0)
