import { Hono } from 'hono'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import type { Env } from '../../../platform/http/context.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { entryFilter } from '../schema.ts'
import { listEntries } from '../store/catalogue.ts'
import { pathOf } from '../views/parts.tsx'
import { recordView } from './lists.tsx'

/** The newest events as an Atom feed, in the language of the address. */
export const feedPages = new Hono<Env>()

const newest = entryFilter.parse({})
const entriesInFeed = 50

feedPages.get('/events.atom', async (c) => {
  const { rows } = await c.var.deps.database.read(c.var.actor, (db) => listEntries(db, 'event', newest, entriesInFeed))
  const { view, say } = recordView(c)
  const entries = rows.map((row) => {
    const title = pickText(row.title, view.language, row.title.original)
    const path = pathOf(row)
    return {
      id: `${view.base}${path}`,
      title: title?.text ?? row.key,
      updated: new Date(row.recorded_at),
      ...(row.date_from !== null && { published: new Date(row.date_from) }),
      link: `${view.base}/${view.language}${path}`,
      language: htmlLanguage[title?.language ?? view.language],
    }
  })
  const feed = atomFeed({
    id: `${view.base}/events.atom`,
    title: `${say('plural.event')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}/events.atom`,
    alternateUrl: `${view.base}/${view.language}/events`,
    author: 'Puente',
    rights: say('download.licence'),
    language: htmlLanguage[view.language],
    entries,
  })
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom })
})
