import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf, type Block } from './terms.ts'

const wordsOf = (block: Block) => (block.kind === 'heading' ? [block.text] : block.kind === 'list' ? block.items : block.lines)
const bare = (text: string) => text.replace(/\s+/g, '')

test('headings, lists and paragraphs', () => {
  expect(blocksOf('\uFEFF## One\r\nfirst line\r\nsecond line\r\n\r\n- a\n  goes on\n* b\n### Two\n#no heading\n\n\n- c\n\nlast\n- d')).toEqual([
    { kind: 'heading', level: 2, text: 'One' },
    { kind: 'paragraph', lines: ['first line', 'second line'] },
    { kind: 'list', items: ['a goes on', 'b'] },
    { kind: 'heading', level: 3, text: 'Two' },
    { kind: 'paragraph', lines: ['#no heading'] },
    { kind: 'list', items: ['c'] },
    { kind: 'paragraph', lines: ['last'] },
    { kind: 'list', items: ['d'] },
  ])
})

test('no word is lost and none is added; headings stand below the title of the page', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('', '# One', '###### Six', '- item', '<b>bold</b>', '  text', '* * *', '#', '-'))
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n')
      const blocks = blocksOf(text)
      for (const block of blocks) if (block.kind === 'heading') expect(block.level).toBeGreaterThanOrEqual(2)
      const shown = blocks.flatMap(wordsOf).join('\n')
      const kept = text
        .split(/\r\n?|\n/)
        .map((each) =>
          each
            .replace(/^\uFEFF/, '')
            .trimEnd()
            .replace(/^#{1,6}\s+(?=.)/, '')
            .replace(/^[-*]\s+/, ''),
        )
        .join('\n')
      expect(bare(shown)).toBe(bare(kept))
    }),
  )
})
