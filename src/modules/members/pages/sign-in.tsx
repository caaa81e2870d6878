import { Hono } from 'hono'
import { endSessions } from '../../../platform/access/sessions.ts'
import { refuse } from '../../../platform/errors.ts'
import { publicUrl, type Env } from '../../../platform/http/context.ts'
import { dropSession, keepSession } from '../../../platform/http/session.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { makeFirst, isFirstLink } from '../actions/first.ts'
import { logPerson } from '../actions/log-person.ts'
import { askForPassword, isPasswordLink, setPasswordByLink } from '../actions/passwords.ts'
import { signIn } from '../actions/sign-in.ts'
import { firstInput, passwordAsk, passwordInput, signInInput } from '../schema.ts'
import { FirstPage, PasswordAskPage, PasswordPage, PasswordSentPage, SignInPage, type FirstTyped } from '../views/sign-in.tsx'
import { noteFailedSignIn } from './failed-sign-in.ts'
import { enter, fromOf, hide, pathOfSite, visitorOf, wordsOf } from './request.ts'

/** Coming in: with a password, with a link for a new one, or as the first of all. */
export const signInPages = new Hono<Env>()

signInPages.get('/sign-in', (c) => {
  const next = pathOfSite(c.req.query('next'))
  if (c.var.actor.kind === 'person') return c.redirect(viewOf(c).link(next ?? '/account'), 303)
  return c.html(<SignInPage {...wordsOf(c)} next={next} />)
})

signInPages.post('/sign-in', async (c) => {
  const form = await c.req.parseBody<Record<string, string>>()
  const next = pathOfSite(form['next'])
  const { say } = wordsOf(c)
  const parsed = signInInput.safeParse(form)
  const typed = String(form['email'] ?? '')
  if (!parsed.success) return c.html(<SignInPage {...wordsOf(c)} issues={issuesOf(parsed.error)} typed={typed} next={next} />, 422)
  const entry = await noteFailedSignIn(c, 'password', parsed.data.email, () => signIn(c.var.deps.database, parsed.data, fromOf(c)))
  if (entry === undefined) return c.html(<SignInPage {...wordsOf(c)} wrong={say('sign-in.wrong')} typed={typed} next={next} />, 422)
  return enter(c, entry, next)
})

signInPages.post('/sign-out', async (c) => {
  const { actor } = c.var
  const { database } = c.var.deps
  if (actor.kind === 'person') {
    await database.write(actor, async (db) => {
      await endSessions(database, db, actor.id, { only: actor.session })
      await logPerson(db, actor.id, 'members.session.ended', { session: actor.session })
    })
  }
  dropSession(c)
  // Whoever sits down at this machine next finds no page of theirs by going back.
  c.header('Clear-Site-Data', '"cache"')
  return c.redirect(viewOf(c).link('/'), 303)
})

signInPages.get('/password', (c) => c.html(<PasswordAskPage {...wordsOf(c)} />))

signInPages.post('/password', async (c) => {
  const form = await c.req.parseBody<Record<string, string>>()
  const parsed = passwordAsk.safeParse(form)
  if (!parsed.success) return c.html(<PasswordAskPage {...wordsOf(c)} issues={issuesOf(parsed.error)} typed={String(form['email'] ?? '')} />, 422)
  // The answer does not wait, so that its time does not tell whether there is an account.
  void askForPassword(c.var.deps, parsed.data.email, publicUrl(c)).catch((error: Error) =>
    c.var.deps.logger.error({ id: c.var.requestId, error: error.message }, 'no link for a new password'),
  )
  return c.redirect(viewOf(c).link('/password/sent'), 303)
})

signInPages.get('/password/sent', (c) => c.html(<PasswordSentPage {...wordsOf(c)} />))

signInPages.get('/password/:token', async (c) => {
  hide(c)
  const token = c.req.param('token')
  if (!(await isPasswordLink(c.var.deps.database, token))) throw refuse('link_ended')
  return c.html(<PasswordPage {...wordsOf(c)} token={token} />)
})

signInPages.post('/password/:token', async (c) => {
  hide(c)
  const token = c.req.param('token')
  const parsed = passwordInput.safeParse(await c.req.parseBody())
  if (!parsed.success) return c.html(<PasswordPage {...wordsOf(c)} token={token} issues={issuesOf(parsed.error)} />, 422)
  const set = await setPasswordByLink(c.var.deps.database, token, parsed.data.password, visitorOf(c))
  return Array.isArray(set) ? c.html(<PasswordPage {...wordsOf(c)} token={token} issues={set} />, 422) : enter(c, set)
})

signInPages.get('/first/:token', async (c) => {
  hide(c)
  const token = c.req.param('token')
  if (!(await isFirstLink(c.var.deps.database, token))) throw refuse('link_ended')
  return c.html(<FirstPage {...wordsOf(c)} token={token} />)
})

signInPages.post('/first/:token', async (c) => {
  hide(c)
  const token = c.req.param('token')
  const form = await c.req.parseBody<Record<string, string>>()
  const parsed = firstInput.safeParse(form)
  const typed: FirstTyped = { name: form['name'], email: form['email'] }
  if (!parsed.success) return c.html(<FirstPage {...wordsOf(c)} token={token} typed={typed} issues={issuesOf(parsed.error)} />, 422)
  const made = await makeFirst(c.var.deps.database, token, { ...parsed.data, language: c.var.language }, visitorOf(c))
  if (typeof made !== 'string') return c.html(<FirstPage {...wordsOf(c)} token={token} typed={typed} issues={made} />, 422)
  keepSession(c, made)
  return c.redirect(viewOf(c).link('/account'), 303)
})
