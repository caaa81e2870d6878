import { Hono } from 'hono'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import type { Env } from '../../../platform/http/context.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { happenings } from '../rules/happenings.ts'
import { listChanges } from '../store/changes.ts'
import { nameOf } from '../views/parts.tsx'
import { vocabularyView } from './concepts.tsx'

/** What people have changed in the vocabulary, the newest first, as an Atom feed in the language of the address. */
export const vocabularyFeed = new Hono<Env>()

const changesInFeed = 50

vocabularyFeed.get('/concepts.atom', async (c) => {
  const changes = await c.var.deps.database.read(c.var.actor, (db) => listChanges(db, changesInFeed))
  const { view, say } = vocabularyView(c)
  const entries = changes.map(({ id, at, verb, key, names }) => {
    const what = happenings.find((each) => verb === `vocabulary.concept.${each}`)
    const name = nameOf(names, view, key)
    return {
      id: `${view.base}/concepts/${key}#${id}`,
      title: what === undefined ? name : `${name}: ${say(`concept.happening.${what}`)}`,
      updated: at,
      link: `${view.base}/${view.language}/concepts/${key}`,
      language: htmlLanguage[view.language],
    }
  })
  const feed = atomFeed({
    id: `${view.base}/concepts.atom`,
    title: `${say('vocabulary.title')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}/concepts.atom`,
    alternateUrl: `${view.base}/${view.language}/concepts`,
    author: 'Puente',
    rights: 'CC BY 4.0',
    language: htmlLanguage[view.language],
    entries,
  })
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom })
})
