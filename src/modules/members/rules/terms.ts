/** A part of the terms as it is shown: nothing but these, so that no text can bring markup of its own. */
export type Block = { kind: 'heading'; level: number; text: string } | { kind: 'paragraph'; lines: string[] } | { kind: 'list'; items: string[] }

/** The most characters that the terms have in one language. */
export const longestTerms = 100_000

const heading = /^(#{1,6})\s(.*)$/
const item = /^[-*]\s+/

/** Reads headings (`#`), lists (`-`) and paragraphs, apart by empty lines; everything else is words. The highest headings have level 2, under the title of the page. */
export function blocksOf(text: string): Block[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
  const highest = Math.min(6, ...lines.map((line) => heading.exec(line)?.[1]?.length ?? 6))
  const blocks: Block[] = []
  let open: Block | undefined
  for (const line of lines) {
    const [, marks, words = ''] = heading.exec(line) ?? []
    if (marks !== undefined) blocks.push({ kind: 'heading', level: Math.min(2 + marks.length - highest, 6), text: words.trimStart() })
    if (marks !== undefined || line === '') open = undefined
    else open = continued(blocks, open, line)
  }
  return blocks
}

/** Adds a line to the block that is open, or opens another one. */
function continued(blocks: Block[], open: Block | undefined, line: string): Block {
  const isItem = item.test(line)
  const words = line.replace(item, '')
  if (open?.kind === 'list') {
    // A line that follows an item goes on with it.
    if (isItem) open.items.push(words)
    else open.items[open.items.length - 1] += ` ${line.trimStart()}`
    return open
  }
  if (open?.kind === 'paragraph' && !isItem) {
    open.lines.push(line)
    return open
  }
  const block: Block = isItem ? { kind: 'list', items: [words] } : { kind: 'paragraph', lines: [line] }
  blocks.push(block)
  return block
}
