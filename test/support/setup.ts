import { afterEach, beforeEach, expect, vi } from 'vitest'

// What nobody expects to be printed is a defect.
const said: unknown[][] = []
beforeEach(() => {
  said.length = 0
  for (const method of ['error', 'warn'] as const) vi.spyOn(console, method).mockImplementation((...words) => void said.push(words))
})
afterEach(() => {
  vi.restoreAllMocks()
  expect(said, 'the console stays silent').toEqual([])
})
