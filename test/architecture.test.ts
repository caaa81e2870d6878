import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { modules } from '../src/modules.ts'
import { root } from '../src/platform/root.ts'

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
const code = files.filter((file) => !/\.test\.tsx?$/.test(file))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** What a file imports from the project, as paths from the root. */
const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, path]) => relative(root, resolve(root, dirname(file), path ?? '')))

const moduleOf = (file: string) => /^src\/modules\/([^/]+)\//.exec(file)?.[1]

// The rooms of a module, the lowest first: a room may use those at its level or below.
const rooms = ['schema', 'text', 'rules', 'policy', 'sheets', 'store', 'actions', 'views', 'pages', 'api', 'commands', 'index']
const level: Record<string, number> = {
  schema: 0,
  text: 0,
  rules: 1,
  policy: 1,
  sheets: 1,
  store: 2,
  actions: 3,
  views: 4,
  pages: 5,
  api: 5,
  commands: 5,
  index: 6,
}
const roomOf = (file: string) => file.split('/')[3]?.replace(/\.(tsx?|test\.ts)$/, '') ?? ''

test('the platform knows no word of the trade: it imports nothing from modules', () => {
  const wrong = code
    .filter((file) => file.startsWith('src/platform/'))
    .flatMap((file) =>
      importsOf(file)
        .filter((path) => !path.startsWith('src/platform/'))
        .map((path) => `${file} → ${path}: hand it in through Module (src/platform/module.ts) instead`),
    )
  expect(wrong).toEqual([])
})

test('a module imports only modules above it in src/modules.ts, and only their index.ts', () => {
  const order = modules.map(({ name }) => name)
  const wrong = code.flatMap((file) =>
    importsOf(file)
      .filter((path) => moduleOf(file) !== undefined && moduleOf(path) !== undefined && moduleOf(path) !== moduleOf(file))
      .filter((path) => !path.endsWith('/index.ts') || order.indexOf(moduleOf(path) ?? '') >= order.indexOf(moduleOf(file) ?? ''))
      .map((path) => `${file} → ${path}: export it from that module's index.ts, or move what both need to the lower module`),
  )
  expect(wrong).toEqual([])
})

test('inside a module, doors use actions, actions use rules and store, never the other way', () => {
  const inModules = code.filter((file) => moduleOf(file) !== undefined)
  const unknown = inModules.map(roomOf).filter((room) => !rooms.includes(room))
  expect(unknown, `rooms of a module are: ${rooms.join(', ')}`).toEqual([])
  const wrong = inModules.flatMap((file) =>
    importsOf(file)
      .filter((path) => moduleOf(path) === moduleOf(file))
      .filter((path) => (level[roomOf(path)] ?? 0) > (level[roomOf(file)] ?? 0))
      // Views are given rows, so they know the store's types, and rules know the rows of the sheets: types only.
      .filter((path) => !isTypeOnly(file, path))
      .map((path) => `${file} → ${path}: ${roomOf(file)} may not use ${roomOf(path)}`),
  )
  expect(wrong).toEqual([])
})

function isTypeOnly(file: string, path: string): boolean {
  const name = path.split('/').at(-1) ?? ''
  return [...textOf(file).matchAll(/import (type )?[^;]*?from '([^']+)'/g)].filter(([, , from]) => from?.endsWith(name)).every(([, type]) => type !== undefined)
}

