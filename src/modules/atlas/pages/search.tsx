import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { search } from '../../../platform/search/search.ts'
import { hitsPerPage, searchInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { SearchPage } from '../views/search.tsx'

export const searchPages = new Hono<Env>()

searchPages.get('/search', async (c) => {
  const { q, kind, page } = parseInput(searchInput, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, (db) => search(db, q, { kind, offset: (page - 1) * hitsPerPage, limit: hitsPerPage }))
  return c.html(<SearchPage view={viewOf(c)} say={atlasTexts[c.var.language]} q={q} kind={kind} page={page} found={found} />)
})
