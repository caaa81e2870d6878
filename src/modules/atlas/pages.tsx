import { Hono } from 'hono'
import type { Env } from '../../platform/http/context.ts'
import { viewOf } from '../../platform/http/view.ts'
import { parseInput } from '../../platform/issues.ts'
import { search } from '../../platform/search/search.ts'
import { countRecord, entryFilter, listEntries } from '../record/index.ts'
import { hitsPerPage, searchInput } from './schema.ts'
import { atlasTexts } from './text/index.ts'
import { HomePage, SearchPage } from './views.tsx'

export const atlasPages = new Hono<Env>()

const newestFirst = entryFilter.parse({})

atlasPages.get('/', async (c) => {
  const { counts, list } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    counts: await countRecord(db),
    list: await listEntries(db, 'event', newestFirst, 8),
  }))
  return c.html(<HomePage view={viewOf(c)} say={atlasTexts[c.var.language]} counts={counts} latest={list.rows} />)
})

atlasPages.get('/search', async (c) => {
  const { q, kind, page } = parseInput(searchInput, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, (db) => search(db, q, { kind, offset: (page - 1) * hitsPerPage, limit: hitsPerPage }))
  return c.html(<SearchPage view={viewOf(c)} say={atlasTexts[c.var.language]} q={q} kind={kind} page={page} found={found} />)
})
