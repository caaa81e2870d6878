// Loaded before the benchmarks: lets Node.js read files that hold JSX, which modules import through each other.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { transformSync } from 'esbuild'

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const { code } = transformSync(readFileSync(new URL(url), 'utf8'), { loader: 'tsx', format: 'esm', jsx: 'automatic', jsxImportSource: 'hono/jsx' })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