test('SQL stands in stores and in the platform only', () => {
  const wrong = code.filter((file) => moduleOf(file) !== undefined && roomOf(file) !== 'store' && /from 'kysely'|\bsql`/.test(textOf(file)))
  expect(wrong.map((file) => `${file}: move the query to store/`)).toEqual([])
})

test('only these work as the owner of the tables', () => {
  expect(code.filter((file) => /\.asOwner\(/.test(textOf(file)))).toEqual([
    'src/platform/backup/backup.ts',
    'src/platform/backup/restore.ts',
    'src/platform/cli/doctor.ts',
    'src/platform/db/migrate.ts',
    'src/platform/log/chain.ts',
  ])
})

test('accounts are reached through platform/access only', () => {
  const wrong = code.filter((file) => /\.asAuthority\(|\bauth\.[a-z]/.test(textOf(file)) && !file.startsWith('src/platform/access/'))
  expect(wrong).toEqual([])
})

test('files stay small: none over 300 lines, tests 500, nine in ten under 200', () => {
  const sizes = files.map((file) => ({ file, lines: textOf(file).split('\n').length }))
  expect(sizes.filter(({ file, lines }) => lines > (/\.test\.tsx?$/.test(file) ? 500 : 300)).map(({ file }) => `${file} asks for a noun of its own`)).toEqual(
    [],
  )
  const withoutTexts = sizes.filter(({ file }) => code.includes(file) && !file.includes('/text/'))
  expect(withoutTexts.filter(({ lines }) => lines > 200).length / withoutTexts.length).toBeLessThan(0.1)
})

test('functions stay small: none over 70 lines', () => {
  const wrong = code.flatMap((file) => longFunctions(file))
  expect(wrong).toEqual([])
})

/** Top-level functions and methods by their indentation; the formatter keeps that regular. */
function longFunctions(file: string): string[] {
  const lines = textOf(file).split('\n')
  const found: string[] = []
  lines.forEach((line, start) => {
    const head = /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|(?:override |private |static )*(?:async )?(\w+)\([^)]*\)[^=]*\{$)/.exec(line)
    if (!head || /^\s*(if|for|while|switch|catch)\b/.test(line)) return
    const end = lines.findIndex((each, index) => index > start && each === `${head[1]}}`)
    if (end - start > 70) found.push(`${file}:${start + 1} ${head[2] ?? head[3]} has ${end - start} lines: take a step out of it`)
  })
  return found
}

test('nothing is left over: no file that nothing imports, no banned call', () => {
  const imported = new Set([...files.flatMap(importsOf), 'src/main.ts', 'src/platform/db/embedded-worker.ts'])
  expect(code.filter((file) => !imported.has(file)).map((file) => `${file} is imported by nothing: use it or delete it`)).toEqual([])
  const banned: [RegExp, string][] = [
    [/\bconsole\./, 'log through deps.logger, speak through the terminal of the command'],
    [/\b(TODO|FIXME|XXX|HACK)\b/, 'do it, or write an issue'],
    [/process\.env/, 'read it in src/platform/config.ts'],
    [/\bnew Date\(\)|Date\.now\(\)/, 'take the time from the database or have it handed in'],
    [/: any\b|as any\b/, 'say what it is'],
    [/dangerouslySetInnerHTML/, 'let the view escape it'],
    [
      /https?:\/\/(?!www\.example\.org|creativecommons\.org|ror\.org|schema\.org|www\.w3\.org|www\.sitemaps\.org|purl\.org|id\.nlm\.nih\.gov|icd\.who\.int|atcddd\.fhi\.no|agrovoc\.fao\.org|www\.ncbi\.nlm\.nih\.gov|commonchemistry\.cas\.org|localhost)[a-z]/,
      'no address of another host in the program',
    ],
  ]
  const allowed = new Set(['src/main.ts', 'src/platform/cli/run.ts'])
  const wrong = code.flatMap((file) =>
    banned
      .filter(([pattern]) => pattern.test(textOf(file)) && !(allowed.has(file) && String(pattern).includes('env')))
      .map(([pattern, instead]) => `${file}: ${String(pattern)}: ${instead}`),
  )
  expect(wrong).toEqual([])
})

test('what the platform offers is documented', () => {
  const wrong = code
    .filter((file) => file.startsWith('src/platform/') && !file.includes('/text/'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/(^|\n)(.*)\n(export (?:async )?function|export class) (\w+)/g)]
        .filter(([, , before]) => !before?.trim().endsWith('*/'))
        .map(([, , , , name]) => `${file}: ${name} has no docstring`),
    )
  expect(wrong).toEqual([])
})
