import { Hono } from 'hono'
import { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { addPasskey, askForAddition, ownPasskeys, removePasskey } from '../actions/passkeys.ts'
import { hasProof } from '../actions/proof.ts'
import { passkeyInput } from '../schema.ts'
import { PasskeysPage } from '../views/passkeys.tsx'
import { factorDeps, partyOf, personOf, toProof, toSignIn, wordsOf } from './request.ts'

/** The passkeys of whoever is signed in. */
export const passkeyPages = new Hono<Env>()

const home = '/account/passkeys'

passkeyPages.get(home, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  return c.html(await page(c, person))
})

passkeyPages.post(`${home}/challenge`, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  return c.json(await askForAddition(c.var.deps.database, person, partyOf(c)))
})

passkeyPages.post(home, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  const form = await c.req.parseBody<Record<string, string>>()
  const parsed = passkeyInput.safeParse(form)
  const typed = form['name'] ?? ''
  if (!parsed.success) {
    const issues = issuesOf(parsed.error)
    // The answer of the browser is no field that somebody could mend.
    const shown = issues.filter(({ path }) => path !== 'response')
    return c.html(await page(c, person, { issues: shown, typed, isRefused: shown.length === 0 }), 422)
  }
  const isAdded = await addPasskey(factorDeps(c), person, partyOf(c), parsed.data)
  return isAdded ? c.redirect(wordsOf(c).view.link(`${home}?done=added`), 303) : c.html(await page(c, person, { typed, isRefused: true }), 422)
})

passkeyPages.post(`${home}/:id/end`, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  const id = z.uuid().safeParse(c.req.param('id'))
  if (!id.success) throw refuse('not_found')
  await removePasskey(factorDeps(c), person, id.data)
  return c.redirect(wordsOf(c).view.link(`${home}?done=removed`), 303)
})

type Attempt = { issues?: readonly Issue[]; typed?: string; isRefused?: boolean }

async function page(c: Ctx, person: Person, attempt: Attempt = {}) {
  const passkeys = await ownPasskeys(c.var.deps.database, person)
  const done = z.enum(['added', 'removed']).optional().catch(undefined).parse(c.req.query('done'))
  return <PasskeysPage {...wordsOf(c)} passkeys={passkeys} done={done} {...attempt} />
}
