import { Hono } from 'hono'
import { z } from 'zod'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { cursor, entryFilter, entryKinds, plurals, sourceFilter } from '../schema.ts'
import { countRecord, entryCountries, listEntries } from '../store/catalogue.ts'
import { listDisputes } from '../store/disputes.ts'
import { listSources, sourceLanguages } from '../store/sources.ts'
import { recordTexts } from '../text/index.ts'
import { DisputesPage } from '../views/disputes.tsx'
import { ListPage } from '../views/list.tsx'
import { OverviewPage } from '../views/overview.tsx'
import { SourcesPage } from '../views/sources.tsx'

/** The lists of the record. */
export const listPages = new Hono<Env>()

const placed = new Set(['organization', 'facility', 'authorization', 'event', 'venture'])

for (const kind of entryKinds) {
  listPages.get(`/${plurals[kind]}`, async (c) => {
    const filter = parseInput(entryFilter, c.req.query())
    const { list, countries } = await c.var.deps.database.read(c.var.actor, async (db) => ({
      list: await listEntries(db, kind, filter),
      // Parties are organizations or countries; where an entry itself has no country, theirs are offered.
      countries: await entryCountries(db, placed.has(kind) ? kind : 'organization'),
    }))
    return c.html(<ListPage {...recordView(c)} kind={kind} filter={filter} countries={countries} list={list} />)
  })
}

listPages.get('/sources', async (c) => {
  const filter = parseInput(sourceFilter, c.req.query())
  const { list, languages } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    list: await listSources(db, filter),
    languages: await sourceLanguages(db),
  }))
  return c.html(<SourcesPage {...recordView(c)} filter={filter} languages={languages} list={list} />)
})

listPages.get('/disputes', async (c) => {
  const input = parseInput(z.object({ cursor }), c.req.query())
  const page = await c.var.deps.database.read(c.var.actor, (db) => listDisputes(db, input.cursor))
  return c.html(<DisputesPage {...recordView(c)} page={page} />)
})

listPages.get('/record', async (c) => {
  const counts = await c.var.deps.database.read(c.var.actor, countRecord)
  return c.html(<OverviewPage {...recordView(c)} counts={counts} />)
})

/** What every view of the record is given. */
export const recordView = (c: Ctx) => ({ view: viewOf(c), say: recordTexts[c.var.language] })
