import { Hono } from 'hono'
import { atomFeed } from '../../../platform/download/atom.ts'
import { mediaTypes } from '../../../platform/download/disposition.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Env } from '../../../platform/http/context.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { atDesk, readDirectory, readHats } from '../../members/index.ts'
import { recordTexts } from '../../record/index.ts'
import { mayReview, mayWriteFor } from '../policy.ts'
import { cursorFilter, listingFilter, queryOf, type ListingFilter } from '../schema/listings.ts'
import { figuresOf } from '../store/figures.ts'
import { countFacets, listingCountries, listListings, listOwn, listWaiting } from '../store/lists.ts'
import { BrowsePage } from '../views/browse.tsx'
import { MemberListingsPage, QueuePage } from '../views/lists.tsx'
import { namesFor, wordsOf } from './present.ts'

/** Lists of offers and needs: for everybody, of one member, at the desk; and the newest as a feed. */
export const browsePages = new Hono<Env>()

browsePages.get('/exchange', async (c) => {
  const filter = parseInput(listingFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const list = await listListings(db, filter)
    const names = await namesFor(c, db, list.rows, filter.concept === undefined ? [] : [filter.concept])
    const hats = c.var.actor.kind === 'person' ? await readHats(db) : undefined
    const mayBegin = hats !== undefined && [...hats.roles.keys()].some((organization) => mayWriteFor(hats, organization))
    return { list, names, mayBegin, facets: await countFacets(db), countries: await listingCountries(db) }
  })
  return c.html(<BrowsePage {...wordsOf(c)} filter={filter} {...found} />)
})

browsePages.get('/exchange.atom', async (c) => {
  const filter: ListingFilter = { ...parseInput(listingFilter, c.req.query()), cursor: undefined }
  const query = queryOf(filter)
  const { rows } = await c.var.deps.database.read(c.var.actor, (db) => listListings(db, filter))
  const { view, say } = wordsOf(c)
  const entries = rows.map(({ id, title, original, publishedAt, changedAt }) => {
    const picked = pickText(title, view.language, original)
    return {
      id: `${view.base}/listings/${id}`,
      title: picked?.text ?? id,
      updated: changedAt,
      ...(publishedAt !== null && { published: publishedAt }),
      link: `${view.base}/${view.language}/listings/${id}`,
      language: htmlLanguage[picked?.language ?? view.language],
    }
  })
  const feed = atomFeed({
    id: `${view.base}/exchange.atom${query}`,
    title: `${say('exchange.title')} · Puente`,
    updated: new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))),
    selfUrl: `${view.base}/${view.language}/exchange.atom${query}`,
    alternateUrl: `${view.base}/${view.language}/exchange${query}`,
    author: 'Puente',
    rights: recordTexts[view.language]('download.licence'),
    language: htmlLanguage[view.language],
    entries,
  })
  return c.body(feed, 200, { 'Content-Type': mediaTypes.atom })
})

browsePages.get('/members/:key/listings', async (c) => {
  const { cursor } = parseInput(cursorFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const organization = await readDirectory.readOrganization(db, { key: c.req.param('key') })
    if (!organization) throw refuse('not_found')
    const hats = c.var.actor.kind === 'person' ? await readHats(db) : undefined
    const list = await listOwn(db, organization.id, cursor)
    const isOwn = hats?.organizations.has(organization.id) === true
    const ids = list.rows.map(({ id }) => id)
    return {
      organization,
      list,
      mayBegin: hats !== undefined && mayWriteFor(hats, organization.id),
      figures: isOwn ? await figuresOf(db, ids) : undefined,
      hasMatches: hats?.roles.has(organization.id) === true,
    }
  })
  return c.html(<MemberListingsPage {...wordsOf(c)} {...found} />)
})

browsePages.get('/desk/listings', (c) =>
  atDesk(c, mayReview, async (person) => {
    const { cursor } = parseInput(cursorFilter, c.req.query())
    const list = await c.var.deps.database.read(person, (db) => listWaiting(db, cursor))
    return c.html(<QueuePage {...wordsOf(c)} list={list} />)
  }),
)
