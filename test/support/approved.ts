import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { root } from '../../src/platform/root.ts'

/** Compares with the approved text in test/output; `APPROVE=1` takes today's as the new one. */
export function expectApproved(name: string, text: string) {
  const file = join(root, 'test', 'output', name)
  if (process.env['APPROVE'] === '1') writeFileSync(file, text)
  expect(text, `differs from test/output/${name}: look at the difference, and if it is right run again with APPROVE=1`).toBe(readFileSync(file, 'utf8'))
}
