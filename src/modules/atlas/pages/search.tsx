import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { search } from '../../../platform/search/search.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import { facetsOf, hitsPerPage, searchInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { SearchPage } from '../views/search.tsx'

export const searchPages = new Hono<Env>()

/** Of what a subject is called there are dozens of entries in the vocabulary; what is offered, needed and on record under it is looked for. */
const mostConcepts = 4

searchPages.get('/search', async (c) => {
  const input = parseInput(searchInput, c.req.query())
  const { q, kind, page } = input
  const { found, names } = await c.var.deps.database.read(c.var.actor, async (db) => {
    const hits = await search(db, q, {
      kind,
      facets: facetsOf(input),
      offset: (page - 1) * hitsPerPage,
      limit: hitsPerPage,
      nearest: true,
      apart: { kind: 'concept', most: mostConcepts },
    })
    const keys = hits.concepts.map(({ key }) => key)
    return { found: hits, names: keys.length === 0 ? new Map() : await conceptNames(db, keys, c.var.language) }
  })
  return c.html(<SearchPage view={viewOf(c)} say={atlasTexts[c.var.language]} input={input} found={found} names={names} />)
})
