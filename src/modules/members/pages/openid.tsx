import { Hono } from 'hono'
import { z } from 'zod'
import { identityOf } from '../../../platform/access/identities.ts'
import { beginOpenId, finishOpenId, type Proven } from '../../../platform/access/openid.ts'
import type { OpenIdSettings } from '../../../platform/config.ts'
import { Refusal, refuse } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { dropSealed, keepSealed, readSealed } from '../../../platform/http/sealed-cookie.ts'
import { keepSession } from '../../../platform/http/session.ts'
import { htmlLanguage, languages } from '../../../platform/i18n/languages.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { connectOwn, disconnectOwn, signInByIdentity } from '../actions/openid.ts'
import { hasProof } from '../actions/proof.ts'
import { ConfirmPage, GoingPage, JoinPage, NobodyPage, OwnOpenIdPage } from '../views/openid.tsx'
import { pathOfSite, visitorOf, wordsOf, toProof } from './request.ts'

/** Signing in by an OpenID Connect provider, and connecting one's account with it. Without a provider all of it leads back to the plain pages. */
export const openidPages = new Hono<Env>()

// Two things are left with the browser, sealed: what it has to bring back from the provider, and an identity that waits for its holder to sign in once.
const [flowCookie, joinCookie] = ['puente-openid', 'puente-join']
const [flowSeconds, joinSeconds] = [600, 900]
const flowShape = z.object({
  expected: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  language: z.enum(languages),
  next: z.string().optional(),
  /** Who connects their account; without it somebody signs in. */
  person: z.string().optional(),
})
const joinShape = z.object({ issuer: z.string(), subject: z.string(), account: z.string() })

const settingsOf = (c: Ctx) => c.var.deps.config.openid
const personOf = (c: Ctx) => (c.var.actor.kind === 'person' ? c.var.actor : undefined)
const to = (c: Ctx, path: string) => c.redirect(viewOf(c).link(path), 303)
const toSignIn = (c: Ctx, next: string) => to(c, `/sign-in?next=${encodeURIComponent(next)}`)
/** One address for all languages, since it is registered with the provider. */
const backOf = (c: Ctx) => `${publicUrl(c)}/sign-in/openid/back`

openidPages.post('/sign-in/openid', async (c) => {
  const settings = settingsOf(c)
  const { next } = await c.req.parseBody<Record<string, string>>()
  const wanted = pathOfSite(next)
  if (settings === undefined || personOf(c)) return to(c, settings === undefined ? '/sign-in' : (wanted ?? '/account'))
  return going(c, settings, { next: wanted })
})

openidPages.get('/sign-in/openid/back', async (c) => {
  c.header('Cache-Control', 'private, no-store')
  const settings = settingsOf(c)
  if (settings === undefined) return to(c, '/sign-in')
  const flow = await readSealed(c, flowCookie, flowShape)
  // Whatever comes of it, it was this browser's one try.
  dropSealed(c, flowCookie)
  if (flow) speak(c, flow.language)
  return telling(c, async () => {
    if (flow === undefined) throw refuse('openid_failed', { reason: 'nothing begun in this browser' })
    const back = new URL(backOf(c))
    back.search = new URL(c.req.url).search
    const proven = await finishOpenId(settings, back, flow.expected)
    return flow.person === undefined ? arrive(c, settings, proven, flow.next) : connect(c, proven, flow.person)
  })
})

openidPages.get('/sign-in/openid/join', async (c) => {
  c.header('Cache-Control', 'private, no-store')
  const settings = settingsOf(c)
  if (settings === undefined || !(await readSealed(c, joinCookie, joinShape))) return to(c, '/sign-in')
  if (personOf(c)) return to(c, '/account/openid/join')
  return c.html(<JoinPage {...wordsOf(c)} name={settings.name} next="/account/openid/join" />)
})

openidPages.get('/account/openid', async (c) => {
  const [settings, person] = [settingsOf(c), personOf(c)]
  if (person === undefined) return toSignIn(c, '/account/openid')
  if (settings === undefined) return to(c, '/account')
  const { database } = c.var.deps
  const identity = await database.read(person, (db) => identityOf(database, db, person.id, settings.issuer))
  const done = z.enum(['connected', 'ended']).optional().catch(undefined).parse(c.req.query('done'))
  return c.html(<OwnOpenIdPage {...wordsOf(c)} name={settings.name} identity={identity} done={done} />)
})

