import { expect, test } from 'vitest'
import { onBothEngines } from './support/world.ts'

// How many statements each page sends: begin, its own, commit. A page that grows past this asks one question twice.
const most: [string, number][] = [
  ['/en', 4],
  ['/en/search?q=cuba', 3],
  ['/en/organizations', 4],
  ['/en/organizations?kind=hospital&country=VN&q=benh', 4],
  ['/en/organizations/biocubafarma', 5],
  ['/en/organizations/cigb/agreements', 5],
  ['/en/agreements', 4],
  ['/en/agreements/a-001', 3],
  ['/en/sources', 4],
  ['/en/sources/w001', 4],
  ['/en/corrections/new', 0],
  ['/api/v1/record/summary', 3],
  ['/api/v1/record/organizations', 3],
  ['/api/v1/record/organizations/cigb', 3],
  ['/api/v1/record/agreements', 3],
  ['/api/v1/record/agreements/a-001', 3],
  ['/api/v1/record/sources', 3],
  ['/api/v1/record/sources/w001', 3],
  ['/api/v1/search?q=cuba', 3],
]

onBothEngines('queries a page', (world) => {
  test.each(most)('%s: %d', async (path, queries) => {
    world().logged.length = 0
    const answer = await world().ask(path)
    expect(answer.status).toBe(200)
    expect(world().logged.find(({ msg }) => msg === 'request')?.['queries']).toBe(queries)
  })
})
