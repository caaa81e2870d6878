/** Rows as a Markdown table with columns that line up at a terminal too. @param words how many of the first columns are words; the others are figures */
export function markdownTable(head: string[], lines: string[][], words: number): string {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const rule = widths.map((width, column) => (column < words ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const print = (cells: string[]) =>
    `| ${cells.map((cell, column) => (column < words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  return [head, rule, ...lines].map(print).join('\n')
}

export const whole = (n: number) => n.toFixed(0)
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`
