// Makes seeds/passwords/frequent.bin from a list of passwords, one a line; see seeds/passwords/README.md. Runs with `npx node scripts/frequent-passwords.mjs LIST`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { markOf } from '../src/platform/access/frequent-passwords.ts'
import { passwordLength } from '../src/platform/access/passwords.ts'
import { root } from '../src/platform/root.ts'

const [, , list] = process.argv
if (list === undefined) throw new Error('say which list: npx node scripts/frequent-passwords.mjs LIST')
const words = readFileSync(list, 'utf8')
  .split(/\r?\n/)
  .filter(({ length }) => length >= passwordLength.min && length <= passwordLength.max)
const marks = [...new Set(words.map((word) => markOf(word).toString('hex')))].toSorted((a, b) => (a < b ? -1 : 1))
writeFileSync(join(root, 'seeds', 'passwords', 'frequent.bin'), Buffer.from(marks.join(''), 'hex'))
process.stdout.write(`${marks.length} of ${words.length}\n`)
