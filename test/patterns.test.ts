import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type Node } from 'acorn'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../src/platform/root.ts'
import { checksOf, partsOf } from './support/hostile.ts'
import { exportedSchemas } from './support/schemas.ts'

// The checker in JavaScript: the others need Java, or a program of their own for each system.
process.env['RECHECK_BACKEND'] = 'pure'
const { checkSync } = await import('recheck')

/** Without limits of time, and from one seed: the same pattern gets the same answer on every machine. */
const settled = { timeout: null, incubationTimeout: null, attackTimeout: null, seedingTimeout: null, recallTimeout: -1, randomSeed: 0 } as const

type Found = { source: string; flags: string; where: string }

/** Patterns that are put together when the program runs, as they are with the parts they get. Each is of constants of the program. */
const made: Record<string, RegExp[]> = {
  'src/platform/http/methods.ts': [/^\/members\/[^/]+\/roles\/[^/]+\/end$/, /^\/api\/v1\/record\/agreements\/[^/]+\/json-ld$/],
  'src/platform/text/fold.ts': [/[đðøłßæœþı]/g],
  'src/platform/text/visible.ts': [
    /^[\p{scx=Zyyy}\p{scx=Zinh}\p{scx=Latn}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]+$/u,
    /^[\p{scx=Zyyy}\p{scx=Zinh}\p{scx=Cyrl}]+$/u,
  ],
  'src/modules/record/sheets/index.ts': [/^organizations(-[a-z0-9-]+)?\.csv$/],
  'src/modules/record/sheets/statements.ts': [/^(organization|agreement|country-relation):[a-z0-9]+(-[a-z0-9]+)*$/],
}

const isNode = (value: unknown): value is Node & Record<string, unknown> => typeof value === 'object' && value !== null && 'type' in value

function* nodesOf(value: unknown): Generator<Node & Record<string, unknown>> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each)
  else if (isNode(value)) {
    yield value
    for (const part of Object.values(value)) yield* nodesOf(part)
  }
}

/** What a file has of patterns: those written out, and how many it makes of strings. */
function patternsIn(file: string): { written: Found[]; made: number } {
  const { code } = transformSync(readFileSync(join(root, file), 'utf8'), { loader: file.endsWith('x') ? 'tsx' : 'ts', jsx: 'automatic', format: 'esm' })
  const nodes = [...nodesOf(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }))]
  const written = nodes.flatMap(({ regex }) => {
    const { pattern, flags } = (regex ?? {}) as { pattern?: string; flags?: string }
    return pattern === undefined ? [] : [{ source: pattern, flags: flags ?? '', where: file }]
  })
  return { written, made: nodes.filter(({ type, callee }) => /^(New|Call)Expression$/.test(type) && isNode(callee) && callee['name'] === 'RegExp').length }
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[jt]sx?$/.test(file) && !/\.test\.|\.d\.ts$/.test(file))
  .map((file) => join('src', file))
  .toSorted()

/** What is not known to take time in proportion to the text that a pattern is held against. */
const slow = (found: readonly Found[]) =>
  [...new Map(found.map((each) => [`/${each.source}/${each.flags}`, each])).entries()].flatMap(([pattern, { source, flags, where }]) => {
    const found = checkSync(source, flags, settled)
    return found.status === 'safe' ? [] : [`${where}: ${pattern} is ${found.status}${found.status === 'vulnerable' ? `, ${found.complexity.summary}` : ''}`]
  })

test('no pattern in the source takes more than linear time', () => {
  const found = files.map((file) => ({ file, ...patternsIn(file) }))
  expect(found.flatMap(({ written }) => written).length).toBeGreaterThan(150)
  expect(slow(found.flatMap(({ written }) => written))).toEqual([])
}, 240_000)

test('no pattern is made of strings but those known here, and none of them takes more than linear time', () => {
  const makers = files.filter((file) => patternsIn(file).made > 0)
  expect(makers).toEqual(Object.keys(made).toSorted())
  expect(slow(Object.entries(made).flatMap(([where, all]) => all.map(({ source, flags }) => ({ source, flags, where }))))).toEqual([])
}, 240_000)

test('no pattern that a schema brings along takes more than linear time', async () => {
  const seen = new Set<unknown>()
  const found: Found[] = []
  const walk = (schema: Parameters<typeof partsOf>[0], where: string) => {
    if (seen.has(schema)) return
    seen.add(schema)
    for (const { pattern } of checksOf(schema)) if (pattern instanceof RegExp) found.push({ source: pattern.source, flags: pattern.flags, where })
    for (const part of partsOf(schema)) walk(part, where)
  }
  for (const { name, schema } of await exportedSchemas()) walk(schema, name)
  expect(found.length).toBeGreaterThan(30)
  expect(slow(found)).toEqual([])
}, 240_000)

test.each([
  ['(a+)+$', ''],
  ['^(a|a)*$', ''],
  ['\\s+$', ''],
  ['^(?=x)(\\w+\\s?)*$', 'u'],
])('/%s/%s is found to be slow', (source, flags) => {
  expect(slow([{ source, flags, where: 'here' }])).toHaveLength(1)
})
