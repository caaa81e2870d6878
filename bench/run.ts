// Measures: npm run bench -- [--seconds N] [--only NAME …] [--large] [--size N] [--kept FOLDER] [--json FILE]
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { buildIfStale } from '../scripts/build.mjs'
import { benchmarks } from './cases/index.ts'
import type { Result } from './support/benchmark.ts'
import { end } from './support/ending.ts'

const names = benchmarks.flatMap(({ name, cases }) => [name, ...cases])
const usage = `npm run bench -- [--seconds N] [--only NAME …] [--large] [--size N] [--kept FOLDER] [--json FILE]
  --seconds N   how long each server answers each case, 5 if not given
  --only NAME   only this benchmark or case, may be given more than once: ${names.join(', ')}
  --large       the record at the sizes that the design names: takes half an hour and 4 GB of disk
  --size N      how many listings (matching), instead of the usual sizes
  --kept FOLDER where the database with the listings stays for the next run
  --json FILE   writes the figures there too`

try {
  process.exitCode = await main()
} finally {
  await end()
}

/** @returns the exit code: 0, 1 if a request failed, 2 for a wrong argument */
async function main(): Promise<number> {
  const asked = readArguments()
  if (typeof asked === 'string') {
    console.error(`${asked}\n${usage}`)
    return 2
  }
  await buildIfStale()
  const machine = `${process.platform}-${process.arch}, ${availableParallelism()} cores, Node.js ${process.versions.node}`
  console.log(`${machine}; ${asked.seconds} s each`)
  const results: ({ name: string } & Result)[] = []
  for (const { name, cases, run } of benchmarks) {
    const chosen = asked.only.length === 0 || asked.only.includes(name) ? cases : cases.filter((each) => asked.only.includes(each))
    if (chosen.length === 0) continue
    const result = await run(chosen, { seconds: asked.seconds, large: asked.large, size: asked.size, kept: asked.kept, say: (line) => console.error(line) })
    for (const table of result.tables) console.log(`\n${table}`)
    results.push({ name, ...result })
  }
  if (asked.json !== undefined) {
    const figures = results.map(({ name, rows }) => ({ name, rows }))
    writeFileSync(asked.json, `${JSON.stringify({ at: new Date().toISOString(), machine, seconds: asked.seconds, results: figures }, null, 2)}\n`)
  }
  const failures = results.reduce((sum, result) => sum + result.failures, 0)
  if (failures > 0) console.error(`\n${failures} requests failed: these figures say nothing.`)
  return failures > 0 ? 1 : 0
}

type Arguments = { seconds: number; only: string[]; large: boolean; size: number | undefined; kept: string | undefined; json: string | undefined }

function readArguments(): Arguments | string {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: 'string' },
        only: { type: 'string', multiple: true },
        large: { type: 'boolean' },
        size: { type: 'string' },
        kept: { type: 'string' },
        json: { type: 'string' },
      },
    })
    const seconds = Number(values.seconds ?? 5)
    if (!(seconds > 0 && seconds <= 600)) return '--seconds must be a number above 0, 600 at most.'
    const size = values.size === undefined ? undefined : Number(values.size)
    if (size !== undefined && !(Number.isInteger(size) && size >= 5000)) return '--size must be a whole number, 5000 at least.'
    const unknown = (values.only ?? []).find((name) => !names.includes(name))
    if (unknown !== undefined) return `There is no benchmark ${unknown}.`
    return { seconds, only: values.only ?? [], large: values.large ?? false, size, kept: values.kept, json: values.json }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
