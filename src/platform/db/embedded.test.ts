import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openEmbedded } from './embedded.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-embedded-'))
const engine = await openEmbedded(folder)
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

test('what was answered is not kept: many large answers leave the memory as it was', async () => {
  const ask = async () => {
    for (let round = 0; round < 1500; round++) await engine.pool.query(`select repeat('x', 2000) as text from generate_series(1, 60)`)
    return process.memoryUsage().rss / 1024 / 1024
  }
  const before = await ask()
  // Kept, they would be 1500 × 120 kB = 180 MB more.
  expect((await ask()) - before).toBeLessThan(90)
})

test('an answer larger than any buffer comes whole', async () => {
  const { rows } = (await engine.pool.query(`select length(text) as n, text from (select repeat('điện', 5000000) as text) large`)) as {
    rows: { n: number; text: string }[]
  }
  expect(rows[0]?.text.length).toBe(rows[0]?.n)
})
