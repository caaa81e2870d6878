import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { attempt, forPerson, idOf, statusOf } from '../../members/index.ts'
import { openListing } from '../actions/open.ts'
import { issuesBeside } from '../actions/references.ts'
import { suggestConcepts } from '../actions/suggest.ts'
import { beginListing, changeListing } from '../actions/write.ts'
import { mayWrite, sidesOf } from '../policy.ts'
import { listingInput, listingStart, textField } from '../schema/listings.ts'
import { BeginPage } from '../views/begin.tsx'
import { EditPage } from '../views/edit.tsx'
import { typedOf, type Typed } from '../views/typed.ts'
import { inputOf, membersFor, namesFor, severalOf, wordsOf } from './present.ts'

/** Where members write what they offer and need. */
export const writePages = new Hono<Env>()

async function beginPage(c: Ctx, person: Person, typed: Record<string, string | undefined>, issues: readonly Issue[] = []) {
  const members = await membersFor(c, person)
  return <BeginPage {...wordsOf(c)} members={members} typed={typed} issues={issues} />
}

writePages.get(
  '/listings/new',
  forPerson(async (c, person) => c.html(await beginPage(c, person, { id: newId(), member: c.req.query('member'), original: c.var.language }))),
)

writePages.post(
  '/listings',
  forPerson(async (c, person) => {
    const typed = inputOf(await severalOf(c)) as Record<string, string | undefined>
    const ended = await attempt(listingStart, typed, async (input) => {
      await beginListing(c.var.deps.database, person, input)
      return input.id
    })
    if ('issues' in ended) return c.html(await beginPage(c, person, typed, ended.issues), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/listings/${ended.done}/edit`), 303)
  }),
)

type Shown = { typed?: Typed; issues?: readonly Issue[]; stale?: boolean; done?: boolean }

async function editPage(c: Ctx, person: Person, { typed: given, issues = [], ...shown }: Shown = {}) {
  const { database } = c.var.deps
  const found = await database.read(person, async (db) => {
    const { listing, hats } = await openListing(db, idOf(c))
    // What was typed is shown again to whoever wrote it, though the listing was sent to a review meanwhile.
    if (!(shown.stale ? sidesOf(hats, listing).has('writer') : mayWrite(hats, listing))) throw refuse('forbidden')
    const saved = typedOf(listing, c.var.language)
    const typed = given ?? saved
    const texts = (['title', 'body', 'sought'] as const).flatMap((field) =>
      languages.flatMap((language) => (typed[textField(field, language)] ?? []).map((text) => ({ text, language }))),
    )
    const suggested = await suggestConcepts(db, [...(typed['about'] ?? []).map((text) => ({ text, language: c.var.language })), ...texts])
    const offered = [...new Set([...(typed['concepts'] ?? []), ...suggested])].slice(0, 40)
    const beside = given === undefined ? [] : await issuesBeside(db, inputOf(given), issues, listing.organization)
    return { listing, typed, saved, offered, issues: [...issues, ...beside], names: await namesFor(c, db, [], [...offered, ...listing.concepts]) }
  })
  return <EditPage {...wordsOf(c)} {...found} {...shown} />
}

writePages.get(
  '/listings/:id/edit',
  forPerson(async (c, person) => {
    const page = await editPage(c, person, { done: c.req.query('saved') !== undefined })
    return c.html(page)
  }),
)

writePages.post(
  '/listings/:id/edit',
  forPerson(async (c, person) => {
    const typed = await severalOf(c)
    const ended = await attempt(listingInput, inputOf(typed), (input) => changeListing(c.var.deps.database, person, idOf(c), input))
    // The script that saves while somebody writes stays on its page.
    if (c.req.header('accept') === 'application/json')
      return 'issues' in ended ? c.json({ issues: ended.issues }, statusOf(ended)) : c.json({ version: ended.done })
    if ('issues' in ended) return c.html(await editPage(c, person, { typed, issues: ended.issues, stale: ended.stale }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}/edit?saved`), 303)
  }),
)
