import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { Kept } from '../../../platform/log/kept.ts'
import { logPosition } from '../../../platform/log/log.ts'
import { openCalls } from '../../calls/index.ts'
import { countRecord, entryFilter, linksBetweenPlaces, listDisputes, listEntries, type PlaceLinks } from '../../record/index.ts'
import { atlasTexts } from '../text/index.ts'
import { HomePage } from '../views/home.tsx'

export const homePages = new Hono<Env>()

const mostLinks = 60
const mostDisputes = 5
const keptLinks = new Kept<PlaceLinks>(4)
const newestFirst = entryFilter.parse({})

homePages.get('/', async (c) => {
  const { database } = c.var.deps
  const { counts, list, links, disputes, calls } = await database.read(c.var.actor, async (db) => ({
    counts: await countRecord(db),
    list: await listEntries(db, 'event', newestFirst, 8),
    // All agreements and ventures go into them, and they are the same in every language.
    links: await keptLinks.get(database, await logPosition(db), () => linksBetweenPlaces(db, mostLinks)),
    disputes: await listDisputes(db, undefined, mostDisputes),
    calls: await openCalls(db),
  }))
  const found = { counts, latest: list.rows, links, disputes: disputes.rows, calls }
  return c.html(<HomePage view={viewOf(c)} say={atlasTexts[c.var.language]} {...found} />)
})
