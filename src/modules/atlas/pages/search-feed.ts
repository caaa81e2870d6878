import { Hono } from 'hono'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import type { Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { publishedFor } from '../../../platform/search/published.ts'
import { recordTexts } from '../../record/index.ts'
import { queryOf, questionOf, searchInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'

/** What has been published for a search, the newest first, as an Atom feed in the language of the address. */
export const searchFeed = new Hono<Env>()

const mostInFeed = 50

searchFeed.get('/search.atom', async (c) => {
  const input = parseInput(searchInput, c.req.query())
  const question = questionOf(input)
  const { rows } = await c.var.deps.database.read(c.var.actor, (db) => publishedFor(db, question, undefined, mostInFeed))
  const [view, say] = [viewOf(c), atlasTexts[c.var.language]]
  const entries = rows.map(({ objectId, path, title: { original, ...title }, detail, publishedAt }) => {
    const [picked, about] = [pickText(title, view.language, original), pickText(detail, view.language)]
    return {
      id: `urn:uuid:${objectId}`,
      title: picked?.text ?? path,
      updated: publishedAt,
      published: publishedAt,
      link: `${view.base}/${view.language}${path}`,
      language: htmlLanguage[picked?.language ?? view.language],
      ...(about && { summary: about.text }),
    }
  })
  const query = queryOf(question)
  const feed = atomFeed({
    id: `${view.base}/search.atom?${query}`,
    title: `${input.q} · ${say('search.title')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}/search.atom?${query}`,
    alternateUrl: `${view.base}/${view.language}/search?${query}`,
    author: 'Puente',
    rights: recordTexts[view.language]('download.licence'),
    language: htmlLanguage[view.language],
    entries,
  })
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom })
})
