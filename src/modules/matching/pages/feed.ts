import { Hono } from 'hono'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { digestOf } from '../../../platform/access/tokens.ts'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { readHats } from '../../members/index.ts'
import { answersFor } from '../policy.ts'
import { listFound, personOfFeed } from '../store/news.ts'
import { wordsOf } from './present.ts'

/** What was found for the listings that somebody answers for, the newest first, for whoever has the secret address of their feed. */
export const matchFeed = new Hono<Env>()

const mostInFeed = 50

/** Whose feed this is, with the rights that they have now. @throws Refusal `not_found` */
async function readerOf(c: Ctx): Promise<Person> {
  const { database } = c.var.deps
  const secret = c.req.param('secret') ?? ''
  const account = await database.read(c.var.actor, async (db) => {
    const id = await personOfFeed(db, digestOf(secret))
    return id === undefined ? undefined : (await addresseesOf(database, db, [id]))[0]
  })
  if (!account) throw refuse('not_found')
  return { kind: 'person', id: account.id, name: account.name, language: account.language, session: '' }
}

matchFeed.get('/feeds/matches/:secret', async (c) => {
  const person = await readerOf(c)
  const rows = await c.var.deps.database.read(person, async (db) => listFound(db, answersFor(await readHats(db)), mostInFeed))
  const { view, say } = wordsOf(c)
  const entries = rows.map(({ listing, other, foundAt }) => {
    const title = pickText(other.title, view.language, other.original)
    const own = pickText(listing.title, view.language, listing.original)?.text ?? ''
    return {
      id: `${view.base}/listings/${listing.id}/matches#${other.id}`,
      title: `${title?.text ?? other.id} (${countryName(other.country, view.language)})`,
      summary: say('notice.feed-of', { title: own }),
      updated: foundAt,
      link: `${view.base}/${view.language}/listings/${other.id}`,
      language: htmlLanguage[title?.language ?? view.language],
    }
  })
  const feed = atomFeed({
    // Not the secret: programs that gather feeds show the id to others.
    id: `${view.base}/feeds/matches#${person.id}`,
    title: `${say('notice.title')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}${c.req.path}`,
    alternateUrl: `${view.base}/${view.language}/account`,
    author: 'Puente',
    language: htmlLanguage[view.language],
    entries,
  })
  // Its reader is not signed in, and yet it is theirs alone.
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom, 'Cache-Control': 'private, no-store' })
})