openidPages.post('/account/openid', async (c) => {
  const [settings, person] = [settingsOf(c), personOf(c)]
  if (person === undefined) return toSignIn(c, '/account/openid')
  if (settings === undefined) return to(c, '/account')
  // Another way in: whoever only found a browser signed in shall not add one.
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, '/account/openid')
  return going(c, settings, { person: person.id })
})

openidPages.get('/account/openid/join', async (c) => {
  const [settings, person] = [settingsOf(c), personOf(c)]
  if (person === undefined) return toSignIn(c, '/account/openid/join')
  const joining = await readSealed(c, joinCookie, joinShape)
  if (settings === undefined || joining?.account !== person.id) return to(c, '/account')
  return c.html(<ConfirmPage {...wordsOf(c)} name={settings.name} />)
})

openidPages.post('/account/openid/join', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, '/account/openid/join')
  const joining = await readSealed(c, joinCookie, joinShape)
  dropSealed(c, joinCookie)
  if (joining?.account !== person.id || joining.issuer !== settingsOf(c)?.issuer) return to(c, '/account/openid')
  await connectOwn(c.var.deps.database, person, joining)
  return to(c, '/account/openid?done=connected')
})

openidPages.post('/account/openid/end', async (c) => {
  const [settings, person] = [settingsOf(c), personOf(c)]
  if (person === undefined) return toSignIn(c, '/account/openid')
  if (settings === undefined) return to(c, '/account')
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, '/account/openid')
  await disconnectOwn(c.var.deps.database, person, settings.issuer)
  return to(c, '/account/openid?done=ended')
})

/**
 * Sends the browser to the provider by a page of ours, not by a redirect: browsers hold a redirect that answers a form against `form-action`, and so each
 * further host on the provider's way would have to be named in the policy.
 */
function going(c: Ctx, settings: OpenIdSettings, { next, person }: { next?: string | undefined; person?: string }) {
  return telling(c, async () => {
    const { url, expected } = await beginOpenId(settings, backOf(c))
    // Longer ones do not fit into a cookie.
    const short = next !== undefined && next.length <= 500 ? next : undefined
    await keepSealed(c, flowCookie, { expected, language: c.var.language, next: short, person }, flowSeconds)
    c.header('Refresh', `0; url=${url}`)
    return c.html(<GoingPage {...wordsOf(c)} name={settings.name} url={url} />)
  })
}

async function arrive(c: Ctx, settings: OpenIdSettings, proven: Proven, next: string | undefined) {
  const arrival = await signInByIdentity(c.var.deps.database, proven, visitorOf(c))
  if (arrival === undefined) return c.html(<NobodyPage {...wordsOf(c)} name={settings.name} />, 403)
  if ('token' in arrival) {
    keepSession(c, arrival.token)
    return to(c, next ?? '/account')
  }
  await keepSealed(c, joinCookie, { issuer: proven.issuer, subject: proven.subject, account: arrival.holder }, joinSeconds)
  return to(c, '/sign-in/openid/join')
}

async function connect(c: Ctx, proven: Proven, begunBy: string) {
  const person = personOf(c)
  if (person?.id !== begunBy) throw refuse('openid_failed', { reason: 'begun by somebody else' })
  await connectOwn(c.var.deps.database, person, proven)
  return to(c, '/account/openid?done=connected')
}

/** The address that the provider sends back to names no language: from here on it is the one in which they set out. */
function speak(c: Ctx, language: (typeof languages)[number]) {
  c.set('language', language)
  c.set('languagePrefix', `/${language}`)
  c.header('Content-Language', htmlLanguage[language])
}

/** What goes wrong between us and the provider is told to the operator: the visitor cannot mend it. */
async function telling<T>(c: Ctx, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Refusal)
      c.var.deps.logger.warn({ id: c.var.requestId, code: error.code, reason: error.params['reason'] }, 'no sign-in by the provider')
    throw error
  }
}
