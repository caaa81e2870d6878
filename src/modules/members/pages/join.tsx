import { Hono } from 'hono'
import { accountById } from '../../../platform/access/accounts.ts'
import { thePublic } from '../../../platform/access/actor.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { keepSession } from '../../../platform/http/session.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { joinAsNew, joinAsPerson, readJoining } from '../actions/join.ts'
import { joinInput } from '../schema/organizations.ts'
import { JoinPage } from '../views/join.tsx'
import { formOf, visitorOf, wordsOf } from './signed-in.ts'

/** A link that came by mail: into a role, an office, or to one's own application. */
export const joinPages = new Hono<Env>()

async function page(c: Ctx, issues: readonly Issue[] = [], name?: string) {
  const { actor, deps } = c.var
  const token = c.req.param('token') ?? ''
  const joining = await readJoining(deps.database, token)
  const account = actor.kind === 'person' ? await deps.database.read(thePublic, (db) => accountById(deps.database, db, actor.id)) : undefined
  return <JoinPage {...wordsOf(c)} token={token} joining={joining} signedInAs={account?.email} issues={issues} name={name} />
}

joinPages.get('/join/:token', async (c) => {
  c.header('Cache-Control', 'private, no-store')
  return c.html(await page(c))
})

joinPages.post('/join/:token', async (c) => {
  c.header('Cache-Control', 'private, no-store')
  const { actor, deps, language } = c.var
  const token = c.req.param('token')
  if (actor.kind === 'person') return c.redirect(wordsOf(c).view.link(await joinAsPerson(deps.database, actor, token)), 303)
  const form = await formOf(c)
  const parsed = joinInput.safeParse(form, { reportInput: true })
  if (!parsed.success) return c.html(await page(c, issuesOf(parsed.error), form['name']), 422)
  const joined = await joinAsNew(deps.database, token, { ...parsed.data, language }, visitorOf(c))
  if (!('token' in joined)) return c.html(await page(c, joined, form['name']), 422)
  keepSession(c, joined.token)
  return c.redirect(wordsOf(c).view.link(joined.next), 303)
})
