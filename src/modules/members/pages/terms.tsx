import { Hono, type MiddlewareHandler } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { acceptTerms } from '../actions/terms.ts'
import { termsInput } from '../schema.ts'
import { listTerms, owesAcceptance, readTerms } from '../store/terms.ts'
import { AcceptPage, TermsPage } from '../views/terms.tsx'
import { pathOfSite, wordsOf } from './request.ts'

/** The terms of use: read by everybody, accepted by whoever signs in. */
export const termsPages = new Hono<Env>()

/**
 * Leads somebody signed in to the terms of use that they have not accepted, before any page that is theirs alone. Stands before each group of pages that need a
 * sign-in; what everybody may read asks nothing.
 */
export const accepted: MiddlewareHandler<Env> = async (c, next) => {
  const { actor } = c.var
  const { database } = c.var.deps
  // Before a page is drawn, not when a form comes back: nothing typed is lost when new terms are published in between.
  if (actor.kind !== 'person' || c.req.method !== 'GET' || !(await database.read(actor, (db) => owesAcceptance(db, actor.id)))) return next()
  return c.redirect(viewOf(c).link(`/terms/accept?next=${encodeURIComponent(c.req.path + new URL(c.req.url).search)}`), 303)
}

termsPages.get('/terms/accept', async (c) => {
  const next = pathOfSite(c.req.query('next')) ?? '/account'
  return (await goOn(c, next)) ?? acceptPage(c, next, {})
})

termsPages.post('/terms/accept', async (c) => {
  const { actor } = c.var
  const form = await c.req.parseBody<Record<string, string>>()
  const next = pathOfSite(form['next']) ?? '/account'
  const already = await goOn(c, next)
  if (already || actor.kind !== 'person') return already ?? toSignIn(c, next)
  const parsed = termsInput.safeParse(form)
  if (!parsed.success) return acceptPage(c, next, { issues: issuesOf(parsed.error) })
  const isDone = await acceptTerms(c.var.deps.database, actor, parsed.data.version, c.var.language)
  return isDone ? c.redirect(viewOf(c).link(next), 303) : acceptPage(c, next, { newer: true })
})

termsPages.get('/terms', (c) => termsPage(c, undefined))

termsPages.get('/terms/:version', (c) => {
  const version = /^[1-9]\d{0,8}$/.exec(c.req.param('version'))?.[0]
  if (version === undefined) throw refuse('not_found')
  return termsPage(c, Number(version))
})

async function termsPage(c: Ctx, version: number | undefined) {
  const { terms, all } = await c.var.deps.database.read(c.var.actor, async (db) => ({ terms: await readTerms(db, version), all: await listTerms(db) }))
  if (terms === undefined) throw refuse('not_found')
  return c.html(<TermsPage {...wordsOf(c)} terms={terms} all={all} />)
}

const toSignIn = (c: Ctx, next: string) => c.redirect(viewOf(c).link(`/sign-in?next=${encodeURIComponent(next)}`), 303)

/** Where somebody goes who has nothing to accept here: to sign in first, or on to what they wanted. */
async function goOn(c: Ctx, next: string) {
  const { actor } = c.var
  if (actor.kind !== 'person') return toSignIn(c, next)
  const owes = await c.var.deps.database.read(actor, (db) => owesAcceptance(db, actor.id))
  return owes ? undefined : c.redirect(viewOf(c).link(next), 303)
}

async function acceptPage(c: Ctx, next: string, { issues = [], newer = false }: { issues?: ReturnType<typeof issuesOf>; newer?: boolean }) {
  const terms = await c.var.deps.database.read(c.var.actor, (db) => readTerms(db))
  if (terms === undefined) throw refuse('not_found')
  return c.html(<AcceptPage {...wordsOf(c)} terms={terms} issues={issues} next={next} newer={newer} />, newer ? 409 : issues.length > 0 ? 422 : 200)
}
