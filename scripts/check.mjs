// Everything that must hold before a change is shared: types, lint, format, no library with a known weakness, the tests. Each step says its time; the first that fails ends the run.
// Of the longest tests, which ask the same of every page, language or policy, each run asks a share that changes daily; --all asks everything (test/support/share.ts).
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @type {[string, string, string[]][]} */
const steps = [
  ['types', 'tsc', []],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['format', 'oxfmt', ['--check', 'src', 'test', 'bench', 'scripts', 'bin']],
  ['audit', 'node', [join(root, 'scripts', 'audit.mjs')]],
  ['tests', 'vitest', ['run']],
]

const only = process.argv.slice(2).filter((each) => each !== '--all')
const env = { ...process.env, ...(process.argv.includes('--all') && { PUENTE_TESTS: 'all' }) }
for (const [name, program, args] of steps) {
  if (only.length > 0 && !only.includes(name)) continue
  const start = performance.now()
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
  const { status } = spawnSync(program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program), args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  if (status !== 0) process.exit(1)
}
