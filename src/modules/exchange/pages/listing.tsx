import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import type { Issue } from '../../../platform/errors.ts'
import { refuse } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { attempt, forPerson, idOf, statusOf } from '../../members/index.ts'
import { sourcesByKeys } from '../../record/index.ts'
import { changeConfidential, recordUndertaking, withdrawUndertaking } from '../actions/confidential.ts'
import { openListing } from '../actions/open.ts'
import { moveListing, type Typed as Moved } from '../actions/review.ts'
import { mayDo, mayKeepConfidential, mayWrite, sidesOf } from '../policy.ts'
import { verbs, type Verb } from '../rules/lifecycle.ts'
import { actInput, confidentialInput, reasonInput, renewalInput, undertakingInput } from '../schema/listings.ts'
import { listUndertakings } from '../store/confidential.ts'
import { ListingPage } from '../views/listing.tsx'
import { nouns } from '../views/steps.tsx'
import { inputOf, namesFor, severalOf, wordsOf } from './present.ts'

/** One listing: what it says, and what may be done with it. */
export const listingPages = new Hono<Env>()

type Shown = { issues?: readonly Issue[]; typed?: Record<string, string | undefined> }

async function page(c: Ctx, { issues = [], typed = {} }: Shown = {}) {
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const { listing, hats } = await openListing(db, idOf(c))
    const isPerson = c.var.actor.kind === 'person'
    const may = {
      write: isPerson && mayWrite(hats, listing),
      keep: isPerson && mayKeepConfidential(hats, listing),
      verbs: isPerson ? verbs.filter((verb) => mayDo(hats, listing, verb)) : [],
      desk: sidesOf(hats, listing).has('desk'),
    }
    return {
      listing,
      may,
      names: await namesFor(c, db, [listing]),
      sources: await sourcesByKeys(db, listing.sources),
      undertakings: may.keep ? await listUndertakings(db, listing.id) : [],
    }
  })
  return <ListingPage {...wordsOf(c)} {...found} issues={issues} typed={typed} fresh={newId()} />
}

listingPages.get('/listings/:id', async (c) => c.html(await page(c)))

/** A form below a listing: what it reads, and what it does; afterwards, the listing. */
function form<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  listingPages.post(
    `/listings/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = inputOf(await severalOf(c)) as Record<string, string | undefined>
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended) {
        if (ended.stale) throw refuse('conflict_stale')
        return c.html(await page(c, { issues: ended.issues, typed }), statusOf(ended))
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

form('confidential', confidentialInput, (c, person, input) => changeConfidential(c.var.deps.database, person, idOf(c), input))
form('undertakings', undertakingInput, (c, person, input) => recordUndertaking(c.var.deps.database, person, idOf(c), input))

listingPages.post(
  '/listings/:id/undertakings/:undertaking/end',
  forPerson(async (c, person) => {
    await withdrawUndertaking(c.var.deps.database, person, idOf(c), idOf(c, 'undertaking'))
    return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}`), 303)
  }),
)
