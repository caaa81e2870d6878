import { Hono } from 'hono'
import { challengeMinutes } from '../../../platform/access/challenges.ts'
import type { Env } from '../../../platform/http/context.ts'
import { brieflyKept, dropBriefly, keepBriefly } from '../../../platform/http/session.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { askForSignature, signInByPasskey } from '../actions/passkey-sign-in.ts'
import { emailOfPending, giveCode, isPending } from '../actions/second-step.ts'
import { codeInput, passkeyAnswer } from '../schema.ts'
import { CodePage } from '../views/second-factor.tsx'
import { SignInPage } from '../views/sign-in.tsx'
import { noteFailedSignIn } from './failed-sign-in.ts'
import { enter, factorDeps, fromOf, hide, partyOf, pathOfSite, visitorOf, wordsOf } from './request.ts'

/** Signing in beyond the password: with a code after it, or with a passkey in place of it. */
export const signInStepPages = new Hono<Env>()

signInStepPages.get('/sign-in/code', async (c) => {
  hide(c)
  const { view, say } = wordsOf(c)
  const next = pathOfSite(c.req.query('next'))
  if (!(await isPending(c.var.deps.database, brieflyKept(c, 'puente-pending')))) return c.redirect(view.link('/sign-in'), 303)
  return c.html(<CodePage view={view} say={say} next={next} />)
})

signInStepPages.post('/sign-in/code', async (c) => {
  hide(c)
  const { view, say } = wordsOf(c)
  const form = await c.req.parseBody<Record<string, string>>()
  const next = pathOfSite(form['next'])
  const parsed = codeInput.safeParse(form)
  if (!parsed.success) return c.html(<CodePage view={view} say={say} next={next} issues={issuesOf(parsed.error)} />, 422)
  const token = brieflyKept(c, 'puente-pending')
  // Asked before: too many wrong codes end what tells whose they were.
  const email = await emailOfPending(c.var.deps.database, token)
  const session = await noteFailedSignIn(c, 'code', email, () => giveCode(factorDeps(c), token, parsed.data.code, fromOf(c)))
  if (session === undefined) return c.html(<CodePage view={view} say={say} next={next} issues={[{ path: 'code', code: 'wrong_code' }]} />, 422)
  dropBriefly(c, 'puente-pending')
  return enter(c, { session }, next)
})

signInStepPages.post('/sign-in/passkey/challenge', async (c) => {
  const asked = await askForSignature(c.var.deps.database, { purpose: 'sign-in', person: undefined, party: partyOf(c) })
  keepBriefly(c, 'puente-challenge', asked.challenge, challengeMinutes)
  return c.json(asked.options)
})

signInStepPages.post('/sign-in/passkey', async (c) => {
  const { view, say } = wordsOf(c)
  const form = await c.req.parseBody<Record<string, string>>()
  const next = pathOfSite(form['next'])
  const parsed = passkeyAnswer.safeParse(form)
  const given = { party: partyOf(c), kept: brieflyKept(c, 'puente-challenge'), from: visitorOf(c) }
  const session = await noteFailedSignIn(c, 'passkey', undefined, async () =>
    parsed.success ? signInByPasskey(c.var.deps.database, parsed.data.response, given) : undefined,
  )
  if (session === undefined) return c.html(<SignInPage view={view} say={say} wrong={say('factor.passkey-refused')} next={next} />, 422)
  dropBriefly(c, 'puente-challenge')
  return enter(c, { session }, next)
})
