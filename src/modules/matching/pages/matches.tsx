import { Hono } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import type { Env } from '../../../platform/http/context.ts'
import type { Section } from '../../../platform/http/sections.ts'
import { newId } from '../../../platform/id.ts'
import { parseInput } from '../../../platform/issues.ts'
import { listingKind, openListing } from '../../exchange/index.ts'
import { attempt, formOf, forPerson, idOf, readDirectory, readHats } from '../../members/index.ts'
import { sayUnfit, takeBack } from '../actions/feedback.ts'
import { noteSeen } from '../actions/notices.ts'
import { mayOverlook, maySayUnfit } from '../policy.ts'
import { feedbackInput, matchFilter } from '../schema.ts'
import { listOverlooked } from '../store/matches.ts'
import { MatchesPage, MatchSection, OverviewPage } from '../views/pages.tsx'
import { shownMatches, wordsOf } from './present.ts'

/** Counterparts: of one listing, and of all of an organization. */
export const matchPages = new Hono<Env>()

matchPages.get('/listings/:id/matches', async (c) => {
  c.set('changesUnlogged', true)
  const { cursor } = parseInput(matchFilter, c.req.query())
  const id = idOf(c)
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const { listing, hats } = await openListing(db, id)
    const maySay = c.var.actor.kind === 'person' && maySayUnfit(hats, listing)
    return { ...(await shownMatches(c, db, id, { cursor })), listing, of: { listing: id, maySay, fresh: newId } }
  })
  const fresh = found.matches.rows.filter(({ isNew }) => isNew).map((match) => match.id)
  // What a browser fetches ahead nobody has seen.
  if (c.var.actor.kind === 'person' && found.of.maySay && !/prefetch|prerender/i.test(c.req.header('sec-purpose') ?? ''))
    await noteSeen(c.var.deps.database, c.var.actor, found.listing, fresh)
  return c.html(<MatchesPage {...wordsOf(c)} {...found} />)
})

matchPages.post(
  '/listings/:id/matches/:other/feedback',
  forPerson(async (c, person) => {
    const [id, other] = [idOf(c), idOf(c, 'other')]
    const ended = await attempt(feedbackInput, await formOf(c), (input) => sayUnfit(c.var.deps.database, person, id, other, input))
    // Its one field is a choice: what else comes was not sent by the form.
    if ('issues' in ended) throw refuse('invalid_input', {}, ended.issues)
    return c.redirect(wordsOf(c).view.link(`/listings/${id}/matches`), 303)
  }),
)

matchPages.post(
  '/listings/:id/matches/:other/feedback/end',
  forPerson(async (c, person) => {
    const id = idOf(c)
    await takeBack(c.var.deps.database, person, id, idOf(c, 'other'))
    return c.redirect(wordsOf(c).view.link(`/listings/${id}/matches`), 303)
  }),
)

matchPages.get(
  '/members/:key/matches',
  forPerson(async (c, person) => {
    const { cursor } = parseInput(matchFilter, c.req.query())
    const found = await c.var.deps.database.read(person, async (db) => {
      const organization = await readDirectory.readOrganization(db, { key: c.req.param('key') ?? '' })
      if (!organization) throw refuse('not_found')
      if (!mayOverlook(await readHats(db), organization.id)) throw refuse('forbidden')
      return { organization, list: await listOverlooked(db, organization.id, cursor) }
    })
    return c.html(<OverviewPage {...wordsOf(c)} {...found} />)
  }),
)

/** On the page of a listing: its best counterparts, while it is published or was. */
export const matchSection: Section = {
  of: listingKind,
  async read(c, db, id) {
    const found = await shownMatches(c, db, id, { size: 5 })
    if (found.wanting.state !== 'published' && found.introduced.length === 0) return undefined
    return <MatchSection {...wordsOf(c)} {...found} of={{ listing: id, maySay: false, fresh: newId }} />
  },
}
