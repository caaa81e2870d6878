import { Hono } from 'hono'
import { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { factorsOf } from '../../../platform/access/second-factor.ts'
import { listSessions } from '../../../platform/access/sessions.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { sectionsOf } from '../../../platform/http/sections.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { changeOwnAccount, endOwnSessions } from '../actions/account.ts'
import { changePassword } from '../actions/passwords.ts'
import { accountInput, passwordChange } from '../schema.ts'
import { listApplications } from '../store/applications.ts'
import { organizationsOf } from '../store/roles.ts'
import { lastAccepted } from '../store/terms.ts'
import { AccountPage } from '../views/account.tsx'
import { OpenIdSection } from '../views/openid.tsx'
import { AcceptedSection } from '../views/terms.tsx'
import { fromOf, personOf, toSignIn, wordsOf } from './request.ts'

/** What somebody signed in sees and changes of their own account. */
export const accountPages = new Hono<Env>()

accountPages.get('/account', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const done = z.enum(['saved', 'password']).optional().catch(undefined).parse(c.req.query('done'))
  return c.html(await page(c, person, [], done))
})

accountPages.post('/account', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const parsed = accountInput.safeParse(await c.req.parseBody())
  if (!parsed.success) return c.html(await page(c, person, issuesOf(parsed.error)), 422)
  await changeOwnAccount(c.var.deps.database, person, parsed.data)
  return c.redirect(viewOf(c).link('/account?done=saved'), 303)
})

accountPages.post('/account/password', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const parsed = passwordChange.safeParse(await c.req.parseBody())
  const issues = parsed.success ? await changePassword(c.var.deps.database, person, parsed.data, fromOf(c)) : issuesOf(parsed.error)
  return issues.length > 0 ? c.html(await page(c, person, issues), 422) : c.redirect(viewOf(c).link('/account?done=password'), 303)
})

accountPages.post('/account/sessions/end', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  await endOwnSessions(c.var.deps.database, person, { allBut: person.session })
  return c.redirect(viewOf(c).link('/account'), 303)
})

accountPages.post('/account/sessions/:id/end', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const id = z.uuid().safeParse(c.req.param('id'))
  if (!id.success) throw refuse('not_found')
  await endOwnSessions(c.var.deps.database, person, { only: id.data })
  return c.redirect(viewOf(c).link('/account'), 303)
})

/** As sections of other modules name the page. */
export const accountKind = 'account'

async function page(c: Ctx, person: Person, issues: readonly Issue[], done?: 'saved' | 'password') {
  const { database } = c.var.deps
  const { accepted, ...found } = await database.read(person, async (db) => ({
    sessions: await listSessions(database, db, person.id),
    factors: await factorsOf(database, db, person.id),
    actsFor: await organizationsOf(db, person.id),
    applications: (await listApplications(db, { states: [], personId: person.id })).rows,
    accepted: await lastAccepted(db, person.id),
    sections: await sectionsOf(c, db, accountKind, person.id),
  }))
  const words = wordsOf(c)
  return (
    <AccountPage {...words} person={person} {...found} issues={issues} done={done}>
      {words.provider !== undefined && <OpenIdSection {...words} name={words.provider} />}
      {accepted && <AcceptedSection {...words} accepted={accepted} />}
    </AccountPage>
  )
}
