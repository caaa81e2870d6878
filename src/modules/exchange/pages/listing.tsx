import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { sectionsOf } from '../../../platform/http/sections.ts'
import { parseInput } from '../../../platform/issues.ts'
import { newId } from '../../../platform/id.ts'
import { attempt, forPerson, idOf, statusOf, type Hats } from '../../members/index.ts'
import { sourcesByKeys } from '../../record/index.ts'
import { changeConfidential, recordUndertaking, withdrawUndertaking } from '../actions/confidential.ts'
import { findLikely } from '../actions/likely.ts'
import { expressInterest } from '../actions/interests.ts'
import { askTranslation } from '../actions/translate.ts'
import { openListing } from '../actions/open.ts'
import { moveListing, type Typed as Moved } from '../actions/review.ts'
import { mayDo, mayKeepConfidential, mayTakeOver, mayWrite, mayWriteFor, sidesOf } from '../policy.ts'
import { takeOverListing } from '../actions/take-over.ts'
import { takeoverOf } from '../store/takeover.ts'
import { isProgram } from '../rules/bots.ts'
import { verbs, type Verb } from '../rules/lifecycle.ts'
import { interestInput } from '../schema/interests.ts'
import { isShown } from '../schema/terms.ts'
import { actInput, confidentialInput, reasonInput, renewalInput, takeoverInput, undertakingInput } from '../schema/listings.ts'
import { listAttachments } from '../store/attachments.ts'
import { listUndertakings } from '../store/confidential.ts'
import { figuresOf, noFigures } from '../store/figures.ts'
import { sendersTo } from '../store/interests.ts'
import { listingKind } from '../store/lists.ts'
import { ListingPage } from '../views/listing.tsx'
import { lacks } from '../rules/translated.ts'
import type { Listing } from '../store/listings.ts'
import { readTranslation, type Translation } from '../store/translations.ts'
import type { Translating } from '../views/translated.tsx'
import { nouns } from '../views/steps.tsx'
import { countView } from './views.ts'
import { inputOf, namesFor, severalOf, wordsOf } from './present.ts'

/** One listing: what it says, and what may be done with it. */
export const listingPages = new Hono<Env>()

type Shown = { issues?: readonly Issue[]; typed?: Record<string, string | undefined>; stale?: boolean; isRead?: boolean }

async function page(c: Ctx, { issues = [], typed = {}, stale = false, isRead = false }: Shown = {}) {
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const { listing, hats } = await openListing(db, idOf(c))
    const isPerson = c.var.actor.kind === 'person'
    const may = {
      write: isPerson && mayWrite(hats, listing),
      keep: isPerson && mayKeepConfidential(hats, listing),
      verbs: isPerson ? verbs.filter((verb) => mayDo(hats, listing, verb)) : [],
      desk: sidesOf(hats, listing).has('desk'),
    }
    const isReviewed = may.verbs.length > 0 && ['draft', 'returned', 'own-review', 'desk-review'].includes(listing.state)
    const likely = isReviewed ? await findLikely(db, listing) : []
    return {
      listing,
      may,
      likely,
      names: await namesFor(c, db, [listing, ...likely]),
      sources: await sourcesByKeys(db, listing.sources),
      attachments: await listAttachments(db, listing.id),
      takeover: listing.origin === 'record' ? await takeoverFor(db, listing, hats) : undefined,
      senders: isPerson && listing.state === 'published' ? await sendersTo(db, listing.id, writesFor(hats)) : [],
      hats,
      figures: isOwn(hats, listing) ? ((await figuresOf(db, [listing.id])).get(listing.id) ?? noFigures) : undefined,
      made: isShown(listing.state) && lacks(listing, c.var.language) ? await readTranslation(db, listing.id, c.var.language) : undefined,
      undertakings: may.keep ? await listUndertakings(db, listing.id) : [],
      sections: await sectionsOf(c, db, listingKind, listing.id),
    }
  })
  if (isRead) countView(c, found.listing, found.hats)
  const translating = await haveTranslated(c, found.listing, found.made)
  return <ListingPage {...wordsOf(c)} {...found} translating={translating} issues={issues} typed={typed} stale={stale} fresh={newId()} />
}

/** Has a published listing translated when somebody reads it who needs that, and never for a program. What is still being made is asked for again, so no answer is kept. */
async function haveTranslated(c: Ctx, listing: Listing, made: Translation | undefined): Promise<Translating> {
  const { config, database } = c.var.deps
  const isOn = config.translate !== undefined && isShown(listing.state) && lacks(listing, c.var.language)
  if (isOn && made?.state !== 'done') {
    c.header('Cache-Control', 'no-store')
    if ((made === undefined || made.isOver) && !isProgram(c.req.header('user-agent'))) await askTranslation(database, c.var.actor, listing.id, c.var.language)
  }
  return { isOn, made, wantsOriginal: c.req.query('original') !== undefined }
}

/** The organizations that somebody writes for. */
const writesFor = (hats: Hats) => [...hats.roles.keys()].filter((organization) => mayWriteFor(hats, organization))

async function takeoverFor(db: Scope, derived: Listing, hats: Hats) {
  const { organization, listing } = await takeoverOf(db, derived)
  return { listing, may: organization !== null && mayTakeOver(hats, derived, organization) }
}

/** Whether the reader belongs to the organization whose listing it is. */
const isOwn = (hats: Hats, { organization }: Listing) => organization !== null && hats.organizations.has(organization.id)

listingPages.get('/listings/:id', async (c) => {
  // Counterparts are found after it was published, and each reading is counted.
  c.set('changesUnlogged', true)
  return c.html(await page(c, { isRead: true }))
})

/** A form below a listing: what it reads, and what it does; afterwards, the listing. */
function form<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  listingPages.post(
    `/listings/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = inputOf(await severalOf(c)) as Record<string, string | undefined>
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended) {
        return c.html(await page(c, { issues: ended.issues, typed, stale: ended.stale }), statusOf(ended))
      }
      return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}`), 303)
    }),
  )
}

const move = (verb: Verb) => (c: Ctx, person: Person, typed: Moved) => {
  const { database, secrets } = c.var.deps
  return moveListing({ database, secrets, base: publicUrl(c) }, person, idOf(c), verb, typed)
}

for (const verb of verbs.filter((each) => each !== 'return' && each !== 'renew')) form(nouns[verb], actInput, move(verb))
form(nouns.return, reasonInput, move('return'))
form(nouns.renew, renewalInput, move('renew'))

listingPages.post(
  '/listings/:id/takeover',
  forPerson(async (c, person) => {
    const { id } = parseInput(takeoverInput, await c.req.parseBody())
    await takeOverListing(c.var.deps.database, person, idOf(c), id)
    return c.redirect(wordsOf(c).view.link(`/listings/${id}/edit`), 303)
  }),
)

form('confidential', confidentialInput, (c, person, input) => changeConfidential(c.var.deps.database, person, idOf(c), input))
form('interests', interestInput, (c, person, input) => expressInterest(c.var.deps.database, person, idOf(c), input, publicUrl(c)))
form('undertakings', undertakingInput, (c, person, input) => recordUndertaking(c.var.deps.database, person, idOf(c), input))

listingPages.post(
  '/listings/:id/undertakings/:undertaking/end',
  forPerson(async (c, person) => {
    await withdrawUndertaking(c.var.deps.database, person, idOf(c), idOf(c, 'undertaking'))
    return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}`), 303)
  }),
)
