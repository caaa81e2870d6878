import { Hono } from 'hono'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import type { Env } from '../../../platform/http/context.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { forPerson, readHats } from '../../members/index.ts'
import { recordTexts } from '../../record/index.ts'
import { mayActFor, mayReadQueue } from '../policy.ts'
import { callFilter } from '../schema/calls.ts'
import { cursorFilter } from '../schema/fields.ts'
import { countCalls, listCalls, listOwn } from '../store/lists.ts'
import { CallsPage, MyCallsPage } from '../views/list.tsx'
import { wordsOf } from './present.ts'

/** What is urgently needed: for everybody, and as a feed. */
export const browsePages = new Hono<Env>()

browsePages.get('/calls', async (c) => {
  const filter = parseInput(callFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const list = await listCalls(db, filter)
    const counts = await countCalls(db)
    const hats = c.var.actor.kind === 'person' ? await readHats(db) : undefined
    const pledge = hats !== undefined && [...hats.roles.keys()].some((organization) => mayActFor(hats, organization))
    return { list, counts, may: { pledge, begin: pledge || mayReadQueue(c.var.actor) } }
  })
  return c.html(<CallsPage {...wordsOf(c)} filter={filter} {...found} />)
})

browsePages.get(
  '/calls/mine',
  forPerson(async (c, person) => {
    const { cursor } = parseInput(cursorFilter, c.req.query())
    const list = await c.var.deps.database.read(person, async (db) => listOwn(db, [...(await readHats(db)).organizations], cursor))
    return c.html(<MyCallsPage {...wordsOf(c)} list={list} />)
  }),
)

browsePages.get('/calls.atom', async (c) => {
  const lists = await c.var.deps.database.read(c.var.actor, async (db) => [await listCalls(db, {}), await listCalls(db, { state: 'past' })])
  const rows = lists.flatMap((list) => list.rows).toSorted((a, b) => Number(b.openedAt) - Number(a.openedAt))
  const { view, say } = wordsOf(c)
  const entries = rows.slice(0, 50).map(({ id, number, title, original, openedAt, changedAt }) => {
    const picked = pickText(title, view.language, original)
    return {
      id: `${view.base}/calls/${id}`,
      title: `${number ?? ''} ${picked?.text ?? ''}`,
      updated: changedAt,
      ...(openedAt !== null && { published: openedAt }),
      link: `${view.base}/${view.language}/calls/${id}`,
      language: htmlLanguage[picked?.language ?? view.language],
    }
  })
  const feed = atomFeed({
    id: `${view.base}/calls.atom`,
    title: `${say('calls.title')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}/calls.atom`,
    alternateUrl: `${view.base}/${view.language}/calls`,
    author: 'Puente',
    rights: recordTexts[view.language]('download.licence'),
    language: htmlLanguage[view.language],
    entries,
  })
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom })
})
